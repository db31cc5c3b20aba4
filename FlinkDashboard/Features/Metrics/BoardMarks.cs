using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Live;
using FlinkDashboard.Ui.Objects;

namespace FlinkDashboard.Features.Metrics;

/// <summary>What happened to what the metrics page draws, read from what is watched anyway.</summary>
public static class BoardMarks
{
    private const int Most = 300;

    /// <summary>Marks of the operator, the nodes, or an add-on: none for other subjects.</summary>
    public static IReadOnlyList<ChartMarker> Of(ChartSubjectKind kind, ClusterView cluster, TimeWindow window) => kind switch
    {
        ChartSubjectKind.Operator => OfPart(cluster, "Flink Kubernetes Operator", window),
        ChartSubjectKind.YuniKorn => OfPart(cluster, "YuniKorn", window),
        ChartSubjectKind.Nodes => OfNodes(cluster, window),
        // What Karpenter does is that nodes come and go.
        ChartSubjectKind.Karpenter => [.. OfPart(cluster, "Karpenter", window).Concat(OfNodes(cluster, window)).OrderBy(mark => mark.At).TakeLast(Most)],
        _ => [],
    };

    /// <summary>
    /// Marks of applications. On a chart of its own each has all of its marks; on a chart of all together those of one another would hide the lines, so that only deployments
    /// stand there, with the name of the application.
    /// </summary>
    public static IReadOnlyList<ChartMarker> OfFleet(ClusterView cluster, IReadOnlyList<AppRow> rows, bool isEach, TimeWindow window)
    {
        var events = cluster.All<CoreEvent>().ToLookup(one => one.Metadata.Namespace);
        var pods = cluster.All<Pod>().ToLookup(one => one.Metadata.Namespace);
        var snapshots = cluster.All<FlinkStateSnapshot>().ToLookup(one => one.Metadata.Namespace);
        var revisions = cluster.All<ControllerRevision>().ToLookup(one => one.Metadata.Namespace);
        var marks = rows.SelectMany(row => cluster.Find<FlinkDeployment>(row.Namespace, row.Name) is not { } app ? [] : ChartMarkers.Of(app, new()
        {
            Events = events[row.Namespace],
            Pods = isEach ? pods[row.Namespace] : [],
            Snapshots = isEach ? snapshots[row.Namespace] : [],
            Revisions = revisions[row.Namespace],
        }, window.From, window.To).Select(mark => (Row: row, Mark: mark)));
        return
        [
            .. (isEach ? marks.Select(one => one.Mark with { Chart = MetricsWords.IdOf(one.Row) }) : marks.Where(one => one.Mark.Kind == ChartMarkerKind.Deployment).Select(one => one.Mark with { Words = $"{one.Row.Name}: {one.Mark.Words}" }))
                .OrderBy(mark => mark.At).TakeLast(Most),
        ];
    }

    private static IReadOnlyList<ChartMarker> OfPart(ClusterView cluster, string part, TimeWindow window) => ChartMarkers.OfPlatform(PlatformPart.PodsOf(cluster, part), cluster.All<CoreEvent>(), window.From, window.To);

    private static IReadOnlyList<ChartMarker> OfNodes(ClusterView cluster, TimeWindow window) => ChartMarkers.OfNodes(cluster.All<Node>(), cluster.All<CoreEvent>(), window.From, window.To);
}
