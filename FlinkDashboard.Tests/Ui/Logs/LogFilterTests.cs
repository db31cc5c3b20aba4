using FlinkDashboard.Model.Logs;
using FlinkDashboard.Ui.Logs;

namespace FlinkDashboard.Tests.Ui.Logs;

/// <summary>Which lines are shown, and how that is kept while lines come and go.</summary>
public class LogFilterTests
{
    [Fact]
    public void Search_ByWords_TakesThemAsTheyStand() => Assert.True(LogSearch.Of("a.b (c", false).IsIn("x A.B (C y"));

    [Fact]
    public void Search_ByABadExpression_NamesThePosition_AndHidesNothing()
    {
        var search = LogSearch.Of("ab(c", true);
        Assert.Contains("position 5", search.Error, StringComparison.Ordinal);
        Assert.True(search.IsEmpty);
        Assert.True(search.IsIn("anything"));
    }

    [Fact]
    public void Search_ByAnExpressionThatExplodes_GivesUp_AndSaysSo()
    {
        var search = LogSearch.Of("^(?=(a+)+$)b", true);
        Assert.True(search.IsIn(new string('a', 40) + "!"));
        Assert.Contains("too long", search.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogSeverity.Warn, LogSeverity.Error, true)]
    [InlineData(LogSeverity.Warn, LogSeverity.Info, false)]
    [InlineData(LogSeverity.Info, LogSeverity.Unknown, true)]
    [InlineData(LogSeverity.Info, LogSeverity.Debug, false)]
    [InlineData(LogSeverity.Warn, LogSeverity.Unknown, false)]
    public void Severity_Hides_TheLesser(LogSeverity least, LogSeverity severity, bool shown) =>
        Assert.Equal(shown, new LogFilter(LogSearch.None, Least: least).Shows(Lines.Of(1, severity: severity)));

    [Fact]
    public void Search_Finds_LinesOfAStackTrace_AndTheLogger()
    {
        Assert.True(Filter("connection refused").Shows(Lines.Trace(1)));
        Assert.True(Filter("JobMaster").Shows(Lines.Of(1)));
        Assert.False(Filter("nothing").Shows(Lines.Of(1)));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*)*x")]
    [InlineData("(a?){1000}a{1000}")]
    [InlineData("((a{1,100}){1,100}){1,100}")]
    [InlineData(@"(a+)+\1$")]
    [InlineData("(?=(a+)+$)b")]
    public void Expression_ThatIsAnAttack_IsFast_OrIsNotApplied(string pattern)
    {
        var (search, line, clock) = (LogSearch.Of(pattern, true), new string('a', 4_000) + "!", System.Diagnostics.Stopwatch.StartNew());
        for (var i = 0; i < 50; i++)
            search.IsIn(line);
        Assert.True(search.Error is not null || clock.Elapsed < TimeSpan.FromSeconds(20), $"{pattern}: {clock.Elapsed}");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Expression_NestedWithoutEnd_StopsNobody() => Assert.NotNull(LogSearch.Of(new string('(', 10_000) + new string(')', 10_000), true));

    [Fact]
    public void Marks_AreNeverHidden() => Assert.True(Filter("nothing").Shows(Lines.Gap(1, "3 lines are missing")));

    [Fact]
    public void Sieve_JudgesOnlyWhatIsNew()
    {
        var (sieve, filter) = (new LogSieve(), Filter("line 1"));
        var all = Lines.Many(20);
        sieve.Take(all[..12], filter);
        Assert.Equal((12, 3), (sieve.Lines, sieve.ShownLines)); // 1, 10, 11
        sieve.Take(all, filter);
        Assert.Equal((20, 11), (sieve.Lines, sieve.ShownLines));
        sieve.Take(all[5..], filter);
        Assert.Equal((15, 10), (sieve.Lines, sieve.ShownLines));
        Assert.Equal("id10", sieve.Shown[0].Id);
    }

    [Fact]
    public void Sieve_WithAMarkForDroppedLines_KeepsTheRest()
    {
        var sieve = new LogSieve();
        var all = Lines.Many(20);
        sieve.Take([Lines.Gap(0, "2 gone"), .. all[2..12]], LogFilter.None);
        sieve.Take([Lines.Gap(4, "5 gone"), .. all[5..20]], LogFilter.None);
        Assert.Equal(["gap4", .. all[5..20].Select(entry => entry.Id)], sieve.Shown.Select(entry => entry.Id));
        Assert.Equal((15, 15), (sieve.Lines, sieve.ShownLines));
    }

    [Fact]
    public void Sieve_WithALateLine_AndAGrownOne_ShowsBoth()
    {
        var sieve = new LogSieve();
        var all = Lines.Many(6);
        sieve.Take([.. all[..3], all[4]], LogFilter.None);
        LogEntry[] now = [.. all[..4], all[4] with { More = ["\tat a.B"] }, all[5]];
        sieve.Take(now, LogFilter.None);
        Assert.Equal(now, sieve.Shown);
    }

    private static LogFilter Filter(string text) => new(LogSearch.Of(text, false));
}
