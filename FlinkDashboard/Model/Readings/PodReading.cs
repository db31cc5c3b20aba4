using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>What <c>kubectl get pods</c> says about a pod; the rules are those of its printer (printPod).</summary>
/// <param name="Ready">Ready containers, running sidecars included.</param>
/// <param name="Total">Containers, sidecars included.</param>
/// <param name="Status">The word of the STATUS column: Running, CrashLoopBackOff, Init:0/1, Terminating, …</param>
/// <param name="Restarts">Restarts of its containers.</param>
/// <param name="LastRestart">When a container last ended before being started again.</param>
public sealed record PodReading(int Ready, int Total, string Status, int Restarts, DateTimeOffset? LastRestart)
{
    /// <summary>The READY column, for instance <c>1/2</c>.</summary>
    public string ReadyText => $"{Ready}/{Total}";

    /// <summary>Every container is ready and it is not on its way out.</summary>
    public bool IsReady => Ready == Total && Total > 0 && Status == "Running";

    /// <summary>Reads a pod.</summary>
    public static PodReading Of(Pod pod)
    {
        var sidecars = pod.Spec.InitContainers.Where(c => c.RestartPolicy == "Always").Select(c => c.Name).ToHashSet();
        var reading = new PodReading(0, pod.Spec.Containers.Count + sidecars.Count, FirstWord(pod), 0, null);
        (reading, var initializing) = WithInitContainers(reading, pod, sidecars);
        if (!initializing || pod.Status.Conditions.Of("Initialized")?.IsTrue == true)
            reading = WithContainers(reading, pod, sidecars);
        if (!pod.Metadata.IsDeleting)
            return reading;
        return pod.Status.Reason == "NodeLost" ? reading with { Status = "Unknown" }
            : pod.Status.Phase is "Succeeded" or "Failed" ? reading
            : reading with { Status = "Terminating" };
    }

    private static string FirstWord(Pod pod)
    {
        if (pod.Status.Conditions.Of("PodScheduled") is { Reason: "SchedulingGated" })
            return "SchedulingGated";
        return !string.IsNullOrEmpty(pod.Status.Reason) ? pod.Status.Reason : pod.Status.Phase;
    }

    private static (PodReading Reading, bool Initializing) WithInitContainers(PodReading reading, Pod pod, HashSet<string> sidecars)
    {
        for (var i = 0; i < pod.Status.InitContainerStatuses.Count; i++)
        {
            var container = pod.Status.InitContainerStatuses[i];
            reading = Restarted(reading, container);
            if (container.State is ContainerTerminated { ExitCode: 0 })
                continue;
            if (sidecars.Contains(container.Name) && container.Started == true)
            {
                if (container.Ready)
                    reading = reading with { Ready = reading.Ready + 1 };
                continue;
            }
            return (reading with
            {
                Status = container.State switch
                {
                    ContainerTerminated ended => "Init:" + EndWord(ended),
                    ContainerWaiting { Reason: { Length: > 0 } reason } when reason != "PodInitializing" => "Init:" + reason,
                    _ => $"Init:{i}/{pod.Spec.InitContainers.Count}",
                },
            }, true);
        }
        return (reading, false);
    }

    private static PodReading WithContainers(PodReading reading, Pod pod, HashSet<string> sidecars)
    {
        // Ordinary init containers are done: their restarts no longer count.
        reading = reading with { Restarts = pod.Status.InitContainerStatuses.Where(c => sidecars.Contains(c.Name)).Sum(c => c.RestartCount) };
        var running = false;
        foreach (var container in pod.Status.ContainerStatuses.Reverse())
        {
            reading = Restarted(reading, container);
            if (container.State is ContainerWaiting { Reason.Length: > 0 } waiting)
            {
                reading = reading with { Status = waiting.Reason! };
            }
            else if (container.State is ContainerTerminated ended)
            {
                reading = reading with { Status = EndWord(ended) };
            }
            else if (container is { Ready: true, State: ContainerRunning })
            {
                running = true;
                reading = reading with { Ready = reading.Ready + 1 };
            }
        }
        return reading.Status == "Completed" && running
            ? reading with { Status = pod.Status.Conditions.Of("Ready")?.IsTrue == true ? "Running" : "NotReady" }
            : reading;
    }

    private static PodReading Restarted(PodReading reading, ContainerStatus container) => reading with
    {
        Restarts = reading.Restarts + container.RestartCount,
        LastRestart = container.LastState is ContainerTerminated { FinishedAt: { } at } && !(reading.LastRestart > at) ? at : reading.LastRestart,
    };

    private static string EndWord(ContainerTerminated ended) => !string.IsNullOrEmpty(ended.Reason) ? ended.Reason
        : ended.Signal is { } signal and not 0 ? $"Signal:{signal}"
        : $"ExitCode:{ended.ExitCode}";
}
