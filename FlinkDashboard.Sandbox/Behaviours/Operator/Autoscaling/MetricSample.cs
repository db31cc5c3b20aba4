using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Autoscaling;

/// <summary>What the autoscaler collects of one vertex at one moment.</summary>
/// <param name="Load">Share of time its subtasks are busy.</param>
/// <param name="RecordsIn">Records in since the job runs; of a source, those it emitted.</param>
/// <param name="RecordsOut">Records out since the job runs.</param>
/// <param name="BusyTime">Busy milliseconds of all subtasks since the job runs.</param>
/// <param name="Lag">Records waiting; null but for sources.</param>
internal sealed record VertexSample(double Load, double RecordsIn, double RecordsOut, double BusyTime, double? Lag);

/// <summary>What the autoscaler collects in one pass (ScalingMetricCollector).</summary>
/// <param name="Vertices">By vertex id.</param>
/// <param name="HeapUsage">Greatest share of its heap that a TaskManager uses.</param>
/// <param name="GcPressure">Greatest share of time a TaskManager spends collecting garbage.</param>
/// <param name="SlotsUsed">Taken slots.</param>
internal sealed record MetricSample(IReadOnlyDictionary<string, VertexSample> Vertices, double HeapUsage, double GcPressure, double SlotsUsed)
{
    /// <summary>Asks a JobManager.</summary>
    public static MetricSample Of(FlinkCluster cluster, FlinkJob job, DateTimeOffset now)
    {
        var since = Since(job);
        var heap = 0.25 + (0.4 * ((now.ToUnixTimeSeconds() % 40) / 40.0));
        return new MetricSample(job.Vertices.ToDictionary(v => v.Id, v => Of(job, v, since, now)), heap, 0.0005, cluster.TaskManagers.Sum(t => t.Slots - t.FreeSlots));
    }

    /// <summary>When the job last became RUNNING; older samples count other tasks.</summary>
    public static DateTimeOffset Since(FlinkJob job) => job.StateTimestamps.TryGetValue("RUNNING", out var at) ? at : job.StartTime;

    private static VertexSample Of(FlinkJob job, FlinkVertex vertex, DateTimeOffset since, DateTimeOffset now)
    {
        var records = TaskLoad.Count(job, vertex, since, now);
        var busy = TaskLoad.Busy(job, vertex, now);
        return new VertexSample(busy, records, records, busy * vertex.Parallelism * (now - since).TotalMilliseconds, vertex.Inputs.Count == 0 ? TaskLoad.Lag(job, vertex, now) : null);
    }
}
