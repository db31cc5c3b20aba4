using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Tests.Model.Metrics;

public class ChartQueryTextTests
{
    private static readonly TimeSpan Scrape = TimeSpan.FromSeconds(15);
    private static readonly ChartRange Range = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1), TimeSpan.FromSeconds(30));
    private static readonly ChartSubject Orders = ChartSubject.Application("flink-team-a-ns", "orders-eu");

    private static string Of(string query, ChartSubject subject, SeriesLabels? labels = null, ChartRange? range = null) =>
        ChartQueryText.Of(new(query, ""), subject, labels ?? SeriesLabels.Usual, range ?? Range, Scrape);

    [Fact]
    public void Words_AreReplaced()
    {
        Assert.Equal("rate(flink_taskmanager_x{namespace=\"flink-team-a-ns\",app=\"orders-eu\"}[60s])", Of("rate(flink_taskmanager_x{$app}[$window])", Orders));
        Assert.Equal("increase(x[3600s]) + 22.5", Of("increase(x[$hour]) + $halfscrapes", Orders));
        Assert.Equal("max_over_time(x[1h:30s]) + avg_over_time(x[1d:300s])", Of("max_over_time(x[1h:$pair]) + avg_over_time(x[1d:$sparse])", Orders));
        Assert.Equal("avg_over_time(x[1d:40s])", ChartQueryText.Of(new("avg_over_time(x[1d:$sparse])", ""), Orders, SeriesLabels.Usual, Range, TimeSpan.FromSeconds(2)));
        Assert.Equal("increase(x[86415s])", Of("increase(x[$hour])", Orders, range: Range with { Step = TimeSpan.FromDays(1) }));
        Assert.Equal("a{b=\"flink-team-a-ns\",c=\"orders-eu\"}", Of("a{b=\"$namespace\",c=\"$cluster\"}", Orders));
        Assert.Equal("x{resourcens=~\"flink-team-a-ns|flink_team_a_ns\",resourcename=~\"orders-eu|orders_eu\"}", Of("x{$owner}", Orders));
        Assert.Equal("label_replace(x, \"state\", \"$1\", \"__name__\", \"(.+)\")", Of("label_replace(x, \"state\", \"$1\", \"__name__\", \"(.+)\")", Orders));
    }

    [Fact]
    public void SessionJob_IsFoundByItsNameWhereThatIsItsOwn_ElseByItsId_AndWithoutEitherNotAtAll()
    {
        var named = ChartSubject.SessionJob("team", "clicks", "analytics", "0a1b", "Click stream (v2)");
        Assert.Equal("x{namespace=\"team\",app=\"analytics\",job_name=~\"Click stream \\\\(v2\\\\)|Click_stream__v2_\"}", Of("x{$app}", named));
        Assert.Equal("x{namespace=\"team\",app=\"analytics\",job_id=\"0a1b\"}", Of("x{$app}", named with { JobName = null }));
        Assert.Equal("x{namespace=\"team\",app=\"analytics\",job_id=\"none\"}", Of("x{$app}", named with { JobName = null, JobId = null }));
        Assert.Equal("x{resourcens=~\"team\",resourcename=~\"clicks\"}", Of("x{$owner}", named));
        Assert.Equal("x{ns=\"team\",job_id=\"0a1b\"}", Of("x{$app}", named with { JobName = null }, new("ns", "job_name", "pod", IsFiltered: true)));
        Assert.NotEqual(named.Key, (named with { JobId = "2" }).Key);
    }

    [Fact]
    public void Labels_AreThoseOfTheServer()
    {
        var podOnly = new SeriesLabels("kubernetes_namespace", null, "kubernetes_pod_name");
        Assert.Equal("max by (kubernetes_pod_name) (flink_taskmanager_x{kubernetes_namespace=\"flink-team-a-ns\",kubernetes_pod_name=~\"orders-eu-(?:taskmanager-[a-z0-9]+-[a-z0-9]+|[a-z0-9]{4,10}-[a-z0-9]{5})\"})",
            Of("max by ($pod) (flink_taskmanager_x{$app})", Orders, podOnly));
        Assert.Equal("acme_flink_jobmanager_y{ns=\"flink-team-a-ns\",job_name=\"orders_eu\"}", Of("flink_jobmanager_y{$app}", Orders, new("ns", "job_name", "pod", "acme_flink_", IsFiltered: true)));
        Assert.Equal("acme_flink_jobmanager_y{ns=\"team\",job_name=\"flink_jobmanager_a\"}", Of("flink_jobmanager_y{$app}", ChartSubject.Application("team", "flink-jobmanager-a"), new("ns", "job_name", "pod", "acme_flink_", IsFiltered: true)));
        var fleet = ChartSubject.Fleet(["team-b", "team.a"]);
        Assert.Equal("sum by (namespace, app) ((flink_jobmanager_y{namespace=~\"team-b|team\\\\.a\"}))", Of("sum by ($by) ($each(flink_jobmanager_y{$app}))", fleet));
        Assert.Equal("sum by (kubernetes_namespace, app) (label_replace(label_replace(rate(y{kubernetes_namespace=\"a\"}[60s]), \"app\", \"$1\", \"kubernetes_pod_name\", \"(.+)-[a-z0-9]{4,10}-[a-z0-9]{5}\"), \"app\", \"$1\", \"kubernetes_pod_name\", \"(.+)-taskmanager-[a-z0-9]+-[a-z0-9]+\"))",
            Of("sum by ($by) ($each(rate(y{$app}[$window])))", ChartSubject.Fleet(["a"]), podOnly));
    }

    [Fact]
    public void Values_CannotLeaveTheirQuotes()
    {
        var evil = ChartSubject.Application("a\"} or vector(1) #", "b\\\n.*");
        Assert.Equal("x{namespace=\"a\\\"} or vector(1) #\",app=\"b\\\\\\n.*\"}", Of("x{$app}", evil));
        Assert.Contains("pod=~\"b\\\\\\\\\\n\\\\.\\\\*-(?:", Of("x{$pods}", evil), StringComparison.Ordinal);
        Assert.Equal("x{namespace=\"$app\",app=\"$window\"}", Of("x{$app}", ChartSubject.Application("$app", "$window")));
    }

    [Theory]
    [InlineData("orders-5d8f7c9b6d-x2x7k", "orders", true)]
    [InlineData("orders-taskmanager-1-12", "orders", true)]
    [InlineData("orders-taskmanager-5d8f7c9b6d-x2x7k", "orders", true)]
    [InlineData("orders-eu-5d8f7c9b6d-x2x7k", "orders", false)]
    [InlineData("orders-eu-taskmanager-1-1", "orders", false)]
    [InlineData("orders", "orders", false)]
    [InlineData("reorders-taskmanager-1-1", "orders", false)]
    public void Pod_BelongsToTheClusterOfItsName(string pod, string cluster, bool belongs) => Assert.Equal(belongs, SeriesLabels.IsPodOf(pod, cluster));

    [Fact]
    public void SeriesLabels_AreReadFromSeries()
    {
        static Dictionary<string, string> Series(params string[] labels) => labels.Chunk(2).ToDictionary(p => p[0], p => p[1]);
        Assert.Equal(SeriesLabels.Usual, SeriesLabels.Of([], []));
        Assert.Equal(SeriesLabels.Usual with { IsSeen = true }, SeriesLabels.Of([Series("__name__", "flink_jobmanager_numRunningJobs", "namespace", "a", "pod", "orders-5d8f7c9b6d-x2x7k", "app", "orders", "job", "a/flink")], []));
        Assert.Equal(new("kubernetes_namespace", "flink_cluster_id", "kubernetes_pod_name", "acme_flink_", IsSeen: true),
            SeriesLabels.Of([Series("__name__", "acme_flink_jobmanager_numRunningJobs", "kubernetes_namespace", "a", "kubernetes_pod_name", "orders-5d8f7c9b6d-x2x7k", "app", "flink", "flink_cluster_id", "orders")], []));
        Assert.Null(SeriesLabels.Of([Series("namespace", "a", "pod", "orders-5d8f7c9b6d-x2x7k", "app", "flink")], []).Cluster);
        Assert.Equal("cluster", SeriesLabels.Of([Series("namespace", "a", "cluster", "orders")], []).Cluster);
        var byJob = SeriesLabels.Of([Series("namespace", "a", "host", "10_0_0_1")], [Series("namespace", "a", "job_name", "orders")]);
        Assert.Equal(("job_name", true), (byJob.Cluster, byJob.IsFiltered));
        Assert.Equal(["a", "orders", "p"], new SeriesLabels("ns", "cluster", "pod_name").Rename(Series("ns", "a", "cluster", "orders", "pod_name", "p")).OrderBy(l => l.Value).Select(l => l.Value));
    }
}
