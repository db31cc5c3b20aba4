namespace FlinkDashboard.Model.Flink;

/// <summary>How its subtasks stand now: the worst of them and how unlike they are, which sums over all subtasks do not show.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="BusiestShare">Share of a second at work of the busiest subtask, 0 to 1; NaN where it is not measured.</param>
/// <param name="BusyShare">Average of that.</param>
/// <param name="MostBackPressured">Share of a second that the most back-pressured subtask waits for a successor.</param>
/// <param name="BackPressured">Average of that.</param>
/// <param name="RecordsIn">Records received per second by all.</param>
/// <param name="RecordsOut">Records sent per second by all.</param>
/// <param name="Skew">Mean deviation of records received, in percent of the mean, at most 100 (since 1.20); NaN when not known.</param>
public sealed record VertexLoad(DateTimeOffset At, double BusiestShare, double BusyShare, double MostBackPressured, double BackPressured, double RecordsIn, double RecordsOut, double Skew)
{
    /// <summary>The metrics it is made from.</summary>
    public static IReadOnlyList<string> Names { get; } = ["busyTimeMsPerSecond", "backPressuredTimeMsPerSecond", "numRecordsInPerSecond", "numRecordsOutPerSecond"];

    /// <summary>From aggregated metrics of <see cref="Names"/>; null while Flink has none.</summary>
    public static VertexLoad? Of(IReadOnlyList<AggregatedMetric> metrics, DateTimeOffset at)
    {
        if (metrics.Count == 0)
            return null;
        AggregatedMetric Named(int index) => metrics.FirstOrDefault(m => m.Id == Names[index]) ?? new();
        var (busy, pressed, read, written) = (Named(0), Named(1), Named(2), Named(3));
        return new(at, Share(busy.Max), Share(busy.Avg), Share(pressed.Max), Share(pressed.Avg), read.Sum ?? double.NaN, written.Sum ?? double.NaN, read.Skew ?? double.NaN);
    }

    private static double Share(double? milliseconds) => (milliseconds ?? double.NaN) / 1000;
}

/// <summary>Loads of a job's vertices, each as old as its own <see cref="VertexLoad.At"/>: one vertex is asked at a time, the oldest first.</summary>
/// <param name="ByVertex">By vertex id; vertices that were not asked yet, or had no metrics, are missing.</param>
/// <param name="Asked">When each was asked.</param>
public sealed record VertexLoads(IReadOnlyDictionary<string, VertexLoad> ByVertex, IReadOnlyDictionary<string, DateTimeOffset> Asked)
{
    /// <summary>Nothing asked yet.</summary>
    public static VertexLoads None { get; } = new(new Dictionary<string, VertexLoad>(), new Dictionary<string, DateTimeOffset>());

    /// <summary>Which to ask next; null when there is none.</summary>
    public string? Next(IEnumerable<string> vertices) => vertices.MinBy(v => Asked.TryGetValue(v, out var at) ? at : DateTimeOffset.MinValue);

    /// <summary>With one more answer.</summary>
    public VertexLoads With(string vertex, VertexLoad? load, DateTimeOffset at)
    {
        var loads = new Dictionary<string, VertexLoad>(ByVertex, StringComparer.Ordinal);
        if (load is null)
            loads.Remove(vertex);
        else
            loads[vertex] = load;
        return new(loads, new Dictionary<string, DateTimeOffset>(Asked, StringComparer.Ordinal) { [vertex] = at });
    }
}
