namespace FlinkDashboard.Model.Metrics;

/// <summary>How the source of series stands, for the settings page.</summary>
/// <param name="Address">Where it is asked, without credentials; null when none is set.</param>
/// <param name="Kind">"Prometheus 3.5.0", "Amazon Managed Service for Prometheus", empty before it has said.</param>
/// <param name="LastSuccess">When it answered last; null when it never did.</param>
/// <param name="LastError">What went wrong last; null when nothing did.</param>
/// <param name="LastErrorAt">When that was.</param>
/// <param name="Requests">Requests since the start.</param>
/// <param name="Errors">Those that failed.</param>
/// <param name="Latency">Time until an answer: of the latest ones, the last counting most. Null before the first.</param>
public sealed record MetricSourceStatus(string? Address, string Kind, DateTimeOffset? LastSuccess, string? LastError, DateTimeOffset? LastErrorAt, long Requests, long Errors, TimeSpan? Latency)
{
    /// <summary>The newest answer was a good one, or nothing was asked yet.</summary>
    public bool IsWell => LastErrorAt is null || LastSuccess > LastErrorAt;
}
