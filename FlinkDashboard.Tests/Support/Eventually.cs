using FlinkDashboard.State;

namespace FlinkDashboard.Tests.Support;

/// <summary>Waits for a cache to come to a state, woken by its own announcements: no polling, no sleeping.</summary>
public static class Eventually
{
    /// <summary>Waits until <paramref name="reached"/> holds; fails after <paramref name="seconds"/>.</summary>
    public static Task UntilAsync(this ResourceCache cache, Func<bool> reached, int seconds = 30) => UntilAsync(cache.Subscribe, reached, seconds, () => $"{cache.KindInfo.Plural}: {cache.Status}, {cache.Count} objects");

    /// <summary>The same for anything that announces its changes.</summary>
    public static async Task UntilAsync(Func<Action, IDisposable> subscribe, Func<bool> reached, int seconds = 30, Func<string>? state = null)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = subscribe(Look);
        Look();
        try
        {
            await done.Task.WaitAsync(TimeSpan.FromSeconds(seconds));
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Not reached within {seconds} s. {state?.Invoke()}");
        }

        void Look()
        {
            if (reached())
                done.TrySetResult();
        }
    }
}
