namespace FlinkDashboard.Model.Metrics;

/// <summary>
/// Every chart there is, as data. A new one is an entry in the file of its subject: a test parses its queries and asks the sandbox for it. Words such as
/// <c>$app</c> are those of <see cref="ChartQueryText"/>.
/// </summary>
public static partial class MetricCatalog
{
    private const string NoReporter =
        "No series: Flink's Prometheus reporter is off, or nothing scrapes these pods. Set metrics.reporter.prom.factory.class to org.apache.flink.metrics.prometheus.PrometheusReporterFactory, and let a PodMonitor with podTargetLabels [app, component] select pods with the label type: flink-native-kubernetes.";

    private const string NoContainers = "No series: the kubelet's cAdvisor is not scraped. Scrape /metrics/cadvisor of the nodes, as kube-prometheus-stack does.";
    private const string NoStateMetrics = "No series: kube-state-metrics is not scraped. Install it, or let Prometheus scrape it.";
    private const string NoNodeExporter = "No series: node-exporter is not scraped. Run it on each node and let Prometheus scrape it.";
    private const string NoOperator = "No series: the operator's metrics are off or not scraped. Set kubernetes.operator.metrics.reporter.prom.factory.class to org.apache.flink.metrics.prometheus.PrometheusReporterFactory and .port to 9999, and scrape the operator's pod.";
    private const string NoKarpenter = "No series: Karpenter's port 8080 is not scraped, or the cluster has no Karpenter.";
    private const string NoYuniKorn = "No series: YuniKorn's port 9080 (/ws/v1/metrics) is not scraped, or the cluster has no YuniKorn.";

    /// <summary>All charts, in the order in which pages show them.</summary>
    public static IReadOnlyList<MetricChart> All { get; } =
    [
        .. Throughput, .. Lag, .. Pressure, .. Checkpoints, .. Health, .. Memory, .. States, .. Containers, .. Autoscaler,
        .. Fleet, .. Operator, .. Nodes, .. Karpenter, .. YuniKorn,
    ];

    private static readonly Dictionary<string, MetricChart> ById = All.ToDictionary(c => c.Id, StringComparer.Ordinal);

    /// <summary>The chart of an id; null when there is none.</summary>
    public static MetricChart? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>
    /// The charts about something. Those of a session job are an application's whose series are of one job; processes and pods it shares with the other jobs of its cluster.
    /// </summary>
    public static IEnumerable<MetricChart> About(ChartSubjectKind kind) => kind == ChartSubjectKind.SessionJob ? All.Where(IsOfJob) : All.Where(c => c.About == kind);

    private static bool IsOfJob(MetricChart chart) => chart.About == ChartSubjectKind.Application
        && (chart.Needs.All(n => n.Contains("_job_", StringComparison.Ordinal)) || chart.Queries.All(q => q.PromQl.Contains("$owner", StringComparison.Ordinal)));

    // What most entries of a file share.
    private static MetricChart Chart(ChartSubjectKind about, string group, string id, string title, ChartUnit unit, string meaning, string missing, IReadOnlyList<string> needs, params ReadOnlySpan<ChartQuery> queries) => new()
    {
        About = about,
        Group = group,
        Id = id,
        Title = title,
        Unit = unit,
        Meaning = meaning,
        Missing = missing,
        Needs = needs,
        Queries = [.. queries],
    };

    private static MetricChart Flink(string group, string id, string title, ChartUnit unit, string meaning, IReadOnlyList<string> needs, params ReadOnlySpan<ChartQuery> queries) =>
        Chart(ChartSubjectKind.Application, group, id, title, unit, meaning, NoReporter, needs, queries);
}
