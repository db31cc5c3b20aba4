using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>
/// The resource manager of a JobManager: registered TaskManagers and their slots; in native mode it creates, replaces and releases
/// their pods. A job gets its slots all at once or waits.
/// </summary>
internal sealed class WorkerPool(SandboxWorld world, JobManager owner, bool native)
{
    // Recorded: about 0.4 s from a job's RUNNING to the creation of its first pod; 3 s between attempts that the API server refuses.
    private static readonly TimeSpan RequestDelay = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(3);

    private readonly DateTimeOffset _since = world.Now;

    private readonly List<Worker> _workers = [];
    private readonly HashSet<string> _pending = [];
    private readonly List<JobRun> _runs = [];
    private int _attempt = 1;
    private int _index;
    private bool _planned;

    /// <summary>In order of registration.</summary>
    public IReadOnlyList<FlinkTaskManager> Registered => [.. _workers.Select(w => w.Info)];

    /// <summary>Pods of earlier JobManagers of this cluster count as on their way; new ones get the next attempt number.</summary>
    public void Recover()
    {
        if (!native)
            return;
        foreach (var pod in Pods())
        {
            _pending.Add(pod.Name);
            if (pod.Name[$"{owner.Id}-taskmanager-".Length..].Split('-') is [var attempt, _] && int.TryParse(attempt, out var number))
                _attempt = Math.Max(_attempt, number + 1);
        }
        owner.Log.Info("kubernetes.KubernetesResourceManagerDriver", $"Recovered {_pending.Count} pods from previous attempts, current attempt id is {_attempt}.");
    }

    /// <summary>A job waits for slots.</summary>
    public void Request(JobRun run)
    {
        if (!_runs.Contains(run))
            _runs.Add(run);
        Assign();
        if (run.Job.Vertices.Any(v => v.TaskManagerIds.Count == 0))
            Plan(RequestDelay);
    }

    /// <summary>A running job wants other parallelisms: it gets them when the slots are there; TaskManagers that nobody makes are not waited for.</summary>
    public void Reconsider(JobRun run)
    {
        var slots = _workers.Sum(w => w.Info.FreeSlots + w.Taken.GetValueOrDefault(run));
        if (slots >= run.SlotsWanted || !native)
            run.Fit(Math.Max(1, slots));
        else
            Plan(RequestDelay);
    }

    /// <summary>A job's tasks have stopped: its slots are free (the job may ask again).</summary>
    public void GiveBack(JobRun run)
    {
        foreach (var worker in _workers.Where(w => w.Taken.Remove(run)))
            Count(worker);
    }

    /// <summary>A job has ended.</summary>
    public void Forget(JobRun run)
    {
        _runs.Remove(run);
        GiveBack(run);
        Assign();
    }

    /// <summary>A TaskManager found this leader.</summary>
    public void Register(TaskManager process)
    {
        if (process.IsOver || _workers.Any(w => w.Process == process) || owner.IsOver)
            return;
        _pending.Remove(process.PodName);
        var worker = new Worker(process, process.Registration with { RegisteredAt = world.Now, FreeSlots = process.Registration.Slots, IdleSince = null });
        _workers.Add(worker);
        process.LogRegistered(owner.PodName);
        owner.Log.Info("runtime.resourcemanager.active.ActiveResourceManager", $"Registering TaskManager with ResourceID {worker.Info.Id} ({worker.Info.PodIp}:6122) at ResourceManager.");
        Count(worker);
        Assign();
    }

    /// <summary>A TaskManager's process ended.</summary>
    public void ProcessGone(TaskManager process)
    {
        if (_workers.Find(w => w.Process == process) is { } worker)
            Lose(worker, world.Objects.Find(ResourceTypes.Pods, owner.Namespace, process.PodName) is null && native ? Failures.PodTerminated() : Failures.WorkerShutDown());
    }

    /// <summary>A TaskManager's pod ended or is gone.</summary>
    public void PodEnded(WorldObject pod)
    {
        if (!native)
            return;
        var known = _pending.Remove(pod.Name);
        if (_workers.Find(w => w.Info.PodName == pod.Name) is { } worker)
            Lose(worker, Failures.PodTerminated());
        else if (known)
            Plan(TimeSpan.Zero);
    }

    private void Lose(Worker worker, FlinkThrowable why)
    {
        owner.Log.Warn("runtime.resourcemanager.active.ActiveResourceManager", $"Worker {worker.Info.Id} is terminated. Diagnostics: {why.Message}");
        _workers.Remove(worker);
        foreach (var run in worker.Taken.Keys.ToList())
            run.WorkerLost(worker.Info.Id, why);
        Plan(TimeSpan.FromMilliseconds(40));
    }

