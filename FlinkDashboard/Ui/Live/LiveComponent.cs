using Microsoft.AspNetCore.Components;

namespace FlinkDashboard.Ui.Live;

/// <summary>
/// A component drawn from live caches. It listens to what it names, projects on the renderer's thread and draws at most ten times a second; everything it
/// listens to ends with it. The only place of the user interface that meets background threads.
/// </summary>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    /// <summary>At most one refresh in this time: fast enough to look live, slow enough to cost little. Pages that read ten thousand objects take longer.</summary>
    protected virtual TimeSpan Pace => TimeSpan.FromMilliseconds(100);

    private readonly List<IDisposable> _subscriptions = [];
    private readonly CancellationTokenSource _end = new();
    private RefreshGate? _gate;
    private Task _behind = Task.CompletedTask;
    private bool _disposed;

    [Inject]
    protected TimeProvider Clock { get; set; } = TimeProvider.System;

    [Inject]
    private ScreenClock Screen { get; set; } = null!;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    /// <summary>Now, by the clock that the shown objects live by.</summary>
    protected DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Reads the caches into what the markup shows. Called before each refresh and whenever parameters change; pure reading, no waiting.</summary>
    protected virtual void Project()
    {
    }

    /// <summary>Listens to a source until this component ends.</summary>
    /// <param name="subscribe">Takes a callback that may be called from any thread; answers what ends the subscription.</param>
    protected void Listen(Func<Action, IDisposable> subscribe)
    {
        _gate ??= new RefreshGate(Screen.Time, Pace, RefreshAsync, error => Loggers.CreateLogger(GetType()).LogError(error, "A live refresh failed"));
        _subscriptions.Add(subscribe(_gate.Mark));
    }

    /// <summary>Refreshes at this interval, too: for sentences that tell ages. Ends with this component.</summary>
    protected void Beat(TimeSpan interval) => Listen(changed => Screen.Time.CreateTimer(_ => changed(), null, interval, interval));

    /// <summary>
    /// Asks for something that a later projection needs, without waiting for it: one such question at a time, on the renderer's thread, ended with this component. The next
    /// refresh shows it. What goes wrong is logged; a question whose failure somebody should see says so itself.
    /// </summary>
    protected void Behind(Func<CancellationToken, Task> ask)
    {
        if (_behind.IsCompleted && !_disposed)
            _behind = BehindAsync(ask);
    }

    protected override void OnParametersSet() => Project();

    /// <summary>Projects and draws now; for answers to a click.</summary>
    protected void Refresh()
    {
        Project();
        StateHasChanged();
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends every subscription; overriding classes call it last.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _disposed = true;
        _end.Cancel();
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
        _subscriptions.Clear();
        _gate?.Dispose();
        _end.Dispose();
    }

    private async Task BehindAsync(Func<CancellationToken, Task> ask)
    {
        var stop = _end.Token;
        try
        {
            await Task.Yield(); // never inside the projection that asked
            await ask(stop);
        }
        catch (Exception error)
        {
            if (!stop.IsCancellationRequested)
                Loggers.CreateLogger(GetType()).LogWarning(error, "What a page needs could not be asked");
        }
    }

    private async Task RefreshAsync()
    {
        // Whoever marked the gate is a watch at work: drawing goes on elsewhere.
        await Task.Yield();
        await InvokeAsync(() =>
        {
            // A page made ready on the server for its first look is sent once: drawing it again would meet its end.
            if (!_disposed && RendererInfo.IsInteractive)
                Refresh();
        });
    }
}
