using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics.Flink;

/// <summary>A subtask of a job that does not change any more: what is the same at all its moments is found out once.</summary>
/// <param name="seed">Of the world.</param>
/// <param name="job">The job.</param>
/// <param name="vertex">The vertex.</param>
/// <param name="index">The subtask.</param>
internal sealed class Subtask(int seed, FlinkJob job, FlinkVertex vertex, int index)
{
    private double _weight = double.NaN;

    public FlinkJob Job => job;

    public FlinkVertex Vertex => vertex;

    public int Index => index;

    public double Weight => double.IsNaN(_weight) ? _weight = TaskLoad.Weight(seed, job, vertex, index) : _weight;

    public bool Reads { get; } = TaskMetrics.Reads(vertex);

    public bool Writes { get; } = TaskMetrics.Writes(job, vertex);

    /// <summary>How many operators it chains.</summary>
    public int Operators { get; } = vertex.Name.Split(" -> ").Length;
}

/// <summary>A subtask at a moment.</summary>
/// <param name="Subtask">The subtask.</param>
/// <param name="Now">The moment.</param>
internal readonly record struct TaskMoment(Subtask Subtask, DateTimeOffset Now)
{
    private const double BytesPerRecord = 21.5;

    public FlinkJob Job => Subtask.Job;

    public FlinkVertex Vertex => Subtask.Vertex;

    public int Index => Subtask.Index;

    public double Seconds => TaskMetrics.RunningSeconds(Now, Vertex);

    public double Weight => Subtask.Weight;

    // No two subtasks are busy alike, and no moment is like the next.
    public double Skew => Weight * (1 + (Math.Sin((Seconds / 30) + Index) * 0.02));

    public double Rate => TaskLoad.Rate(Job, Vertex, Now) / Vertex.Parallelism * Weight;

    public double Passed => TaskMetrics.Passed(Job, Vertex, Now, Seconds) * Weight;

    public double Busy => TaskLoad.Busy(Job, Vertex, Now) * 1000;

    public double Pressed => TaskLoad.BackPressured(Job, Vertex, Now) * 1000;

    public double Worked => TaskLoad.BusySeconds(Job, Vertex, Now - TimeSpan.FromSeconds(Seconds), Now) / Vertex.Parallelism * Weight * 1000;

    public double Waited => TaskLoad.BackPressuredSeconds(Job, Vertex, Now - TimeSpan.FromSeconds(Seconds), Now) * 1000;

    public bool Reads => Subtask.Reads;

    public bool Writes => Subtask.Writes;

    public double ReadRate => Reads ? Rate : 0;

    public double WriteRate => Writes ? Rate : 0;

    public double AllRead => Reads ? Passed : 0;

    public double AllWritten => Writes ? Passed : 0;

    public static double Bytes(double records) => records * BytesPerRecord;

    /// <summary>Milliseconds that the newest checkpoint took; 0 before the first.</summary>
    public double CheckpointTime => Job.Statistics?.CountsAt(Now).Latest?.Duration?.TotalMilliseconds ?? 0;
}

/// <summary>
/// What tasks count, as functions of the time they have run: nothing is stored, and the same moment always gives the same number.
/// </summary>
public static class TaskMetrics
{
    private static readonly (string Quantile, double Milliseconds)[] MailboxLatency = [("0.5", 0), ("0.75", 1), ("0.95", 2), ("0.98", 4), ("0.99", 7), ("0.999", 12)];

