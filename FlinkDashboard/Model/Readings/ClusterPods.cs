using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>The pods of one Flink cluster, by what they do.</summary>
/// <param name="JobManagers">Pods labelled as JobManager.</param>
/// <param name="TaskManagers">Pods labelled as TaskManager.</param>
public sealed record ClusterPods(IReadOnlyList<Pod> JobManagers, IReadOnlyList<Pod> TaskManagers)
{
    /// <summary>None.</summary>
    public static readonly ClusterPods None = new([], []);

    /// <summary>TaskManagers that are ready.</summary>
    public int ReadyTaskManagers => TaskManagers.Count(p => PodReading.Of(p).IsReady);

    /// <summary>JobManagers that are ready.</summary>
    public int ReadyJobManagers => JobManagers.Count(p => PodReading.Of(p).IsReady);

    /// <summary>Whose cluster a pod belongs to: the name of the FlinkDeployment, or null for any other pod.</summary>
    public static string? ClusterOf(Pod pod)
    {
        var labels = pod.Metadata.Labels;
        return labels["type"] is "flink-native-kubernetes" or "flink-standalone-kubernetes" && labels["component"] is "jobmanager" or "taskmanager"
            ? labels["app"]
            : null;
    }

    /// <summary>The pods of a cluster among those of its namespace (or of all namespaces).</summary>
    public static ClusterPods Of(FlinkDeployment deployment, IEnumerable<Pod> pods)
    {
        List<Pod> jobManagers = [], taskManagers = [];
        foreach (var pod in pods)
        {
            if (pod.Metadata.Namespace != deployment.Metadata.Namespace || ClusterOf(pod) != deployment.Metadata.Name)
                continue;
            (pod.Metadata.Labels["component"] == "jobmanager" ? jobManagers : taskManagers).Add(pod);
        }
        return new(jobManagers, taskManagers);
    }
}
