namespace FlinkDashboard.Sandbox.Behaviours.Operator.Autoscaling;

/// <summary>A decision about one vertex.</summary>
/// <param name="From">Parallelism before.</param>
/// <param name="To">Parallelism decided on.</param>
/// <param name="Metrics">What it was decided by.</param>
internal sealed record ScalingSummary(int From, int To, IReadOnlyDictionary<string, Evaluated> Metrics);

/// <summary>A scale-down that is put off.</summary>
/// <param name="At">When it was recommended.</param>
/// <param name="Parallelism">What was recommended.</param>
/// <param name="IsOutsideBand">The utilisation was outside its band.</param>
internal sealed record Recommendation(DateTimeOffset At, int Parallelism, bool IsOutsideBand);

/// <summary>What was recommended for a vertex since it first could have been scaled down.</summary>
/// <param name="First">That moment.</param>
internal sealed record DelayedScaleDown(DateTimeOffset First)
{
    /// <summary>Falling parallelisms, oldest first: smaller ones before a greater one do not matter any more.</summary>
    public LinkedList<Recommendation> Recommendations { get; } = new();
}

/// <summary>What the autoscaler remembers of a job; it is written to the job's ConfigMap.</summary>
internal sealed class ScalingMemory
{
    /// <summary>Samples of the window.</summary>
    public SortedDictionary<DateTimeOffset, MetricSample> Samples { get; } = [];

    /// <summary>Decisions by vertex and time.</summary>
    public Dictionary<string, SortedDictionary<DateTimeOffset, ScalingSummary>> History { get; } = [];

    /// <summary>Decisions, and how long the job took to run again; null while it has not.</summary>
    public SortedDictionary<DateTimeOffset, TimeSpan?> Restarts { get; } = [];

    /// <summary>Parallelism of every vertex by the last decision; empty before the first.</summary>
    public Dictionary<string, int> Overrides { get; } = [];

    /// <summary>Scale-downs put off, by vertex.</summary>
    public Dictionary<string, DelayedScaleDown> Delayed { get; } = [];

    /// <summary>Something was ever put off: the key stays when nothing is any more.</summary>
    public bool HasDelayed { get; set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Samples.Clear();
        History.Clear();
        Restarts.Clear();
        Overrides.Clear();
        Delayed.Clear();
        HasDelayed = false;
    }

    /// <summary>Forgets decisions that are too old or too many.</summary>
    public void Trim(ScalingOptions options, DateTimeOffset now)
    {
        foreach (var (vertex, decisions) in History.ToList())
        {
            foreach (var at in decisions.Keys.Where((at, i) => at < now - options.HistoryAge || i < decisions.Count - options.HistoryCount).ToList())
                decisions.Remove(at);
            if (decisions.Count == 0)
                History.Remove(vertex);
        }
        // The newest restart stays, however old.
        foreach (var at in Restarts.Keys.SkipLast(1).Where((at, i) => at < now - options.HistoryAge || i < Restarts.Count - options.HistoryCount).ToList())
            Restarts.Remove(at);
    }

    /// <summary>How long a restart takes: as configured, or the longest tracked.</summary>
    public TimeSpan RestartTime(ScalingOptions options)
    {
        var longest = options.TracksRestarts ? Restarts.Values.Max() : null;
        return longest is not { } tracked ? options.RestartTime : tracked < options.RestartLimit ? tracked : options.RestartLimit;
    }
}
