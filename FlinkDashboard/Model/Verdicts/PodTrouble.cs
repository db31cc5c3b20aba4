using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Verdicts;

/// <summary>What is wrong with a pod, if anything.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Text">For instance <c>JobManager restarts (3 ×, exit 1)</c>.</param>
/// <param name="Since">Since when.</param>
/// <param name="IsBroken">It will not get well by waiting: crash loop, image, configuration, out of memory.</param>
internal sealed record PodTrouble(Pod Pod, string Text, DateTimeOffset? Since, bool IsBroken)
{
    private static readonly HashSet<string> BrokenReasons = new(StringComparer.Ordinal)
    {
        "CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull", "InvalidImageName", "ErrImageNeverPull", "CreateContainerConfigError",
        "CreateContainerError", "RunContainerError", "OOMKilled", "StartError", "ContainerCannotRun",
    };

    /// <summary>The trouble of a pod; null when it is ready, going away, or starting as it should.</summary>
    public static PodTrouble? Of(Pod pod, string role)
    {
        if (pod.Metadata.IsDeleting)
            return null;
        foreach (var container in pod.Status.InitContainerStatuses.Concat(pod.Status.ContainerStatuses))
        {
            if (OfContainer(pod, container, role) is { } trouble)
                return trouble;
        }
        if (pod.Status.Phase == "Failed")
            return new(pod, $"{role} pod {pod.Metadata.Name} failed{(pod.Status.Reason is { Length: > 0 } reason ? $" ({reason})" : "")}", EndOf(pod), true);
        if (pod.Status.Conditions.Of("PodScheduled") is { IsTrue: false } scheduled)
            return new(pod, $"no node takes {role} pod {pod.Metadata.Name}{Explained(scheduled.Message)}", scheduled.LastTransitionTime ?? pod.Metadata.CreationTimestamp, false);
        return null;
    }

    /// <summary>A container of the pod was killed for its memory use within the last minutes.</summary>
    public static string? RecentMemoryKill(Pod pod, string role, DateTimeOffset now)
    {
        foreach (var container in pod.Status.ContainerStatuses)
        {
            if (container.LastState is ContainerTerminated { Reason: "OOMKilled", FinishedAt: { } at } && now - at < TimeSpan.FromMinutes(5))
                return $"{role} pod {pod.Metadata.Name} ran out of memory {AgeText.Of(now - at)} ago and was restarted";
        }
        return null;
    }

    /// <summary>The first line of a message, short enough for a sentence, after a colon; nothing when there is none.</summary>
    public static string Explained(string? message) => Brief(message) is { Length: > 0 } brief ? $": {brief}" : "";

    /// <summary>The first line of a message, without its full stop, at most 200 characters.</summary>
    public static string Brief(string? message)
    {
        if (string.IsNullOrWhiteSpace(message))
            return "";
        var line = message.AsSpan().Trim();
        var end = line.IndexOfAny('\n', '\r');
        if (end >= 0)
            line = line[..end];
        line = line.TrimEnd().TrimEnd('.');
        return line.Length <= 200 ? line.ToString() : $"{line[..199]}…";
    }

    private static PodTrouble? OfContainer(Pod pod, ContainerStatus container, string role)
    {
        var last = container.LastState as ContainerTerminated;
        if (container.State is ContainerWaiting { Reason: { } reason } waiting && BrokenReasons.Contains(reason))
        {
            var text = reason switch
            {
                "CrashLoopBackOff" => $"the {role} restarts ({container.RestartCount} ×{ExitOf(last)})",
                "ImagePullBackOff" or "ErrImagePull" or "InvalidImageName" or "ErrImageNeverPull" => $"the image {container.Image} of the {role} cannot be pulled ({reason})",
                _ => $"the {role} cannot start ({reason}){Explained(waiting.Message)}",
            };
            return new(pod, text, reason == "CrashLoopBackOff" ? last?.FinishedAt ?? pod.Metadata.CreationTimestamp : pod.Metadata.CreationTimestamp, true);
        }
        // Between two attempts the kubelet shows the end of the last one for a moment.
        if (container.State is ContainerTerminated ended && (ended.ExitCode != 0 || ended.Reason == "OOMKilled") && pod.Spec.RestartPolicy != "Never")
            return new(pod, $"the {role} ended ({(ended.Reason == "OOMKilled" ? "out of memory" : $"exit {ended.ExitCode}")}, {container.RestartCount} restarts)", ended.FinishedAt, container.RestartCount >= 2);
        // Restarted and not well yet: still the same trouble.
        if (container is { State: ContainerRunning { StartedAt: var started }, Ready: false, RestartCount: > 0 } && last is { ExitCode: not 0 })
            return new(pod, $"the {role} restarts ({container.RestartCount} ×{ExitOf(last)})", last.FinishedAt ?? started, container.RestartCount >= 2);
        return null;
    }

    private static string ExitOf(ContainerTerminated? last) => last is null ? "" : last.Reason == "OOMKilled" ? ", out of memory" : $", exit {last.ExitCode}";

    private static DateTimeOffset? EndOf(Pod pod) =>
        pod.Status.ContainerStatuses.Select(c => (c.State as ContainerTerminated)?.FinishedAt).Max() ?? pod.Metadata.CreationTimestamp;
}
