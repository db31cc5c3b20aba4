namespace FlinkDashboard.State.Flink;

/// <summary>
/// One request a second, with a small store: a page that opens may ask its first few questions at once, and pays for them by waiting afterwards.
/// </summary>
public sealed class RequestBudget(TimeProvider time)
{
    /// <summary>Requests that may go out at once after a pause.</summary>
    public const int Store = 6;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1);
    private double left = Store;
    private long since = time.GetTimestamp();

    /// <summary>Takes one request; else says how long until there is one.</summary>
    public bool TryTake(out TimeSpan wait)
    {
        var now = time.GetTimestamp();
        left = Math.Min(Store, left + (time.GetElapsedTime(since, now) / Each));
        since = now;
        if (left >= 1)
        {
            left--;
            wait = TimeSpan.Zero;
            return true;
        }
        wait = Each * (1 - left);
        return false;
    }
}
