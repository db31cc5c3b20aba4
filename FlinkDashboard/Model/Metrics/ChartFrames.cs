using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.Metrics;

/// <summary>Makes frames of answers and joins them; pure.</summary>
public static partial class ChartFrames
{
    /// <summary>Most lines of one chart; of more, those that rise highest are kept.</summary>
    public const int MostLines = 120;

    /// <summary>A frame of the answers to a chart's queries, each with the query it answers.</summary>
    public static ChartFrame Of(ChartRange range, IReadOnlyList<(ChartQuery Query, QueryAnswer Answer)> answers, SeriesLabels names)
    {
        var lines = answers.SelectMany((a, i) => a.Answer.Series.Select(s => Line(a.Query, s, range, names, answers.Count > 1 ? i : -1))).Where(l => l.Values.Any(v => !double.IsNaN(v))).ToList();
        return Bounded(range, lines, [.. answers.SelectMany(a => a.Answer.Warnings).Distinct()]);
    }

    /// <summary>Known moments and newer ones; where both have a moment the newer answer counts. Moments before <paramref name="range"/> fall away.</summary>
    public static ChartFrame Join(ChartFrame known, ChartFrame newer, ChartRange range)
    {
        var lines = new List<ChartLine>();
        var rest = newer.Lines.ToDictionary(KeyOf, StringComparer.Ordinal);
        foreach (var line in known.Lines)
        {
            rest.Remove(KeyOf(line), out var after);
            lines.Add(line with { Values = Joined(range, known.Range, line.Values, newer.Range, after?.Values) });
        }
        lines.AddRange(rest.Values.Select(l => l with { Values = Joined(range, known.Range, null, newer.Range, l.Values) }));
        return Bounded(range, [.. lines.Where(l => l.Values.Any(v => !double.IsNaN(v)))], newer.Warnings);
    }

    /// <summary>A legend's text for a line.</summary>
    public static string NameOf(string legend, IReadOnlyDictionary<string, string> labels) =>
        Placeholder().Replace(legend, m => labels.TryGetValue(m.Groups[1].Value, out var value) ? Readable(value) : "–");

    // What Flink's reporter makes of "Source: orders -> Map".
    private static string Readable(string value) => value.Replace("____", " → ", StringComparison.Ordinal).Replace(":_", ": ", StringComparison.Ordinal);

    private static ChartLine Line(ChartQuery query, MetricSeries series, ChartRange range, SeriesLabels names, int index)
    {
        var values = new double[range.Points];
        Array.Fill(values, double.NaN);
        var (from, step) = (range.From.ToUnixTimeMilliseconds(), (long)range.Step.TotalMilliseconds);
        foreach (var (at, value) in series.Points)
            if ((at - from) % step == 0 && (at - from) / step is >= 0 and var i && i < values.Length && double.IsFinite(value))
                values[i] = value;
        var labels = names.Rename(series.Labels);
        var name = NameOf(query.Legend, labels);
        // Two questions may give the same labels: the query is part of who a line is.
        return new(name, index < 0 ? labels : new Dictionary<string, string>(labels, StringComparer.Ordinal) { [QueryLabel] = index.ToString(System.Globalization.CultureInfo.InvariantCulture) }, values);
    }

    /// <summary>Label that says which of a chart's queries a line answers; only where there are several.</summary>
    public const string QueryLabel = "__query__";

    private static double[] Joined(ChartRange range, ChartRange before, double[]? old, ChartRange after, double[]? fresh)
    {
        var values = new double[range.Points];
        for (var i = 0; i < values.Length; i++)
        {
            var at = range.From + (i * range.Step);
            values[i] = at >= after.From ? At(after, fresh, at) : At(before, old, at);
        }
        return values;
    }

    private static double At(ChartRange range, double[]? values, DateTimeOffset at) =>
        values is not null && at >= range.From && at <= range.To ? values[(int)((at - range.From) / range.Step)] : double.NaN;

    private static ChartFrame Bounded(ChartRange range, List<ChartLine> lines, IReadOnlyList<string> warnings)
    {
        if (lines.Count > MostLines)
        {
            warnings = [.. warnings, $"{MostLines} of {lines.Count:N0} series are drawn: those that rise highest."];
            lines = [.. lines.OrderByDescending(l => l.Values.Max(v => double.IsNaN(v) ? double.MinValue : v)).Take(MostLines)];
        }
        return new(range, [.. lines.OrderBy(l => l.Labels.GetValueOrDefault(QueryLabel)).ThenBy(l => l.Name, StringComparer.Ordinal)], warnings);
    }

    /// <summary>Who a line is.</summary>
    public static string KeyOf(ChartLine line) => string.Join('\u0001', line.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => l.Key + "\u0002" + l.Value));

    [GeneratedRegex(@"\{\{([a-zA-Z_][a-zA-Z0-9_]*)\}\}")]
    private static partial Regex Placeholder();
}
