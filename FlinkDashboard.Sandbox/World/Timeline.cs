namespace FlinkDashboard.Sandbox.World;

/// <summary>
/// What will happen and when. All behaviours run here, one action at a time, in order of due time, so they need no locks among
/// themselves. A running world pumps it with <see cref="RunAsync"/>, a manual one with <see cref="Advance"/>.
/// </summary>
public sealed class Timeline(SandboxClock clock, TimeProvider real, Action<Exception> failed)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Entry, (DateTimeOffset, long)> _queue = new();
    private TaskCompletionSource _added = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence;

    /// <summary>Runs an action after a simulated delay (zero: as soon as the current action is done).</summary>
    /// <returns>Dispose to cancel.</returns>
    public IDisposable After(TimeSpan delay, Action action)
    {
        var entry = new Entry(action);
        lock (_lock)
            _queue.Enqueue(entry, (clock.GetUtcNow() + delay, _sequence++));
        Wake();
        return entry;
    }

    /// <summary>Runs an action again and again, first after one period.</summary>
    public IDisposable Every(TimeSpan period, Action action)
    {
        var entry = new Entry(action);
        void Again()
        {
            if (entry.Cancelled)
                return;
            After(period, Again);
            action();
        }
        After(period, Again);
        return entry;
    }

    /// <summary>Manual worlds: lives through a span, running everything that falls due at its own moment.</summary>
    public void Advance(TimeSpan span)
    {
        var end = clock.GetUtcNow() + span;
        while (NextDue() is { } due && due <= end)
        {
            if (due > clock.GetUtcNow())
                clock.Advance(due - clock.GetUtcNow());
            RunDue();
        }
        if (clock.GetUtcNow() < end)
            clock.Advance(end - clock.GetUtcNow());
    }

    /// <summary>Running worlds: the pump; ends when cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        clock.SpeedChanged += Wake;
        try
        {
            await PumpAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            clock.SpeedChanged -= Wake;
        }
    }

    private async Task PumpAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            RunDue();
            Task added;
            TimeSpan wait;
            lock (_lock)
            {
                added = _added.Task;
                wait = _queue.TryPeek(out _, out var next) ? clock.RealUntil(next.Item1) : Timeout.InfiniteTimeSpan;
            }
            if (wait == TimeSpan.Zero)
                continue;
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var delay = wait == Timeout.InfiniteTimeSpan ? Task.Delay(wait, real, timer.Token) : Task.Delay(wait + TimeSpan.FromMilliseconds(1), real, timer.Token);
            await Task.WhenAny(added, delay).ConfigureAwait(false);
            await timer.CancelAsync().ConfigureAwait(false);
        }
    }

    private void Wake()
    {
        TaskCompletionSource wake;
        lock (_lock)
        {
            wake = _added;
            _added = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        wake.SetResult();
    }

    private DateTimeOffset? NextDue() { lock (_lock) return _queue.TryPeek(out _, out var next) ? next.Item1 : null; }

    private void RunDue()
    {
        while (TakeDue() is { } entry)
        {
            if (entry.Cancelled)
                continue;
            try
            {
                entry.Action();
            }
            catch (Exception e)
            {
                // One broken behaviour must not stop the world; the host decides how loud to be.
                failed(e);
            }
        }
    }

    private Entry? TakeDue()
    {
        lock (_lock)
            return _queue.TryPeek(out _, out var next) && next.Item1 <= clock.GetUtcNow() ? _queue.Dequeue() : null;
    }

    private sealed class Entry(Action action) : IDisposable
    {
        public Action Action => action;

        public bool Cancelled { get; private set; }

        public void Dispose() => Cancelled = true;
    }
}
