using FlinkDashboard.Model.Logs;
using FlinkDashboard.Ui.Logs;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Ui.Logs;

/// <summary>Where rows stand, how much is sent, what is counted.</summary>
public class LogGeometryTests
{
    private static readonly HashSet<string> Open = ["id1"];

    [Fact]
    public void Height_CountsWrappedLines_Heads_AndOpenedTraces()
    {
        var narrow = new LogSheet(40, 1, true);
        Assert.Equal(1, LogGeometry.Height(Lines.Of(1, new string('x', 200)), LogSheet.Wide, false));
        Assert.Equal(1 + 6, LogGeometry.Height(Lines.Of(1, new string('x', 200), logger: "a.Bcd"), narrow, false)); // 205 letters
        Assert.Equal(2, LogGeometry.Height(Lines.Trace(1), LogSheet.Wide, false));
        Assert.Equal(8, LogGeometry.Height(Lines.Trace(1), LogSheet.Wide, true));
        Assert.Equal(3, LogGeometry.Height(Lines.Of(1, more: ["two", "three"]), LogSheet.Wide, false));
    }

    [Fact]
    public void Window_HoldsTheRowsInSight_AndTheSpaceAround()
    {
        var geometry = new LogGeometry(Lines.Many(1000), LogSheet.Wide, Open);
        var window = geometry.Window(500, 20, 10);
        Assert.Equal(new LogWindow(490, 40, 490, 470), window);
        Assert.Equal(1000, geometry.Lines);
        Assert.Equal(500, geometry.RowAt(500));
    }

    [Fact]
    public void Window_BehindTheEnd_IsTheEnd()
    {
        var window = new LogGeometry(Lines.Many(100), LogSheet.Wide, Open).Window(10_000, 20, 5);
        Assert.Equal((75, 25, 0), (window.First, window.Count, window.Below));
    }

    [Fact]
    public void Window_OfNothing_IsEmpty() => Assert.Equal(LogWindow.Empty, new LogGeometry([], LogSheet.Wide, Open).Window(0, 20, 5));

    [Fact]
    public void Budget_GivesWhatHasFlown()
    {
        var clock = new FakeTimeProvider();
        var budget = new LineBudget(clock, 1000, 2000);
        Assert.True(budget.Take(2000));
        Assert.False(budget.Take(500));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(budget.Take(900));
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.True(budget.Take(1_000_000)); // more than there is room for passes when the bucket is full
    }

    [Fact]
    public void Volume_CountsBySeverity_InWholeSteps()
    {
        LogEntry[] entries = [Lines.Of(0), Lines.Of(1, severity: LogSeverity.Error), Lines.Of(700, severity: LogSeverity.Warn), Lines.Gap(701, "x")];
        var volume = LogVolume.Of(entries, Lines.Noon, Lines.Noon.AddMinutes(2));
        Assert.Equal(TimeSpan.FromSeconds(2), volume.Step);
        Assert.Equal(new LogBucket(1, 0, 1), volume.Buckets[0]);
        Assert.Equal(new LogBucket(0, 1, 0), volume.Buckets[35]);
        Assert.Equal(3, volume.Buckets.Sum(bucket => bucket.All));
    }

    [Fact]
    public void Volume_OfYears_StaysSmall() => Assert.InRange(LogVolume.Of([], Lines.Noon, Lines.Noon.AddYears(3)).Buckets.Count, 1, 91);

    [Fact]
    public void Names_OfStreams_TellAsMuchOfPodAndOutput_AsIsNeeded()
    {
        string[] streams = ["a/orders-5d8f9c7b6d-x2x4z/STDOUT", "a/orders-5d8f9c7b6d-x2x4z/STDERR", "a/orders-5d8f9c7b6d-b7b9c/STDOUT", "a/orders-taskmanager-1-1/STDOUT", "a/orders-taskmanager-1-1/STDERR"];
        var names = LogSourceName.Of(streams, null);
        Assert.Equal(["JM x2x4z out", "JM err", "JM b7b9c", "TM 1-1 out", "TM 1-1 err"], streams.Select(stream => names[stream].Label));
    }

    [Fact]
    public void Names_AreShort_AndTellSourcesApart()
    {
        var names = LogSourceName.Of(["orders-5d8f9c7b6d-x2x4z", "orders-taskmanager-1-1", "orders-taskmanager-2-1"], new HashSet<string> { "orders-5d8f9c7b6d-x2x4z", "orders-taskmanager-2-1" });
        Assert.Equal(["JM", "TM 1-1", "TM 2-1"], names.Values.Select(name => name.Label));
        Assert.Equal([false, true, false], names.Values.Select(name => name.Gone));
        Assert.Equal(2, LogSourceName.Of(["orders-5d8f9c7b6d-aaaaa", "orders-5d8f9c7b6d-bbbbb"], null).Values.Select(name => name.Label).Distinct().Count());
    }
}
