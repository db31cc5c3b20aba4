using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.State.Metrics;

/// <summary>What is known of one chart of one subject at one step. Guarded by its own lock.</summary>
internal sealed class ChartStrip(string key)
{
    private static readonly TimeSpan Shared = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SharedPast = TimeSpan.FromMinutes(5);

    public string Key => key;

    public ChartFrame? Frame { get; private set; }

    public DateTimeOffset? At { get; private set; }

    public string? Problem { get; private set; }

    public string? Missing { get; private set; }

    /// <summary>A question that is under way.</summary>
    public Task? Asking { get; set; }

    /// <summary>When somebody last looked, for forgetting.</summary>
    public long LastLook { get; set; }

    /// <summary>Numbers held.</summary>
    public int Weight => Frame is null ? 0 : Frame.Lines.Count * Frame.Range.Points;

    private long? answered, failed;

    /// <summary>What is known is young enough for the range.</summary>
    public bool Serves(ChartRange range, bool isPast, TimeProvider time) =>
        failed is { } bad ? time.GetElapsedTime(bad) < Shared
        : Frame is { } frame && frame.Range.Step == range.Step && frame.Range.Points == range.Points && frame.Range.To >= range.To // who asked a moment later has moved it on
            && answered is { } good && time.GetElapsedTime(good) < (isPast ? SharedPast : Shared);

    /// <summary>The part of a range that must be asked for: all of it, or what follows the moments that are known for certain.</summary>
    public ChartRange Unknown(ChartRange range)
    {
        // The newest two moments may have been asked for before all scrapes were in.
        if (Frame is not { } frame || frame.Range.Step != range.Step || frame.Range.From > range.From || frame.Range.To < range.From)
            return range;
        var from = frame.Range.To - range.Step;
        return from > range.From && from <= range.To ? range with { From = from } : range;
    }

    public void Answered(ChartFrame frame, string? missing, TimeProvider time) =>
        (Frame, Missing, At, Problem, answered, failed) = (frame, missing, time.GetUtcNow(), null, time.GetTimestamp(), null);

    public void Failed(PrometheusException e, TimeProvider time) => (Problem, failed) = (e.Message, time.GetTimestamp());

    public ChartAnswer Answer(string source) => new(Frame, At, Problem, Missing, source);
}
