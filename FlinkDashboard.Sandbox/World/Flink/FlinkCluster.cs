namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>What a session cluster is asked to run: the body of <c>POST /jars/:id/run</c> with the jar's address for its id.</summary>
/// <param name="JarUri">Where the jar came from; its file name says what it does.</param>
public sealed record JarRun(string JarUri)
{
    /// <summary>Main class, or null for the jar's own.</summary>
    public string? EntryClass { get; init; }

    /// <summary>Program arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Null for the cluster's default.</summary>
    public int? Parallelism { get; init; }

    /// <summary>Null lets Flink choose.</summary>
    public string? JobId { get; init; }

    /// <summary>Savepoint to start from.</summary>
    public string? SavepointPath { get; init; }

    /// <summary>Start even if state of the savepoint has no operator.</summary>
    public bool AllowNonRestored { get; init; }

    /// <summary>Configuration of the job, over the cluster's.</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = new Dictionary<string, string>();
}

/// <summary>A jar in the upload folder of a session cluster.</summary>
/// <param name="Id"><c>UUID_name.jar</c>.</param>
/// <param name="Name">File name as uploaded.</param>
/// <param name="Uploaded">When.</param>
/// <param name="MainClass">Main class of its manifest; null without one.</param>
/// <param name="IsJar">Its bytes are those of a jar.</param>
public sealed record FlinkJar(string Id, string Name, DateTimeOffset Uploaded, string? MainClass, bool IsJar);

/// <summary>
/// One JobManager process and what it knows. Every command does what the REST call of the same meaning does, and throws
/// <see cref="FlinkRefusal"/> where that answers an error. Hold <see cref="FlinkClusters.Gate"/> when not on the timeline.
/// </summary>
public abstract class FlinkCluster
{
    /// <summary>Namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Cluster id: the name of the FlinkDeployment.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the JobManager's pod.</summary>
    public required string PodName { get; init; }

    /// <summary>Flink version, as <c>1.20.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Commit and date of the Flink build, as in <c>flink-revision</c>.</summary>
    public required string Revision { get; init; }

    /// <summary>Effective configuration of the JobManager, by key.</summary>
    public required IReadOnlyDictionary<string, string> Configuration { get; init; }

    /// <summary>A cluster without a job of its own.</summary>
    public required bool IsSession { get; init; }

    /// <summary>The REST port answers with 200: leadership is settled. Before, the port refuses or answers 503.</summary>
    public bool IsAnswering { get; protected set; }

    /// <summary>The REST port is open (perhaps still answering 503).</summary>
    public bool IsListening { get; protected set; }

    /// <summary>All jobs it remembers, newest last.</summary>
    public abstract IReadOnlyCollection<FlinkJob> Jobs { get; }

    /// <summary>Registered TaskManagers in order of registration.</summary>
    public abstract IReadOnlyCollection<FlinkTaskManager> TaskManagers { get; }

    /// <summary>When each flame graph was first asked for.</summary>
    public Dictionary<string, DateTimeOffset> FlameGraphs { get; } = [];

    /// <summary>Jars that were uploaded, newest first.</summary>
    public IReadOnlyList<FlinkJar> Jars { get; set; } = [];

    /// <summary>The job, or null.</summary>
    public FlinkJob? Job(string jobId) => Jobs.FirstOrDefault(j => j.Id == jobId);

    /// <summary><c>PATCH /jobs/:id?mode=cancel</c>. 404 unknown job; 409 when it ended otherwise; a second cancel is accepted.</summary>
    public abstract void Cancel(string jobId);

    /// <summary><c>POST /jobs/:id/stop</c>.</summary>
    /// <returns>Trigger id; an unknown job or a failed savepoint shows in <see cref="Operation"/>. 400 without any target directory.</returns>
    public abstract string StopWithSavepoint(string jobId, string? targetDirectory, bool drain = false, string? formatType = null, string? triggerId = null);

    /// <summary><c>POST /jobs/:id/savepoints</c>.</summary>
    /// <returns>Trigger id, as for <see cref="StopWithSavepoint"/>.</returns>
    public abstract string TriggerSavepoint(string jobId, string? targetDirectory, string? formatType = null, bool cancelJob = false, string? triggerId = null);

    /// <summary><c>POST /jobs/:id/checkpoints</c>.</summary>
    /// <returns>Trigger id, as for <see cref="StopWithSavepoint"/>.</returns>
    public abstract string TriggerCheckpoint(string jobId, string? checkpointType = null, string? triggerId = null);

    /// <summary><c>POST /savepoint-disposal</c>.</summary>
    /// <returns>Trigger id.</returns>
    public abstract string DisposeSavepoint(string path);

    /// <summary><c>POST /jars/upload</c> and <c>/jars/:id/run</c> in one.</summary>
    /// <returns>Job id. 400 or 500 as the real server: jar unknown, job id taken …</returns>
    public abstract string RunJar(JarRun run);

    /// <summary>A triggered operation, or null where the REST API answers 404: never triggered, or forgotten five minutes after its end.</summary>
    public abstract AsyncOperation? Operation(string triggerId);

    /// <summary><c>PUT /jobs/:id/resource-requirements</c>: vertex id to upper bound of its parallelism. 500 without the adaptive scheduler, 404 unknown job.</summary>
    public abstract void Rescale(string jobId, IReadOnlyDictionary<string, int> parallelism);

    /// <summary><c>DELETE /cluster</c>: the process ends with exit code 0.</summary>
    public abstract void ShutDown();
}
