using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Ui.Charts;

/// <summary>Signs and addresses of marks. Scripts/src/parts/paint.js draws the same signs.</summary>
public static class MarkerWords
{
    /// <summary>The sign.</summary>
    public static string Glyph(ChartMarkerKind kind) => kind switch
    {
        ChartMarkerKind.Deployment => "▲",
        ChartMarkerKind.Restart => "↻",
        ChartMarkerKind.Failure => "✕",
        ChartMarkerKind.Savepoint => "◆",
        ChartMarkerKind.Scaling => "⇅",
        _ => "●",
    };

    /// <summary>Where one sees more of it.</summary>
    public static string Address(ChartMarker marker) => marker.Owner switch
    {
        ChartMarkerOwner.Node => $"/nodes?show={Uri.EscapeDataString(marker.Name)}",
        ChartMarkerOwner.Platform => "/operator",
        ChartMarkerOwner.SessionJob => $"/sessions/{marker.Namespace}/{marker.Name}?tab={Tab(marker.Kind, isJob: true)}",
        _ => $"/applications/{marker.Namespace}/{marker.Name}?tab={Tab(marker.Kind, marker.Owner == ChartMarkerOwner.Application)}",
    };

    private static string Tab(ChartMarkerKind kind, bool isJob) => kind switch
    {
        ChartMarkerKind.Deployment => "changes",
        ChartMarkerKind.Savepoint => "snapshots",
        ChartMarkerKind.Restart when isJob => "job&view=exceptions",
        ChartMarkerKind.Scaling when isJob => "autoscaler",
        _ => "events",
    };
}
