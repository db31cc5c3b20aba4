namespace FlinkDashboard.Model.Flink;

/// <summary>
/// What a vertex did between two observations. Averages over its subtasks; shares are of the time of all subtasks, 0 to 1.
/// </summary>
/// <param name="Busy">Share at work; NaN where it is not measured.</param>
/// <param name="BackPressured">Share waiting for a slower successor.</param>
/// <param name="Idle">Share without input.</param>
/// <param name="RecordsIn">Records received per second by all subtasks; NaN when not known.</param>
/// <param name="RecordsOut">Records sent per second by all subtasks; NaN when not known.</param>
/// <param name="BytesIn">Bytes received per second.</param>
/// <param name="BytesOut">Bytes sent per second.</param>
public sealed record VertexRates(double Busy, double BackPressured, double Idle, double RecordsIn, double RecordsOut, double BytesIn, double BytesOut);

/// <summary>
/// A job as it was seen, with rates for all its vertices at once. Flink fetches the counters every 10 s (as configured), so rates change only when
/// the counters did; in between they are those of the last change. The time that passed is taken from the counters themselves: busy, idle and
/// back-pressured milliseconds of a subtask add up to the time between two fetches.
/// </summary>
/// <param name="Job">The job.</param>
/// <param name="Rates">By vertex id; vertices whose counters are unknown or began anew are missing.</param>
/// <param name="Changed">The observation whose counters differed from those before, that <see cref="Rates"/> end with.</param>
public sealed record JobObservation(JobDetails Job, IReadOnlyDictionary<string, VertexRates> Rates, JobDetails Changed)
{
    private static readonly IReadOnlyDictionary<string, VertexRates> None = new Dictionary<string, VertexRates>();

    /// <summary>The next observation after <paramref name="before"/>.</summary>
    public static JobObservation Of(JobDetails job, JobObservation? before)
    {
        if (before is null || before.Job.Jid != job.Jid)
            return new(job, None, job);
        var counters = before.Changed.Vertices.ToDictionary(v => v.Id, v => v.Metrics);
        var pairs = job.Vertices.Where(v => counters.ContainsKey(v.Id)).Select(v => (Vertex: v, Before: counters[v.Id])).ToList();
        if (pairs.All(p => Same(p.Vertex.Metrics, p.Before)))
            return new(job, before.Rates, before.Changed);
        var spans = pairs.Select(p => Passed(p.Vertex, p.Before)).Where(s => s > 0).Order().ToList();
        if (spans.Count == 0)
            return new(job, None, job);
        var usual = spans[spans.Count / 2];
        var rates = new Dictionary<string, VertexRates>(StringComparer.Ordinal);
        foreach (var (vertex, earlier) in pairs)
            if (Between(vertex, earlier, usual) is { } found)
                rates[vertex.Id] = found;
        return new(job, rates, job);
    }

    private static VertexRates? Between(JobVertex vertex, IoMetrics before, double usual)
    {
        var now = vertex.Metrics;
        var (pressed, idle) = (now.AccumulatedBackpressuredTime - before.AccumulatedBackpressuredTime, now.AccumulatedIdleTime - before.AccumulatedIdleTime);
        var busy = now.AccumulatedBusyTime - before.AccumulatedBusyTime;
        if (pressed < 0 || idle < 0 || busy < 0 || now.ReadRecords < before.ReadRecords || now.WriteRecords < before.WriteRecords)
            return null; // a new attempt counts from zero
        var seconds = (Passed(vertex, before) is > 0 and var own ? own : usual) / 1000;
        var time = double.IsNaN(busy) ? seconds * 1000 * vertex.Parallelism : busy + idle + pressed;
        if (time <= 0)
            return null;
        double Rate(long after, long earlier, bool known) => known ? (after - earlier) / seconds : double.NaN;
        return new(busy / time, pressed / time, idle / time,
            Rate(now.ReadRecords, before.ReadRecords, now.ReadRecordsComplete), Rate(now.WriteRecords, before.WriteRecords, now.WriteRecordsComplete),
            Rate(now.ReadBytes, before.ReadBytes, now.ReadBytesComplete), Rate(now.WriteBytes, before.WriteBytes, now.WriteBytesComplete));
    }

    // Milliseconds between the two fetches, by one subtask's own account; NaN where busy time is not measured.
    private static double Passed(JobVertex vertex, IoMetrics before) => vertex.Parallelism == 0 ? 0 :
        (vertex.Metrics.AccumulatedBusyTime - before.AccumulatedBusyTime + vertex.Metrics.AccumulatedIdleTime - before.AccumulatedIdleTime
            + vertex.Metrics.AccumulatedBackpressuredTime - before.AccumulatedBackpressuredTime) / vertex.Parallelism;

    private static bool Same(IoMetrics a, IoMetrics b) =>
        a.AccumulatedBusyTime.Equals(b.AccumulatedBusyTime) && a.AccumulatedIdleTime == b.AccumulatedIdleTime && a.AccumulatedBackpressuredTime == b.AccumulatedBackpressuredTime
        && a.ReadRecords == b.ReadRecords && a.WriteRecords == b.WriteRecords;
}