    private static readonly IReadOnlyList<(int Since, int Until, MetricRow<TaskMoment> Row)> Rows =
    [
        Row("numRecordsIn", t => Math.Floor(t.AllRead)),
        Row("numRecordsInPerSecond", t => Math.Round(t.ReadRate, 3)),
        Row("numRecordsOut", t => Math.Floor(t.AllWritten)),
        Row("numRecordsOutPerSecond", t => Math.Round(t.WriteRate, 3)),
        Row("numBytesIn", t => Math.Floor(TaskMoment.Bytes(t.AllRead))),
        Row("numBytesInPerSecond", t => Math.Round(TaskMoment.Bytes(t.ReadRate), 3)),
        Row("numBytesOut", t => Math.Floor(TaskMoment.Bytes(t.AllWritten))),
        Row("numBytesOutPerSecond", t => Math.Round(TaskMoment.Bytes(t.WriteRate), 3)),
        Row("numBuffersOut", t => Math.Floor(t.AllWritten / 40)),
        Row("numBuffersOutPerSecond", t => Math.Round(t.WriteRate / 40, 3)),
        Row("busyTimeMsPerSecond", t => Math.Round(Math.Min(1000, t.Busy * t.Skew))),
        Row("backPressuredTimeMsPerSecond", t => Math.Round(Math.Min(1000, t.Pressed * t.Skew))),
        Row("softBackPressuredTimeMsPerSecond", t => Math.Round(Math.Min(1000, t.Pressed * t.Skew))),
        Row("hardBackPressuredTimeMsPerSecond", _ => 0),
        Row("idleTimeMsPerSecond", t => Math.Round(Math.Max(0, 1000 - ((t.Busy + t.Pressed) * t.Skew)))),
        Row("maxSoftBackPressureTimeMs", t => Math.Round(Math.Min(1000, t.Pressed * t.Skew) / 4)),
        Row("maxHardBackPressureTimeMs", _ => 0),
        Row("isBackPressured", t => t.Pressed > 500 ? 1 : 0),
        Row("accumulateBusyTimeMs", t => Math.Floor(t.Worked)),
        Row("accumulateBackPressuredTimeMs", t => Math.Floor(t.Waited)),
        Row("accumulateIdleTimeMs", t => Math.Floor(Math.Max(0, (1000 * t.Seconds) - t.Worked - t.Waited))),
        Row("buffers.inPoolUsage", t => Math.Round(t.Busy / 1000, 3)),
        Row("buffers.outPoolUsage", t => Math.Round(t.Pressed / 1000, 3)),
        Row("buffers.inputQueueLength", t => Math.Round(t.Busy / 125)),
        Row("buffers.outputQueueLength", t => Math.Round(t.Pressed / 125)),
        Row("Shuffle.Netty.Input.Buffers.inPoolUsage", t => Math.Round(t.Busy / 1000, 3)),
        Row("Shuffle.Netty.Input.Buffers.inputQueueLength", t => Math.Round(t.Busy / 125)),
        Row("Shuffle.Netty.Input.Buffers.inputQueueSize", t => Math.Round(t.Busy / 125) * 32_768),
        Row("Shuffle.Netty.Output.Buffers.outPoolUsage", t => Math.Round(t.Pressed / 1000, 3)),
        Row("Shuffle.Netty.Output.Buffers.outputQueueLength", t => Math.Round(t.Pressed / 125)),
        Row("Shuffle.Netty.Output.Buffers.outputQueueSize", t => Math.Round(t.Pressed / 125) * 32_768),
        Row("checkpointAlignmentTime", t => t.Reads ? Math.Floor(t.CheckpointTime * (0.05 + (t.Pressed / 3000)) * 1e6) : 0),
        Row("checkpointStartDelayNanos", t => Math.Floor(t.CheckpointTime * (t.Reads ? 0.3 : 0.05) * 1e6)),
        Row("numLateRecordsDropped", _ => 0),
        Row("mailboxMailsPerSecond", t => Math.Round(0.8 + (t.Busy / 900), 3)),
        Row("mailboxQueueSize", _ => 0),
        .. MailboxLatency.Select(q => (0, 0, new MetricRow<TaskMoment>("mailboxLatencyMs", t => q.Milliseconds + Math.Round(t.Busy / 200))
        {
            Type = MetricType.Summary, Labels = LabelSet.Of("quantile", q.Quantile),
        })),
        (0, 0, new("mailboxLatencyMs.count", t => Math.Floor(t.Seconds)) { Type = MetricType.Summary, Family = "mailboxLatencyMs" }),
        Row("initializationTime", t => 180 + (t.Index * 13 % 90), 118),
        Row("estimatedTimeToConsumeBuffersMs", t => t.Reads ? Math.Round(t.Busy / 10) : 0),
        Row("debloatedBufferSize", t => t.Reads ? 32_768 : 0),
    ];

    private static readonly VersionedTable<TaskMoment> Sources = new("flink_taskmanager_job_task_", Rows);

    private static readonly VersionedTable<TaskMoment> Others = new("flink_taskmanager_job_task_", [.. Rows, Row("currentInputWatermark", t => Watermark(t.Job, t.Vertex, t.Index, t.Now))]);

    /// <summary>When the present attempt ended; null while it runs.</summary>
    public static DateTimeOffset? Ended(FlinkVertex vertex) =>
        vertex.State is "FINISHED" or "FAILED" or "CANCELED" && vertex.StateTimestamps.TryGetValue(vertex.State, out var at) ? at : null;

    /// <summary>Seconds the present attempt has been RUNNING; 0 before.</summary>
    public static double RunningSeconds(DateTimeOffset now, FlinkVertex vertex) =>
        vertex.StateTimestamps.TryGetValue("RUNNING", out var since) ? Math.Max(0, ((Ended(vertex) ?? now) - since).TotalSeconds) : 0;

    /// <summary>The vertex reads from other tasks.</summary>
    public static bool Reads(FlinkVertex vertex) => vertex.Inputs.Count > 0;

    /// <summary>The vertex writes to other tasks.</summary>
    public static bool Writes(FlinkJob job, FlinkVertex vertex)
    {
        foreach (var other in job.Vertices)
        {
            foreach (var input in other.Inputs)
            {
                if (input.SourceId == vertex.Id)
                    return true;
            }
        }
        return false;
    }

    /// <summary>Records that passed one subtask in the last so many seconds.</summary>
    public static double Passed(FlinkJob job, FlinkVertex vertex, DateTimeOffset now, double seconds) =>
        TaskLoad.Count(job, vertex, now - TimeSpan.FromSeconds(seconds), now) / vertex.Parallelism;

    /// <summary>Event time that a subtask has reached: it stays behind by a little, each subtask by its own, and by what waits at the sources. Milliseconds since 1970.</summary>
    public static long Watermark(FlinkJob job, FlinkVertex vertex, int index, DateTimeOffset now) =>
        now.ToUnixTimeMilliseconds() - 450 - (index * 37 % 11 * 20) - (vertex.Inputs.Count * 15) - (long)(TaskLoad.Behind(job, now) * 1000);

    /// <summary>All metrics of a subtask, by the ids of Flink's REST API, which has no quantiles among them.</summary>
    public static Dictionary<string, double> Subtask(int seed, FlinkJob job, FlinkVertex vertex, int index, string version, DateTimeOffset now)
    {
        var moment = new TaskMoment(new Subtask(seed, job, vertex, index), now);
        var table = Table(version, vertex);
        return table.Series.Index().Where(s => s.Item.Type != MetricType.Summary).ToDictionary(s => s.Item.Id, s => table.Value(s.Index, moment));
    }

    internal static MetricTable<TaskMoment> Table(string version, FlinkVertex vertex) => (Reads(vertex) ? Others : Sources).For(version);

    private static (int, int, MetricRow<TaskMoment>) Row(string id, Func<TaskMoment, double> value, int since = 0) => (since, 0, new(id, value));
}
