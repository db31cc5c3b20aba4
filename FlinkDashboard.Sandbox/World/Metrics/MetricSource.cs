namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>A thing with metrics in a state that lasts.</summary>
/// <param name="Key">Another one when the thing or its state is another one.</param>
/// <param name="Since">The state cannot have begun before this.</param>
/// <param name="Open">Makes its series when somebody asks for them.</param>
internal sealed record MetricSource(string Key, DateTimeOffset Since, Func<IEnumerable<MetricGroup>> Open)
{
    /// <summary>The only tables that its series may have; null makes the series at once to see.</summary>
    public IReadOnlyList<MetricTable>? Tables { get; init; }

    /// <summary>Labels that all its series have, so that others need not be made.</summary>
    public LabelSet Scope { get; init; } = LabelSet.Empty;

    /// <summary>What is done when the state begins, of a thing that itself goes on to change.</summary>
    public Func<MetricSource, MetricSource>? Freeze { get; init; }
}

/// <summary>A source from its beginning to its end.</summary>
internal sealed class SourceSpan(MetricSource source, DateTimeOffset from)
{
    private MetricGroup[]? _groups;

    /// <summary>Its key.</summary>
    public string Key => source.Key;

    /// <summary>Labels that all its series have.</summary>
    public LabelSet Scope => source.Scope;

    /// <summary>Since when the state lasts.</summary>
    public DateTimeOffset From => from;

    /// <summary>When it ended; null while it lasts.</summary>
    public DateTimeOffset? To { get; set; }

    /// <summary>Its series.</summary>
    public MetricGroup[] Groups => _groups ??= [.. source.Open()];

    /// <summary>Tables that its series may have.</summary>
    public IEnumerable<MetricTable> Tables => source.Tables ?? Groups.Select(g => g.Table).Distinct();

    /// <summary>It was there at some moment of a span.</summary>
    public bool Overlaps(DateTimeOffset first, DateTimeOffset last) => from <= last && !(To < first);
}
