using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Tests.Model.Verdicts;

/// <summary>Failing and well, by raw facts alone: the yardstick of the verdicts, which shares no code with them.</summary>
internal static class RawFailures
{
    private static readonly string[] BrokenReasons = ["CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "CreateContainerConfigError", "RunContainerError"];

    /// <summary>Why the object is failing, or null.</summary>
    public static string? Of(IKubernetesObject o, FlinkDeployment? cluster, IReadOnlyList<Pod> pods) => o switch
    {
        // A session cluster has no job of its own: what is written there means nothing.
        FlinkDeployment d => Of(d.Spec.Job is null ? d.Status with { JobStatus = FlinkJobStatus.None } : d.Status, d.Status.JobManagerDeploymentStatus.Text) ?? OfPods(d.Metadata.Name, pods),
        FlinkSessionJob j => Of(j.Status, "") ?? (cluster is null ? "no cluster" : OfPods(cluster.Metadata.Name, pods)),
        FlinkStateSnapshot { Status: { State.Text: "FAILED" or "ABANDONED" } status } => status.State.Text,
        _ => null,
    };

    /// <summary>Nothing is left to do and nothing is wrong.</summary>
    public static bool IsWell(IKubernetesObject o, IReadOnlyList<Pod> pods) => o switch
    {
        FlinkDeployment d => IsWell(d.Metadata, d.Status, d.Spec.Job is null ? ["", "FINISHED"] : ["RUNNING", "FINISHED"])
            && (d.Status.JobManagerDeploymentStatus.Text == "READY" || d.Spec.Job?.State.Text == "suspended" || d.Status.JobStatus.State.Text == "FINISHED")
            && OfPods(d.Metadata.Name, pods) is null && (d.Status.JobStatus.State.Text != "RUNNING" || Ready(d, pods) >= (d.Status.TaskManager?.Replicas ?? 0)),
        FlinkSessionJob j => IsWell(j.Metadata, j.Status, ["RUNNING", "FINISHED", "CANCELED"]),
        FlinkStateSnapshot s => s.Status.State.Text == "COMPLETED" && s.Metadata.DeletionTimestamp is null,
        _ => false,
    };

    private static bool IsWell(ObjectMeta metadata, FlinkDeploymentStatus status, string[] states) =>
        metadata.DeletionTimestamp is null && status.LifecycleState.Text is "STABLE" or "SUSPENDED" && states.Contains(status.JobStatus.State.Text)
        && string.IsNullOrEmpty(status.Error) && status.ObservedGeneration == metadata.Generation;

    private static string? Of(FlinkDeploymentStatus status, string jobManager) =>
        status.JobStatus.State.Text == "FAILED" ? "job FAILED"
        : jobManager == "ERROR" ? "JobManager ERROR"
        : !string.IsNullOrEmpty(status.Error) && status.JobStatus.State.Text != "RUNNING" ? "error while not running"
        : null;

    private static string? OfPods(string cluster, IReadOnlyList<Pod> pods) =>
        (from pod in pods
         where pod.Metadata.Labels["app"] == cluster && pod.Metadata.DeletionTimestamp is null
         from container in pod.Status.ContainerStatuses
         where container.State is ContainerWaiting { Reason: { } reason } && BrokenReasons.Contains(reason)
         select $"{pod.Metadata.Name} waits").FirstOrDefault();

    private static int Ready(FlinkDeployment d, IReadOnlyList<Pod> pods) => pods.Count(p =>
        p.Metadata.Labels["app"] == d.Metadata.Name && p.Metadata.Labels["component"] == "taskmanager" && p.Metadata.DeletionTimestamp is null
        && p.Status.Conditions.Any(c => c is { Type: "Ready", Status: "True" }));
}
