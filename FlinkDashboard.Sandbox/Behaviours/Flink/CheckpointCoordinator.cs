using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>
/// A job's checkpoints. The periodic ones follow from the time since the job runs, so nothing ticks: whoever looks (REST, a
/// savepoint, a restart, the high-availability writer) first has them worked out up to now. Triggered ones have a timer each.
/// </summary>
internal sealed class CheckpointCoordinator(SandboxWorld world, string ns, FlinkJob job, CheckpointSettings settings, long firstId)
{
    private readonly List<(FlinkCheckpoint Checkpoint, Action<FlinkThrowable> Failed)> _asked = [];
    private DateTimeOffset? _next;
    private DateTimeOffset? _runningSince;
    private (FlinkCheckpoint Checkpoint, DateTimeOffset End)? _open;
    private long _taken;

    /// <summary>Id the next checkpoint gets.</summary>
    public long NextId { get; private set; } = firstId;

    /// <summary>What a restart begins from: the newest completed checkpoint or savepoint of this job, or what it started from.</summary>
    public StoredState? Latest { get; set; }

    /// <summary>The job is RUNNING (its tasks need not): triggers begin, first after a part of the interval.</summary>
    public void Begin()
    {
        if (settings.Interval is { } interval)
            _next = world.Now + TimeSpan.FromMilliseconds(world.Next((int)Math.Min(int.MaxValue, Math.Max(1, interval.TotalMilliseconds))));
    }

    /// <summary>All tasks run from now on: triggers succeed.</summary>
    public void TasksRunning()
    {
        CatchUp();
        _runningSince = world.Now;
    }

    /// <summary>The job stops running: what is in progress fails.</summary>
    public void Suspend()
    {
        StopPeriodic();
        _runningSince = null;
        foreach (var (checkpoint, failed) in _asked.ToList())
        {
            Fail(checkpoint, world.Now, "Checkpoint Coordinator is suspending.");
            failed(Failures.Completion(Failures.Suspending()));
        }
        _asked.Clear();
    }

    /// <summary>Works out everything up to now.</summary>
    public void CatchUp()
    {
        var now = world.Now;
        while (true)
        {
            if (_open is { } open)
            {
                if (open.End > now)
                    return;
                _open = null;
                Close(open.Checkpoint, open.End);
            }
            if (_next is not { } trigger || trigger > now)
                return;
            _next = trigger + settings.Interval;
            if (_runningSince is null || trigger < _runningSince)
                job.Statistics!.Refuse(trigger);
            else
                Open(trigger);
        }
    }

    /// <summary>Triggers a checkpoint or savepoint now.</summary>
    /// <param name="directory">Where a savepoint goes; null for a checkpoint.</param>
    /// <param name="isLast">
    /// The job is to end with it: from here on no periodic checkpoint comes between, whose files would go with the job while it counts
    /// as its newest state. Periodic ones go on if this one fails.
    /// </param>
    public void Take(string type, string? format, string? directory, Action<FlinkCheckpoint> done, Action<FlinkThrowable> failed, bool isLast = false)
    {
        CatchUp();
        if (_runningSince is null || !job.AllTasksRunning)
        {
            job.Statistics!.Refuse(world.Now);
            failed(Failures.Completion(Failures.NotAllRunning(job)));
            return;
        }
        var checkpoint = New(world.Now) with { Type = type, SavepointFormat = format };
        if (directory is not null && !world.Flink.Storage.IsWritable(directory))
        {
            job.Statistics!.Refuse(world.Now);
            failed(Failures.Completion(Failures.CannotWrite(directory)));
            return;
        }
        job.Statistics!.Begin(checkpoint);
        if (isLast)
            StopPeriodic();
        _asked.Add((checkpoint, failed));
        world.Timeline.After(settings.DurationOf(job, checkpoint, Troubled), () =>
        {
            lock (world.Flink.Gate)
                Answer(checkpoint, directory, done);
        });
    }

