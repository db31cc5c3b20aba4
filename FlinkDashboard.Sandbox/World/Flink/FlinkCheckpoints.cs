using FlinkDashboard.Sandbox.World.Metrics.Flink;

namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>
/// The checkpoint statistics of one job in one JobManager: counts since the JobManager started the job, the newest entries
/// (<c>web.checkpoints.history</c>, 10) and the newest 500 its summary is computed from (Flink keeps 10,000).
/// </summary>
public sealed class FlinkCheckpoints
{
    private const int HistorySize = 10;
    private const int SampleSize = 500;
    private readonly List<FlinkCheckpoint> _history = [];
    private const int RememberedChanges = 20_000;
    private readonly Queue<FlinkCheckpoint> _samples = new();
    private readonly List<(DateTimeOffset At, CheckpointCounts Counts)> _changes = [];

    /// <summary>All that were triggered, including those that failed before they got an id.</summary>
    public long Total { get; private set; }

    /// <summary>Running now.</summary>
    public int InProgress => _history.Count(c => c.Status == "IN_PROGRESS");

    /// <summary>Completed, savepoints included.</summary>
    public long Completed { get; private set; }

    /// <summary>Failed.</summary>
    public long Failed { get; private set; }

    /// <summary>Restores, including the first from a savepoint.</summary>
    public long Restores { get; private set; }

    /// <summary>Newest completed checkpoint (no savepoint).</summary>
    public FlinkCheckpoint? LatestCompleted { get; private set; }

    /// <summary>Newest completed savepoint.</summary>
    public FlinkCheckpoint? LatestSavepoint { get; private set; }

    /// <summary>Newest failed one that had an id.</summary>
    public FlinkCheckpoint? LatestFailed { get; private set; }

    /// <summary>Newest restore.</summary>
    public RestoredCheckpoint? LatestRestored { get; private set; }

    /// <summary>Newest first, at most ten.</summary>
    public IReadOnlyList<FlinkCheckpoint> History => _history;

    /// <summary>Completed ones the summary is computed from, oldest first.</summary>
    public IReadOnlyCollection<FlinkCheckpoint> Samples => _samples;

    /// <summary>The one with this id, if still in history.</summary>
    public FlinkCheckpoint? Find(long id) => _history.FirstOrDefault(c => c.Id == id);

    /// <summary>What the statistics said at a moment; those of the oldest remembered change for moments before it.</summary>
    public CheckpointCounts CountsAt(DateTimeOffset moment)
    {
        var (low, high) = (0, _changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_changes[middle].At <= moment)
                low = middle + 1;
            else
                high = middle;
        }
        return low > 0 ? _changes[low - 1].Counts : CheckpointCounts.None;
    }

    private void Remember(DateTimeOffset at)
    {
        if (_changes.Count >= RememberedChanges)
            _changes.RemoveRange(0, RememberedChanges / 4);
        _changes.Add((_changes.Count > 0 && _changes[^1].At > at ? _changes[^1].At : at, CheckpointCounts.Of(this)));
    }

    internal void Refuse(DateTimeOffset at, long times = 1)
    {
        Total += times;
        Failed += times;
        Remember(at);
    }

    internal void Begin(FlinkCheckpoint checkpoint)
    {
        Total++;
        _history.Insert(0, checkpoint);
        Trim();
        Remember(checkpoint.TriggeredAt);
    }

    internal void End(FlinkCheckpoint checkpoint)
    {
        Count(checkpoint);
        Remember((checkpoint.Status == "FAILED" ? checkpoint.FailedAt : checkpoint.AcknowledgedAt) ?? checkpoint.TriggeredAt);
    }

    private void Count(FlinkCheckpoint checkpoint)
    {
        var at = _history.FindIndex(c => c.Id == checkpoint.Id);
        if (at >= 0)
            _history[at] = checkpoint;
        if (checkpoint.Status == "FAILED")
        {
            Failed++;
            LatestFailed = checkpoint;
            return;
        }
        Completed++;
        _samples.Enqueue(checkpoint);
        if (_samples.Count > SampleSize)
            _samples.Dequeue();
        if (checkpoint.IsSavepoint)
        {
            LatestSavepoint = checkpoint;
            return;
        }
        Subsume();
        LatestCompleted = checkpoint;
    }

    internal void Restore(RestoredCheckpoint restored)
    {
        Restores++;
        LatestRestored = restored;
        Remember(restored.At);
    }

    // state.checkpoints.num-retained is 1: a completed checkpoint deletes the one before.
    private void Subsume()
    {
        if (LatestCompleted is null)
            return;
        var at = _history.FindIndex(c => c.Id == LatestCompleted.Id);
        if (at >= 0)
            _history[at] = _history[at] with { Discarded = true };
    }

    private void Trim()
    {
        while (_history.Count > HistorySize && _history.FindLastIndex(c => c.Status != "IN_PROGRESS") is >= 0 and var last)
            _history.RemoveAt(last);
    }
}
