using FlinkDashboard.Model;
using FlinkDashboard.Ui.Menu;

namespace FlinkDashboard.Ui.Charts;

/// <summary>A range of time in the address.</summary>
public static class RangeAddress
{
    /// <summary>The same query with another range; the usual hour needs no words.</summary>
    public static PageQuery Of(PageQuery query, TimeWindow window) =>
        query.With("from", window.IsLive && window.FromText == TimeWindow.Usual ? null : window.FromText).With("to", window.ToText);
}
