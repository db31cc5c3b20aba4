using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi;
using FlinkDashboard.State.Metrics;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Tests.State.Metrics;

/// <summary>What stands in for a Prometheus.</summary>
public class RestChartsTests
{
    private static readonly ChartSubject Orders = ChartSubject.Application(JobManagerStage.Address.Namespace, JobManagerStage.Address.Cluster);

    [Fact]
    public async Task EveryChartWithRestId_HasLines_AfterSamplingForAWhile()
    {
        await using var stage = await JobManagerStage.StartAsync();
        using var rest = new RestCharts(stage.Feeds, stage.Time, NullLogger<RestCharts>.Instance);
        var chart = MetricCatalog.Find("heap")!;
        ChartRange Range() => ChartRange.Of(stage.Time.GetUtcNow().AddMinutes(-15), stage.Time.GetUtcNow(), 600, TimeSpan.FromSeconds(15));
        Assert.StartsWith("Sampled from now on", rest.Read(chart, Orders, Range(), null).Missing, StringComparison.Ordinal);
        for (var i = 0; i < 8; i++)
        {
            rest.Read(chart, Orders, Range(), null);
            rest.Sample();
            stage.Live(10);
            await stage.PassAsync(stage.Feeds.Of(JobManagerStage.Address), 10);
        }
        rest.Sample();
        var empty = MetricCatalog.All.Where(c => c.RestId is not null && rest.Read(c, Orders, Range(), null) is not { Frame.Lines.Count: > 0, Missing: null }).Select(c => c.Id);
        Assert.Empty(empty);
        var answer = rest.Read(chart, Orders, Range(), "Prometheus is away.");
        Assert.StartsWith("Flink's REST API, since 16:0", answer.Source, StringComparison.Ordinal);
        Assert.Equal("Prometheus is away.", answer.Problem);
        Assert.All(answer.Frame!.Lines, l => Assert.InRange(l.Values.Last(v => !double.IsNaN(v)), 0, 1));
        Assert.StartsWith("There is no Prometheus", rest.Read(MetricCatalog.Find("lifecycle")!, new(ChartSubjectKind.Operator), Range(), null).Missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenNobodyLooks_NothingIsAsked()
    {
        await using var stage = await JobManagerStage.StartAsync();
        using var rest = new RestCharts(stage.Feeds, stage.Time, NullLogger<RestCharts>.Instance);
        rest.Read(MetricCatalog.Find("heap")!, Orders, new(SandboxStage.Start, SandboxStage.Start.AddMinutes(1), TimeSpan.FromSeconds(15)), null);
        rest.Sample();
        Assert.Equal(1, rest.Sampling);
        Assert.True(stage.Feeds.Of(JobManagerStage.Address).Watchers > 0);
        stage.Time.Advance(TimeSpan.FromSeconds(61));
        rest.Sample();
        Assert.Equal((0, 0), (rest.Sampling, stage.Feeds.Of(JobManagerStage.Address).Watchers));
    }

    [Fact]
    public async Task WithoutPrometheus_OrWhileItFails_ChartsComeFromRest()
    {
        await using var without = await MetricsStage.StartAsync("quiet", o => o.Url = null);
        var answer = await without.Charts.ReadAsync(MetricCatalog.Find("heap")!, Orders, without.Last(15), default);
        Assert.Null(answer.Problem);
        Assert.Equal("Flink's REST API", answer.Source);
        await using var failing = await MetricsStage.StartAsync("quiet");
        failing.Cluster.PrometheusFaults.Fault = PrometheusFault.Forbidden;
        answer = await failing.Charts.ReadAsync(MetricCatalog.Find("heap")!, Orders, failing.Last(15), default);
        Assert.Equal("Flink's REST API", answer.Source);
        Assert.Contains("Prometheus:TokenFile", answer.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Ring_KeepsAnHour_AndCountsRestartsOfAQuarter()
    {
        var ring = new RestRing(4);
        RestMoment Moment(int second, double restarts) => new(DateTimeOffset.UnixEpoch.AddSeconds(second), null, [new("1", "job", null, null, null, new([new() { Id = "numRestarts", Value = restarts.ToString() }]), null)], new Dictionary<string, FlinkDashboard.Model.Flink.FlinkMetrics>());
        foreach (var (second, restarts) in new[] { (0, 5.0), (10, 5), (20, 7), (30, 8), (40, 8) })
            ring.Add(Moment(second, restarts));
        Assert.Equal(DateTimeOffset.UnixEpoch, ring.Since);
        var frame = ring.Frame("restarts", new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(45), TimeSpan.FromSeconds(15)));
        Assert.Equal([double.NaN, 0, 3, 3], Assert.Single(frame.Lines).Values);
        Assert.Equal(4, ring.Weight);
        ring.Add(Moment(50, 9) with { Jobs = [Moment(50, 9).Jobs[0], Moment(50, 2).Jobs[0] with { Id = "2" }] });
        var later = new ChartRange(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(60), TimeSpan.FromSeconds(15));
        Assert.Equal(2, ring.Frame("restarts", later).Lines.Count);
        Assert.Equal(0, Assert.Single(ring.Frame("restarts", later, "2").Lines).Values[^1]);
        Assert.Empty(ring.Frame("restarts", later, "3").Lines);
    }
}
