using System.Collections.Immutable;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

/// <summary>
/// One view of one log, for all who look at it: read once, while somebody is subscribed and a little longer. What was read stays when a source fails; whatever
/// is missing is an entry that says so.
/// </summary>
public sealed partial class LogFeed
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);
    private readonly Func<LogReader> open;
    private readonly int room;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Action<LogFeed>? ended;
    private readonly Lock gate = new();
    private ImmutableArray<Action> listeners = [];
    private LogSnapshot now = LogSnapshot.Empty;
    private LogSnapshot words = LogSnapshot.Empty;
    private LogBuffer buffer;
    private LogReader? reader;
    private CancellationTokenSource? running;
    private Task loop = Task.CompletedTask;
    private Task older = Task.CompletedTask;
    private ITimer? farewell;

    internal LogFeed(LogPlace place, LogView view, Func<LogReader> open, int room, TimeProvider time, ILogger logger, Action<LogFeed>? ended = null)
    {
        (Place, View, this.open, this.room, this.time, this.logger, this.ended) = (place, view, open, room, time, logger, ended);
        buffer = new(room);
    }

    /// <summary>What is looked at.</summary>
    public LogPlace Place { get; }

    /// <summary>Which part of it.</summary>
    public LogView View { get; }

    /// <summary>What is known now. Take it once per render and read from that.</summary>
    public LogSnapshot Now => Volatile.Read(ref now);

    /// <summary>How many look at it; zero when every page has cleaned up.</summary>
    public int Viewers => listeners.Length;

    /// <summary>It is being read.</summary>
    public bool IsRunning { get { lock (gate) return running is not null; } }

    /// <summary>Lines that may still be added before old ones go.</summary>
    internal long Room => buffer.Room;

    /// <summary>
    /// Begins reading, unless it is being read already. <paramref name="changed"/> is called after each change, from any thread, outside locks: it only marks
    /// its owner dirty, who then takes <see cref="Now"/>. Dispose to leave; a while after the last one left reading ends.
    /// </summary>
    public IDisposable Subscribe(Action changed)
    {
        lock (gate)
        {
            listeners = listeners.Add(changed);
            farewell?.Dispose();
            farewell = null;
            if (running is null)
                Start();
        }
        return new Viewing(() => Leave(changed));
    }

    /// <summary>Reads some lines before the oldest; several who ask at once wait for the same. Does nothing when there are none or no room for them.</summary>
    public Task OlderAsync()
    {
        lock (gate)
        {
            if (!older.IsCompleted || reader is null || running is null || Now.Older is not OlderLines.Possible)
                return older;
            var (from, stop) = (reader, running.Token);
            return older = Task.Run(() => ReadOlderAsync(from, stop), CancellationToken.None);
        }
    }

    /// <summary>Adds what was read.</summary>
    internal void Put(List<FoldedEntry> batch, Func<LogSnapshot, LogSnapshot>? say = null)
    {
        LogTally.Dropped.Add(buffer.Add(batch));
        LogTally.Lines.Add(batch.Sum(b => b.Grown > 0 ? b.Grown : 1L + b.Entry.More.Count));
        Say(say ?? (static s => s));
    }

    /// <summary>Adds what was read before the oldest.</summary>
    internal void PutOlder(List<FoldedEntry> batch, IReadOnlyCollection<LogEntry> adopted, Func<LogSnapshot, LogSnapshot> say)
    {
        buffer.AddOlder(batch, adopted);
        LogTally.Lines.Add(batch.Sum(b => b.Grown > 0 ? b.Grown : 1L + b.Entry.More.Count));
        Say(say);
    }

    /// <summary>Changes what is said beside the entries, and tells everybody.</summary>
    internal void Say(Func<LogSnapshot, LogSnapshot> say)
    {
        lock (gate)
        {
            words = say(words);
            var snapshot = buffer.Into(words);
            Volatile.Write(ref now, snapshot.Dropped > 0 && snapshot.Older == OlderLines.Possible ? snapshot with { Older = OlderLines.NoRoom } : snapshot);
        }
        foreach (var listener in listeners)
            listener();
    }

    /// <summary>Ends it whoever looks.</summary>
    internal async Task StopAsync()
    {
        Task last;
        lock (gate)
        {
            running?.Cancel();
            last = Task.WhenAll(loop, older);
        }
        await last;
    }

    private void Start()
    {
        running = new();
        reader = open();
        var (from, stop, before) = (reader, running, loop);
        loop = Task.Run(() => RunAsync(from, before, stop.Token), CancellationToken.None);
    }

    private void Leave(Action changed)
    {
        lock (gate)
        {
            listeners = listeners.Remove(changed);
            if (listeners.IsEmpty && farewell is null && running is not null)
                farewell = time.CreateTimer(static s => ((LogFeed)s!).End(), this, Grace, Timeout.InfiniteTimeSpan);
        }
    }

    private void End()
    {
        lock (gate)
        {
            farewell?.Dispose();
            farewell = null;
            if (!listeners.IsEmpty || running is null)
                return;
            running.Cancel();
            running = null;
        }
        ended?.Invoke(this);
    }

    private async Task RunAsync(LogReader from, Task before, CancellationToken stop)
    {
        await before; // two readings never write at once
        lock (gate)
        {
            buffer = new(room);
            words = LogSnapshot.Empty;
        }
        Say(s => s with { Source = from.Words });
        LogTally.Feeds.Add(1);
        try
        {
            await from.RunAsync(this, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception e)
        {
            LogBroken(e, Place);
            Say(s => s with { State = LogFeedState.Failed, Problem = $"Reading ended: {e.Message}" });
        }
        finally
        {
            LogTally.Feeds.Add(-1);
        }
    }

    private async Task ReadOlderAsync(LogReader from, CancellationToken stop)
    {
        if (buffer.Room == 0)
        {
            Say(s => s with { Older = OlderLines.NoRoom });
            return;
        }
        Say(s => s with { Older = OlderLines.Loading });
        try
        {
            await from.OlderAsync(this, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception e)
        {
            LogBroken(e, Place);
            Say(s => s with { Problem = $"Older lines could not be read: {e.Message}" });
        }
        finally
        {
            Say(s => s.Older == OlderLines.Loading ? s with { Older = OlderLines.Possible } : s);
        }
    }

    [LoggerMessage(LogLevel.Error, "Reading of {Place} broke")]
    private partial void LogBroken(Exception e, LogPlace place);

    private sealed class Viewing(Action leave) : IDisposable
    {
        private Action? leave = leave;

        public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
    }
}
