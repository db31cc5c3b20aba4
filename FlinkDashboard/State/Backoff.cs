namespace FlinkDashboard.State;

/// <summary>Waits between attempts: 0.8 s, doubled up to 30 s, each stretched by a random factor of 1 to 2 (as client-go's reflector does).</summary>
public sealed class Backoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private TimeSpan next = First;

    /// <summary>The next wait, at least as long as the server asked for.</summary>
    public TimeSpan Next(TimeSpan? atLeast = null)
    {
        var wait = next * (1 + random.NextDouble());
        next = TimeSpan.FromTicks(Math.Min(next.Ticks * 2, Longest.Ticks));
        return atLeast > wait ? atLeast.Value : wait;
    }

    /// <summary>All is well again.</summary>
    public void Reset() => next = First;
}
