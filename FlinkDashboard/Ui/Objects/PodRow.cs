using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Ui.Objects;

/// <summary>A pod as <c>kubectl get pods -o wide</c> shows it, and what it belongs to.</summary>
/// <param name="Ready">Containers that are ready.</param>
/// <param name="Containers">Containers in all.</param>
/// <param name="Status">kubectl's STATUS: the phase, or the reason of the container that stands out.</param>
/// <param name="Tone">healthy, changing, degraded, failing, stopped or unknown: how a screen tints the status.</param>
/// <param name="Why">The message behind the status, if any.</param>
public sealed record PodRow(string Namespace, string Name, PodOwner Owner, int Ready, int Containers, string Status, string Tone, string? Why, int Restarts, DateTimeOffset? LastRestart,
    string? Node, string? Ip, string? Scheduler, DateTimeOffset? Created, double CpuRequest, double MemoryRequest)
{
    public string Key => $"{Namespace}/{Name}";

    public string ReadyText => $"{Ready}/{Containers}";

    /// <summary>Reads a pod; every part of it may be missing.</summary>
    public static PodRow From(Pod pod)
    {
        var containers = pod.Status.ContainerStatuses;
        var (status, why) = StatusOf(pod);
        var ready = containers.Count(container => container.Ready);
        var total = Math.Max(pod.Spec.Containers.Count, containers.Count);
        var requests = PodRequests.Of(pod);
        return new PodRow(pod.Metadata.Namespace, pod.Metadata.Name, PodOwner.Of(pod), ready, total, status, ToneOf(status, ready, total), why,
            containers.Sum(container => container.RestartCount), containers.Max(container => (container.LastState as ContainerTerminated)?.FinishedAt),
            pod.Spec.NodeName, pod.Status.PodIp, pod.Spec.SchedulerName, pod.Metadata.CreationTimestamp, requests.Cpu, requests.Memory);
    }

    /// <summary>The rule of kubectl's printer (pkg/printers/internalversion printPod), for what Flink platforms show.</summary>
    private static (string Status, string? Why) StatusOf(Pod pod)
    {
        var status = pod.Status;
        if (pod.Metadata.IsDeleting)
            return ("Terminating", null);
        if (!string.IsNullOrEmpty(status.Reason))
            return (status.Reason, status.Message);
        var init = status.InitContainerStatuses.FirstOrDefault(one => one.State is ContainerWaiting { Reason: not (null or "PodInitializing") } or ContainerTerminated { ExitCode: not 0 });
        if (init is not null && !status.ContainerStatuses.Any(one => one.State is ContainerRunning))
            return Reason(init, "Init:");
        var telling = status.ContainerStatuses.LastOrDefault(one => one.State is ContainerWaiting { Reason.Length: > 0 } or ContainerTerminated);
        if (telling is not null && (telling.State is ContainerWaiting || status.Phase != "Running" || !status.ContainerStatuses.Any(one => one.State is ContainerRunning && one.Ready)))
            return Reason(telling, "");
        var unscheduled = status.Conditions.Of("PodScheduled") is { IsTrue: false } condition ? condition.Message : null;
        return (status.Phase.Length == 0 ? "Unknown" : status.Phase, unscheduled ?? status.Message);
    }

    private static (string, string?) Reason(ContainerStatus container, string prefix) => container.State switch
    {
        ContainerWaiting waiting => (prefix + waiting.Reason, waiting.Message),
        ContainerTerminated ended => (prefix + (ended.Reason ?? (ended.Signal is > 0 ? $"Signal:{ended.Signal}" : $"ExitCode:{ended.ExitCode}")), ended.Message),
        _ => (prefix + "Running", null),
    };

    private static string ToneOf(string status, int ready, int total) => status switch
    {
        "Running" => ready == total ? "healthy" : "changing",
        "Succeeded" or "Completed" => "stopped",
        "Pending" or "ContainerCreating" or "PodInitializing" or "Terminating" => "changing",
        "Unknown" or "NodeLost" => "unknown",
        _ => "failing",
    };
}
