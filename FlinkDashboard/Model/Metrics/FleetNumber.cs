using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Model.Metrics;

/// <summary>The numbers of one application in a list. Null: not known.</summary>
/// <param name="Throughput">Records per second out of its sources, now.</param>
/// <param name="ThroughputTrend">The same over the last hour, oldest first, NaN for gaps; empty when not known.</param>
/// <param name="Backlog">Records waiting at its sources, now.</param>
/// <param name="BacklogTrend">The same over the last hour.</param>
/// <param name="CheckpointAge">Since its newest completed checkpoint; before Flink 2.0 to within half a minute, and not known beyond an hour.</param>
/// <param name="Restarts">Restarts of its jobs in 24 hours.</param>
/// <param name="BackPressure">Share of time that its most back-pressured subtask waits.</param>
public sealed record FleetNumber(
    double? Throughput, IReadOnlyList<double> ThroughputTrend, double? Backlog, IReadOnlyList<double> BacklogTrend, TimeSpan? CheckpointAge, double? Restarts, double? BackPressure)
{
    /// <summary>Nothing is known.</summary>
    public static FleetNumber Nothing { get; } = new(null, [], null, [], null, null, null);
}

/// <summary>The numbers of all applications.</summary>
/// <param name="ByJob">The numbers that verdicts rest on, by Flink's id of the job.</param>
/// <param name="At">When the numbers of the applications were asked for; null before the first answer.</param>
/// <param name="Problem">Why the newest question failed, at least in part, and what to do; null when it did not.</param>
public sealed record FleetAnswer(IReadOnlyDictionary<(string Namespace, string Name), FleetNumber> ByApplication, IReadOnlyDictionary<(string Namespace, string Cluster, string Job), JobNumbers> ByJob, DateTimeOffset? At, string? Problem)
{
    /// <summary>Not asked yet.</summary>
    public static FleetAnswer Nothing { get; } = new(new Dictionary<(string, string), FleetNumber>(), new Dictionary<(string, string, string), JobNumbers>(), null, null);
}
