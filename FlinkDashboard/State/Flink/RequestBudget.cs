namespace FlinkDashboard.State.Flink;

/// <summary>
/// At most one request in any second to a JobManager that is looked at, and one more allowance: what is asked for the first time, because a page or a part of it has just
/// opened, may go out at once, up to six questions that come back at one a second. So a page stands after its first round trips, and a page left open is never a burst.
/// </summary>
public sealed class RequestBudget(TimeProvider time)
{
    /// <summary>First questions that may go out at once.</summary>
    public const int Store = 6;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);
    private double left = Store;
    private long since = time.GetTimestamp();
    private long? last;

    /// <summary>Takes one request; else says how long until there is one.</summary>
    /// <param name="first">Somebody waits for this answer; false for what is only asked anew.</param>
    /// <param name="wait">How long until it may go out; zero when it was taken.</param>
    public bool TryTake(bool first, out TimeSpan wait)
    {
        var now = time.GetTimestamp();
        left = Math.Min(Store, left + (time.GetElapsedTime(since, now) / Each));
        since = now;
        var soon = Each * Math.Max(0, 1 - left);
        if (!first && last is { } sent && Each - time.GetElapsedTime(sent, now) is var pause && pause > soon)
            soon = pause;
        wait = soon;
        if (soon > TimeSpan.Zero)
            return false;
        left--;
        last = now;
        return true;
    }
}
