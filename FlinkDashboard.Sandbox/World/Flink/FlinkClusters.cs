namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>All running JobManagers, and the storage they share.</summary>
public sealed class FlinkClusters
{
    private readonly List<FlinkCluster> _clusters = [];

    /// <summary>
    /// Guards all Flink state. Code on the timeline takes it where it enters; other threads (a REST call through the API server) hold
    /// it while they read or command.
    /// </summary>
    public Lock Gate { get; } = new();

    /// <summary>Savepoints, checkpoints and job results in durable storage.</summary>
    public FlinkStorage Storage { get; } = new();

    /// <summary>
    /// Pace of writes to the high-availability ConfigMaps (leader renewals, newest checkpoint) once a JobManager has run for a minute.
    /// Real ones renew every 5 s and write at each checkpoint; big worlds set more.
    /// </summary>
    public TimeSpan HighAvailabilityPace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The leading JobManager whose REST port answers, or null.</summary>
    public FlinkCluster? Find(string ns, string clusterId)
    {
        lock (Gate)
            return _clusters.Find(c => c.IsAnswering && c.Namespace == ns && c.Id == clusterId);
    }

    /// <summary>The JobManager in a pod, answering or not.</summary>
    public FlinkCluster? InPod(string ns, string podName)
    {
        lock (Gate)
            return _clusters.Find(c => c.Namespace == ns && c.PodName == podName);
    }

    /// <summary>All JobManager processes.</summary>
    public IReadOnlyList<FlinkCluster> All { get { lock (Gate) return [.. _clusters]; } }

    internal void Add(FlinkCluster cluster)
    {
        lock (Gate)
            _clusters.Add(cluster);
    }

    internal void Remove(FlinkCluster cluster)
    {
        lock (Gate)
            _clusters.Remove(cluster);
    }
}
