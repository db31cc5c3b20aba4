namespace FlinkDashboard.Ui.Live;

/// <summary>
/// A one-slot dirty flag between a busy source and a slow screen: the first mark refreshes at once, later marks at most once per interval,
/// counted from the end of the refresh before; the last mark is never lost. Marks come from any thread; refreshes never overlap.
/// </summary>
public sealed class RefreshGate : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Func<Task> _refresh;
    private readonly Action<Exception> _failed;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private bool _busy;
    private bool _dirty;
    private bool _disposed;

    /// <param name="refresh">Draws once. Ends when the drawing is done, so that a slow viewer is asked less often.</param>
    /// <param name="failed">Told when a refresh throws; the gate goes on.</param>
    public RefreshGate(TimeProvider clock, TimeSpan interval, Func<Task> refresh, Action<Exception> failed)
    {
        _refresh = refresh;
        _failed = failed;
        _interval = interval;
        _timer = clock.CreateTimer(_ => Reopen(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Says that something changed.</summary>
    public void Mark()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            if (_busy)
            {
                _dirty = true;
                return;
            }

            _busy = true;
        }

        Start();
    }

    public void Dispose()
    {
        lock (_lock)
            _disposed = true;
        _timer.Dispose();
    }

    private void Reopen()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            if (!_dirty)
            {
                _busy = false;
                return;
            }

            _dirty = false;
        }

        Start();
    }

    private void Start() => _ = RefreshAsync();

    private async Task RefreshAsync()
    {
        try
        {
            await _refresh().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            _failed(error);
        }

        lock (_lock)
        {
            if (!_disposed)
                _timer.Change(_interval, Timeout.InfiniteTimeSpan);
        }
    }
}
