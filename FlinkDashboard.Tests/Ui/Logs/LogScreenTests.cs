using Bunit;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Ui.Logs;
using Microsoft.AspNetCore.Components;

namespace FlinkDashboard.Tests.Ui.Logs;

/// <summary>The rows in sight: following, pausing, scrolling, picking.</summary>
public class LogScreenTests : UiContext
{
    private static readonly LogMeasure Measure = new(120, 0, false, 20, "UTC", 0);

    [Fact]
    public async Task Rows_InSight_AloneAreDrawn_AndTheEndIsFollowed()
    {
        var screen = await DrawAsync(Lines.Many(5_000));
        Assert.InRange(screen.FindAll(".log-row[data-id]").Count, 20, 60);
        Assert.Equal("id4999", Last(screen));
        Assert.Equal("5,000 lines", screen.Find("[data-log-counts]").TextContent);
    }

    [Fact]
    public async Task ScrolledUp_NewLines_AreCounted_AndTheViewStays()
    {
        var screen = await DrawAsync(Lines.Many(500));
        await screen.InvokeAsync(() => screen.Instance.View(100, 20, false));
        var first = First(screen);
        Feed(screen, Lines.Many(512));
        Assert.Equal(first, First(screen));
        Assert.Contains("12 new lines", screen.Find("[data-log-end]").TextContent, StringComparison.Ordinal);
        screen.Find("[data-log-end]").Click();
        Assert.Equal("id511", Last(screen));
        Assert.Empty(screen.FindAll("[data-log-end]"));
    }

    [Fact]
    public async Task Paused_ViewHolds_SaysHowManyWait_AndLosesNothing()
    {
        var screen = await DrawAsync(Lines.Many(100));
        screen.Find("[data-log-pause]").Click();
        Feed(screen, Lines.Many(137));
        Assert.Equal("id99", Last(screen));
        Assert.Contains("37 lines wait", screen.Find("[data-log-resume]").TextContent, StringComparison.Ordinal);
        Assert.Equal(("100", "37"), (screen.Find("[data-log]").GetAttribute("data-shown"), screen.Find("[data-log]").GetAttribute("data-waiting")));
        screen.Find("[data-log-resume]").Click();
        Assert.Equal("id136", Last(screen));
        Assert.Equal("137", screen.Find("[data-log]").GetAttribute("data-shown"));
    }

    [Fact]
    public async Task ManyLinesAtOnce_AreDrawnInSteps()
    {
        var screen = await DrawAsync(Lines.Many(100));
        for (var i = 1; i <= 10; i++)
            Feed(screen, Lines.Many(100 + i * 1000));
        Assert.NotEqual("id10099", Last(screen)); // more than may be sent at once
        Screen.Advance(TimeSpan.FromSeconds(5));
        Feed(screen, Lines.Many(10_100));
        Assert.Equal("id10099", Last(screen));
    }

    [Fact]
    public async Task Trace_OpensAndFolds_AndStopsFollowing()
    {
        var screen = await DrawAsync([.. Lines.Many(50), Lines.Trace(50)]);
        await screen.InvokeAsync(() => screen.Instance.Toggle("id50"));
        Assert.NotNull(screen.Find("[data-id=id50] pre"));
        Assert.Equal("false", screen.Find("[data-log]").GetAttribute("data-following"));
        await screen.InvokeAsync(() => screen.Instance.Toggle("id50"));
        Assert.Empty(screen.FindAll("[data-id=id50] pre"));
    }

    [Fact]
    public async Task LineOfTheAddress_IsGoneTo_Once_WhenItIsThere()
    {
        var screen = await DrawAsync(Lines.Many(10), p => p.Add(s => s.Line, "id700"));
        Assert.Empty(screen.FindAll(".here"));
        Feed(screen, Lines.Many(2_000));
        Assert.Equal("id700", screen.Find(".log-row.here").GetAttribute("data-id"));
        await screen.InvokeAsync(() => screen.Instance.View(0, 20, false));
        Feed(screen, Lines.Many(2_001));
        Assert.Equal("id0", First(screen));
    }

