namespace FlinkDashboard.Sandbox.World;

/// <summary>One line of a container's log.</summary>
/// <param name="Number">Position in the container's log, from 0.</param>
/// <param name="Time">When it was written, simulated.</param>
/// <param name="Text">Without line break.</param>
public sealed record ContainerLogLine(long Number, DateTimeOffset Time, string Text);

/// <summary>
/// What the kubelet keeps on disk: the log of every started container, the newest lines of each, of pods that still exist.
/// Thread-safe.
/// </summary>
public sealed class ContainerLogs(int linesPerContainer = 5_000)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string PodUid, string Container, int Restart), ContainerLog> _logs = [];

    /// <summary>Called for each line with the pod's UID and the container's name, before its reader sees it.</summary>
    public event Action<string, string, ContainerLogLine>? Appended;

    /// <summary>The container has started: its log exists, still empty.</summary>
    public void Open(string podUid, string container, int restart)
    {
        lock (_lock)
            Of(podUid, container, restart);
    }

    /// <summary>Adds a text; each of its lines becomes a log line of the same time.</summary>
    public void Append(string podUid, string container, int restart, DateTimeOffset time, string text)
    {
        TaskCompletionSource wake;
        lock (_lock)
        {
            var log = Of(podUid, container, restart);
            foreach (var line in text.TrimEnd('\n').Split('\n'))
            {
                var added = new ContainerLogLine(log.Next++, time, line);
                log.Lines.Enqueue(added);
                Appended?.Invoke(podUid, container, added);
                if (log.Lines.Count > linesPerContainer)
                    log.Lines.Dequeue();
            }
            wake = log.Wake();
        }
        wake.SetResult();
    }

    /// <summary>The container has ended: a follower that has read everything is done.</summary>
    public void Close(string podUid, string container, int restart)
    {
        TaskCompletionSource wake;
        lock (_lock)
        {
            var log = Of(podUid, container, restart);
            log.Closed = true;
            wake = log.Wake();
        }
        wake.SetResult();
    }

    /// <summary>The pod is gone, and with it its logs.</summary>
    public void Forget(string podUid)
    {
        List<TaskCompletionSource> wakes = [];
        lock (_lock)
        {
            foreach (var key in _logs.Keys.Where(k => k.PodUid == podUid).ToList())
            {
                _logs[key].Closed = true;
                wakes.Add(_logs[key].Wake());
                _logs.Remove(key);
            }
        }
        wakes.ForEach(w => w.SetResult());
    }

    /// <summary>Lines with a number of at least <paramref name="from"/>; null when that container never started (or its pod is gone).</summary>
    /// <returns>The lines, whether more may come, and a task that completes when something changes.</returns>
    public (IReadOnlyList<ContainerLogLine> Lines, bool Open, Task Changed)? Read(string podUid, string container, int restart, long from = 0)
    {
        lock (_lock)
        {
            return _logs.TryGetValue((podUid, container, restart), out var log)
                ? ([.. log.Lines.SkipWhile(l => l.Number < from)], !log.Closed, log.Changed.Task)
                : null;
        }
    }

    private ContainerLog Of(string podUid, string container, int restart)
    {
        if (!_logs.TryGetValue((podUid, container, restart), out var log))
            _logs[(podUid, container, restart)] = log = new ContainerLog();
        return log;
    }

    private sealed class ContainerLog
    {
        public Queue<ContainerLogLine> Lines { get; } = new();

        public long Next { get; set; }

        public bool Closed { get; set; }

        public TaskCompletionSource Changed { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Wake()
        {
            var old = Changed;
            Changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return old;
        }
    }
}
