using FlinkDashboard.Ui.Menu;

namespace FlinkDashboard.Ui.Charts;

/// <summary>
/// What of a board one has chosen, as the address says it: lines that are hidden (<c>hide=heap~k3fa~9b2c,gc~k3fa</c>), charts with their table (<c>table=heap</c>) and groups that are
/// open (<c>more=Memory</c>). Names of lines are long and hold anything, so that a line is four letters made of its name. Whatever is not there is ignored. Immutable.
/// </summary>
public sealed class BoardAddress
{
    private const string HideKey = "hide", TableKey = "table", MoreKey = "more";

    private readonly Dictionary<string, HashSet<string>> _hidden;
    private readonly PageQuery _query;

    private BoardAddress(PageQuery query)
    {
        _query = query;
        _hidden = query.Many(HideKey).Select(one => one.Split('~')).GroupBy(parts => parts[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.SelectMany(parts => parts.Skip(1)).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>Reads a query.</summary>
    public static BoardAddress Of(PageQuery query) => new(query);

    /// <summary>The same for two that hide the same lines of a chart.</summary>
    public string HiddenKey(string chart) => _hidden.TryGetValue(chart, out var lines) ? string.Join('~', lines) : "";

    /// <summary>This line of a chart is hidden.</summary>
    public bool IsHidden(string chart, string line) => _hidden.TryGetValue(chart, out var lines) && lines.Contains(Sign(line));

    /// <summary>The table of a chart is shown.</summary>
    public bool HasTable(string chart) => _query.Many(TableKey).Contains(chart);

    /// <summary>All charts of a group are shown.</summary>
    public bool IsOpen(string group) => _query.Many(MoreKey).Contains(group);

    /// <summary>The query with these lines of a chart hidden, and no others.</summary>
    public PageQuery Hiding(string chart, IEnumerable<string> lines)
    {
        var signs = string.Concat(lines.Select(line => "~" + Sign(line)).Distinct());
        var others = _query.Many(HideKey).Where(one => one.Split('~')[0] != chart);
        return _query.With(HideKey, string.Join(',', signs.Length == 0 ? others : others.Append(chart + signs)));
    }

    /// <summary>The query with the table of a chart shown, or no more.</summary>
    public PageQuery TurningTable(string chart) => _query.Toggle(TableKey, chart);

    /// <summary>The query with a group open, or no more.</summary>
    public PageQuery Turning(string group) => _query.Toggle(MoreKey, group);

    // The last four letters to base 36 of FNV-1a: two of the nine lines that a chart has at most are hardly ever alike. "7 others" and "8 others" are the same line.
    private static string Sign(string line)
    {
        var name = line.EndsWith(" others", StringComparison.Ordinal) ? " others" : line;
        var hash = 2166136261u;
        foreach (var letter in name)
            hash = (hash ^ letter) * 16777619u;
        return string.Create(4, hash, static (text, left) =>
        {
            for (var i = 0; i < text.Length; i++, left /= 36)
                text[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[(int)(left % 36)];
        });
    }
}
