using FlinkDashboard.Model;
using FlinkDashboard.Ui.Menu;

namespace FlinkDashboard.Ui.Ranges;

/// <summary>A range of time in the address.</summary>
public static class RangeAddress
{
    /// <summary>The same query with another range. A line or moment that the address named belonged to the old one.</summary>
    /// <param name="query">The query.</param>
    /// <param name="window">What is to be shown; null: the newest lines.</param>
    /// <param name="hasNewest">Without words the newest lines are meant; else the usual hour, which then needs none.</param>
    public static PageQuery Of(PageQuery query, TimeWindow? window, bool hasNewest = false)
    {
        var from = window?.FromText ?? (window is { IsLive: true } ? TimeWindow.Usual : null);
        return query.With("from", !hasNewest && window is { IsLive: true } && from == TimeWindow.Usual ? null : from).With("to", window?.ToText).With("line", null).With("at", null);
    }
}
