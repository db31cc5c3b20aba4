using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics.Flink;

/// <summary>One operator of a subtask at a moment.</summary>
/// <param name="Task">The subtask.</param>
/// <param name="Position">The operator's place in the chain, from 0.</param>
internal readonly record struct OperatorMoment(TaskMoment Task, int Position)
{
    public double Passed => Math.Floor(Task.Passed);

    public double Rate => Math.Round(TaskLoad.Rate(Task.Job, Task.Vertex, Task.Now) / Task.Vertex.Parallelism * Task.Weight, 3);

    // What ends a chain without a task behind it is a sink.
    public bool Writes => Position < Task.Subtask.Operators - 1 || Task.Writes;

    public long Watermark => TaskMetrics.Watermark(Task.Job, Task.Vertex, Task.Index, Task.Now);

    public double Lag => Math.Floor(TaskLoad.Lag(Task.Job, Task.Vertex, Task.Now) / Task.Vertex.Parallelism);

    public double WatermarkLag => Task.Now.ToUnixTimeMilliseconds() - Watermark;
}

/// <summary>Metrics of the operators of subtasks. They agree with those of the task.</summary>
internal static class OperatorMetrics
{
    private const string Prefix = "flink_taskmanager_job_task_operator_";

    private static readonly IReadOnlyList<MetricRow<OperatorMoment>> Common =
    [
        new("numRecordsIn", o => o.Passed),
        new("numRecordsInPerSecond", o => o.Rate),
        new("numRecordsOut", o => o.Writes ? o.Passed : 0),
        new("numRecordsOutPerSecond", o => o.Writes ? o.Rate : 0),
        new("numLateRecordsDropped", _ => 0),
        new("currentOutputWatermark", o => o.Watermark),
    ];

    private static readonly IReadOnlyList<MetricRow<OperatorMoment>> Sending =
    [
        new("numRecordsSend", o => o.Passed),
        new("numBytesSend", o => Math.Floor(TaskMoment.Bytes(o.Passed))),
        new("numRecordsSendErrors", _ => 0),
        new("numRecordsOutErrors", _ => 0),
        new("currentSendTime", o => 2 + (o.Task.Index % 3)),
    ];

    private static readonly MetricRow<OperatorMoment> Watermark = new("currentInputWatermark", o => o.Watermark);

    /// <summary>Operators in the middle of a chain.</summary>
    public static MetricTable<OperatorMoment> Inner { get; } = new(Prefix, [.. Common, Watermark]);

    /// <summary>Sinks.</summary>
    public static MetricTable<OperatorMoment> Sink { get; } = new(Prefix, [.. Common, Watermark, .. Sending]);

    /// <summary>Sources.</summary>
    public static MetricTable<OperatorMoment> Source { get; } = new(Prefix,
    [
        .. Common,
        new("pendingRecords", o => o.Task.Vertex.Traits.Topic is null ? o.Lag : KafkaMetrics.Waiting(o)),
        new("watermarkLag", o => o.WatermarkLag),
        new("currentEmitEventTimeLag", o => o.WatermarkLag - 200),
        new("currentFetchEventTimeLag", o => o.WatermarkLag - 300),
        new("sourceIdleTime", o => o.Rate > 0 ? 0 : Math.Floor(o.Task.Seconds * 1000)),
        new("numRecordsInErrors", _ => 0),
    ]);

    /// <summary>The table of an operator.</summary>
    public static MetricTable<OperatorMoment> Of(FlinkJob job, FlinkVertex vertex, int position, string name)
    {
        if (position == 0 && vertex.Inputs.Count == 0)
            return Source;
        var isLast = position == vertex.Name.Split(" -> ").Length - 1 && !TaskMetrics.Writes(job, vertex);
        return isLast || name.EndsWith(": Writer", StringComparison.Ordinal) || name.StartsWith("Sink: ", StringComparison.Ordinal) ? Sink : Inner;
    }
}
