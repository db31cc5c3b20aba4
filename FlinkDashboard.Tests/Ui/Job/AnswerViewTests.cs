using Bunit;
using FlinkDashboard.Model.Flink;
using FlinkDashboard.Ui.Job;

namespace FlinkDashboard.Tests.Ui.Job;

/// <summary>An answer of a JobManager on the screen: loading, there, old, absent, failed.</summary>
public class AnswerViewTests : UiContext
{
    private DateTimeOffset Now => Cluster.GetUtcNow();

    private FlinkFailure Failure(bool absent = false) => new("JobManager orders in team, through the API server", "/jobs", "No JobManager answers.", "at a.B.c", Now, absent ? 404 : 503, absent, !absent);

    [Fact]
    public void Nothing_Yet_IsLoading() => Assert.NotNull(Draw(new(null, null, null)).Find(".loading"));

    [Fact]
    public void Value_IsShown_WithItsAge()
    {
        var drawn = Draw(new("42", Now.AddSeconds(-4), null));
        Assert.Equal("42", drawn.Find("b").TextContent);
        Assert.Contains("4 s ago", drawn.Find(".answer-source").TextContent, StringComparison.Ordinal);
        Assert.Empty(drawn.FindAll(".answer-stale, .answer-error"));
    }

    [Fact]
    public void OldValue_Stays_WithAgeSourceAndReason()
    {
        var drawn = Draw(new("42", Now.AddMinutes(-4), Failure()));
        Assert.Equal("42", drawn.Find("b").TextContent);
        var stale = drawn.Find(".answer-stale").TextContent;
        Assert.Contains("4 min ago", stale, StringComparison.Ordinal);
        Assert.Contains("No JobManager answers.", stale, StringComparison.Ordinal);
        Assert.Contains("through the API server", stale, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_WithoutAValue_SaysWhatHappened_AndKeepsTheDetail()
    {
        var drawn = Draw(new(null, null, Failure()));
        Assert.Contains("Checkpoints: not known", drawn.Find(".answer-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("at a.B.c", drawn.Find(".stack").TextContent, StringComparison.Ordinal);
        Assert.NotNull(drawn.Find("[role=alert]"));
    }

    [Fact]
    public void Absence_IsNoFault()
    {
        var drawn = Render<AnswerView<string>>(p => p.Add(v => v.Answer, new FlinkAnswer<string>(null, null, Failure(absent: true))).Add(v => v.What, "checkpoints").Add(v => v.ChildContent, v => $"<b>{v}</b>").Add(v => v.Absent, why => $"<i>{why.Message}</i>"));
        Assert.Equal("No JobManager answers.", drawn.Find("i").TextContent);
        Assert.Empty(drawn.FindAll(".answer-error"));
    }

    private IRenderedComponent<AnswerView<string>> Draw(FlinkAnswer<string> answer) => Render<AnswerView<string>>(p => p.Add(v => v.Answer, answer).Add(v => v.What, "checkpoints").Add(v => v.ChildContent, v => $"<b>{v}</b>"));
}
