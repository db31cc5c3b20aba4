using System.Text.Json;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

namespace FlinkDashboard.Sandbox.World.Metrics.Flink;

/// <summary>The job of a FlinkDeployment that is not played.</summary>
internal sealed class StandingJob
{
    private static readonly TimeSpan CheckpointTime = TimeSpan.FromMilliseconds(840);
    private readonly TimeSpan _interval;
    private string _state = "RUNNING";
    private DateTimeOffset _since;
    private int _restarts;

    public StandingJob(SandboxWorld world, WorldObject item, JsonElement root)
    {
        (Namespace, Name, Uid) = (item.Namespace, item.Name, item.Uid);
        var (spec, status) = (Json.Child(root, "spec"), Json.Child(root, "status"));
        var job = Json.Child(spec, "job");
        Version = Json.Text(Json.Child(status, "clusterInfo"), "flink-version") is { Length: > 0 } version ? version : "1.20.1";
        var settings = Json.Child(spec, "flinkConfiguration") is { ValueKind: JsonValueKind.Object } all ? all.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString()) : [];
        settings["taskmanager.memory.process.size"] = Json.Text(Json.Child(Json.Child(spec, "taskManager"), "resource"), "memory");
        settings["jobmanager.memory.process.size"] = Json.Text(Json.Child(Json.Child(spec, "jobManager"), "resource"), "memory");
        Settings = settings;
        Slots = settings.Number("taskmanager.numberOfTaskSlots", 1);
        _interval = settings.Duration("execution.checkpointing.interval") ?? TimeSpan.FromMinutes(1);
        var parallelism = Json.Number(job, "parallelism") ?? 1;
        TaskManagers = (parallelism + Slots - 1) / Slots;
        _since = Json.Time(root.GetProperty("metadata"), "creationTimestamp") ?? DateTimeOffset.UnixEpoch;
        Steady = Make(Json.Child(status, "jobStatus"), KnownJobs.Of(Json.Text(job, "jarURI"), [.. Json.Items(job, "args").Select(a => a.ToString())]).In(world, Namespace, Name), parallelism, _since);
        Memory = FlinkMemory.Of(settings);
        JobManagerHeap = FlinkMemory.OfJobManager(settings).Heap;
        Labels = LabelSet.Of("job_id", Steady.Id, "job_name", MetricTable.Filter(Steady.Name));
        WorkerTables = [ClusterView.UpTable, ProcessMetrics.TaskManagerTable(Version), .. TaskGroups.Tables(Version, Settings, Steady)];
    }

    public string Namespace { get; }

    public string Name { get; }

    public string Uid { get; }

    public string Version { get; }

    public IReadOnlyDictionary<string, string> Settings { get; }

    public int Slots { get; }

    public int TaskManagers { get; }

    public FlinkMemory Memory { get; }

    public long JobManagerHeap { get; }

    /// <summary>The job as its tasks see it: it always runs.</summary>
    public FlinkJob Steady { get; }

    public LabelSet Labels { get; }

    public IReadOnlyList<MetricTable> WorkerTables { get; }

    /// <summary>Target of the JobManager; null until it is known.</summary>
    public MetricTarget? JobManager { get; set; }

    /// <summary>Takes a state.</summary>
    /// <returns>It is another one.</returns>
    public bool Enter(string state, DateTimeOffset at)
    {
        if (state.Length == 0 || state == _state)
            return false;
        _restarts += state == "RESTARTING" ? 1 : 0;
        (_state, _since) = (state, at);
        return true;
    }

    /// <summary>The job as its JobManager sees it now.</summary>
    public FlinkJob Present()
    {
        var job = new FlinkJob(Steady.Id, Steady.Name, Steady.StartTime) { Program = Steady.Program, Parallelism = Steady.Parallelism, Vertices = Steady.Vertices, Restarts = _restarts };
        job.Enter(_state, _since);
        return job;
    }

    /// <summary>Checkpoints up to a moment: one at each interval, none fails.</summary>
    public CheckpointCounts CheckpointsAt(DateTimeOffset moment)
    {
        var begun = Math.Max(0, (long)((moment - Steady.StartTime) / _interval));
        var done = Math.Max(0, (long)((moment - Steady.StartTime - CheckpointTime) / _interval));
        var size = Steady.Program.StateSize * Steady.Parallelism;
        var latest = done == 0 ? null : new FlinkCheckpoint(done, Steady.StartTime + (_interval * done)) { Status = "COMPLETED", AcknowledgedAt = Steady.StartTime + (_interval * done) + CheckpointTime, StateSize = size, CheckpointedSize = size };
        return new CheckpointCounts(begun, done, 0, (int)(begun - done), latest, null);
    }

    private static FlinkJob Make(JsonElement status, KnownJob program, int parallelism, DateTimeOffset start)
    {
        var job = new FlinkJob(Json.Text(status, "jobId"), Json.Text(status, "jobName") is { Length: > 0 } name ? name : program.JobName, start)
        {
            Program = program,
            IsFixed = true,
            Parallelism = parallelism,
            Vertices = [.. program.Vertices.Select(v =>
            {
                var vertex = new FlinkVertex(v.Id, v.Name, [.. v.Inputs.Select(i => new FlinkEdge(program.Vertices[i.From].Id, i.Ship))]) { Parallelism = parallelism, State = "RUNNING", Traits = v };
                vertex.Times["RUNNING"] = start;
                return vertex;
            })],
        };
        job.Enter("RUNNING", start);
        return job;
    }
}
