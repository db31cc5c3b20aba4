using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.State.Metrics;

[Collection(MetricsTests.Name)]
public sealed class FleetNumbersTests(MetricsWorld world) : IAsyncLifetime
{
    private readonly MetricsStage stage = MetricsStage.At(world);
    private ChartSubject subject = null!;

    public async Task InitializeAsync()
    {
        subject = await stage.SomebodyAsync();
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    private FleetNumber Number => stage.Fleet.Of(subject.Namespace!, subject.Name!);

    [Fact]
    public async Task WhileSomebodyLooks_AllApplicationsAreKnown_ByFiveQueries()
    {
        Assert.Same(FleetNumber.Nothing, Number);
        await stage.Names.GetAsync(default);
        var before = stage.Api.Describe().Requests;
        var rounds = 0;
        using (stage.Fleet.Subscribe(() => rounds++))
        using (stage.Fleet.Subscribe(() => { }))
            await Eventually.UntilAsync(stage.Fleet.Subscribe, () => stage.Fleet.At is not null);
        Assert.Equal(before + 5, stage.Api.Describe().Requests);
        Assert.Null(stage.Fleet.Problem);
        Assert.True(stage.Fleet.Now.ByApplication.Count > 3);
        Assert.True(Number.Throughput > 0);
        Assert.Equal(40, Number.ThroughputTrend.Count);
        Assert.True(Number.Backlog >= 0);
        Assert.InRange(Number.BackPressure!.Value, 0, 1);
        Assert.True(Number.Restarts >= 0);
        Assert.Equal(0, stage.Fleet.Watchers);
    }

    [Fact]
    public async Task CheckpointAge_IsThatOfTheNewestCheckpoint_ToWithinHalfAMinute()
    {
        await stage.Fleet.RoundAsync(default);
        var checkedOnes = 0;
        foreach (var ((ns, name), number) in stage.Fleet.Now.ByApplication.Where(n => n.Value.CheckpointAge is not null))
        {
            var newest = stage.Cluster.World.Flink.Find(ns, name)?.Jobs.Select(j => j.Checkpoints?.LatestCompleted).OfType<FlinkCheckpoint>().MaxBy(c => c.Id);
            if (newest?.Duration is not { } took)
                continue; // it ran within the hour and does no more
            var age = stage.Cluster.World.Now - (newest.TriggeredAt + took);
            Assert.True((age - number.CheckpointAge!.Value).Duration() < TimeSpan.FromSeconds(40), $"{ns}/{name}: {age} is told as {number.CheckpointAge}");
            checkedOnes++;
        }
        Assert.True(checkedOnes > 2);
    }

    [Fact]
    public async Task WhoLooksAtVerdictsOnly_CostsOneQuery_UntilSomebodyWantsAll()
    {
        await stage.Names.GetAsync(default);
        var before = stage.Api.Describe().Requests;
        using var verdicts = stage.Fleet.SubscribeJobs(() => { });
        await Eventually.UntilAsync(stage.Fleet.SubscribeJobs, () => stage.Fleet.Now.ByJob.Count > 0);
        Assert.Equal((before + 1, null), (stage.Api.Describe().Requests, stage.Fleet.At));
        var job = stage.Cluster.World.Flink.Find(subject.Namespace!, subject.Name!)!.Jobs.Single(j => !j.IsTerminal);
        Assert.NotNull(stage.Fleet.Job(subject.Namespace!, subject.Name!, job.Id, alone: false)!.RunningSince);
        Assert.Null(stage.Fleet.Job(subject.Namespace!, subject.Name!, "no such job", alone: true));
        await Eventually.UntilAsync(stage.Fleet.Subscribe, () => stage.Fleet.At is not null);
        Assert.Equal(before + 6, stage.Api.Describe().Requests);
    }

    [Fact]
    public async Task SourceThatFails_LeavesTheNumbersWithTheirAge()
    {
        await stage.Fleet.RoundAsync(default);
        var (at, number) = (stage.Fleet.At, Number);
        stage.Cluster.PrometheusFaults.Fault = PrometheusFault.Forbidden;
        stage.Live(60);
        await stage.Fleet.RoundAsync(default);
        Assert.Equal((at, number.Throughput), (stage.Fleet.At, Number.Throughput));
        Assert.NotNull(stage.Fleet.Problem);
        stage.Cluster.PrometheusFaults.Fault = PrometheusFault.None;
        await stage.Fleet.RoundAsync(default);
        Assert.Null(stage.Fleet.Problem);
        Assert.Equal(stage.Time.GetUtcNow(), stage.Fleet.At);
    }
}
