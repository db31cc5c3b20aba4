using FlinkDashboard.State.Metrics;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.State.Metrics;

[Collection(MetricsTests.Name)]
public sealed class ExploreSourceTests(MetricsWorld world) : IAsyncLifetime
{
    private readonly MetricsStage stage = MetricsStage.At(world);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Queries_AreAnswered_OrToldWhyNot()
    {
        stage.Live(60);
        var instant = await stage.Explore.InstantAsync("sum(up)", null, default);
        Assert.True(instant.Answer!.Series[0].Points[0].Value > 0);
        var range = await stage.Explore.RangeAsync("up{component=\"jobmanager\"}", stage.Last(1), default);
        Assert.StartsWith("up{app=\"", range.Frame!.Lines[0].Name, StringComparison.Ordinal);
        Assert.StartsWith("The query is not understood", (await stage.Explore.InstantAsync("sum(", null, default)).Problem, StringComparison.Ordinal);
        Assert.StartsWith("There is no query", (await stage.Explore.InstantAsync(" ", null, default)).Problem, StringComparison.Ordinal);
        Assert.Contains("20,000", (await stage.Explore.InstantAsync(new string('1', 20_001), null, default)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManySeries_AreCut_AndSaidSo()
    {
        var all = await stage.Explore.InstantAsync("{__name__=~\"flink_.+\"}", null, default);
        Assert.True(all.IsCut);
        Assert.Equal(ExploreSource.MostSeries, all.Answer!.Series.Count);
        Assert.Contains(all.Answer.Warnings, w => w.StartsWith("Only the first 200 series", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Completion_KnowsNamesLabelsAndValues_AndAsksOnce()
    {
        var names = await stage.Explore.MetricNamesAsync(default);
        Assert.Contains("flink_jobmanager_numRunningJobs", names);
        Assert.Equal("gauge", (await stage.Explore.MetadataAsync(default))["flink_jobmanager_numRunningJobs"].Type);
        Assert.Contains("app", await stage.Explore.LabelNamesAsync("flink_jobmanager_numRunningJobs", default));
        Assert.Equal(["jobmanager"], await stage.Explore.LabelValuesAsync("component", "flink_jobmanager_numRunningJobs", default));
        var before = stage.Api.Describe().Requests;
        await stage.Explore.MetricNamesAsync(default);
        await stage.Explore.MetadataAsync(default);
        await stage.Explore.LabelValuesAsync("component", "flink_jobmanager_numRunningJobs", default);
        Assert.Equal(before, stage.Api.Describe().Requests);
    }
}