    private void StopPeriodic()
    {
        CatchUp();
        _next = null;
        if (_open is { } open)
            Fail(open.Checkpoint, world.Now, "Checkpoint Coordinator is suspending.");
        _open = null;
    }

    private bool Troubled => settings.Trouble != CheckpointTrouble.None && _taken > settings.TroubleAfter;

    private void Answer(FlinkCheckpoint checkpoint, string? directory, Action<FlinkCheckpoint> done)
    {
        // A periodic one that ended before this must not become the newest afterwards.
        CatchUp();
        var at = _asked.FindIndex(a => a.Checkpoint.Id == checkpoint.Id);
        if (at < 0)
            return;
        var failed = _asked[at].Failed;
        _asked.RemoveAt(at);
        if (Troubled)
        {
            var why = settings.Trouble == CheckpointTrouble.Slow ? Failures.Expired() : Failures.Declined();
            Fail(checkpoint, world.Now, why.Message);
            if (_next is null)
                Begin();
            failed(Failures.Completion(why));
            return;
        }
        var path = directory is null ? settings.PathOf(job, checkpoint.Id) : $"{FlinkStorage.Normalise(directory)}/savepoint-{job.Id[..6]}-{world.Hex(12)}";
        done(Complete(checkpoint, world.Now, path));
    }

    private FlinkCheckpoint New(DateTimeOffset trigger)
    {
        _taken++;
        return new FlinkCheckpoint(NextId++, trigger) { Subtasks = job.Vertices.Sum(v => v.Parallelism), Type = settings.Unaligned ? "UNALIGNED_CHECKPOINT" : "CHECKPOINT" };
    }

    private void Open(DateTimeOffset trigger)
    {
        var checkpoint = New(trigger);
        var end = trigger + settings.DurationOf(job, checkpoint, Troubled);
        job.Statistics!.Begin(checkpoint);
        _open = (checkpoint, end);
        // One at a time: a checkpoint that takes longer than the interval delays the next.
        if (_next < end)
            _next = end;
    }

    private void Close(FlinkCheckpoint checkpoint, DateTimeOffset at)
    {
        if (Troubled)
            Fail(checkpoint, at, settings.Trouble == CheckpointTrouble.Slow ? "Checkpoint expired before completing." : "Asynchronous task checkpoint failed.");
        else
            Complete(checkpoint, at, settings.PathOf(job, checkpoint.Id));
    }

    private FlinkCheckpoint Complete(FlinkCheckpoint checkpoint, DateTimeOffset at, string path)
    {
        var size = settings.SizeOf(job, checkpoint);
        var complete = checkpoint with
        {
            Status = "COMPLETED",
            AcknowledgedAt = at,
            AcknowledgedSubtasks = checkpoint.Subtasks,
            StateSize = size,
            CheckpointedSize = settings.Incremental && !checkpoint.IsSavepoint ? size / 5 : size,
            ProcessedData = CheckpointSettings.Chance(job.Id, checkpoint.Id, 3) % 1500,
            Path = path,
        };
        var before = job.Statistics!.LatestCompleted;
        job.Statistics.End(complete);
        Latest = new StoredState(path, complete.Id, complete.IsSavepoint, size, job.Id, at);
        if (settings.Directory is not null || complete.IsSavepoint)
            world.Flink.Storage.Add(ns, Latest);
        if (!complete.IsSavepoint && before?.Path is { } old)
            world.Flink.Storage.Remove(ns, old);
        return complete;
    }

    private void Fail(FlinkCheckpoint checkpoint, DateTimeOffset at, string message) => job.Statistics!.End(checkpoint with
    {
        Status = "FAILED",
        FailedAt = at,
        FailureMessage = message,
        AcknowledgedAt = checkpoint.Subtasks > 1 ? checkpoint.TriggeredAt + TimeSpan.FromMilliseconds(16) : null,
        AcknowledgedSubtasks = checkpoint.Subtasks / 2,
        StateSize = 265,
        CheckpointedSize = 265,
    });
}
