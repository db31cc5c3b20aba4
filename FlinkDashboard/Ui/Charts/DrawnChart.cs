using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Ui.Charts;

/// <summary>A line that is drawn.</summary>
/// <param name="Name">As the legend says; no two of a chart are alike.</param>
/// <param name="Colour">Of the palette, 0 to 7.</param>
public sealed record DrawnLine(string Name, int Colour);

/// <summary>
/// What of a frame is drawn: at most eight lines, those that rise highest; the others as one band from their least to their greatest value, or, stacked,
/// as their sum. Once chosen, lines and colours stay as long as the lines are there. Pure.
/// </summary>
/// <param name="Range">The moments.</param>
/// <param name="Lines">Those with a colour.</param>
/// <param name="Others">How many more the last rows stand for.</param>
/// <param name="Rows">Values: one row for each line, then those of the others.</param>
public sealed record DrawnChart(ChartRange Range, IReadOnlyList<DrawnLine> Lines, int Others, IReadOnlyList<double[]> Rows)
{
    /// <summary>Colours there are.</summary>
    public const int Most = 8;

    /// <summary>Name of the rest, as Scripts/src/parts/chart.js says it.</summary>
    public string OthersName => $"{Others} others";

    /// <summary>Chooses.</summary>
    /// <param name="frame">What the source answered.</param>
    /// <param name="isStacked">Areas on top of each other.</param>
    /// <param name="before">What was drawn before; null at first.</param>
    public static DrawnChart Of(ChartFrame frame, bool isStacked, DrawnChart? before)
    {
        var named = Named(frame.Lines);
        var known = before?.Lines.Select(line => line.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        var chosen = named.Count <= Most
            ? named
            : [.. named.OrderByDescending(one => known.Contains(one.Name)).ThenByDescending(one => Peak(one.Line.Values)).Take(Most)];
        var names = chosen.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        var shown = named.Where(one => names.Contains(one.Name)).ToList();
        var others = named.Where(one => !names.Contains(one.Name)).Select(one => one.Line.Values).ToList();
        return new(frame.Range, Coloured(shown.Select(one => one.Name), before), others.Count, [.. shown.Select(one => one.Line.Values), .. Rest(others, frame.Range.Points, isStacked)]);
    }

    /// <summary>The lines of a frame, each with a name of its own.</summary>
    public static IReadOnlyList<(string Name, ChartLine Line)> Named(IReadOnlyList<ChartLine> lines)
    {
        var times = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. lines.Select(line => (times[line.Name] = times.GetValueOrDefault(line.Name) + 1) is > 1 and var nth ? ($"{line.Name} ({nth})", line) : (line.Name, line))];
    }

    private static List<DrawnLine> Coloured(IEnumerable<string> names, DrawnChart? before)
    {
        var kept = before?.Lines.ToDictionary(line => line.Name, line => line.Colour, StringComparer.Ordinal) ?? [];
        var all = names.ToList();
        var taken = all.Where(kept.ContainsKey).Select(name => kept[name]).ToHashSet();
        var free = new Queue<int>(Enumerable.Range(0, Most).Where(colour => !taken.Contains(colour)));
        return [.. all.Select(name => new DrawnLine(name, kept.TryGetValue(name, out var colour) ? colour : free.Dequeue()))];
    }

    private static double Peak(double[] values) => values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(-1).Max();

    private static IEnumerable<double[]> Rest(List<double[]> others, int points, bool isStacked)
    {
        if (others.Count == 0)
            return [];
        double[] Each(Func<IEnumerable<double>, double> of)
        {
            var row = new double[points];
            for (var i = 0; i < points; i++)
            {
                var at = others.Select(values => values[i]).Where(double.IsFinite).ToList();
                row[i] = at.Count == 0 ? double.NaN : of(at);
            }
            return row;
        }
        return isStacked ? [Each(Enumerable.Sum)] : [Each(Enumerable.Min), Each(Enumerable.Max)];
    }
}