    [Fact]
    public async Task Picked_Lines_CanBeCopied_WithTheirExactTimes_AndWithoutColours()
    {
        var screen = await DrawAsync([Lines.Of(0), Lines.Of(1, "\u001b[31mred\u001b[0m", LogSeverity.Error), Lines.Trace(2), Lines.Of(3)], p => p.Add(s => s.Link, entry => $"/logs?line={entry.Id}"));
        await screen.InvokeAsync(() => screen.Instance.Pick("id1", false));
        Assert.Equal("/logs?line=id1", screen.Find("[data-log-link]").GetAttribute("href"));
        await screen.InvokeAsync(() => screen.Instance.Pick("id2", true));
        var text = screen.Instance.PickedText().Split('\n');
        Assert.Equal("2026-03-01T12:00:00.100Z ERROR orders-taskmanager-1-1 org.apache.flink.runtime.jobmaster.JobMaster - red", text[0]);
        Assert.Equal(2 + 6, text.Length);
        Assert.Equal(2, screen.FindAll(".log-row.picked").Count);
    }

    [Fact]
    public async Task Matches_AreGoneTo_OneAfterTheOther()
    {
        var entries = Lines.Many(300);
        entries[20] = Lines.Of(20, "needle");
        entries[250] = Lines.Of(250, "needle");
        var screen = await DrawAsync(entries, p => p.Add(s => s.Filter, new LogFilter(LogSearch.Of("needle", false), Only: false)));
        await screen.InvokeAsync(() => screen.Instance.View(0, 20, false));
        await screen.InvokeAsync(() => screen.Instance.Step(1));
        Assert.Equal("id20", screen.Find(".found").GetAttribute("data-id"));
        await screen.InvokeAsync(() => screen.Instance.Step(1));
        Assert.Equal("id250", screen.Find(".found").GetAttribute("data-id"));
        await screen.InvokeAsync(() => screen.Instance.Step(1));
        Assert.Equal("id20", screen.Find(".found").GetAttribute("data-id"));
    }

    [Fact]
    public async Task Filter_ThatHidesAll_SaysHowManyStandOutside()
    {
        var screen = await DrawAsync(Lines.Many(30), p => p.Add(s => s.Filter, new LogFilter(LogSearch.Of("nothing", false))));
        Assert.Contains("30 lines of this window stand outside the filter", screen.Find(".log-empty").TextContent, StringComparison.Ordinal);
        Assert.Equal("0 of 30 lines", screen.Find("[data-log-counts]").TextContent);
    }

    [Fact]
    public async Task Keyboard_WalksLines_AndSpeaksThem()
    {
        var screen = await DrawAsync([Lines.Of(0), Lines.Of(1, "second")]);
        await screen.InvokeAsync(() => screen.Instance.Walk(-1));
        await screen.InvokeAsync(() => screen.Instance.Walk(-1));
        Assert.Equal("id0", screen.Find(".picked").GetAttribute("data-id"));
        await screen.InvokeAsync(() => screen.Instance.Walk(1));
        Assert.Contains("second", screen.FindAll("[role=status]")[^1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OldestLine_InSight_AsksForOlderOnes()
    {
        var asked = 0;
        var screen = await DrawAsync(Lines.Many(100), p => p.Add(s => s.OlderWanted, EventCallback.Factory.Create(this, () => { asked++; })));
        await screen.InvokeAsync(() => screen.Instance.View(50, 20, false));
        Assert.Equal(0, asked);
        await screen.InvokeAsync(() => screen.Instance.View(0, 20, false));
        Assert.Equal(1, asked);
    }

    private async Task<IRenderedComponent<LogScreen>> DrawAsync(IReadOnlyList<LogEntry> entries, Action<ComponentParameterCollectionBuilder<LogScreen>>? more = null)
    {
        var screen = Render<LogScreen>(p =>
        {
            p.Add(s => s.Entries, entries).Add(s => s.IsLive, true);
            more?.Invoke(p);
        });
        await screen.InvokeAsync(() => screen.Instance.Measured(Measure));
        return screen;
    }

    private static void Feed(IRenderedComponent<LogScreen> screen, IReadOnlyList<LogEntry> entries) => screen.Render(p => p.Add(s => s.Entries, entries));

    private static string? Last(IRenderedComponent<LogScreen> screen) => screen.FindAll(".log-row[data-id]")[^1].GetAttribute("data-id");

    private static string? First(IRenderedComponent<LogScreen> screen) => screen.FindAll(".log-row[data-id]")[0].GetAttribute("data-id");
}
