using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>
/// The life of one job in one JobManager: INITIALIZING, CREATED, RUNNING while its tasks wait for slots, deploy, run, fail, restart,
/// finish or are cancelled. Delays are those of the recordings.
/// </summary>
internal sealed class JobRun(SandboxWorld world, JobManager owner, FlinkJob job, IReadOnlyDictionary<string, string> settings, CheckpointSettings? checkpointing, CheckpointCoordinator? coordinator)
{
    private static readonly TimeSpan SlotTimeout = TimeSpan.FromMinutes(5);

    private readonly RestartStrategy _restart = RestartStrategy.Of(settings, checkpointing?.Interval is not null);
    private int _phase;

    public FlinkJob Job => job;

    public CheckpointCoordinator? Checkpoints => coordinator;

    public CheckpointSettings? Checkpointing => checkpointing;

    public IReadOnlyDictionary<string, string> Settings => settings;

    /// <summary>Its slots are asked for: from CREATED to the end.</summary>
    public bool NeedsSlots { get; private set; }

    /// <summary>Begins; <paramref name="from"/> is the state it is restored from.</summary>
    public void Start(StoredState? from)
    {
        if (coordinator is not null)
        {
            job.BeforeReading = coordinator.CatchUp;
            coordinator.Latest = from;
        }
        Later(170, () =>
        {
            Enter("CREATED");
            Restore();
            Later(100, Schedule);
        });
    }

    /// <summary>All slots are there.</summary>
    /// <param name="slots">TaskManager of each slot.</param>
    /// <param name="warm">The TaskManagers have run tasks before.</param>
    public void Deploy(IReadOnlyList<string> slots, bool warm)
    {
        NextPhase();
        foreach (var vertex in job.Vertices)
            vertex.TaskManagerIds = [.. slots.Take(vertex.Parallelism)];
        Tasks("DEPLOYING");
        owner.Log.Info("runtime.executiongraph.ExecutionGraph", $"Deploying {job.Vertices.Sum(v => v.Parallelism)} tasks of job {job.Name} ({job.Id}).");
        Later(warm ? 90 : 430, () =>
        {
            Tasks("INITIALIZING");
            if (job.Program.FailsAfter == TimeSpan.Zero)
                Later(60, () => Fail(job.Program.Failure!, job.Program.FailingVertex));
            else
                Later(warm ? 60 : 180, Run);
        });
    }

    /// <summary>A TaskManager is gone.</summary>
    public void WorkerLost(string id, FlinkThrowable why)
    {
        var vertex = job.Vertices.Index().FirstOrDefault(v => v.Item.TaskManagerIds.Contains(id));
        if (vertex.Item is not null && job.State is "RUNNING")
            Fail(why, vertex.Index);
    }

    /// <summary>A task failed, or the job as a whole.</summary>
    public void Fail(FlinkThrowable why, int? vertex = null)
    {
        if (job.IsTerminal || job.State is "CANCELLING" or "FAILING")
            return;
        var failure = Describe(why, vertex);
        owner.Log.Warn("runtime.executiongraph.ExecutionGraph", $"{failure.TaskName ?? job.Name} ({job.Id}) switched from RUNNING to FAILED.\n\t{why.StackTrace.TrimEnd('\n')}");
        var delay = _restart.Next(world.Now);
        if (delay is null)
            failure = new FlinkException(Failures.Suppressed(_restart, why), world.Now, null, null, null) { Concurrent = vertex is null ? [] : [failure] };
        Remember(failure);
        StopTasks("CANCELED", vertex);
        if (delay is not { } wait)
        {
            Enter("FAILING");
            Later(40, () => End("FAILED"));
            return;
        }
        Enter("RESTARTING");
        Later(wait.TotalMilliseconds, () =>
        {
            job.Restarts++;
            foreach (var v in job.Vertices)
                v.NextAttempt();
            Restore();
            Schedule();
        });
    }

    /// <summary>Cancels; done after the tasks have stopped.</summary>
    public void Cancel()
    {
        if (job.IsTerminal || job.State == "CANCELLING")
            return;
        StopTasks("CANCELING", null);
        Enter("CANCELLING");
        Later(40, () =>
        {
            Tasks("CANCELED");
            End("CANCELED");
        });
    }

    /// <summary>All sources have ended, of themselves or after a stop with savepoint.</summary>
    public void Finish()
    {
        coordinator?.Suspend();
        NextPhase();
        Tasks("FINISHED");
        Later(30, () => End("FINISHED"));
    }

    /// <summary>Slots it asks for: more than it has while a rescaling waits for them.</summary>
    public int SlotsWanted => job.Vertices.Count == 0 ? 0 : job.Vertices.Max(v => v.Wanted);

    /// <summary>A rescaling waits for slots.</summary>
    public bool IsWaitingToRescale => job.State == "RUNNING" && job.Vertices.Any(v => v.Wanted != v.Parallelism);

    /// <summary>Other parallelisms are wanted (adaptive scheduler); the job goes on as it is until the slots are there.</summary>
    public void Rescale(IReadOnlyDictionary<string, int> parallelism)
    {
        foreach (var vertex in job.Vertices)
            vertex.Wanted = Math.Min(parallelism.GetValueOrDefault(vertex.Id, vertex.Wanted), vertex.MaxParallelism);
        owner.Workers.Reconsider(this);
    }

