using FlinkDashboard.Model.Logs;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.State.Logs;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.State.Logs;

/// <summary>
/// Ten thousand lines a second for a minute, from the sandbox's Live Tail through its socket and the app's session to twenty viewers. Both clocks are moved by
/// hand, and each second waits until the app has taken the one before: what is asserted does not depend on how fast the machine is.
/// </summary>
public sealed class LiveTailFloodTests : IAsyncLifetime
{
    private const int PerSecond = 10_000;
    private const int Room = 20_000;
    private readonly FakeTimeProvider service = new(TimeProvider.System.GetUtcNow());
    private LogStage stage = null!;
    private string pod = "";
    private long written;

    public async Task InitializeAsync()
    {
        stage = await LogStage.StartAsync(Room, real: service);
        await stage.MonitoredAsync("orders");
        pod = await stage.PodAsync("orders-taskmanager-1-1");
        stage.Line(pod, "the first");
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Flood_OfAMinute_IsTakenInBounds_AndWhatIsMissingIsTold()
    {
        var faults = stage.Sandbox.Cluster.LiveTailFaults;
        LogFeed[] feeds = [.. Enumerable.Range(0, 20).Select(_ => stage.Open(LogStage.Application() with { Way = LogWay.CloudWatch }, new(Tail: 1), null))];
        var looks = feeds.Select(f => f.Subscribe(() => { })).ToList();
        var feed = feeds[0];
        await FirstAsync(feed);
        var opened = faults.Opened;

        // As the service does it: 500 lines of each second, evenly chosen, and a word that it is a sample.
        await SecondAsync(feed, delivered: 500);
        Assert.True(feed.Now.IsSampled);
        Assert.StartsWith("CloudWatch delivers at most 500 lines a second", Assert.Single(feed.Now.Entries, e => e.Kind == LogEntryKind.Gap).Text, StringComparison.Ordinal);
        for (var second = 1; second < 60; second++)
            await SecondAsync(feed, delivered: 500);
        Assert.Equal(60L * PerSecond, written);
        AssertBounds(feed.Now);
        Assert.Equal(Enumerable.Range(0, 500).Select(i => written - PerSecond + (i * 20) + 1), Numbers(feed.Now).TakeLast(500));

        // Without that limit every line arrives; those that the view does not keep are counted.
        faults.EventsPerSecond = int.MaxValue;
        await SecondAsync(feed, delivered: PerSecond);
        Assert.Contains("From here on all lines are delivered again.", feed.Marks());
        Assert.False(feed.Now.IsSampled);
        for (var second = 1; second < 3; second++)
            await SecondAsync(feed, delivered: PerSecond);
        AssertBounds(feed.Now);
        Assert.Equal(Enumerable.Range(1, Room).Select(i => written - Room + i), Numbers(feed.Now));
        Assert.StartsWith($"{feed.Now.Dropped:N0} older lines are no longer kept", feed.Now.Entries[0].Text, StringComparison.Ordinal);
        Assert.Equal((opened, 1, 1, 0L), (faults.Opened, faults.Open, stage.Hub.TailSessions, faults.DroppedUpdates));
        looks.ForEach(l => l.Dispose());
    }

    // What stands in the log is read through the gateway's own restraint, which waits for time to pass.
    private async Task FirstAsync(LogFeed feed)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (feed.Now.State != LogFeedState.Live || feed.Now.Entries.All(e => e.Text != "the first"))
        {
            await timer.WaitForNextTickAsync(patience.Token);
            Pass(TimeSpan.FromMilliseconds(10));
        }
    }

    private void Pass(TimeSpan time)
    {
        stage.World.Clock.Advance(time);
        service.Advance(time);
    }

    // One second: the lines are written over it, then the service tells of them, and the app has them.
    private async Task SecondAsync(LogFeed feed, int delivered)
    {
        for (var piece = 0; piece < 10; piece++)
        {
            stage.World.Clock.Advance(TimeSpan.FromMilliseconds(99));
            var (moment, first) = (stage.World.Now.AddMilliseconds(1), written + 1);
            stage.Write(pod, string.Join('\n', Enumerable.Range(0, PerSecond / 10).Select(i => LogFlood.Line(moment, first + i))));
            written += PerSecond / 10;
        }
        service.Advance(TimeSpan.FromSeconds(1));
        var last = $"line {written - (PerSecond / delivered) + 1:d8}";
        await feed.UntilAsync(s => s.Entries[^1].Text == last, 120);
    }

    // Nothing is lost on the way, and nothing is kept beyond the room: what went is counted.
    private static void AssertBounds(LogSnapshot now)
    {
        var kept = Numbers(now);
        Assert.Equal((0L, now.Read - now.Dropped), (now.Missed, kept.Count));
        Assert.Equal(Room, kept.Count);
        Assert.All(kept.Zip(kept.Skip(1)), p => Assert.True(p.First < p.Second));
    }

    private static List<long> Numbers(LogSnapshot now) =>
        [.. now.Entries.Where(e => e.Kind == LogEntryKind.Line).Select(e => LogFlood.NumberOf($" [] - {e.Text}")).OfType<long>()];
}
