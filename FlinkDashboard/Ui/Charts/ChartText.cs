using System.Globalization;
using System.Text;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Ui.Charts;

/// <summary>A chart as text: for spreadsheets, and summed up for those who read a table.</summary>
public static class ChartText
{
    /// <summary>Comma-separated values: a row for each moment (ISO 8601, UTC), a column for each line; a gap is empty.</summary>
    public static string Csv(ChartFrame frame)
    {
        var lines = DrawnChart.Named(frame.Lines);
        var text = new StringBuilder("time");
        foreach (var (name, _) in lines)
            text.Append(',').Append(Cell(name));
        text.Append('\n');
        for (var i = 0; i < frame.Range.Points; i++)
        {
            text.Append(TimeWindow.Text(frame.Range.From + (i * frame.Range.Step)));
            foreach (var (_, line) in lines)
                text.Append(',').Append(double.IsFinite(line.Values[i]) ? line.Values[i].ToString("R", CultureInfo.InvariantCulture) : "");
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>A name for a file: "throughput-orders-healthy-20261129T093100Z.csv".</summary>
    public static string FileName(MetricChart chart, string about, DateTimeOffset from, string kind)
    {
        var name = $"{chart.Id}-{about}-{from.ToUniversalTime():yyyyMMdd'T'HHmmss'Z'}";
        return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '-')) + "." + kind;
    }

    // A name that a spreadsheet would take for a formula is kept from being one.
    private static string Cell(string text)
    {
        // Blanks before it are passed over by some of them, and read by others as the end of a cell.
        if (text.AsSpan().TrimStart() is [var first, ..] && "=+-@＝＋－＠".Contains(first))
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",;\"\n\r\t") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";
    }
}

/// <summary>A line summed up: newest, least, mean and greatest value; NaN where it has none.</summary>
public sealed record LineSummary(string Name, double Newest, double Least, double Mean, double Greatest)
{
    /// <summary>Sums up every line of a frame, the greatest first.</summary>
    public static IReadOnlyList<LineSummary> Of(ChartFrame frame) =>
    [
        .. DrawnChart.Named(frame.Lines).Select(one => Of(one.Name, one.Line.Values)).OrderByDescending(one => double.IsNaN(one.Greatest) ? double.MinValue : one.Greatest).ThenBy(one => one.Name, StringComparer.Ordinal),
    ];

    private static LineSummary Of(string name, double[] values)
    {
        var known = values.Where(double.IsFinite).ToList();
        return known.Count == 0 ? new(name, double.NaN, double.NaN, double.NaN, double.NaN) : new(name, known[^1], known.Min(), known.Average(), known.Max());
    }
}
