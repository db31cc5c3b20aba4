using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Previews;

/// <summary>The ConfigMaps in which Flink's Kubernetes high availability keeps what a new JobManager starts from.</summary>
public static class HaMetadata
{
    private static readonly string[] Contents = ["jobGraph-", "executionPlan-", "checkpointID-", "counter"];

    /// <summary>Metadata of a cluster exist: a job graph or checkpoints in a ConfigMap with Flink's labels.</summary>
    /// <param name="ns">Namespace.</param>
    /// <param name="cluster">Name of the FlinkDeployment (for a session job, of its cluster).</param>
    /// <param name="configMaps">ConfigMaps of the namespace, with their keys.</param>
    public static bool Exist(string ns, string cluster, IEnumerable<ConfigMap> configMaps) => configMaps.Any(m =>
        m.Metadata.Namespace == ns && m.Metadata.Labels["app"] == cluster && m.Metadata.Labels["configmap-type"] == "high-availability"
        && m.Keys.Any(k => Contents.Any(c => k.StartsWith(c, StringComparison.Ordinal))));
}
