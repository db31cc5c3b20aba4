using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>One JobManager process: start-up, leadership, its jobs and its end. Commands from outside are in <see cref="CommandDesk"/>.</summary>
internal sealed class JobManager : FlinkCluster
{
    // Recorded after the start of the container: the port opens at 3.5 to 3.9 s and answers 503, 200 from 4.3 to 4.9 s; the job is
    // submitted half a second later. A jar that is missing ends the process after one second.
    private static readonly TimeSpan MissingJar = TimeSpan.FromMilliseconds(950);
    private static readonly TimeSpan Listening = TimeSpan.FromMilliseconds(3500);
    private static readonly TimeSpan Leading = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Submission = TimeSpan.FromMilliseconds(600);

    private readonly SandboxWorld _world;
    private readonly WorkerDirectory _directory;
    private readonly RunningContainer _container;
    private readonly ClusterStart _start;
    private readonly CommandDesk _desk;
    private readonly List<JobRun> _runs = [];
    private readonly HashSet<string> _results = [];
    private HighAvailability? _ha;
    private WorkerPool? _workers;

    public JobManager(SandboxWorld world, WorkerDirectory directory, RunningContainer container, ClusterStart start)
    {
        (_world, _directory, _container, _start) = (world, directory, container, start);
        Log = new FlinkLog(world, container);
        _desk = new CommandDesk(world, this);
    }

    public FlinkLog Log { get; }

    public WorkerPool Workers => _workers ??= new WorkerPool(_world, this, _start.IsNative);

    public bool IsOver { get; private set; }

    public IReadOnlyList<JobRun> Runs => _runs;

    /// <summary>Reactive mode: the job takes all slots there are.</summary>
    public bool IsReactive => string.Equals(Configuration.Text("scheduler-mode"), "reactive", StringComparison.OrdinalIgnoreCase);

    public string Image => (string?)FlinkPod.Container(_container.Pod.Read())["image"] ?? "";

    public override IReadOnlyCollection<FlinkJob> Jobs => [.. _runs.Select(r => r.Job)];

    public override IReadOnlyCollection<FlinkTaskManager> TaskManagers => Workers.Registered;

    private string PodIp => Configuration.Text("rest.address") ?? "127.0.0.1";

    // Results survive the process only in durable storage; without it each process has its own.
    private string? ResultStore => _ha is null ? null : Configuration.Text("job-result-store.storage-path") ?? $"{Configuration.Text("high-availability.storageDir")}/job-result-store/{Id}";

    public void Start()
    {
        lock (_world.Flink.Gate)
            _world.Flink.Add(this);
        _container.Stopped = () =>
        {
            lock (_world.Flink.Gate)
            {
                // A pod that is already gone was deleted by force: no signal, no good-bye.
                var killed = _world.Objects.Find(ResourceTypes.Pods, Namespace, PodName)?.Uid != _container.Pod.Uid;
                if (!killed)
                    Log.Info("runtime.entrypoint.ClusterEntrypoint", "RECEIVED SIGNAL 15: SIGTERM. Shutting down as requested.");
                Halt(!killed);
            }
        };
        Log.Info("runtime.entrypoint.ClusterEntrypoint", $"Starting {(IsSession ? "session" : "application")} cluster {Id} (Version: {Version}, Rev:{Revision.Split(' ')[0]})");
        if (_start.Application is { } application && !KnownJobs.Exists(application.JarUri, application.Image))
        {
            Later(MissingJar, () => MissingJarEnds(application));
            return;
        }
        Later(Listening + TimeSpan.FromMilliseconds(_world.Next(400)), () =>
        {
            IsListening = true;
            Log.Info("runtime.dispatcher.DispatcherRestEndpoint", $"Rest endpoint listening at {PodIp}:8081");
            Later(Leading + TimeSpan.FromMilliseconds(_world.Next(200)), Elect);
        });
    }

