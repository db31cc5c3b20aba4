using System.Text.RegularExpressions;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Ui.Menu;
using FlinkDashboard.Ui.Ranges;

namespace FlinkDashboard.Ui.Logs;

/// <summary>Addresses of queries of CloudWatch Logs Insights, ready to be run, that answer what the lines of a view cannot.</summary>
public static class InsightsLinks
{
    private const int MostBars = 90;

    private static readonly (int Minutes, string Text)[] Bins = [(1, "1m"), (5, "5m"), (10, "10m"), (30, "30m"), (60, "1h"), (180, "3h"), (720, "12h"), (1440, "1d")];

    /// <summary>All lines of a window over time, by severity as Flink's layout writes it.</summary>
    /// <param name="group">Log group.</param>
    /// <param name="place">Which streams of it.</param>
    /// <param name="window">From when to when.</param>
    public static string CountAll(string group, LogPlace place, TimeWindow window)
    {
        var bin = Bins.FirstOrDefault(one => window.Length.TotalMinutes / one.Minutes <= MostBars, Bins[^1]).Text;
        var query = $"{(StreamsOf(place) is { } streams ? $"filter @logStream like /{streams.Replace("/", "\\/", StringComparison.Ordinal)}/\n| " : "")}stats count(*) as lines, sum(strcontains(@message, \" WARN \")) as warnings, sum(strcontains(@message, \" ERROR \")) as errors by bin({bin})";
        return RangeAddress.Of(PageQuery.Empty.With("mode", "insights").With("group", group).With("query", query), window).On("/logs");
    }

    // As StreamName.BelongsTo, in the language of regular expressions.
    private static string? StreamsOf(LogPlace place)
    {
        var end = place.Output is { } output ? $"/(?i){output}$" : "/";
        if (place.Pods is { Count: > 0 } pods)
            return $"(^|/)({string.Join('|', pods.Select(Regex.Escape))}){end}";
        if (place.Group is null && place.Name is { } name)
            return $"(^|/){Regex.Escape(name)}-(taskmanager-)?[0-9a-z]+-[0-9a-z]+{end}";
        return place.StreamPrefix is { Length: > 0 } prefix ? $"^{Regex.Escape(prefix)}" : null;
    }
}
