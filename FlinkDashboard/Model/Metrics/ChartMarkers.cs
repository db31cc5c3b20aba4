using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Revisions;

namespace FlinkDashboard.Model.Metrics;

/// <summary>What is known of a namespace that may have left a mark on the charts of its applications.</summary>
public sealed record MarkerFacts
{
    /// <summary>Events.</summary>
    public IEnumerable<CoreEvent> Events { get; init; } = [];

    /// <summary>Pods.</summary>
    public IEnumerable<Pod> Pods { get; init; } = [];

    /// <summary>Savepoints and checkpoints as objects.</summary>
    public IEnumerable<FlinkStateSnapshot> Snapshots { get; init; } = [];

    /// <summary>Kept versions of specs.</summary>
    public IEnumerable<ControllerRevision> Revisions { get; init; } = [];
}

/// <summary>Reads marks from what the cluster holds: deployments, restarts, failures, savepoints, scalings. Pure.</summary>
public static class ChartMarkers
{
    private const int Most = 300;

    // Reasons of the Flink operator's events (EventRecorder.Reason), of its autoscaler, and of the kubelet and controllers.
    private static readonly Dictionary<string, ChartMarkerKind> Reasons = new(StringComparer.Ordinal)
    {
        ["SpecChanged"] = ChartMarkerKind.Deployment,
        ["Submit"] = ChartMarkerKind.Deployment,
        ["Suspended"] = ChartMarkerKind.Deployment,
        ["Rollback"] = ChartMarkerKind.Deployment,
        ["Cleanup"] = ChartMarkerKind.Deployment,
        ["RecoverDeployment"] = ChartMarkerKind.Restart,
        ["RestartUnhealthyJob"] = ChartMarkerKind.Restart,
        ["Restarted"] = ChartMarkerKind.Restart,
        ["BackOff"] = ChartMarkerKind.Restart,
        ["OOMKilling"] = ChartMarkerKind.Restart,
        ["Evicted"] = ChartMarkerKind.Restart,
        ["Preempted"] = ChartMarkerKind.Restart,
        ["TaintManagerEviction"] = ChartMarkerKind.Restart,
        ["JobException"] = ChartMarkerKind.Restart,
        ["SavepointError"] = ChartMarkerKind.Failure,
        ["CheckpointError"] = ChartMarkerKind.Failure,
        ["SnapshotError"] = ChartMarkerKind.Failure,
        ["SnapshotAbandoned"] = ChartMarkerKind.Failure,
        ["CleanupFailed"] = ChartMarkerKind.Failure,
        ["ValidationError"] = ChartMarkerKind.Failure,
        ["Error"] = ChartMarkerKind.Failure,
        ["Missing"] = ChartMarkerKind.Failure,
        ["ClusterDeploymentException"] = ChartMarkerKind.Failure,
        ["AutoscalerError"] = ChartMarkerKind.Failure,
        ["ScalingReport"] = ChartMarkerKind.Scaling,
        ["IneffectiveScaling"] = ChartMarkerKind.Scaling,
        ["Scaling"] = ChartMarkerKind.Scaling,
        ["MemoryPressure"] = ChartMarkerKind.Other,
    };

    // Reasons of the node controller's, the kubelet's and Karpenter's events about nodes.
    private static readonly Dictionary<string, ChartMarkerKind> NodeReasons = new(StringComparer.Ordinal)
    {
        ["RemovingNode"] = ChartMarkerKind.Scaling,
        ["DisruptionTerminating"] = ChartMarkerKind.Scaling,
        ["NodeNotReady"] = ChartMarkerKind.Failure,
        ["NodeReady"] = ChartMarkerKind.Other,
        ["Rebooted"] = ChartMarkerKind.Restart,
        ["SystemOOM"] = ChartMarkerKind.Failure,
        ["EvictionThresholdMet"] = ChartMarkerKind.Failure,
        ["SpotInterrupted"] = ChartMarkerKind.Failure,
    };

    /// <summary>The marks of one application or session cluster within a range, the oldest first; the newest three hundred at most.</summary>
    /// <param name="app">The application.</param>
    /// <param name="facts">Of its namespace.</param>
    /// <param name="from">First moment.</param>
    /// <param name="to">Last moment.</param>
    public static IReadOnlyList<ChartMarker> Of(FlinkDeployment app, MarkerFacts facts, DateTimeOffset from, DateTimeOffset to)
    {
        var (ns, name) = (app.Metadata.Namespace, app.Metadata.Name);
        var pods = facts.Pods.Where(pod => pod.Metadata.Namespace == ns && ClusterPods.ClusterOf(pod) == name).ToList();
        IEnumerable<(DateTimeOffset? At, ChartMarkerKind Kind, string Words)> all =
        [
            .. facts.Events.Where(e => e.Metadata.Namespace == ns && IsAbout(e, name)).SelectMany(OfEvent),
            .. OfKept(facts, app.Metadata, FlinkDeployment.Info.Kind),
            .. pods.SelectMany(OfPod),
        ];
        return Within(from, to, all.Select(one => (one.At, one.Kind, one.Words, ns, name, app.Spec.IsSession ? ChartMarkerOwner.SessionCluster : ChartMarkerOwner.Application)));
    }

