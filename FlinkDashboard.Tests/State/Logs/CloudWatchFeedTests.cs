using FlinkDashboard.Model.Logs;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.State.Logs;

namespace FlinkDashboard.Tests.State.Logs;

/// <summary>Logs of CloudWatch: history, and what comes while one looks.</summary>
public sealed class CloudWatchFeedTests : IAsyncLifetime
{
    private LogStage stage = null!;

    public async Task InitializeAsync()
    {
        stage = await LogStage.StartAsync(5_000);
        await stage.MonitoredAsync("orders");
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Window_IsRead_AlsoOfPodsThatAreGone_AndOfNoOther()
    {
        var (gone, there) = (await stage.PodAsync("orders-taskmanager-1-1"), await stage.PodAsync("orders-taskmanager-1-2"));
        await stage.MonitoredAsync("orders-b", prefix: "orders");
        var other = await stage.PodAsync("orders-b-taskmanager-1-1", "orders-b");
        foreach (var i in Enumerable.Range(0, 100))
        {
            stage.Line(i % 2 == 0 ? gone : there, $"line {i}");
            stage.Line(other, "of another application");
        }
        stage.Delete(gone, "orders-taskmanager-1-1");
        var feed = stage.Open(LogStage.Application() with { Way = LogWay.CloudWatch }, Window(), null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.State == LogFeedState.Ended);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"line {i}"), feed.Lines());
        Assert.Equal((OlderLines.None, "orders-taskmanager-1-1"), (feed.Now.Older, feed.Now.Entries[0].Source));
        Assert.Equal("orders-taskmanager-1-1", Assert.Single((await stage.Sources.StreamsAsync(stage.Sources.TargetOf(LogStage.Application() with { Way = LogWay.CloudWatch }), default)).Gone).Name);
    }

    [Fact]
    public async Task Output_IsChosenByTheNameOfTheStream()
    {
        stage.Line(await stage.PodAsync("orders-taskmanager-1-1"), "one");
        var place = LogStage.Application() with { Way = LogWay.CloudWatch };
        Assert.Contains("STDOUT", (await stage.Sources.StreamsAsync(stage.Sources.TargetOf(place), default)).Outputs);
        foreach (var (output, lines) in ((string, int)[])[("STDOUT", 1), ("STDERR", 0)])
        {
            var feed = stage.Open(place with { Output = output }, Window(), null);
            using var look = feed.Subscribe(() => { });
            await feed.UntilAsync(s => s.State == LogFeedState.Ended);
            Assert.Equal(lines, feed.Lines().Count());
        }
    }

    [Fact]
    public async Task Ids_AreThoseOfThePod()
    {
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        foreach (var text in (string[])["one", "two", "two"])
            stage.Line(pod, text);
        var (cloud, kubelet) = (stage.Open(LogStage.Application() with { Way = LogWay.CloudWatch }, Window(), null), stage.Open(LogStage.Application(), new(), null));
        using var first = cloud.Subscribe(() => { });
        using var second = kubelet.Subscribe(() => { });
        await cloud.UntilAsync(s => s.State == LogFeedState.Ended);
        await kubelet.UntilAsync(s => s.Count == 3);
        Assert.Equal(kubelet.Now.Entries.Select(e => e.Id), cloud.Now.Entries.Select(e => e.Id));
    }

    [Fact]
    public async Task Trace_SplitByThePieces_IsOneEntry()
    {
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        stage.Line(pod, "failed", "ERROR");
        stage.Write(pod, "java.lang.X: y");
        foreach (var i in Enumerable.Range(0, 20))
        {
            stage.World.Clock.Advance(TimeSpan.FromSeconds(4));
            stage.Write(pod, $"\tat frame {i}");
        }
        var feed = stage.Open(LogStage.Application() with { Way = LogWay.CloudWatch }, Window(), null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.State == LogFeedState.Ended);
        Assert.Equal(["java.lang.X: y", .. Enumerable.Range(0, 20).Select(i => $"\tat frame {i}")], Assert.Single(feed.Now.Entries).More);
    }

    [Fact]
    public async Task RarePattern_IsSearchedToItsBeginning()
    {
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        stage.Line(pod, "needle");
        foreach (var i in Enumerable.Range(0, 6_000))
            stage.Line(pod, $"hay {i}");
        var feed = stage.Open(LogStage.Application() with { Way = LogWay.CloudWatch }, Window() with { Pattern = "needle" }, null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.State == LogFeedState.Ended);
        Assert.Equal(["needle"], feed.Lines());
        Assert.Equal(feed.View.From, feed.Now.SearchedTo);
    }

    [Fact]
    public async Task LiveView_GoesOn_EachLineOnce_AndSaysHow()
    {
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        foreach (var i in Enumerable.Range(0, 50))
            stage.Line(pod, $"line {i}");
        var feed = stage.Open(LogStage.Application() with { Way = LogWay.CloudWatch }, new(), null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.Count >= 50 && s.State == LogFeedState.Live);
        for (var i = 50; i < 100; i++)
        {
            stage.World.Clock.Advance(TimeSpan.FromMilliseconds(100));
            stage.Line(pod, $"line {i}");
        }
        await feed.UntilAsync(s => s.Entries.Any(e => e.Text == "line 99"));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"line {i}"), feed.Lines());
        Assert.Equal(1, stage.Hub.TailSessions);
    }

    [Fact]
    public async Task OlderLines_AreLoaded()
    {
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        foreach (var i in Enumerable.Range(0, 300))
        {
            stage.World.Clock.Advance(TimeSpan.FromSeconds(1));
            stage.Line(pod, $"line {i}");
        }
        var feed = stage.Open(LogStage.Application() with { Way = LogWay.CloudWatch }, new(Tail: 10), null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.Older == OlderLines.Possible && s.Count >= 10 && s.SearchedTo is not null);
        Assert.InRange(feed.Now.Count, 10, 200);
        await feed.OlderAsync();
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"line {i}"), feed.Lines());
    }

    [Fact]
    public async Task Trouble_IsTold_AndPasses()
    {
        stage.Line(await stage.PodAsync("orders-taskmanager-1-1"), "here");
        stage.Sandbox.Cluster.LogsFaults.FailNext(8);
        var feed = stage.Open(LogStage.Application() with { Way = LogWay.CloudWatch }, Window(), null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.State == LogFeedState.Paused);
        Assert.StartsWith("CloudWatch Logs cannot answer now: The service cannot complete the request.", feed.Now.Problem, StringComparison.Ordinal);
        await feed.UntilAsync(s => s.State == LogFeedState.Ended, 60);
        Assert.Equal(["here"], feed.Lines());
        Assert.Null(feed.Now.Problem);
    }

    [Fact]
    public async Task NoGroup_AndBadPattern_SayWhatToDo()
    {
        var none = stage.Open(LogStage.Application("plain") with { Way = LogWay.CloudWatch }, Window(), null);
        using var first = none.Subscribe(() => { });
        await none.UntilAsync(s => s.State == LogFeedState.Failed);
        Assert.StartsWith("plain names no log group", none.Now.Problem, StringComparison.Ordinal);
        var bad = stage.Open(new(LogWay.CloudWatch, Group: AwsAccount.LogGroup), Window() with { Pattern = "a.b" }, null);
        using var second = bad.Subscribe(() => { });
        await bad.UntilAsync(s => s.State == LogFeedState.Failed);
        Assert.Contains("Invalid character(s) in term '.'", bad.Now.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_HasEveryLine_Masked()
    {
        var (a, b) = (await stage.PodAsync("orders-taskmanager-1-1"), await stage.PodAsync("orders-taskmanager-1-2"));
        foreach (var i in Enumerable.Range(0, 3_000))
            stage.Write(i % 2 == 0 ? a : b, $"{i} password=x{i}");
        List<string> cloud = [], pods = [];
        await foreach (var line in stage.DownloadAsync(LogStage.Application() with { Way = LogWay.CloudWatch }, Window(), null, default))
            cloud.Add(line);
        await foreach (var line in stage.DownloadAsync(LogStage.Application(), Window(), null, default))
            pods.Add(line);
        Assert.Equal(Enumerable.Range(0, 3_000).Select(i => $"orders-taskmanager-1-{1 + (i % 2)} {i} password=••••••"), cloud);
        Assert.Equal(cloud, pods);
    }

    // Everything from the beginning of the world to now.
    private LogView Window() => new(Support.SandboxStage.Start, stage.World.Now.AddSeconds(1), false);
}
