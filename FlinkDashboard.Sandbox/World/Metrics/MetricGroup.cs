namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>What a Prometheus scrapes.</summary>
/// <param name="Namespace">Of the pod.</param>
/// <param name="Pod">The pod.</param>
/// <param name="Labels">What the scrape configuration adds to all its series: job, instance, namespace, pod …</param>
public sealed record MetricTarget(string Namespace, string Pod, LabelSet Labels)
{
    /// <summary>Port of Flink's reporter.</summary>
    public const int Port = 9249;

    /// <summary>Where the metrics port serves it.</summary>
    public string Path => $"/targets/{Namespace}/{Pod}/metrics";
}

/// <summary>Series of one thing while its state lasts: their values are functions of the moment.</summary>
/// <param name="target">Who exposes them.</param>
/// <param name="prefix">Beginning of the metrics' names.</param>
/// <param name="labels">Labels beside those of the target.</param>
/// <param name="from">Since when the state lasts.</param>
/// <param name="values">Values by id; the ids are always the same ones.</param>
public sealed class MetricGroup(MetricTarget target, string prefix, LabelSet labels, DateTimeOffset from, Func<DateTimeOffset, IReadOnlyDictionary<string, double>> values)
{
    private IReadOnlyList<(string Id, LabelSet Labels)>? _series;

    /// <summary>Who exposes them.</summary>
    public MetricTarget Target => target;

    /// <summary>Labels beside those of the target.</summary>
    public LabelSet Labels => labels;

    /// <summary>False for what a Prometheus knows of the target without being told, as <c>up</c>.</summary>
    public bool IsExposed { get; init; } = true;

    /// <summary>Since when the state lasts.</summary>
    public DateTimeOffset From => from;

    /// <summary>When it ended; null while it lasts.</summary>
    public DateTimeOffset? To { get; internal set; }

    /// <summary>Its series with all their labels, by the id of their value.</summary>
    public IReadOnlyList<(string Id, LabelSet Labels)> Series => _series ??=
        [.. values(from).Keys.Select(id => (id, target.Labels.With(labels).With(LabelSet.NameLabel, NameOf(id))))];

    /// <summary>Values by id.</summary>
    public IReadOnlyDictionary<string, double> At(DateTimeOffset moment) => values(moment);

    /// <summary>The metric's name of an id.</summary>
    public string NameOf(string id) => prefix + Filter(id);

    /// <summary>As the reporter does with names and label values: what is not a letter, a digit, a colon or an underscore becomes one.</summary>
    public static string Filter(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = char.IsAsciiLetterOrDigit(from[i]) || from[i] is ':' ? from[i] : '_';
    });
}
