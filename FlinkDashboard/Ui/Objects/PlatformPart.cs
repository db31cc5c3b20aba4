using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.State;
using FlinkDashboard.Ui.Formats;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Ui.Objects;

/// <summary>One part of the platform that Flink needs or profits from: found, missing, or not to be seen.</summary>
/// <param name="Name">"cert-manager".</param>
/// <param name="Sentence">What is found, or what its absence means.</param>
/// <param name="Pods">Its pods.</param>
public sealed record PlatformPart(string Name, VerdictState State, string Sentence, Values<PodRow> Pods)
{
    private static readonly (string Name, string[] Labels, bool Needed, string Absent)[] Known =
    [
        ("Flink Kubernetes Operator", ["flink-kubernetes-operator"], true, "Nobody acts on FlinkDeployments until it is installed."),
        ("cert-manager", ["cert-manager", "cainjector", "webhook"], true, "The operator's webhook gets no certificate."),
        ("Karpenter", ["karpenter"], false, "No node is added when pods find no place, unless another autoscaler does."),
        ("YuniKorn", ["yunikorn"], false, "Pods are placed by the default scheduler: no queues, no gangs."),
        ("Metrics server", ["metrics-server"], false, "Use of CPU and memory is not measured."),
    ];

    /// <summary>All parts, in the order one would install them.</summary>
    public static IReadOnlyList<PlatformPart> Of(ClusterView cluster)
    {
        var pods = cluster.All<Pod>();
        var hidden = cluster.Status<Pod>().State == WatchState.Forbidden;
        return [.. Known.Select(part => From(part.Name, part.Needed, part.Absent, hidden, Values<PodRow>.Of(pods.Where(pod => Belongs(pod, part.Name, part.Labels)).Select(PodRow.From).OrderBy(pod => pod.Name, StringComparer.Ordinal))))];
    }

    /// <summary>The pods of a part.</summary>
    public static IReadOnlyList<Pod> PodsOf(ClusterView cluster, string name) => Known.FirstOrDefault(part => part.Name == name) is { Name: not null } part ? [.. cluster.All<Pod>().Where(pod => Belongs(pod, part.Name, part.Labels))] : [];

    /// <summary>Judges a part by its pods.</summary>
    public static PlatformPart From(string name, bool needed, string absent, bool hidden, Values<PodRow> pods)
    {
        if (pods.Count == 0)
            return hidden ? new(name, VerdictState.Unknown, "You may not see its pods.", pods) : new(name, needed ? VerdictState.Degraded : VerdictState.Stopped, $"Not found. {absent}", pods);
        var ready = pods.Count(pod => pod.Tone is "healthy" or "stopped");
        var where = string.Join(", ", pods.Select(pod => pod.Namespace).Distinct());
        var state = ready == pods.Count ? VerdictState.Healthy : ready > 0 ? VerdictState.Degraded : pods.All(pod => pod.Tone == "changing") ? VerdictState.Changing : VerdictState.Failing;
        return new(name, state, $"{ready} of {Amounts.Plural(pods.Count, "pod")} ready in {where}.", pods);
    }

    private static bool Belongs(Pod pod, string name, string[] labels)
    {
        var own = pod.Metadata.Labels;
        if (name == "cert-manager")
            return pod.Metadata.Namespace == "cert-manager" || own["app.kubernetes.io/instance"] == "cert-manager";
        return labels.Contains(own["app.kubernetes.io/name"]) || labels.Contains(own["k8s-app"]) || labels.Contains(own["app"]) || pod.Metadata.Name.StartsWith(labels[0] + "-", StringComparison.Ordinal);
    }
}
