using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Metrics;

/// <summary>What a JobManager's REST API told of one job, as far as it is young. Null: not known.</summary>
/// <param name="Id">Of the job.</param>
/// <param name="Name">Of the job.</param>
/// <param name="Job">State, vertices and rates.</param>
/// <param name="Loads">Worst subtasks.</param>
/// <param name="Checkpoints">Statistics.</param>
/// <param name="Metrics">Of the job as a whole.</param>
/// <param name="Watermarks">Lowest by vertex.</param>
public sealed record RestJob(string Id, string Name, JobObservation? Job, VertexLoads? Loads, CheckpointStatistics? Checkpoints, FlinkMetrics? Metrics, VertexWatermarks? Watermarks)
{
    /// <summary>Metrics of the job that are read.</summary>
    public static IReadOnlyList<string> MetricNames { get; } = ["numRestarts"];
}

/// <summary>What a JobManager's REST API told of its cluster at a moment, and what charts take from it: the values behind <see cref="MetricChart.RestId"/>.</summary>
/// <param name="At">The moment.</param>
/// <param name="Overview">Slots.</param>
/// <param name="Jobs">Its jobs.</param>
/// <param name="Processes">Metrics of its processes by name of the pod.</param>
public sealed record RestMoment(DateTimeOffset At, FlinkOverview? Overview, IReadOnlyList<RestJob> Jobs, IReadOnlyDictionary<string, FlinkMetrics> Processes)
{
    /// <summary>Every value as job (empty for what is nobody's), chart, line and number; those that are not known are left out.</summary>
    public IEnumerable<(string Job, string Chart, string Line, double Value)> Values() =>
        Jobs.SelectMany(j => OfVertices(j).Concat(OfJob(j)).Select(v => (j.Id, v.Chart, v.Line, v.Value))).Concat(OfProcesses().Concat(OfSlots()).Select(v => ("", v.Chart, v.Line, v.Value))).Where(v => double.IsFinite(v.Value));

    private IEnumerable<(string Chart, string Line, double Value)> OfVertices(RestJob job)
    {
        if (job.Job is not { } seen)
            yield break;
        foreach (var vertex in seen.Job.Vertices)
        {
            if (seen.Rates.TryGetValue(vertex.Id, out var rates))
            {
                yield return ("records-in", vertex.Name, rates.RecordsIn);
                yield return ("records-out", vertex.Name, rates.RecordsOut);
                yield return ("bytes-out", vertex.Name, rates.BytesOut);
                yield return ("idle", vertex.Name, rates.Idle);
            }
            if (job.Loads?.ByVertex.TryGetValue(vertex.Id, out var load) == true)
            {
                yield return ("busy", vertex.Name, load.BusiestShare);
                yield return ("back-pressure", vertex.Name, load.MostBackPressured);
            }
            if (job.Watermarks?.ByVertex.TryGetValue(vertex.Id, out var mark) == true && mark.Time is { } reached)
                yield return ("watermark-lag", vertex.Name, (At - reached).TotalSeconds);
        }
        // A job of one vertex passes nothing on that Flink counts.
        var nodes = seen.Job.Plan.Nodes;
        var sources = nodes.Where(n => n.Inputs.Count == 0 && nodes.Any(o => o.Inputs.Any(i => i.Id == n.Id))).Select(n => n.Id).ToHashSet();
        var sinks = nodes.Where(n => n.Inputs.Count > 0 && !nodes.Any(o => o.Inputs.Any(i => i.Id == n.Id))).Select(n => n.Id).ToHashSet();
        if (sources.Count > 0 && seen.Rates.Count > 0)
            yield return ("throughput", "Out of sources", seen.Rates.Where(r => sources.Contains(r.Key)).Sum(r => r.Value.RecordsOut));
        if (sinks.Count > 0 && seen.Rates.Count > 0)
            yield return ("throughput", "Into sinks", seen.Rates.Where(r => sinks.Contains(r.Key)).Sum(r => r.Value.RecordsIn));
    }

    private IEnumerable<(string Chart, string Line, double Value)> OfJob(RestJob job)
    {
        if (job.Job?.Job is { } running && running.State == JobState.Running && running.Timestamps.GetValueOrDefault("RUNNING") is { } since)
            yield return ("uptime", job.Name, (At - since).TotalSeconds);
        if (job.Metrics is { } metrics)
            yield return ("restarts", job.Name, metrics["numRestarts"]);
        if (job.Checkpoints?.Latest.Completed is not { } latest)
            yield break;
        yield return ("checkpoint-duration", job.Name, latest.EndToEndDuration?.TotalSeconds ?? double.NaN);
        yield return ("checkpoint-size", "Full", latest.StateSize);
        yield return ("checkpoint-size", "Written", latest.CheckpointedSize);
        yield return ("state-size", job.Name, latest.StateSize);
        yield return ("checkpoint-age", job.Name, latest.LatestAckTimestamp is { } done ? (At - done).TotalSeconds : double.NaN);
    }

    private IEnumerable<(string Chart, string Line, double Value)> OfProcesses()
    {
        foreach (var (pod, metrics) in Processes)
        {
            double Share(string used, string all) => metrics[all] > 0 ? metrics[used] / metrics[all] : double.NaN;
            yield return ("heap", pod, Share("Status.JVM.Memory.Heap.Used", "Status.JVM.Memory.Heap.Max"));
            yield return ("metaspace", pod, Share("Status.JVM.Memory.Metaspace.Used", "Status.JVM.Memory.Metaspace.Max"));
            yield return ("managed-memory", pod, Share("Status.Flink.Memory.Managed.Used", "Status.Flink.Memory.Managed.Total"));
            yield return ("network-memory", pod, Share("Status.Shuffle.Netty.UsedMemory", "Status.Shuffle.Netty.TotalMemory"));
            yield return ("threads", pod, metrics["Status.JVM.Threads.Count"]);
        }
    }

    private IEnumerable<(string Chart, string Line, double Value)> OfSlots() => Overview is not { } seen ? [] :
    [
        ("slots", "TaskManagers", seen.TaskManagers),
        ("slots", "Slots in use", seen.SlotsTotal - seen.SlotsAvailable),
        ("slots", "Slots free", seen.SlotsAvailable),
    ];
}
