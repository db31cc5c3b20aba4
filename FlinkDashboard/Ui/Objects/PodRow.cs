using System.Runtime.CompilerServices;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

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
    private static readonly ConditionalWeakTable<Pod, PodRow> Known = [];

    public string Key => $"{Namespace}/{Name}";

    public string ReadyText => $"{Ready}/{Containers}";

    /// <summary>Reads a pod; every part of it may be missing. Pods are immutable and many: each is read once in its life.</summary>
    public static PodRow From(Pod pod) => Known.GetValue(pod, Read);

    private static PodRow Read(Pod pod)
    {
        var reading = PodReading.Of(pod);
        var requests = PodResources.RequestsOf(pod);
        var status = reading.Status.Length == 0 ? "Unknown" : reading.Status;
        return new PodRow(pod.Metadata.Namespace, pod.Metadata.Name, PodOwner.Of(pod), reading.Ready, reading.Total, status, ToneOf(status, reading.Ready == reading.Total), WhyOf(pod), reading.Restarts,
            reading.LastRestart, pod.Spec.NodeName, pod.Status.PodIp, pod.Spec.SchedulerName, pod.Metadata.CreationTimestamp, (double)requests.Cpu, (double)requests.Memory);
    }

    private static string? WhyOf(Pod pod)
    {
        foreach (var container in pod.Status.ContainerStatuses.Concat(pod.Status.InitContainerStatuses))
        {
            if (container.State is ContainerWaiting { Message.Length: > 0 } waiting)
                return waiting.Message;
            if (container.State is ContainerTerminated { ExitCode: not 0 } ended)
                return $"{container.Name} ended with exit code {ended.ExitCode}{(string.IsNullOrEmpty(ended.Message) ? "" : ": " + ended.Message)}";
        }

        return pod.Status.Conditions.Of("PodScheduled") is { IsTrue: false } unplaced ? unplaced.Message : pod.Status.Message;
    }

    private static string ToneOf(string status, bool ready) => status switch
    {
        "Running" => ready ? "healthy" : "changing",
        "Succeeded" or "Completed" => "stopped",
        "Pending" or "ContainerCreating" or "PodInitializing" or "Terminating" or "NotReady" or "SchedulingGated" => "changing",
        "Unknown" or "NodeLost" => "unknown",
        _ when status.StartsWith("Init:", StringComparison.Ordinal) && char.IsDigit(status[5]) => "changing",
        _ => "failing",
    };
}
