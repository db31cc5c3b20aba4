using System.Collections.Frozen;

namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>Types of the exposition format.</summary>
public enum MetricType
{
    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Quantiles.</summary>
    Summary,

    /// <summary>Buckets.</summary>
    Histogram,
}

/// <summary>A metric that things of one sort have.</summary>
/// <param name="Id">Its id: the name in Flink's REST API, or the whole name.</param>
/// <param name="Value">Its value, of the thing at a moment.</param>
public sealed record MetricRow<T>(string Id, Func<T, double> Value)
{
    /// <summary>Its type.</summary>
    public MetricType Type { get; init; }

    /// <summary>Labels by which several rows of one name differ.</summary>
    public LabelSet Labels { get; init; } = LabelSet.Empty;

    /// <summary>Name in <c>TYPE</c> lines where it is another one: <c>x</c> for <c>x_bucket</c>. By id.</summary>
    public string? Family { get; init; }

    /// <summary>Has one value as long as the state lasts.</summary>
    public bool IsSteady { get; init; }
}

/// <summary>A metric of a table, without its value.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name in Prometheus.</param>
/// <param name="Family">Name in <c>TYPE</c> lines.</param>
/// <param name="Type">Its type.</param>
/// <param name="Labels">Labels of this row.</param>
public sealed record MetricSeries(string Id, string Name, string Family, MetricType Type, LabelSet Labels)
{
    /// <summary><see cref="Labels"/> and the name.</summary>
    public LabelSet Named { get; } = Labels.With(LabelSet.NameLabel, Name);
}

/// <summary>The metrics that things of one sort have. There are few tables, and many groups of series that have one.</summary>
public abstract class MetricTable
{
    /// <summary>Makes one.</summary>
    protected MetricTable(IReadOnlyList<MetricSeries> series)
    {
        Series = series;
        Names = series.Select(s => s.Name).ToFrozenSet();
        RowLabels = series.SelectMany(s => s.Labels.All.Select(l => l.Key)).Append(LabelSet.NameLabel).ToFrozenSet();
    }

    /// <summary>Its rows.</summary>
    public IReadOnlyList<MetricSeries> Series { get; }

    /// <summary>Names of its metrics.</summary>
    public FrozenSet<string> Names { get; }

    /// <summary>Labels that rows have, so that a group alone does not decide them.</summary>
    public FrozenSet<string> RowLabels { get; }

    /// <summary>As the reporter does with names and label values: what is not a letter, a digit, a colon or an underscore becomes one.</summary>
    public static string Filter(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = char.IsAsciiLetterOrDigit(from[i]) || from[i] is ':' ? from[i] : '_';
    });
}

/// <summary>The metrics that things of one sort have, with their values.</summary>
/// <typeparam name="T">A thing at a moment.</typeparam>
public sealed class MetricTable<T>(string prefix, params IReadOnlyList<MetricRow<T>> rows) : MetricTable([.. rows.Select(r =>
    new MetricSeries(r.Id, prefix + Filter(r.Id), prefix + Filter(r.Family ?? r.Id), r.Type, r.Labels))])
{
    private readonly Func<T, double>[] _values = [.. rows.Select(r => r.Value)];

    /// <summary>Value of a row.</summary>
    public double Value(int row, T moment) => _values[row](moment);

    /// <summary>A row has one value as long as the state lasts.</summary>
    public bool IsSteady(int row) => rows[row].IsSteady;

    /// <summary>Values by id.</summary>
    public Dictionary<string, double> Values(T moment) => rows.ToDictionary(r => r.Id, r => r.Value(moment));
}