    /// <summary>The marks of one job of a session cluster and of that cluster.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cluster">Its cluster; null when there is none.</param>
    /// <param name="facts">Of its namespace.</param>
    /// <param name="from">First moment.</param>
    /// <param name="to">Last moment.</param>
    public static IReadOnlyList<ChartMarker> Of(FlinkSessionJob job, FlinkDeployment? cluster, MarkerFacts facts, DateTimeOffset from, DateTimeOffset to)
    {
        var (ns, name) = (job.Metadata.Namespace, job.Metadata.Name);
        var own = facts.Events.Where(e => e.Metadata.Namespace == ns && e.InvolvedObject.Kind == FlinkSessionJob.Info.Kind && e.InvolvedObject.Name == name).SelectMany(OfEvent).Concat(OfKept(facts, job.Metadata, FlinkSessionJob.Info.Kind));
        var marks = Within(from, to, own.Select(one => (one.Item1, one.Item2, one.Item3, ns, name, ChartMarkerOwner.SessionJob)));
        return cluster is null ? marks : [.. marks.Concat(Of(cluster, facts, from, to)).OrderBy(one => one.At).TakeLast(Most)];
    }

    /// <summary>The marks of nodes: those that came, went, or fell ill.</summary>
    /// <param name="nodes">Those there are.</param>
    /// <param name="events">Of all namespaces.</param>
    /// <param name="from">First moment.</param>
    /// <param name="to">Last moment.</param>
    public static IReadOnlyList<ChartMarker> OfNodes(IEnumerable<Node> nodes, IEnumerable<CoreEvent> events, DateTimeOffset from, DateTimeOffset to)
    {
        var come = nodes.Select(node => (node.Metadata.CreationTimestamp, ChartMarkerKind.Scaling, $"{node.Metadata.Name} was added", "", node.Metadata.Name, ChartMarkerOwner.Node));
        var told = events.Where(e => e.InvolvedObject.Kind == "Node" && NodeReasons.ContainsKey(e.Reason))
            .Select(e => (EventReading.TimeOf(e), NodeReasons[e.Reason], $"{e.InvolvedObject.Name}: {Said(e)}", "", e.InvolvedObject.Name, ChartMarkerOwner.Node));
        return Within(from, to, come.Concat(told));
    }

    /// <summary>The marks of a part of the platform: its pods that began, ended or are going, and what is told of them.</summary>
    /// <param name="pods">Its pods.</param>
    /// <param name="events">Of all namespaces.</param>
    /// <param name="from">First moment.</param>
    /// <param name="to">Last moment.</param>
    public static IReadOnlyList<ChartMarker> OfPlatform(IReadOnlyList<Pod> pods, IEnumerable<CoreEvent> events, DateTimeOffset from, DateTimeOffset to)
    {
        var names = pods.Select(pod => (pod.Metadata.Namespace, pod.Metadata.Name)).ToHashSet();
        var all = pods.Select(pod => (pod.Metadata.CreationTimestamp, ChartMarkerKind.Restart, $"{pod.Metadata.Name} began", pod.Metadata.Namespace, pod.Metadata.Name))
            .Concat(pods.SelectMany(pod => OfPod(pod).Select(one => (one.Item1, one.Item2, one.Item3, pod.Metadata.Namespace, pod.Metadata.Name))))
            .Concat(events.Where(e => names.Contains((e.InvolvedObject.Namespace, e.InvolvedObject.Name)) && Reasons.GetValueOrDefault(e.Reason, ChartMarkerKind.Other) == ChartMarkerKind.Restart)
                .Select(e => (EventReading.TimeOf(e), ChartMarkerKind.Restart, $"{e.InvolvedObject.Name}: {Said(e)}", e.InvolvedObject.Namespace, e.InvolvedObject.Name)));
        return Within(from, to, all.Select(one => (one.Item1, one.Item2, one.Item3, one.Item4, one.Item5, ChartMarkerOwner.Platform)));
    }

