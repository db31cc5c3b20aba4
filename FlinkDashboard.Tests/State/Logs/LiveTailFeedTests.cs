using FlinkDashboard.Model.Logs;
using FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.LiveTail;
using FlinkDashboard.State.Logs;

namespace FlinkDashboard.Tests.State.Logs;

/// <summary>Live Tail: each numbered line once, whatever happens to the session.</summary>
public sealed class LiveTailFeedTests : IAsyncLifetime
{
    private LogStage stage = null!;
    private string pod = "";
    private int next;

    private LiveTailFaults Faults => stage.Sandbox.Cluster.LiveTailFaults;

    public async Task InitializeAsync()
    {
        stage = await LogStage.StartAsync(20_000, speed: 1);
        await stage.MonitoredAsync("orders");
        pod = await stage.PodAsync("orders-taskmanager-1-1");
        Write(20);
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Session_ThatEndsOrBreaks_IsOpenedAgain_EachLineOnce()
    {
        var feed = stage.Open(Place, new(), null);
        using var look = feed.Subscribe(() => { });
        await ReachAsync(feed);
        foreach (var (i, trouble) in ((Action[])[Faults.ExpireSessions, () => Faults.CutNext(1), Faults.BreakSessions, () => Faults.CorruptNext(1)]).Index())
        {
            Write(15);
            await ReachAsync(feed);
            await Support.Eventually.UntilAsync(feed.Subscribe, () => Faults.Opened == i + 1 && feed.Now.State == LogFeedState.Live);
            Write(5);
            trouble();
            Write(5);
            await Support.Eventually.UntilAsync(feed.Subscribe, () => Faults.Opened == i + 2 && feed.Now.State == LogFeedState.Live, 60);
            Write(5);
            await ReachAsync(feed);
        }
        Assert.Equal(Enumerable.Range(0, next).Select(i => $"line {i}"), feed.Lines());
        Assert.Equal(3, feed.Marks().Count(m => m.StartsWith("The connection to Live Tail was lost here and taken up again; what was written meanwhile has been read.", StringComparison.Ordinal)));
        Assert.DoesNotContain(feed.Now.Entries, e => e.Kind == LogEntryKind.Gap);
    }

    [Fact]
    public async Task Session_ThatIsRefused_IsReplacedByAsking()
    {
        Faults.MostSessions = 0;
        var feed = stage.Open(Place, new(), null);
        using var look = feed.Subscribe(() => { });
        await ReachAsync(feed);
        Write(30);
        await ReachAsync(feed);
        Write(30);
        await ReachAsync(feed);
        Assert.Equal(Enumerable.Range(0, next).Select(i => $"line {i}"), feed.Lines());
        Assert.Equal(["Live Tail is not possible: The account has no more room for logs:StartLiveTail now: The maximum of 0 concurrent Live Tail sessions is reached. CloudWatch is asked every 3 s instead."], feed.Marks());
    }

    [Fact]
    public async Task Sample_IsMarked_AndItsEndToo()
    {
        var feed = stage.Open(Place, new(), null);
        using var look = feed.Subscribe(() => { });
        await ReachAsync(feed);
        await Support.Eventually.UntilAsync(feed.Subscribe, () => Faults.Opened == 1);
        Faults.EventsPerSecond = 50;
        Write(2_000);
        await feed.UntilAsync(s => s.IsSampled);
        await feed.UntilAsync(s => !s.IsSampled);
        Assert.StartsWith("CloudWatch delivers at most 500 lines a second", Assert.Single(feed.Now.Entries, e => e.Kind == LogEntryKind.Gap).Text, StringComparison.Ordinal);
        Assert.Contains("From here on all lines are delivered again.", feed.Marks());
    }

    [Fact]
    public async Task ManyViewers_HaveOneSession_WhichEndsWithTheLast()
    {
        var looks = new List<IDisposable>();
        LogFeed[] feeds = [.. Enumerable.Range(0, 20).Select(i => stage.Open(Place, new(Tail: 10 + (i % 4)), null))];
        foreach (var feed in feeds)
            looks.Add(feed.Subscribe(() => { }));
        Write(10);
        foreach (var feed in feeds)
            await ReachAsync(feed);
        foreach (var feed in feeds)
            await Support.Eventually.UntilAsync(feed.Subscribe, () => Faults.Opened == 1 && feed.Now.State == LogFeedState.Live);
        Assert.Equal((4, 1, 1, 1), (feeds.Distinct().Count(), Faults.Opened, Faults.Open, stage.Hub.TailSessions));
        looks.ForEach(l => l.Dispose());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (Faults.Open > 0 && await timer.WaitForNextTickAsync(patience.Token))
        {
            // The last viewer's grace.
        }
        Assert.Equal((0, 0), (stage.Hub.TailSessions, stage.Hub.Running.Count));
    }

    [Fact]
    public async Task Session_ThatSaysNothing_IsGivenUp()
    {
        var feed = stage.Open(Place, new(), null);
        using var look = feed.Subscribe(() => { });
        await ReachAsync(feed);
        Faults.IsStalled = true;
        Write(10);
        await feed.UntilAsync(s => s.State == LogFeedState.Paused, 60);
        Assert.Equal("Live Tail has said nothing for 10 s. It is tried again.", feed.Now.Problem);
        Faults.IsStalled = false;
        Write(10);
        await ReachAsync(feed);
        Assert.Equal(Enumerable.Range(0, next).Select(i => $"line {i}"), feed.Lines());
    }

    private static LogPlace Place => LogStage.Application() with { Way = LogWay.CloudWatch };

    private void Write(int lines)
    {
        for (var end = next + lines; next < end; next++)
            stage.Line(pod, $"line {next}");
    }

    private Task ReachAsync(LogFeed feed)
    {
        var last = $"line {next - 1}";
        return feed.UntilAsync(s => s.Entries.Any(e => e.Text == last), 60);
    }
}
