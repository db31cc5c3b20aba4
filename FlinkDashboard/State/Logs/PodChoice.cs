using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.State.Logs;

/// <summary>Which pods and which of their containers a place means.</summary>
internal static class PodChoice
{
    /// <summary>What Flink's containers are called (Flink's Constants.MAIN_CONTAINER_NAME).</summary>
    public const string FlinkContainer = "flink-main-container";

    /// <summary>The pods of a place that are there now, by name.</summary>
    public static IReadOnlyList<Pod> Of(LogPlace place, ResourceSet<Pod> pods)
    {
        var there = pods.In(place.Namespace ?? "");
        var chosen = place.Pods is { Count: > 0 } names ? there.Where(p => names.Contains(p.Metadata.Name)) : there.Where(p => place.Name is not null && ClusterPods.ClusterOf(p) == place.Name);
        return [.. chosen.OrderBy(p => p.Metadata.Name, StringComparer.Ordinal)];
    }

    /// <summary>The container to read: the one asked for, else Flink's, else the first.</summary>
    public static string ContainerOf(Pod pod, string? asked) => asked
        ?? pod.Spec.Containers.FirstOrDefault(c => c.Name == FlinkContainer)?.Name
        ?? pod.Spec.Containers.FirstOrDefault()?.Name
        ?? FlinkContainer;

    /// <summary>What is known of a container; null before the kubelet has said anything.</summary>
    public static ContainerStatus? StatusOf(Pod pod, string container) =>
        pod.Status.ContainerStatuses.FirstOrDefault(c => c.Name == container) ?? pod.Status.InitContainerStatuses.FirstOrDefault(c => c.Name == container);

    /// <summary>The container has written, or could have.</summary>
    public static bool HasStarted(Pod pod, string container) =>
        StatusOf(pod, container) is { } status && (status.State is ContainerRunning or ContainerTerminated || status.LastState is ContainerTerminated);
}