    private static IReadOnlyList<ChartMarker> Within(DateTimeOffset from, DateTimeOffset to, IEnumerable<(DateTimeOffset? At, ChartMarkerKind Kind, string Words, string Namespace, string Name, ChartMarkerOwner Owner)> all) =>
    [
        .. all.Where(one => one.At >= from && one.At <= to)
            .Select(one => new ChartMarker(one.At!.Value, one.Kind, one.Words, one.Namespace, one.Name, one.Owner))
            .Distinct().OrderBy(one => one.At).ThenBy(one => one.Words, StringComparer.Ordinal).TakeLast(Most),
    ];

    private static IEnumerable<(DateTimeOffset?, ChartMarkerKind, string)> OfKept(MarkerFacts facts, ObjectMeta about, string kind) =>
        facts.Snapshots.Where(one => one.Metadata.Namespace == about.Namespace && one.Spec.JobReference is { } job && job.Name == about.Name && (job.Kind == kind || string.IsNullOrEmpty(job.Kind))).Select(OfSnapshot)
            .Concat(facts.Revisions.Where(one => one.Metadata.Namespace == about.Namespace && one.Metadata.Labels[RevisionLabels.OwnerUid] == about.Uid).Select(OfRevision));

    private static bool IsAbout(CoreEvent e, string name) => e.InvolvedObject.Kind switch
    {
        "FlinkDeployment" => e.InvolvedObject.Name == name,
        "Pod" => e.InvolvedObject.Name.StartsWith(name + "-", StringComparison.Ordinal) && IsTail(e.InvolvedObject.Name.AsSpan(name.Length + 1)),
        _ => false,
    };

    // Of a Deployment's pod "5d8f7c9b6d-x2x7k", of Flink's own "taskmanager-1-3": not the pod of another application whose name begins alike.
    private static bool IsTail(ReadOnlySpan<char> tail) => tail.StartsWith("taskmanager-") || tail.Count('-') == 1;

    private static IEnumerable<(DateTimeOffset?, ChartMarkerKind, string)> OfEvent(CoreEvent e)
    {
        if (!Reasons.TryGetValue(e.Reason, out var kind))
        {
            if (!EventReading.IsWarning(e) || e.InvolvedObject.Kind == "Pod")
                yield break;
            kind = ChartMarkerKind.Other;
        }
        // Its own namespace and name are known here.
        var words = $"{e.Reason}: {Said(e)}";
        var (first, last) = (EventReading.FirstTimeOf(e), EventReading.TimeOf(e));
        yield return (last, kind, words);
        if (first is not null && first != last && EventReading.CountOf(e) > 1)
            yield return (first, kind, words);
    }

    // Cut to a line.
    private static string Said(CoreEvent e) => EventReading.MessageOf(e) is { Length: > 160 } said ? said[..160] + "…" : EventReading.MessageOf(e);

    private static (DateTimeOffset?, ChartMarkerKind, string) OfSnapshot(FlinkStateSnapshot one)
    {
        var what = one.Spec.Checkpoint is not null ? "Checkpoint" : "Savepoint";
        var at = one.Status.ResultTimestamp ?? one.Status.TriggerTimestamp ?? one.Metadata.CreationTimestamp;
        return one.Status.State == SnapshotState.Failed || one.Status.State == SnapshotState.Abandoned
            ? (at, ChartMarkerKind.Failure, $"{what} {one.Metadata.Name} failed{(OperatorError.Of(one.Status.Error ?? "")?.Plain is { Length: > 0 } why ? ": " + why : "")}")
            : (at, ChartMarkerKind.Savepoint, $"{what} {one.Metadata.Name}{(one.Status.State == SnapshotState.Completed ? "" : $" ({one.Status.State})")}");
    }

    private static (DateTimeOffset?, ChartMarkerKind, string) OfRevision(ControllerRevision one)
    {
        var at = DateTimeOffset.TryParse(one.Metadata.Annotations[RevisionLabels.At], System.Globalization.CultureInfo.InvariantCulture, out var written) ? written : one.Metadata.CreationTimestamp;
        return (at, ChartMarkerKind.Deployment, $"Version {one.Revision} of the spec{(one.Metadata.Annotations[RevisionLabels.Author] is { Length: > 0 } author ? $" by {author}" : "")}");
    }

    private static IEnumerable<(DateTimeOffset?, ChartMarkerKind, string)> OfPod(Pod pod)
    {
        foreach (var container in pod.Status.ContainerStatuses)
            if (container.LastState is ContainerTerminated ended)
                yield return (ended.FinishedAt, ChartMarkerKind.Restart, $"{pod.Metadata.Name}: {container.Name} ended with {ended.Reason ?? "exit"} ({ended.ExitCode})");
        if (pod.Metadata.DeletionTimestamp is { } gone)
            yield return (gone, ChartMarkerKind.Restart, $"{pod.Metadata.Name} is being deleted");
    }
}
