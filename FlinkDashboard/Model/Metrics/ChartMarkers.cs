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
            .. facts.Snapshots.Where(one => one.Metadata.Namespace == ns && one.Spec.JobReference?.Name == name).Select(OfSnapshot),
            .. facts.Revisions.Where(one => one.Metadata.Namespace == ns && one.Metadata.Labels[RevisionLabels.OwnerUid] == app.Metadata.Uid).Select(OfRevision),
            .. pods.SelectMany(OfPod),
        ];
        return
        [
            .. all.Where(one => one.At >= from && one.At <= to)
                .Select(one => new ChartMarker(one.At!.Value, one.Kind, one.Words, ns, name, app.Spec.IsSession))
                .Distinct().OrderBy(one => one.At).ThenBy(one => one.Words, StringComparer.Ordinal).TakeLast(Most),
        ];
    }

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
        // Its own namespace and name are known here: what it says, cut to a line.
        var said = EventReading.MessageOf(e);
        var words = $"{e.Reason}: {(said.Length > 160 ? said[..160] + "…" : said)}";
        var (first, last) = (EventReading.FirstTimeOf(e), EventReading.TimeOf(e));
        yield return (last, kind, words);
        if (first is not null && first != last && EventReading.CountOf(e) > 1)
            yield return (first, kind, words);
    }

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