    /// <summary>A job ended for good: what it held is given back, what it left is cleaned up.</summary>
    public void Ended(JobRun run)
    {
        Workers.Forget(run);
        Log.Info("runtime.dispatcher.StandaloneDispatcher", $"Job {run.Job.Id} reached terminal state {run.Job.State}.");
        _ha?.RemoveJob(run.Job.Id);
        Record(run.Job.Id, run.Job.State);
        if (run.Checkpoints?.Latest is { IsSavepoint: false } latest && latest.JobId == run.Job.Id && Discards(run))
            _world.Flink.Storage.Remove(Namespace, latest.Path);
        if (_start.Application is not null && Configuration.Flag("execution.shutdown-on-application-finish", true))
            Later(TimeSpan.FromSeconds(1), () => Exit(run.Job.State == "FAILED" ? 1 : 0));
    }

    /// <summary>Runs a program.</summary>
    public FlinkJob Submit(JarRun run)
    {
        var program = KnownJobs.Of(run.JarUri, run.Arguments, run.EntryClass).In(_world, Namespace, Id);
        var settings = new Dictionary<string, string>(Configuration);
        foreach (var (key, value) in run.Configuration.Concat(program.Configuration))
            settings[key] = value;
        var jobId = run.JobId ?? _world.Hex(32);
        var recovered = _ha?.Recover(jobId);
        var from = recovered?.State ?? (run.SavepointPath is { } path ? _world.Flink.Storage.Find(Namespace, path) : null);
        _ha?.AddJob(jobId, PodIp);
        if (program.Prints is { } text)
            Log.Print(text);
        Log.Info("runtime.dispatcher.StandaloneDispatcher", $"Received JobGraph submission '{program.JobName}' ({jobId}).");
        var failed = from is null && run.SavepointPath is not null;
        var checkpointing = failed ? null : CheckpointSettings.Of(settings, program);
        var job = JobGraph.Submit(_world.Now, jobId, program, settings, run.Parallelism, checkpointing, failed);
        var coordinator = checkpointing is null ? null : new CheckpointCoordinator(_world, Namespace, job, checkpointing, Math.Max(recovered?.NextId ?? 1, (from?.CheckpointId ?? 0) + 1));
        var jobRun = new JobRun(_world, this, job, settings, checkpointing, coordinator);
        _runs.Add(jobRun);
        if (failed)
            FailInitialization(jobRun, run.SavepointPath!);
        else
            jobRun.Start(from);
        return job;
    }

    /// <summary>The process ends by itself.</summary>
    public void Exit(int code)
    {
        if (IsOver)
            return;
        Log.Info("runtime.entrypoint.ClusterEntrypoint", $"Terminating cluster entrypoint process with exit code {code}.");
        Halt(true);
        _container.Exit(code);
    }

    public override void Cancel(string jobId) => _desk.Cancel(jobId);

    public override string StopWithSavepoint(string jobId, string? targetDirectory, bool drain = false, string? formatType = null, string? triggerId = null) =>
        _desk.Savepoint(jobId, targetDirectory, formatType, triggerId, "SYNC_SAVEPOINT", false);

    public override string TriggerSavepoint(string jobId, string? targetDirectory, string? formatType = null, bool cancelJob = false, string? triggerId = null) =>
        _desk.Savepoint(jobId, targetDirectory, formatType, triggerId, "SAVEPOINT", cancelJob);

    public override string TriggerCheckpoint(string jobId, string? checkpointType = null, string? triggerId = null) => _desk.Checkpoint(jobId, triggerId);

    public override string DisposeSavepoint(string path) => _desk.Dispose(path);

    public override string RunJar(JarRun run) => _desk.Run(run);

    public override AsyncOperation? Operation(string triggerId) => _desk.Operation(triggerId);

    public override void Rescale(string jobId, IReadOnlyDictionary<string, int> parallelism) => _desk.Rescale(jobId, parallelism);

    public override void ShutDown() => Later(TimeSpan.FromMilliseconds(300), () => Exit(0));

    private void FailInitialization(JobRun run, string savepoint)
    {
        var why = Failures.InitializationFailed(Failures.StateMissing(savepoint));
        Later(TimeSpan.FromMilliseconds(200), () =>
        {
            run.Job.ExceptionHistory = [new FlinkException(why, _world.Now, null, null, null)];
            run.Job.Enter("FAILED", _world.Now);
            _ha?.RemoveJob(run.Job.Id);
            Record(run.Job.Id, "FAILED");
            if (_start.Application is null)
                return;
            Log.Error("runtime.entrypoint.ClusterEntrypoint", $"Fatal error occurred in the cluster entrypoint.\n\t{why.StackTrace.TrimEnd('\n')}");
            Later(TimeSpan.FromMilliseconds(400), () => Exit(2));
        });
    }