    private void Assign()
    {
        if (owner.IsReactive && _workers.Count > 0)
        {
            foreach (var run in _runs.Where(r => r.Job.State == "RUNNING").ToList())
                run.Rescale(run.Job.Vertices.ToDictionary(v => v.Id, _ => _workers.Sum(w => w.Info.Slots)));
        }
        foreach (var run in _runs.Where(r => r.IsWaitingToRescale).ToList())
            Reconsider(run);
        foreach (var run in _runs.Where(r => r.Job.State == "RUNNING" && r.Job.Vertices.All(v => v.State == "SCHEDULED")).ToList())
        {
            if (_workers.Sum(w => w.Info.FreeSlots) >= run.Job.SlotsNeeded)
                Take(run);
        }
    }

    private void Take(JobRun run)
    {
        var slots = new List<string>();
        var warm = true;
        foreach (var worker in _workers)
        {
            var share = Math.Min(worker.Info.FreeSlots, run.Job.SlotsNeeded - slots.Count);
            if (share <= 0)
                continue;
            warm &= worker.HasWorked;
            worker.HasWorked = true;
            worker.Taken[run] = share;
            slots.AddRange(Enumerable.Repeat(worker.Info.Id, share));
            Count(worker);
        }
        run.Deploy(slots, warm);
    }

    private void Count(Worker worker)
    {
        worker.Info.FreeSlots = worker.Info.Slots - worker.Taken.Values.Sum();
        if (worker.Taken.Count > 0)
        {
            worker.Info.IdleSince = null;
            return;
        }
        if (worker.Info.IdleSince is not null || !native)
            return;
        var since = world.Now;
        worker.Info.IdleSince = since;
        Later(UntilIdleCheck(), () =>
        {
            if (worker.Info.IdleSince == since && _workers.Contains(worker))
                Release(worker);
        });
    }

    // Flink looks once per timeout, counted from its start, for what has been idle that long: so it takes between one and two.
    private TimeSpan UntilIdleCheck()
    {
        var timeout = owner.Configuration.Duration("resourcemanager.taskmanager-timeout") ?? TimeSpan.FromSeconds(30);
        var checks = Math.Ceiling((world.Now + timeout - _since) / timeout);
        return _since + checks * timeout - world.Now;
    }

    private void Release(Worker worker)
    {
        if (_runs.Any(r => r.NeedsSlots && (r.IsWaitingToRescale || r.Job.Vertices.Any(v => v.TaskManagerIds.Count == 0))))
        {
            worker.Info.IdleSince = null;
            Count(worker);
            return;
        }
        owner.Log.Info("runtime.resourcemanager.active.ActiveResourceManager", $"Stopping worker {worker.Info.Id}.");
        _workers.Remove(worker);
        if (world.Objects.Find(ResourceTypes.Pods, owner.Namespace, worker.Info.PodName) is not null)
            world.Objects.Delete(ResourceTypes.Pods, owner.Namespace, worker.Info.PodName);
    }

    private void Plan(TimeSpan delay)
    {
        if (!native || _planned)
            return;
        _planned = true;
        Later(delay, Demand);
    }

    // Declared requirements of all jobs, less what is registered or on its way.
    private void Demand()
    {
        _planned = false;
        var perWorker = owner.Configuration.Number("taskmanager.numberOfTaskSlots", 1);
        var missing = _runs.Where(r => r.NeedsSlots).Sum(r => r.SlotsWanted) - _workers.Sum(w => w.Info.Slots) - _pending.Count * perWorker;
        for (; missing > 0; missing -= perWorker)
        {
            if (Create())
                continue;
            Plan(RetryDelay);
            return;
        }
    }

    private bool Create()
    {
        var name = $"{owner.Id}-taskmanager-{_attempt}-{++_index}";
        owner.Log.Info("kubernetes.KubernetesResourceManagerDriver", $"Creating new TaskManager pod with name {name} and resource <{owner.Configuration.Text("taskmanager.memory.process.size")}, {owner.Configuration.Text("kubernetes.taskmanager.cpu.amount")}>.");
        try
        {
            TaskManagerPod.Create(world, owner, name);
            _pending.Add(name);
            return true;
        }
        catch (ApiError e)
        {
            owner.Log.Warn("kubernetes.KubernetesResourceManagerDriver", $"Failed to create pod {name}. Message: {e.Message}");
            return false;
        }
    }

    private IEnumerable<WorldObject> Pods() => world.Objects.List(ResourceTypes.Pods, owner.Namespace).Items.Where(p =>
        !p.IsDeleting && p.Name.StartsWith($"{owner.Id}-taskmanager-", StringComparison.Ordinal)
        && p.Labels.GetValueOrDefault("app") == owner.Id && p.Labels.GetValueOrDefault("component") == "taskmanager"
        && (string?)p.Read()["status"]?["phase"] is "Pending" or "Running");

    private void Later(TimeSpan delay, Action action) => world.Timeline.After(delay, () =>
    {
        lock (world.Flink.Gate)
        {
            if (!owner.IsOver)
                action();
        }
    });

    private sealed class Worker(TaskManager process, FlinkTaskManager info)
    {
        public TaskManager Process => process;

        public FlinkTaskManager Info => info;

        public bool HasWorked { get; set; }

        public Dictionary<JobRun, int> Taken { get; } = [];
    }
}
