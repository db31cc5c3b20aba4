namespace FlinkDashboard.Model.Metrics;

/// <summary>What a chart is about.</summary>
public enum ChartSubjectKind
{
    /// <summary>One application or session cluster: namespace and name.</summary>
    Application,

    /// <summary>One job of a session cluster.</summary>
    SessionJob,

    /// <summary>All applications of the namespaces that the viewer may see.</summary>
    Fleet,

    /// <summary>The Flink operator.</summary>
    Operator,

    /// <summary>Nodes of the cluster.</summary>
    Nodes,

    /// <summary>Karpenter.</summary>
    Karpenter,

    /// <summary>YuniKorn.</summary>
    YuniKorn,
}

/// <summary>Whom a chart is asked for.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Namespace">Of an application or session job; null otherwise.</param>
/// <param name="Name">Of an application or session job; null otherwise.</param>
public sealed record ChartSubject(ChartSubjectKind Kind, string? Namespace = null, string? Name = null)
{
    /// <summary>Namespaces whose applications a fleet's chart shows; unless <see cref="Everywhere"/>, no others. Empty: none.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>The fleet of all namespaces: for those who may see all of them.</summary>
    public bool Everywhere { get; init; }

    /// <summary>The session cluster of a session job.</summary>
    public string? Cluster { get; init; }

    /// <summary>Flink's id of a session job's job; null while it has none.</summary>
    public string? JobId { get; init; }

    /// <summary>
    /// Flink's name of a session job's job where no other job of its cluster has it: the operator gives the job a new id with almost every deployment, and the name finds
    /// what was before.
    /// </summary>
    public string? JobName { get; init; }

    /// <summary>Same for two subjects that are asked for alike.</summary>
    public string Key => Kind == ChartSubjectKind.Fleet ? $"{Kind} {(Everywhere ? "*" : string.Join(' ', Namespaces.Order(StringComparer.Ordinal)))}" : $"{Kind} {Namespace}/{Name} {Cluster} {JobId} {JobName}".TrimEnd();

    /// <summary>One application or session cluster.</summary>
    public static ChartSubject Application(string ns, string name) => new(ChartSubjectKind.Application, ns, name);

    /// <summary>One job of a session cluster.</summary>
    public static ChartSubject SessionJob(string ns, string name, string cluster, string? jobId, string? jobName) => new(ChartSubjectKind.SessionJob, ns, name) { Cluster = cluster, JobId = jobId, JobName = jobName };

    /// <summary>The applications of some namespaces; null for all of them.</summary>
    public static ChartSubject Fleet(IReadOnlyList<string>? namespaces) => new(ChartSubjectKind.Fleet) { Namespaces = namespaces ?? [], Everywhere = namespaces is null };
}

/// <summary>What the numbers of a chart are.</summary>
public enum ChartUnit
{
    /// <summary>A plain number.</summary>
    Count,

    /// <summary>Records per second.</summary>
    RecordsPerSecond,

    /// <summary>Things per second.</summary>
    PerSecond,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Bytes per second.</summary>
    BytesPerSecond,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Share, 1 is all.</summary>
    Ratio,

    /// <summary>CPU cores.</summary>
    Cores,
}

/// <summary>One question of a chart; its answer may have several lines.</summary>
/// <param name="PromQl">The text, with the words of <see cref="ChartQueryText"/> in it: <c>$app</c>, <c>$pods</c>, <c>$window</c> …</param>
/// <param name="Legend">Name of a line, with <c>{{label}}</c> in it; <c>namespace</c>, <c>app</c> and <c>pod</c> whatever the series call them.</param>
public sealed record ChartQuery(string PromQl, string Legend);

/// <summary>A line across a chart beyond which something is wrong.</summary>
/// <param name="Value">In the chart's unit.</param>
/// <param name="Words">What it means.</param>
/// <param name="IsSevere">Red, not amber.</param>
public sealed record ChartThreshold(double Value, string Words, bool IsSevere = false);

/// <summary>A chart of the catalogue: data, no drawing.</summary>
public sealed record MetricChart
{
    /// <summary>Stands in addresses: letters and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>What is drawn, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What it tells and what to do when it looks wrong, in a sentence or two.</summary>
    public required string Meaning { get; init; }

    /// <summary>Heading that it stands below: Throughput, Pressure, Checkpoints …</summary>
    public required string Group { get; init; }

    /// <summary>What it is about.</summary>
    public required ChartSubjectKind About { get; init; }

    /// <summary>What the numbers are.</summary>
    public required ChartUnit Unit { get; init; }

    /// <summary>Asked together; at least one.</summary>
    public required IReadOnlyList<ChartQuery> Queries { get; init; }

    /// <summary>Metric names it needs, <c>*</c> for any part; when none of them exists, <see cref="Missing"/> is told.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>Why there may be no series and how to get them.</summary>
    public required string Missing { get; init; }

    /// <summary>Lines are areas on top of each other.</summary>
    public bool IsStacked { get; init; }

    /// <summary>Drawn before one asks for more.</summary>
    public bool IsMain { get; init; }

    /// <summary>Lines across.</summary>
    public IReadOnlyList<ChartThreshold> Thresholds { get; init; } = [];

    /// <summary>Metric of Flink's REST API that stands in when there is no Prometheus; null when none can.</summary>
    public string? RestId { get; init; }
}