    private void MissingJarEnds(ApplicationStart application)
    {
        var why = Failures.JarMissing(KnownJobs.LocalPath(application.JarUri) ?? application.JarUri);
        Log.Error("runtime.entrypoint.ClusterEntrypoint", $"Could not create application program.\n{why.StackTrace}");
        Exit(1);
    }

    // With high availability one process leads and the others stand by until it is gone and its lease has run out.
    private void Elect()
    {
        if (HighAvailability.IsOn(Configuration))
        {
            _ha ??= new HighAvailability(_world, this);
            if (_world.Flink.Find(Namespace, Id) is not null)
            {
                _container.Serve();
                Log.Info("runtime.leaderelection.DefaultLeaderElectionService", "Another JobManager leads; standing by.");
                return;
            }
            if (_ha.UntilLeaseEnds() is { Ticks: > 0 } wait)
            {
                Later(wait + TimeSpan.FromMilliseconds(_world.Next(2000)), Elect);
                return;
            }
        }
        _container.Serve();
        Lead();
    }

    private void Lead()
    {
        IsAnswering = true;
        _ha?.Lead(PodIp);
        Log.Info("runtime.resourcemanager.ResourceManagerServiceImpl", "Resource manager service is granted leadership.");
        Workers.Recover();
        _directory.Announce(this);
        Later(Submission, () =>
        {
            if (_start.Application is { } application)
                Launch(application);
            else
                foreach (var jobId in _ha?.SubmittedJobs() ?? [])
                {
                    if (_world.Flink.Storage.Graph(Namespace, jobId) is { } graph)
                        Submit(graph);
                }
        });
    }

    private void Launch(ApplicationStart application)
    {
        var jobId = application.JobId ?? (_ha is null ? _world.Hex(32) : OperatorId.Of(Id));
        if (HasResult(jobId))
        {
            Log.Warn("client.deployment.application.ApplicationDispatcherBootstrap", $"Job {jobId} already reached a globally terminal state; it is not run again.");
            return;
        }
        Submit(new JarRun(application.JarUri)
        {
            JobId = jobId,
            EntryClass = application.EntryClass,
            Arguments = application.Arguments,
            SavepointPath = application.SavepointPath,
            AllowNonRestored = application.AllowNonRestored,
        });
    }

    public bool HasResult(string jobId) => _results.Contains(jobId) || (ResultStore is { } store && _world.Flink.Storage.Result(Namespace, store, jobId) is not null);

    private void Record(string jobId, string state)
    {
        _results.Add(jobId);
        if (ResultStore is { } store)
            _world.Flink.Storage.AddResult(Namespace, store, jobId, state);
        _world.Flink.Storage.RemoveGraph(Namespace, jobId);
    }

    private static bool Discards(JobRun run) => run.Job.State switch
    {
        "FINISHED" => true,
        "CANCELED" => run.Checkpointing!.Retention != "RETAIN_ON_CANCELLATION",
        _ => run.Checkpointing!.Retention == "NO_EXTERNALIZED_CHECKPOINTS",
    };

    private void Halt(bool inGoodOrder)
    {
        foreach (var run in _runs)
        {
            _ha?.Save(run);
            run.Halt();
        }
        if (IsAnswering)
            _ha?.Resign(inGoodOrder);
        IsOver = true;
        IsAnswering = false;
        IsListening = false;
        _world.Flink.Remove(this);
        if (_ha is not null && _world.Flink.All.OfType<JobManager>().FirstOrDefault(j => j.Namespace == Namespace && j.Id == Id && j.IsListening && !j.IsAnswering) is { } standby)
            standby.Later(TimeSpan.FromSeconds(1), standby.Elect);
    }

    private void Later(TimeSpan delay, Action action) => _world.Timeline.After(delay, () =>
    {
        lock (_world.Flink.Gate)
        {
            if (!IsOver)
                action();
        }
    });
}
