namespace FlinkDashboard.State.Logs;

/// <summary>Which part of a log is looked at. Two viewers with the same view of the same place share one reading.</summary>
/// <param name="From">First moment; null: as far back as <paramref name="Tail"/> lines reach.</param>
/// <param name="To">First moment no more looked at; null: none.</param>
/// <param name="IsLive">New lines are added as they are written. Not with a <paramref name="To"/>.</param>
/// <param name="Pattern">CloudWatch filter pattern, applied by the service; null: all lines. Pods know none: their lines are searched by whoever shows them.</param>
/// <param name="Tail">Lines to begin with, of each pod or in all; null: 1,000 of a live view, and the whole window otherwise.</param>
public sealed record LogView(DateTimeOffset? From = null, DateTimeOffset? To = null, bool IsLive = true, string? Pattern = null, int? Tail = null)
{
    /// <summary>
    /// The same view with a live beginning rounded down to the minute, so that those who say "the last hour" within the same minute share one reading.
    /// </summary>
    internal LogView Shared() => this with
    {
        IsLive = IsLive && To is null,
        From = IsLive && To is null && From is { } from ? from.AddTicks(-(from.UtcTicks % TimeSpan.TicksPerMinute)) : From,
        Pattern = string.IsNullOrWhiteSpace(Pattern) ? null : Pattern
    };
}
