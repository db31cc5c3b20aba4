namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Troubles that a test or a scenario can make at the API server. All are off at start. Thread-safe.</summary>
public sealed class Faults
{
    private CancellationTokenSource _watches = new();
    private int _refuse;
    private volatile bool _unreachable;

    /// <summary>The server is away: every connection is dropped without an answer, running watches and log follows too.</summary>
    public bool Unreachable
    {
        get => _unreachable;
        set
        {
            _unreachable = value;
            if (value)
                CutWatches();
        }
    }

    /// <summary>Watches stay open but send nothing, not even bookmarks.</summary>
    public bool StallWatches { get; set; }

    /// <summary>A watch from a forgotten version is refused with HTTP 410 instead of an ERROR event in a 200 answer; real servers do either.</summary>
    public bool ExpiredAsHttp { get; set; }

    /// <summary>The next requests are answered 429 with <c>Retry-After: 1</c>.</summary>
    public void RefuseNext(int requests) => Interlocked.Exchange(ref _refuse, requests);

    /// <summary>Breaks every running watch and log follow in the middle, as a lost connection does.</summary>
    public void CutWatches()
    {
        var old = Interlocked.Exchange(ref _watches, new CancellationTokenSource());
        old.Cancel();
        old.Dispose();
    }

    /// <summary>Cancelled when the running watches are to be cut.</summary>
    internal CancellationToken Cut => Volatile.Read(ref _watches).Token;

    /// <summary>True if this request is one of those to refuse.</summary>
    internal bool TakeRefusal()
    {
        int left;
        do
        {
            left = Volatile.Read(ref _refuse);
            if (left <= 0)
                return false;
        }
        while (Interlocked.CompareExchange(ref _refuse, left - 1, left) != left);
        return true;
    }
}