    /// <summary>Takes what is wanted, as far as there are slots for it; a running job starts again for that.</summary>
    public void Fit(int slots)
    {
        var changed = job.Vertices.Any(v => Math.Min(v.Wanted, slots) != v.Parallelism);
        foreach (var vertex in job.Vertices)
            vertex.Parallelism = Math.Min(vertex.Wanted, slots);
        if (!changed || job.Vertices.All(v => v.State is "SCHEDULED" or "CREATED"))
            return;
        StopTasks("CANCELED", null);
        Enter("RESTARTING");
        Later(200, () =>
        {
            job.Restarts++;
            job.Rescales++;
            Restore();
            // The adaptive scheduler makes a new graph: the restart leaves no trace in the job's timestamps.
            job.Forget("RESTARTING");
            Enter("CREATED");
            Later(50, Schedule);
        });
    }

    /// <summary>The JobManager process is gone: nothing happens any more.</summary>
    public void Halt()
    {
        coordinator?.CatchUp();
        NextPhase();
    }

    private void Schedule()
    {
        Enter("RUNNING");
        Tasks("SCHEDULED");
        coordinator?.Begin();
        NeedsSlots = true;
        // Asking may find the slots at once and go on to the next phase, which ends this timer.
        Later(SlotTimeout.TotalMilliseconds, () => Fail(Failures.NoResources()));
        owner.Workers.Request(this);
    }

    private void Run()
    {
        Tasks("RUNNING");
        coordinator?.TasksRunning();
        if (job.Program.FailsAfter is { } after)
            Later(after.TotalMilliseconds, () => Fail(job.Program.Failure!, job.Program.FailingVertex));
        if (job.Program.RunsFor is { } span)
            Later(span.TotalMilliseconds, Finish);
        if (checkpointing is { Interval: { } interval, Trouble: not CheckpointTrouble.None } && (checkpointing.Trouble == CheckpointTrouble.Throw || checkpointing.Tolerated < 1000))
            Later(Trouble(interval).TotalMilliseconds, FailByCheckpoint);
    }

    private TimeSpan Trouble(TimeSpan interval) =>
        interval * (checkpointing!.TroubleAfter + (checkpointing.Trouble == CheckpointTrouble.Throw ? 1 : checkpointing.Tolerated + 1)) + (checkpointing.Trouble == CheckpointTrouble.Slow ? checkpointing.Timeout : TimeSpan.Zero);

    private void FailByCheckpoint()
    {
        coordinator!.CatchUp();
        if (checkpointing!.Trouble == CheckpointTrouble.Throw)
            Fail(Failures.SnapshotThrew(coordinator.NextId, job.Vertices[job.Program.FailingVertex]), job.Program.FailingVertex);
        else
            Fail(Failures.TooManyFailedCheckpoints());
    }

    private void Restore()
    {
        if (coordinator?.Latest is { } latest)
            job.Statistics!.Restore(new RestoredCheckpoint(latest.CheckpointId, world.Now, latest.IsSavepoint, latest.Path));
    }

    private void StopTasks(string state, int? failed)
    {
        coordinator?.Suspend();
        NextPhase();
        owner.Workers.GiveBack(this);
        Tasks(state);
        if (failed is not { } vertex)
            return;
        job.Vertices[vertex].State = "FAILED";
        job.Vertices[vertex].Times.Remove(state);
        job.Vertices[vertex].Times["FAILED"] = world.Now;
    }

    private void End(string state)
    {
        NextPhase();
        NeedsSlots = false;
        Enter(state);
        owner.Ended(this);
    }

    private void Enter(string state)
    {
        owner.Log.Info("runtime.executiongraph.ExecutionGraph", $"Job {job.Name} ({job.Id}) switched from state {job.State} to {state}.");
        job.Enter(state, world.Now);
    }

    private void Tasks(string state)
    {
        foreach (var vertex in job.Vertices)
        {
            if (state == "SCHEDULED")
            {
                vertex.Times.Clear();
                vertex.TaskManagerIds = [];
            }
            vertex.State = state;
            vertex.Times[state] = world.Now;
        }
        job.LastModified = world.Now;
    }

    private FlinkException Describe(FlinkThrowable why, int? vertex)
    {
        if (vertex is not { } v)
            return new FlinkException(why, world.Now, null, null, null);
        var failed = job.Vertices[v];
        var worker = failed.TaskManagerIds.FirstOrDefault();
        var at = owner.TaskManagers.FirstOrDefault(t => t.Id == worker);
        return new FlinkException(why, world.Now, $"{failed.Name} (1/{failed.Parallelism}) - execution #{failed.Attempt}", worker, at is null ? null : $"{at.PodIp}:{at.DataPort}");
    }

    private void Remember(FlinkException failure) => job.ExceptionHistory = [failure, .. job.ExceptionHistory.Take(15)];

    private void NextPhase() => _phase++;

    // What was planned in one phase does not happen in the next.
    private void Later(double milliseconds, Action action)
    {
        var phase = _phase;
        world.Timeline.After(TimeSpan.FromMilliseconds(milliseconds), () =>
        {
            lock (world.Flink.Gate)
            {
                if (phase == _phase)
                    action();
            }
        });
    }
}
