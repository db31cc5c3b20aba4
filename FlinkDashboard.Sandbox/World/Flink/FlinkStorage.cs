using System.Collections.Concurrent;

namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>A savepoint or retained checkpoint in durable storage.</summary>
/// <param name="Path">Normalised, as <c>file:/flink-data/savepoints/savepoint-d431b7-2e90737f677f</c>.</param>
/// <param name="CheckpointId">Id it had in its job.</param>
/// <param name="IsSavepoint">Savepoint, not checkpoint.</param>
/// <param name="Size">Bytes.</param>
/// <param name="JobId">Job that wrote it.</param>
/// <param name="WrittenAt">When it was completed.</param>
public sealed record StoredState(string Path, long CheckpointId, bool IsSavepoint, long Size, string JobId, DateTimeOffset WrittenAt);

/// <summary>
/// What outlives JobManagers: state by path, and the results of ended jobs (Flink's job result store). Paths of hostPath volumes are
/// the same for all pods of a namespace, so state is kept per namespace; object stores are shared.
/// </summary>
public sealed class FlinkStorage
{
    // Read by the storage protocol while the timeline writes.
    private readonly ConcurrentDictionary<string, StoredState> _states = [];
    private readonly Dictionary<string, string> _results = [];
    private readonly Dictionary<string, StoredState> _handles = [];
    private readonly Dictionary<(string Namespace, string JobId), JarRun> _graphs = [];

    /// <summary>The state at a path, or null.</summary>
    public StoredState? Find(string ns, string path) => _states.GetValueOrDefault(Key(ns, path));

    /// <summary>There is state at a path.</summary>
    public bool Exists(string ns, string path) => Find(ns, path) is not null;

    /// <summary>Everything stored, for worlds that show a bucket.</summary>
    public IReadOnlyCollection<StoredState> All => [.. _states.Values];

    /// <summary>Adds state; worlds may put savepoints there that no job of theirs wrote.</summary>
    public void Add(string ns, StoredState state) => _states[Key(ns, state.Path)] = state;

    /// <summary>Deletes state.</summary>
    /// <returns>False if there was none.</returns>
    public bool Remove(string ns, string path) => _states.TryRemove(Key(ns, path), out _);

    /// <summary>Terminal state of a job that ended under a job result store path; null while there is none.</summary>
    public string? Result(string ns, string storePath, string jobId) => _results.GetValueOrDefault(Key(ns, storePath) + "#" + jobId);

    /// <summary>The checkpoint that a metadata file of the high-availability storage describes, or null.</summary>
    internal StoredState? Handle(string ns, string file) => _handles.GetValueOrDefault(Key(ns, file));

    internal void AddHandle(string ns, string file, StoredState state) => _handles[Key(ns, file)] = state;

    internal void RemoveHandle(string ns, string file) => _handles.Remove(Key(ns, file));

    /// <summary>The submitted program of a session job (Flink's job graph in the high-availability storage), or null.</summary>
    internal JarRun? Graph(string ns, string jobId) => _graphs.GetValueOrDefault((ns, jobId));

    internal void AddGraph(string ns, string jobId, JarRun graph) => _graphs[(ns, jobId)] = graph;

    internal void RemoveGraph(string ns, string jobId) => _graphs.Remove((ns, jobId));

    internal void AddResult(string ns, string storePath, string jobId, string state) => _results[Key(ns, storePath) + "#" + jobId] = state;

    /// <summary>A directory nobody may write to: kernel file systems and what worlds add.</summary>
    public HashSet<string> ReadOnlyPrefixes { get; } = ["file:/proc", "file:/sys", "file:/dev"];

    /// <summary>True if files can be created below a directory.</summary>
    public bool IsWritable(string directory) => !ReadOnlyPrefixes.Any(p => Normalise(directory).StartsWith(p, StringComparison.Ordinal));

    /// <summary>A path as Hadoop's and Flink's Path print it: one slash after <c>file:</c>, none at the end.</summary>
    public static string Normalise(string path)
    {
        var text = path.TrimEnd('/');
        if (text.StartsWith("file:", StringComparison.Ordinal))
            return "file:/" + text[5..].TrimStart('/');
        return text.StartsWith('/') ? "file:" + text : text;
    }

    private static string Key(string ns, string path)
    {
        var normal = Normalise(path);
        return normal.StartsWith("file:", StringComparison.Ordinal) ? $"{ns}|{normal}" : normal;
    }
}
