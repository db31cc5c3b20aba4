using FlinkDashboard.Sandbox.Protocols.Aws;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.LiveTail;

/// <summary>Troubles that a test or a scenario can make at Live Tail, and what its sessions do. All are off at start. Thread-safe.</summary>
public sealed class LiveTailFaults
{
    private readonly Lock _lock = new();
    private readonly List<LiveTailSession> _open = [];
    private int _opened;
    private int _cut;
    private int _corrupt;
    private long _dropped;

    /// <summary>Events that an update tells at most; of more it is a sample. The service's own limit is 500.</summary>
    public int EventsPerSecond { get; set; } = 500;

    /// <summary>Sessions that may be open at once; more are refused. The service's own limit is 15.</summary>
    public int MostSessions { get; set; } = 15;

    /// <summary>Sessions stay open but say nothing any more, as when a connection is lost unnoticed.</summary>
    public bool IsStalled { get; set; }

    /// <summary>Sessions that are open.</summary>
    public int Open { get { lock (_lock) return _open.Count; } }

    /// <summary>Sessions that were ever opened.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>Updates that were given up because their readers were slow.</summary>
    public long DroppedUpdates => Interlocked.Read(ref _dropped);

    /// <summary>The next frames break off in their middle, and with them their connections.</summary>
    public void CutNext(int frames) => Interlocked.Exchange(ref _cut, frames);

    /// <summary>The next frames have a wrong checksum.</summary>
    public void CorruptNext(int frames) => Interlocked.Exchange(ref _corrupt, frames);

    /// <summary>All open sessions end with SessionTimeoutException, as after three hours.</summary>
    public void ExpireSessions() => Snapshot().ForEach(s => s.Expire());

    /// <summary>All open sessions end with SessionStreamingException.</summary>
    public void BreakSessions() => Snapshot().ForEach(s => s.End("SessionStreamingException", "An internal failure ended the session."));

    internal void Enter(LiveTailSession session)
    {
        lock (_lock)
        {
            if (_open.Count >= MostSessions)
                throw new AwsFailure("LimitExceededException", $"The maximum of {MostSessions} concurrent Live Tail sessions is reached.", 400);
            _open.Add(session);
            _opened++;
        }
    }

    internal void Leave(LiveTailSession session)
    {
        lock (_lock)
            _open.Remove(session);
    }

    internal void Dropped(int updates) => Interlocked.Add(ref _dropped, updates);

    internal bool TakeCut() => AwsFaults.Take(ref _cut);

    internal bool TakeCorruption() => AwsFaults.Take(ref _corrupt);

    private List<LiveTailSession> Snapshot()
    {
        lock (_lock)
            return [.. _open];
    }
}
