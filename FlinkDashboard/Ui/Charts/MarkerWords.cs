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
    public static string Address(ChartMarker marker)
    {
        var tab = marker.Kind switch
        {
            ChartMarkerKind.Deployment => "changes",
            ChartMarkerKind.Savepoint => "snapshots",
            ChartMarkerKind.Restart when !marker.IsSession => "job&view=exceptions",
            ChartMarkerKind.Scaling when !marker.IsSession => "autoscaler",
            _ => "events",
        };
        return $"/applications/{marker.Namespace}/{marker.Name}?tab={tab}";
    }
}
