using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.State.Logs;

/// <summary>A pod whose log can be read.</summary>
/// <param name="Name">Pod name.</param>
/// <param name="IsJobManager">JobManager; else TaskManager.</param>
/// <param name="Containers">Its containers, the one that runs Flink first.</param>
/// <param name="HasPrevious">The Flink container has run before: its previous log can be asked for.</param>
/// <param name="HasStarted">It has a log.</param>
/// <param name="StartedAt">When the pod was accepted by its node.</param>
public sealed record PodLog(string Name, bool IsJobManager, IReadOnlyList<string> Containers, bool HasPrevious, bool HasStarted, DateTimeOffset? StartedAt);

/// <summary>What logs there are of an application, as far as the cluster says.</summary>
/// <param name="Pods">Pods that are there, JobManagers first.</param>
/// <param name="CloudWatch">Its log group and streams; null when its monitoringConfiguration names none.</param>
/// <param name="ArchiveUri">Folder in S3, <c>s3://bucket/prefix</c>, with one folder for each pod; null when its monitoringConfiguration names none.</param>
public sealed record LogOffer(IReadOnlyList<PodLog> Pods, LogPlace? CloudWatch, string? ArchiveUri)
{
    /// <summary>Address of a pod's archive; null when there are none.</summary>
    public string? ArchiveOf(string pod, string output = "STDOUT") => ArchiveUri is null ? null : $"{ArchiveUri}/{pod}/{output}.gz";
}

/// <summary>Says what logs there are.</summary>
public sealed class LogSources(ClusterState state)
{
    /// <summary>Of a FlinkDeployment.</summary>
    public LogOffer Of(string ns, string name)
    {
        var deployment = state.Now<FlinkDeployment>().Find(ns, name);
        var monitoring = deployment?.Spec.MonitoringConfiguration;
        var pods = state.Now<Pod>().In(ns).Where(p => ClusterPods.ClusterOf(p) == name).Select(Read).OrderByDescending(p => p.IsJobManager).ThenBy(p => p.Name, StringComparer.Ordinal);
        var watch = monitoring?.CloudWatchMonitoringConfiguration;
        return new([.. pods],
            watch?.LogGroupName is { Length: > 0 } group ? new(LogWay.CloudWatch, ns, name, Group: group, StreamPrefix: watch.LogStreamNamePrefix) : null,
            monitoring?.S3MonitoringConfiguration?.LogUri is { Length: > 0 } uri ? Absolute(uri) : null);
    }

    private static PodLog Read(Pod pod)
    {
        var main = PodChoice.ContainerOf(pod, null);
        return new(pod.Metadata.Name, pod.Metadata.Labels["component"] == "jobmanager",
            [main, .. pod.Spec.Containers.Concat(pod.Spec.InitContainers).Select(c => c.Name).Where(n => n != main)],
            PodChoice.StatusOf(pod, main)?.LastState is ContainerTerminated, PodChoice.HasStarted(pod, main), pod.Status.StartTime);
    }

    private static string Absolute(string uri) => (uri.Contains("://", StringComparison.Ordinal) ? uri : "s3://" + uri).TrimEnd('/');
}
