using System.Globalization;
using System.Text.RegularExpressions;
using FlinkDashboard.Model;
using FlinkDashboard.State.Logs;
using FlinkDashboard.Ui.Logs;

namespace FlinkDashboard.Features.Logs;

/// <summary>What the values of a column are.</summary>
public enum InsightsKind
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>What was logged.</summary>
    Message,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>When an event was.</summary>
    Time,

    /// <summary>Begins of spans of time, of <c>bin()</c>.</summary>
    Bin,
}

/// <summary>A column.</summary>
/// <param name="Name">As the query names it.</param>
/// <param name="Kind">What its values are.</param>
public sealed record InsightsColumn(string Name, InsightsKind Kind);

/// <summary>A number over time.</summary>
/// <param name="Name">Its column.</param>
/// <param name="Volume">Its values, by bin.</param>
public sealed record InsightsSeries(string Name, LogVolume Volume);

/// <summary>
/// Rows of a query, read: values always come as text, and columns do not say what they are. Numbers by <c>bin()</c> are series, unless something else groups them, too.
/// </summary>
/// <param name="Columns">In the order they came.</param>
/// <param name="Step">Length of a bin; null where there are none.</param>
/// <param name="Series">What can be drawn over time.</param>
public sealed partial record InsightsTable(IReadOnlyList<InsightsColumn> Columns, TimeSpan? Step, IReadOnlyList<InsightsSeries> Series)
{
    private const int MostSeries = 4;
    private const int MostBuckets = 1_500;
    private const int MostOfRange = 300; // a bar is then some pixels wide

    /// <summary>Nothing.</summary>
    public static InsightsTable Empty { get; } = new([], null, []);

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">The rows.</param>
    /// <param name="window">Drawn from end to end; null: from the first bin to the last.</param>
    public static InsightsTable From(InsightsAnswer answer, TimeWindow? window = null)
    {
        var isStats = !answer.Columns.Contains("@message");
        List<InsightsColumn> columns = [.. answer.Columns.Select((name, at) => new InsightsColumn(name, KindOf(name, answer.Rows.Select(row => row[at]), isStats)))];
        var bins = columns.FindIndex(column => column.Kind == InsightsKind.Bin);
        if (bins < 0)
            return new(columns, null, []);
        var moments = answer.Rows.Select(row => Moment(row[bins])).OfType<DateTimeOffset>().Distinct().Order().ToList();
        var step = StepOf(columns[bins].Name) ?? moments.Zip(moments.Skip(1), (a, b) => (TimeSpan?)(b - a)).Min() ?? TimeSpan.FromMinutes(1);
        var isPlain = moments.Count == answer.Rows.Count && moments.Count > 0 && (moments[^1] - moments[0]) / step < MostBuckets && columns.All(column => column.Kind is InsightsKind.Bin or InsightsKind.Number);
        return new(columns, step, isPlain ? SeriesOf(columns, bins, answer, Span(moments, step, window), step) : []);
    }

    /// <summary>A time as Insights writes it, which is UTC without a zone; null for anything else.</summary>
    public static DateTimeOffset? Moment(string? text) =>
        text is not null && Written().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>A number; null for anything else.</summary>
    public static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static InsightsKind KindOf(string name, IEnumerable<string?> values, bool isStats)
    {
        if (name == "@message")
            return InsightsKind.Message;
        var there = values.Where(value => value is not null).ToList();
        if (there.Count > 0 && there.TrueForAll(value => Moment(value) is not null))
            return isStats && (name.StartsWith("bin(", StringComparison.OrdinalIgnoreCase) || !name.StartsWith('@')) && !name.Contains("(@", StringComparison.Ordinal) ? InsightsKind.Bin : InsightsKind.Time;
        return there.Count > 0 && there.TrueForAll(value => Number(value) is not null) ? InsightsKind.Number : InsightsKind.Text;
    }

    // From the first bin to the last; of the whole range if that is not too long to be drawn.
    private static (DateTimeOffset First, int Count) Span(List<DateTimeOffset> moments, TimeSpan step, TimeWindow? window)
    {
        var (before, inside) = (0, (int)Math.Round((moments[^1] - moments[0]) / step) + 1);
        if (window is null || window.Length / step > MostOfRange)
            return (moments[0], inside);
        before = (int)Math.Max(0, Math.Ceiling((moments[0] - window.From) / step));
        var after = (int)Math.Max(0, Math.Ceiling((window.To - moments[^1]) / step) - 1);
        return (moments[0] - step * before, before + inside + after);
    }

    private static List<InsightsSeries> SeriesOf(List<InsightsColumn> columns, int bins, InsightsAnswer answer, (DateTimeOffset First, int Count) span, TimeSpan step)
    {
        var numbers = columns.Index().Where(column => column.Item.Kind == InsightsKind.Number).ToList();
        LogVolume Of(Func<IReadOnlyList<string?>, LogBucket> bucket)
        {
            var buckets = new LogBucket[span.Count];
            foreach (var row in answer.Rows)
                buckets[(int)Math.Round((Moment(row[bins])!.Value - span.First) / step)] = bucket(row);
            return new(span.First, step, buckets);
        }
        double At(IReadOnlyList<string?> row, string name) => Number(row[columns.FindIndex(column => column.Name == name)]) ?? 0;
        // Lines, and which of them are warnings and errors: one drawing.
        if (numbers.Select(column => column.Item.Name).Order(StringComparer.Ordinal).SequenceEqual(["errors", "lines", "warnings"]))
            return [new("lines", Of(row => new(Math.Max(0, At(row, "lines") - At(row, "warnings") - At(row, "errors")), At(row, "warnings"), At(row, "errors"))))];
        return [.. numbers.Where(column => answer.Rows.All(row => Number(row[column.Index]) is null or >= 0)).Take(MostSeries).Select(column => new InsightsSeries(column.Item.Name, Of(row => new(Number(row[column.Index]) ?? 0, 0, 0))))];
    }

    private static TimeSpan? StepOf(string name)
    {
        if (Bin().Match(name) is not { Success: true } bin)
            return null;
        var count = int.Parse(bin.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var step = bin.Groups[2].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(count),
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            "d" => TimeSpan.FromDays(count),
            "w" => TimeSpan.FromDays(7 * count),
            _ => TimeSpan.Zero, // months are not all of one length
        };
        return step > TimeSpan.Zero ? step : null;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,9})?$")]
    private static partial Regex Written();

    [GeneratedRegex(@"^bin\(\s*(\d{1,6})\s*(ms|s|m|h|d|w)", RegexOptions.IgnoreCase)]
    private static partial Regex Bin();
}
