using System.Globalization;
using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Flink;

/// <summary>One metric; the value is null where only names were asked for.</summary>
public sealed record MetricValue
{
    /// <summary>Name within its scope; metrics of a vertex carry the subtask in front (<c>0.numRecordsIn</c>).</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>As text: mostly a number, sometimes NaN, sometimes a path.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Value { get; init; }

    /// <summary>As a number; NaN where it is none.</summary>
    [JsonIgnore]
    public double Number => RealText.Parse(Value);

    /// <summary>As a whole number of 64 bits (watermarks do not fit a double); null where it is none.</summary>
    [JsonIgnore]
    public long? Whole => long.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
}

/// <summary>One metric over several subtasks, TaskManagers or jobs. Aggregates that were not asked for are null.</summary>
public sealed record AggregatedMetric
{
    /// <summary>Name within its scope.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>Least.</summary>
    public double? Min { get; init; }

    /// <summary>Most.</summary>
    public double? Max { get; init; }

    /// <summary>Mean.</summary>
    public double? Avg { get; init; }

    /// <summary>Sum.</summary>
    public double? Sum { get; init; }

    /// <summary>Mean deviation in percent of the mean, at most 100 (since 1.20).</summary>
    public double? Skew { get; init; }
}

/// <summary>A watermark of one subtask.</summary>
/// <param name="Subtask">Index, from 0.</param>
/// <param name="Milliseconds">Event time in epoch milliseconds, or one of the two ends.</param>
public sealed record Watermark(int Subtask, long Milliseconds)
{
    /// <summary>No watermark has come yet.</summary>
    public bool IsNone => Milliseconds == long.MinValue;

    /// <summary>The input has ended.</summary>
    public bool IsEnd => Milliseconds == long.MaxValue;

    /// <summary>As a time; null at either end or outside the calendar.</summary>
    public DateTimeOffset? Time => Milliseconds is > -62_135_596_800_000 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds) : null;

    /// <summary>From the answer of <c>…/watermarks</c>, whose ids are <c>0.currentInputWatermark</c>; others are passed over.</summary>
    public static IReadOnlyList<Watermark> Of(IEnumerable<MetricValue> metrics) =>
    [
        .. from metric in metrics
           let dot = metric.Id.IndexOf('.', StringComparison.Ordinal)
           where dot > 0 && metric.Whole is not null
           where int.TryParse(metric.Id.AsSpan(0, dot), CultureInfo.InvariantCulture, out _)
           let subtask = int.Parse(metric.Id.AsSpan(0, dot), CultureInfo.InvariantCulture)
           orderby subtask
           select new Watermark(subtask, metric.Whole!.Value),
    ];
}
