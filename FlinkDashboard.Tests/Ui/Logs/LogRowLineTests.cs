using Bunit;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Ui.Logs;

namespace FlinkDashboard.Tests.Ui.Logs;

/// <summary>One row of a log.</summary>
public class LogRowLineTests : UiContext
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("two", TimeSpan.FromHours(2), null, null);

    [Fact]
    public void Line_ShowsTimeOfTheReader_Letter_Source_Logger_Text()
    {
        var row = Draw(Lines.Of(3, "Checkpoint 5 failed", LogSeverity.Warn), source: new("orders-taskmanager-1-1", "TM 1-1", false)).Find(".log-row");
        Assert.Equal(["14:00:00.300", "W", "TM 1-1"], row.Children.Take(3).Select(part => part.TextContent));
        Assert.Equal("JobMaster", row.QuerySelector("b")!.TextContent);
        Assert.EndsWith("Checkpoint 5 failed", row.TextContent.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("w", row.ClassList);
    }

    [Fact]
    public void Line_OfAnotherDay_HasTheDate()
    {
        var row = LogRow.From(Lines.Of(0), Zone, true, null, false, LogSearch.None, null);
        Assert.Equal("03-01 14:00:00.000", row.Time);
    }

    [Fact]
    public void Trace_IsFolded_WithItsDeepestCause()
    {
        var button = Draw(Lines.Trace(1)).Find("button");
        Assert.Equal("false", button.GetAttribute("aria-expanded"));
        Assert.Contains("6 more lines", button.TextContent, StringComparison.Ordinal);
        Assert.Equal("Caused by: java.net.ConnectException: Connection refused", button.QuerySelector("em")!.TextContent);
    }

    [Fact]
    public void Trace_Opened_ShowsEveryLine()
    {
        var drawn = Draw(Lines.Trace(1), open: true);
        Assert.Equal("true", drawn.Find("button").GetAttribute("aria-expanded"));
        Assert.Equal(6, drawn.Find("pre").TextContent.Split('\n').Length);
    }

    [Fact]
    public void FewLines_AreNotFolded()
    {
        var drawn = Draw(Lines.Of(1, more: ["second", "third"]));
        Assert.Empty(drawn.FindAll("button"));
        Assert.Equal("second\nthird", drawn.Find("pre").TextContent);
    }

    [Fact]
    public void Match_InsideAFoldedTrace_IsShownOnTheFold()
    {
        var drawn = Draw(Lines.Trace(1), LogSearch.Of("ioexception", false));
        Assert.Equal("IOException", drawn.Find("em mark").TextContent);
    }

    [Fact]
    public void Match_IsMarked_AlsoInOpenedLines()
    {
        var drawn = Draw(Lines.Trace(1), LogSearch.Of("refused|failed", true), open: true);
        Assert.Equal(["failed", "refused"], drawn.FindAll("mark").Select(mark => mark.TextContent));
    }

    [Fact]
    public void Colours_BecomeClassNames_AndNoEscapeRemains()
    {
        var drawn = Draw(Lines.Of(1, "\u001b[32mok\u001b[0m done"));
        Assert.Equal("ok", drawn.Find(".ansi-2").TextContent);
        Assert.DoesNotContain('\u001b', drawn.Markup);
    }

    [Fact]
    public void Markup_InALine_IsText()
    {
        var drawn = Draw(Lines.Of(1, "<img src=x onerror=alert(1)>", more: ["<b>bold</b>"]));
        Assert.Empty(drawn.FindAll("img"));
        Assert.Contains("<img src=x", drawn.Find(".log-row").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Gap_GoesOverTheWholeWidth()
    {
        var mark = Draw(Lines.Gap(1, "132 lines are missing here")).Find(".log-mark.gap");
        Assert.Equal("132 lines are missing here", mark.QuerySelector("span")!.TextContent);
    }

    [Fact]
    public void Source_ThatIsGone_IsMarked() => Assert.Contains("gone", Draw(Lines.Of(1), source: new("p", "TM 1-1", true)).Find(".log-row").ClassList);

    [Fact]
    public void SameRow_IsNotDrawnAgain()
    {
        var entry = Lines.Of(1);
        var drawn = Draw(entry);
        var before = drawn.RenderCount;
        drawn.Render(p => p.Add(line => line.Row, LogRow.From(entry, Zone, false, null, false, LogSearch.None, null)));
        Assert.Equal(before, drawn.RenderCount);
    }

    private IRenderedComponent<LogRowLine> Draw(LogEntry entry, LogSearch? search = null, bool open = false, LogSourceName? source = null) =>
        Render<LogRowLine>(p => p.Add(line => line.Row, LogRow.From(entry, Zone, false, source, open, search ?? LogSearch.None, null)));
}
