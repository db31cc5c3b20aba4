namespace FlinkDashboard.Model.Metrics;

/// <summary>What kind of value a PromQL query has.</summary>
public enum QueryValueKind
{
    /// <summary>One sample per series.</summary>
    Vector,

    /// <summary>Samples over time per series.</summary>
    Matrix,

    /// <summary>A number without labels.</summary>
    Scalar,

    /// <summary>A text.</summary>
    Text,
}

/// <summary>A sample.</summary>
/// <param name="Milliseconds">Since 1970.</param>
/// <param name="Value">May be NaN or infinite.</param>
public readonly record struct SamplePoint(long Milliseconds, double Value);

/// <summary>A series of an answer.</summary>
/// <param name="Labels">With <c>__name__</c> only where the expression keeps it.</param>
/// <param name="Points">In order of time; a moment without a value is absent.</param>
public sealed record MetricSeries(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<SamplePoint> Points);

/// <summary>Answer to a PromQL query.</summary>
/// <param name="Kind">Kind of value.</param>
/// <param name="Series">Series; a scalar is one without labels.</param>
/// <param name="Text">The text, when it is one.</param>
/// <param name="Warnings">What the server warns of although it answered.</param>
/// <param name="Infos">What it remarks.</param>
public sealed record QueryAnswer(QueryValueKind Kind, IReadOnlyList<MetricSeries> Series, string? Text, IReadOnlyList<string> Warnings, IReadOnlyList<string> Infos);

/// <summary>What a server knows about a metric.</summary>
/// <param name="Type">counter, gauge, histogram, summary …; Flink's reporter shows nearly everything as gauge.</param>
/// <param name="Help">A sentence; may be empty.</param>
/// <param name="Unit">May be empty.</param>
public sealed record MetricMetadata(string Type, string Help, string Unit);

/// <summary>A list that the server may have cut.</summary>
/// <param name="Items">In the server's order.</param>
/// <param name="Warnings">What the server warns of, for instance that it cut the list.</param>
public sealed record SourceList<T>(IReadOnlyList<T> Items, IReadOnlyList<string> Warnings);
