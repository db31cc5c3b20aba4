using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.State.Flink;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.State.Flink;

/// <summary>One JobManager, many viewers.</summary>
public sealed class JobManagerFeedTests : IAsyncLifetime
{
    private JobManagerStage stage = null!;

    private JobManagerFeed Feed => stage.Feeds.Of(JobManagerStage.Address);

    public async Task InitializeAsync() => stage = await JobManagerStage.StartAsync();

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task TwentyViewers_CauseTheSameLoad_AsOne()
    {
        var one = await LoadOfAsync(viewers: 1);
        var twenty = await LoadOfAsync(viewers: 20);
        Assert.True(one.Count > 30, $"only {one.Count} requests");
        Assert.Equal(one, twenty);
        Assert.True(one.Count <= 60 + RequestBudget.Store, $"{one.Count} requests in a minute");
    }

    [Fact]
    public async Task OpenPage_AsksOnceInASecond_AfterItsFirstQuestions()
    {
        var job = stage.JobId;
        FlinkTopic[] page = [FlinkTopics.Job(job), FlinkTopics.Exceptions(job), FlinkTopics.Checkpoints(job), FlinkTopics.Overview, FlinkTopics.TaskManagers, FlinkTopics.Jobs];
        var watching = page.Select(t => Feed.Watch(t, () => { })).ToList();
        await Feed.SettleAsync();
        Assert.Equal(page.Length, stage.Asked.Count);
        for (var second = 0; second < 60; second++)
        {
            var before = stage.Asked.Count;
            await stage.PassAsync(Feed, 1);
            Assert.InRange(stage.Asked.Count - before, 0, 1);
        }
        watching.ForEach(w => w.Dispose());
    }

    [Fact]
    public async Task OpenedPart_IsAnsweredBeforeWhatIsOnlyAskedAnew()
    {
        var job = stage.JobId;
        using var page = Feed.Watch(FlinkTopics.Job(job), () => { });
        using var loads = Feed.Watch(FlinkTopics.Loads(job), () => { });
        await stage.PassAsync(Feed, 30);
        using var opened = Feed.Watch(FlinkTopics.JobConfig(job), () => { });
        await stage.PassAsync(Feed, 1);
        Assert.NotNull(Feed.Now(FlinkTopics.JobConfig(job)).Value);
    }

    [Fact]
    public async Task Topics_ThatNobodyWatches_AreNotAsked()
    {
        using var watching = Feed.Watch(FlinkTopics.Checkpoints(stage.JobId), () => { });
        await stage.PassAsync(Feed, 20);
        Assert.Equal(5, stage.Asked.Count);
        Assert.All(stage.Asked, p => Assert.Equal($"/jobs/{stage.JobId}/checkpoints", p));
    }

    [Fact]
    public async Task LastViewer_Leaving_EndsTheQuestions_AndLeavesTheAnswer()
    {
        var topic = FlinkTopics.Job(stage.JobId);
        using (Feed.Watch(topic, () => { }))
        using (Feed.Watch(topic, () => { }))
            await stage.PassAsync(Feed, 5);
        Assert.Equal(0, Feed.Watchers);
        var (asked, at) = (stage.Asked.Count, Feed.Now(topic).At);
        await stage.PassAsync(Feed, 30);
        Assert.Equal(asked, stage.Asked.Count);
        Assert.Equal(at, Feed.Now(topic).At);
        Assert.Equal(JobState.Running, Feed.Now(topic).Value!.Job.State);
        Assert.Empty(stage.Feeds.Watched);
    }

    [Fact]
    public async Task Viewers_AreToldOfEachAnswer_AndOnlyOfTheirTopic()
    {
        var (told, other) = (0, 0);
        using var mine = Feed.Watch(FlinkTopics.Overview, () => Interlocked.Increment(ref told));
        using var theirs = Feed.Watch(FlinkTopics.JobManagerConfig, () => Interlocked.Increment(ref other));
        await stage.PassAsync(Feed, 12);
        Assert.Equal(3, told);
        Assert.Equal(1, other);
        Feed.Refresh(FlinkTopics.JobManagerConfig);
        await stage.PassAsync(Feed, 1);
        Assert.Equal(2, other);
    }

