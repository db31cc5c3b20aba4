using FlinkDashboard.Model;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.State.Logs;

namespace FlinkDashboard.Tests.State.Logs;

/// <summary>Logs of pods, live.</summary>
public sealed class PodFeedTests : IAsyncLifetime
{
    private LogStage stage = null!;

    public async Task InitializeAsync() => stage = await LogStage.StartAsync(2_000);

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Pods_AreMergedByTime_AndNewOnesJoin()
    {
        var (a, b) = (await stage.PodAsync("orders-abc-1", component: "jobmanager"), await stage.PodAsync("orders-taskmanager-1-1"));
        await stage.PodAsync("other-1", "other");
        foreach (var i in Enumerable.Range(0, 6))
            stage.Line(i % 2 == 0 ? a : b, $"line {i}");
        var feed = stage.Open(LogStage.Application(), new(), null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.Count == 6 && s.State == LogFeedState.Live);
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"line {i}"), feed.Lines());
        Assert.Equal(("orders-abc-1", LogSeverity.Info, "org.apache.flink.Some"), (feed.Now.Entries[0].Source, feed.Now.Entries[0].Severity, feed.Now.Entries[0].Logger));
        var c = await stage.PodAsync("orders-taskmanager-1-2");
        stage.Line(c, "line 6", "WARN ");
        stage.Line(a, "line 7");
        await feed.UntilAsync(s => s.Count == 8);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"line {i}"), feed.Lines());
        Assert.Equal(["orders-abc-1", "orders-taskmanager-1-1", "orders-taskmanager-1-2"], feed.Now.Sources.Select(s => s.Name));
    }

    [Fact]
    public async Task CutConnection_IsTakenUpAgain_EachLineOnce()
    {
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        var feed = stage.Open(LogStage.Application(), new(), null);
        using var look = feed.Subscribe(() => { });
        for (var round = 0; round < 4; round++)
        {
            stage.Write(pod, string.Join('\n', Enumerable.Range(round * 50, 50).Select(i => $"line {i}"))); // all at the same time
            await feed.UntilAsync(s => s.Read >= (round + 1) * 50);
            stage.Sandbox.Cluster.Faults.CutWatches();
        }
        stage.Line(pod, "last");
        await feed.UntilAsync(s => s.Entries.Any(e => e.Text == "last"));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"line {i}").Append("last"), feed.Lines());
        Assert.Empty(feed.Marks());
    }

    [Fact]
    public async Task RestartedContainer_IsFollowedOn_WithANote()
    {
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        stage.Line(pod, "before");
        var feed = stage.Open(LogStage.Application(), new(), null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.Count == 1);
        stage.Restart(pod, "orders-taskmanager-1-1", 137);
        stage.Line(pod, "after", restart: 1);
        await feed.UntilAsync(s => s.Entries.Any(e => e.Text == "after"));
        Assert.Equal(["before", "after"], feed.Lines());
        Assert.Equal(["flink-main-container started again after exit code 137 (Error)."], feed.Marks());
        var previous = stage.Open(LogStage.Application() with { Pods = ["orders-taskmanager-1-1"], Previous = true }, new(), null);
        using var second = previous.Subscribe(() => { });
        await previous.UntilAsync(s => s.State == LogFeedState.Ended);
        Assert.Equal(["before"], previous.Lines());
    }

    [Fact]
    public async Task DeletedPod_StaysWithWhatItSaid()
    {
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        stage.Line(pod, "last words");
        var feed = stage.Open(LogStage.Application(), new(), null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.Count == 1);
        stage.Delete(pod, "orders-taskmanager-1-1");
        await feed.UntilAsync(s => s.State == LogFeedState.Ended);
        Assert.Equal(["last words"], feed.Lines());
        Assert.Equal(["Pod orders-taskmanager-1-1 is gone."], feed.Marks());
    }

    [Fact]
    public async Task StackTraces_AreFolded_AndSecretsMasked()
    {
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        var feed = stage.Open(LogStage.Application(), new(), null);
        using var look = feed.Subscribe(() => { });
        stage.Line(pod, "failed with password=hunter2", "ERROR");
        stage.Write(pod, "java.lang.IllegalStateException: no");
        await feed.UntilAsync(s => s.Read == 2);
        stage.Write(pod, "\tat a.B.c(B.java:1)\nCaused by: x.Y: token=abcdef\n\t... 12 more");
        await feed.UntilAsync(s => s.Read == 5);
        var entry = Assert.Single(feed.Now.Entries);
        Assert.Equal((LogSeverity.Error, "failed with password=••••••"), (entry.Severity, entry.Text));
        Assert.Equal(["java.lang.IllegalStateException: no", "\tat a.B.c(B.java:1)", "Caused by: x.Y: token=••••••", "\t... 12 more"], entry.More);
    }

    [Fact]
    public async Task OldLines_AreDroppedAndCounted()
    {
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        var feed = stage.Open(LogStage.Application(), new(), null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.State == LogFeedState.Live);
        foreach (var i in Enumerable.Range(0, 5_000))
            stage.Line(pod, $"line {i}");
        await feed.UntilAsync(s => s.Read == 5_000);
        var now = feed.Now;
        Assert.Equal((3_000L, 2_001, 2_999L, OlderLines.NoRoom), (now.Dropped, now.Count, now.FirstNumber, now.Older));
        Assert.Equal(LogEntryKind.Gap, now.Entries[0].Kind);
        Assert.StartsWith("3,000 older lines are no longer kept", now.Entries[0].Text, StringComparison.Ordinal);
        Assert.Equal(("line 3000", "line 4999"), (now.Entries[1].Text, now.Entries[2_000].Text));
    }

    [Fact]
    public async Task OlderLines_AreLoaded_UntilThereAreNone()
    {
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        foreach (var i in Enumerable.Range(0, 130))
            stage.Write(pod, $"{i / 7 * 7:d3} x"); // seven equal ones, at different times
        var feed = stage.Open(LogStage.Application(), new(Tail: 30), null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.Count == 30);
        var (last, number) = (feed.Now.Entries[29], feed.Now.FirstNumber + 29);
        Assert.Equal(OlderLines.Possible, feed.Now.Older);
        stage.Write(pod, "new");
        await feed.OlderAsync();
        await feed.UntilAsync(s => s.Count == 131);
        Assert.Equal(Enumerable.Range(0, 130).Select(i => $"{i / 7 * 7:d3} x").Append("new"), feed.Lines());
        Assert.Equal((OlderLines.None, -100L), (feed.Now.Older, feed.Now.FirstNumber));
        Assert.Equal(last, feed.Now.Entries[(int)(number - feed.Now.FirstNumber)]);
    }

    [Fact]
    public async Task Viewers_ShareOneReading_OfTheSameUserOnly()
    {
        await stage.PodAsync("orders-taskmanager-1-1");
        var user = new UserIdentity("viewer", ["flink-viewers"]);
        var feeds = Enumerable.Range(0, 20).Select(_ => stage.Open(LogStage.Application(), new(), null)).ToList();
        Assert.Single(feeds.Distinct());
        Assert.NotSame(feeds[0], stage.Open(LogStage.Application(), new(), user));
        Assert.NotSame(feeds[0], stage.Open(LogStage.Application(), new(Tail: 5), null));
        var looks = feeds.Select(f => f.Subscribe(() => { })).ToList();
        Assert.Equal((20, 1), (feeds[0].Viewers, stage.Hub.Running.Count));
        looks.ForEach(l => l.Dispose());
        Assert.Equal(0, feeds[0].Viewers);
    }

    [Fact]
    public async Task UserWithoutTheRight_IsToldWhichIsMissing()
    {
        await stage.PodAsync("orders-taskmanager-1-1");
        var feed = stage.Open(LogStage.Application(), new(), new UserIdentity("stranger", []));
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.State == LogFeedState.Failed);
        Assert.Equal("stranger may not read the log of orders-taskmanager-1-1: the right \"get pods/log\" in team is missing.", feed.Now.Problem);
    }

    [Fact]
    public async Task Application_WithoutPods_SaysSoAndWaits()
    {
        var feed = stage.Open(LogStage.Application(), new(), null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.State == LogFeedState.Paused);
        Assert.Equal("No pod of orders has started: lines appear when it does.", feed.Now.Problem);
        stage.Line(await stage.PodAsync("orders-taskmanager-1-1"), "here");
        await feed.UntilAsync(s => s.Count == 1 && s.State == LogFeedState.Live);
        Assert.Null(feed.Now.Problem);
    }

    [Fact]
    public async Task Window_OfThePast_EndsAtItsEnd()
    {
        var pod = await stage.PodAsync("orders-taskmanager-1-1");
        foreach (var i in Enumerable.Range(0, 100))
            stage.Line(pod, $"line {i}");
        var start = Support.SandboxStage.Start;
        var feed = stage.Open(LogStage.Application(), new(start.AddMilliseconds(11), start.AddMilliseconds(21)), null);
        using var look = feed.Subscribe(() => { });
        await feed.UntilAsync(s => s.State == LogFeedState.Ended);
        Assert.Equal(Enumerable.Range(10, 10).Select(i => $"line {i}"), feed.Lines());
    }
}
