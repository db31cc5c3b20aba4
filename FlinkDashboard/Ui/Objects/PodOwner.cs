using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Ui.Objects;

/// <summary>Whose pod it is: a Flink cluster by its labels, else the workload that controls it.</summary>
/// <param name="IsFlink">The name is that of a FlinkDeployment.</param>
/// <param name="Component">"jobmanager" or "taskmanager"; empty for others.</param>
public readonly record struct PodOwner(string Namespace, string Name, bool IsFlink, string Component)
{
    /// <summary>Labels of apache/flink's KubernetesUtils: app, component, type = flink-native-kubernetes or flink-standalone-kubernetes.</summary>
    public static PodOwner Of(Pod pod)
    {
        var labels = pod.Metadata.Labels;
        if (labels["type"] is { } type && type.StartsWith("flink-", StringComparison.Ordinal) && labels["app"] is { } app)
            return new PodOwner(pod.Metadata.Namespace, app, true, labels["component"] ?? "");
        var controller = pod.Metadata.Controller;
        var name = controller is null ? pod.Metadata.Name
            : controller.Kind == "ReplicaSet" && labels["pod-template-hash"] is { } hash && controller.Name.EndsWith("-" + hash, StringComparison.Ordinal)
                ? controller.Name[..^(hash.Length + 1)]
                : controller.Name;
        return new PodOwner(pod.Metadata.Namespace, name, false, "");
    }

    /// <summary>One of eight tints, the same for the same owner.</summary>
    public int Tint
    {
        get
        {
            var hash = 2166136261u;
            foreach (var letter in Name)
                hash = (hash ^ letter) * 16777619u;
            return (int)(hash % 8) + 1;
        }
    }
}