    [Fact]
    public async Task Recorder_MayWatchMoreSlowly_ButNeverFasterThanTheTopic()
    {
        using var recorder = Feed.Watch(FlinkTopics.Overview, () => { }, TimeSpan.FromSeconds(30));
        await stage.PassAsync(Feed, 25);
        Assert.Single(stage.Asked);
        using var hasty = Feed.Watch(FlinkTopics.TaskManagers, () => { }, TimeSpan.FromMilliseconds(1));
        await stage.PassAsync(Feed, 3);
        Assert.Equal(2, stage.Asked.Count);
    }

    [Fact]
    public async Task LostJobManager_KeepsTheLastAnswer_BacksOff_AndRecovers()
    {
        var topic = FlinkTopics.Jobs;
        using var watching = Feed.Watch(topic, () => { });
        await stage.PassAsync(Feed, 4);
        var good = Feed.Now(topic);
        Assert.Null(good.Failure);
        var service = stage.World.Objects.Get(ResourceTypes.Services, "default", "orders-rest").Read();
        stage.World.Objects.Delete(ResourceTypes.Services, "default", "orders-rest");
        await stage.PassAsync(Feed, 60);
        var lost = Feed.Now(topic);
        Assert.True(lost.IsStale);
        Assert.InRange((lost.At - good.At)!.Value.TotalSeconds, 0, 4);
        Assert.True(lost.Failure!.IsOfTheWay);
        Assert.Contains("There is no service orders-rest", lost.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("JobManager orders in default, through the API server", lost.Failure.Source, StringComparison.Ordinal);
        Assert.True(Feed.Requests < 12, $"{Feed.Requests} requests in a minute without an answer");
        service["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "orders-rest", ["namespace"] = "default" };
        service["spec"]!.AsObject().Remove("clusterIP");
        service["spec"]!.AsObject().Remove("clusterIPs");
        stage.World.Objects.Create(ResourceTypes.Services, service);
        stage.Live(5);
        await stage.PassAsync(Feed, 60);
        Assert.Null(Feed.Now(topic).Failure);
        Assert.True(Feed.Now(topic).At > lost.At);
    }

    [Fact]
    public async Task AbsentThing_IsAFailureOfItsTopicOnly()
    {
        using var gone = Feed.Watch(FlinkTopics.Checkpoint(stage.JobId, 4711), () => { });
        using var there = Feed.Watch(FlinkTopics.Overview, () => { });
        await stage.PassAsync(Feed, 2);
        var failure = Feed.Now(FlinkTopics.Checkpoint(stage.JobId, 4711)).Failure!;
        Assert.True(failure.IsAbsent);
        Assert.Equal("Could not find checkpointing statistics for checkpoint 4711.", failure.Message);
        Assert.Null(Feed.Now(FlinkTopics.Overview).Failure);
    }

    [Fact]
    public async Task Loads_ComeForEveryVertex_OneAtATime()
    {
        using var job = Feed.Watch(FlinkTopics.Job(stage.JobId), () => { });
        using var loads = Feed.Watch(FlinkTopics.Loads(stage.JobId), () => { });
        await stage.PassAsync(Feed, 12);
        var seen = Feed.Now(FlinkTopics.Loads(stage.JobId)).Value!;
        Assert.Equal(3, seen.ByVertex.Count);
        Assert.All(seen.ByVertex.Values, l => Assert.InRange(l.BusiestShare, l.BusyShare, 1));
    }

    private async Task<List<string>> LoadOfAsync(int viewers)
    {
        await using var feeds = new JobManagerFeeds(stage.Rest, stage.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<JobManagerFeeds>.Instance);
        var feed = feeds.Of(JobManagerStage.Address);
        stage.Asked.Clear();
        var job = stage.JobId;
        FlinkTopic[] page = [FlinkTopics.Job(job), FlinkTopics.Loads(job), FlinkTopics.Exceptions(job), FlinkTopics.Checkpoints(job), FlinkTopics.CheckpointConfig(job)];
        var watching = Enumerable.Range(0, viewers).SelectMany(_ => page.Select(t => feed.Watch(t, () => { }))).ToList();
        await stage.PassAsync(feed, 60);
        watching.ForEach(w => w.Dispose());
        return [.. stage.Asked.Order(StringComparer.Ordinal)];
    }
}
