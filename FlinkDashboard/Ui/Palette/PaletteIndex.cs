using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Live;
using FlinkDashboard.Ui.Menu;
using FlinkDashboard.Ui.Objects;

namespace FlinkDashboard.Ui.Palette;

/// <summary>Everything one can jump to: pages, and every object that this viewer may see.</summary>
public static class PaletteIndex
{
    /// <param name="scope">What links to pages carry along.</param>
    public static IReadOnlyList<PaletteItem> Of(ClusterView cluster, PageQuery scope) =>
    [
        .. SiteMenu.Entries.Select(entry => new PaletteItem("Pages", entry.Title, entry.Key.Length > 0 ? $"g {entry.Key}" : "", entry.Icon, scope.On(entry.Address))),
        .. cluster.Deployments.OrderBy(row => row.State.Rank()).ThenBy(row => row.Name, StringComparer.Ordinal)
            .Select(row => new PaletteItem(row.IsSession ? "Session clusters" : "Applications", row.Name, $"{row.Namespace} · {SentenceParts.Cause(row.State, row.Sentence)}", $"state-{row.State.Word()}", row.Address, $"s-{row.State.Word()}")),
        .. cluster.SessionJobs.OrderBy(row => row.State.Rank()).ThenBy(row => row.Name, StringComparer.Ordinal)
            .Select(row => new PaletteItem("Session jobs", row.Name, $"{row.Namespace} on {row.Cluster}", $"state-{row.State.Word()}", $"/sessions/{row.Namespace}/{row.Name}", $"s-{row.State.Word()}")),
        .. cluster.All<Node>().OrderBy(node => node.Metadata.Name, StringComparer.Ordinal).Select(node => new PaletteItem("Nodes", NodeName.Short(node.Metadata.Name), node.Metadata.Name, "nodes", $"/nodes?show={Uri.EscapeDataString(node.Metadata.Name)}")),
        .. cluster.All<Namespace>().OrderBy(ns => ns.Metadata.Name, StringComparer.Ordinal).Select(ns => new PaletteItem("Namespaces", ns.Metadata.Name, "team", "teams", $"/teams?all=yes&ns={ns.Metadata.Name}")),
        .. cluster.All<Pod>().Select(PodRow.From).Where(pod => pod.Owner.IsFlink || pod.Node is not null).OrderBy(pod => pod.Name, StringComparer.Ordinal)
            .Select(pod => new PaletteItem("Pods", pod.Name, $"{pod.Namespace} · {pod.Status}", "sessions", pod.Owner.IsFlink ? $"/applications/{pod.Namespace}/{pod.Owner.Name}?tab=pods" : $"/nodes?show={Uri.EscapeDataString(pod.Node!)}")),
        .. cluster.All<FlinkStateSnapshot>().OrderBy(one => one.Metadata.Name, StringComparer.Ordinal).Select(one => new PaletteItem("Snapshots", one.Metadata.Name, one.Metadata.Namespace, "snapshots", $"/snapshots?q={Uri.EscapeDataString(one.Metadata.Name)}")),
    ];
}
