using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.Protocols.CloudWatchLogs;
using FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Tests.Sandbox.CloudWatchLogs;

/// <summary>What queries of Logs Insights find among five lines, one each half minute.</summary>
public class InsightsLanguageTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("fields @message | filter @message like /(?i)exception/", "ERROR Exception: lost")]
    [InlineData("fields @message | FILTER @message not like 'INFO' and not ispresent(level)", "WARN slow host=a; ERROR Exception: lost")]
    [InlineData("filter @message like \"ERROR Exc\" # time and message", "2026-01-02 03:05:00.000|ERROR Exception: lost")]
    [InlineData("filter @message =~ /took \\d+/ | filter @timestamp < 1767323050000 | display @message", "INFO checkpoint 7 took 120 ms")]
    [InlineData("parse @message 'checkpoint * took * ms' as id, took | filter took > 100 | display id, took", "7|120")]
    [InlineData("parse @message /checkpoint (?<id>\\d+)/ | filter ispresent(id) | sort id | display id", "7; 8")]
    [InlineData("fields @timestamp | parse @message 'host=*' as host | filter host = 'a'", "2026-01-02 03:05:30.000|a")]
    [InlineData("stats count(*) by bin(1m)", "2026-01-02 03:06:00.000|1; 2026-01-02 03:05:00.000|2; 2026-01-02 03:04:00.000|2")]
    [InlineData("parse @message 'took * ms' as took | stats sum(took), avg(took) as mean, min(took), max(took), count_distinct(took), count(took), pct(took, 50)", "200|100|80|120|2|2|80")]
    [InlineData("stats count(*) as n by substr(@message, 0, 4) as word | sort n desc | limit 1", "INFO|2")]
    [InlineData("stats count(*) | sort count(*) desc", "5")]
    [InlineData("filter not ispresent(level) | stats latest(@message), earliest(@message)", "WARN slow host=a|INFO checkpoint 7 took 120 ms")]
    [InlineData("fields level, n, a.b | filter n = 5", "ERROR|5|x")]
    [InlineData("filter (n in [4, 5] or level in ['x']) and level != 'x' | display n", "5")]
    [InlineData("fields strlen(@message) as l | sort l desc, @timestamp asc | limit 2 | display l", "37; 29")]
    [InlineData("fields substr(@message, 0, 4) as w | dedup w | limit 3 | display w", "{\"le; WARN; ERRO")]
    [InlineData("fields 2 + 3 * (4 - 1) / 2 as x, concat(toupper('a'), '-', 1.5) as y | limit 1", "6.5|A-1.5")]
    [InlineData("fields datefloor(@timestamp, 1h) as h, @logStream, @log | limit 1", "2026-01-02 03:00:00.000|orders/orders-1/STDOUT|111122223333:group")]
    [InlineData("fields @message | filter @logStream like 'STDERR'", "")]
    public void Query_Finds(string query, string rows)
    {
        var found = InsightsCommands.Read(query).Run(Records(), 1_000).Rows.Select(r => string.Join('|', r.Where(c => c.Field != "@ptr").Select(c => c.Value))).ToList();
        Assert.Equal(rows, string.Join("; ", found));
    }

    [Theory]
    [InlineData("fields @timestamp | filtr a", 20, 25, "unexpected symbol found 'filtr'")]
    [InlineData("filter @message like", 20, 20, "expected a text in quotes")]
    [InlineData("pattern @message", 0, 7, "does not play the command 'pattern'")]
    [InlineData("SOURCE logGroups()", 0, 6, "does not play the command 'SOURCE'")]
    [InlineData("filter nope(a)", 7, 12, "the function 'nope' is not known")]
    [InlineData("filter strlen(a, b) > 1", 7, 19, "another number of arguments")]
    [InlineData("stats nope(a)", 6, 13, "the aggregate 'nope' is not known")]
    [InlineData("stats count(*) by bin(5)", 22, 23, "a period is a number and one of")]
    [InlineData("filter @message like /(/", 21, 24, "the regular expression is not valid")]
    [InlineData("filter @message like /a", 21, 22, "the regular expression is not closed")]
    [InlineData("parse @message 'a * b *' as x", 6, 29, "2 wildcards, but there are 1 names")]
    [InlineData("parse @message /a/", 6, 18, "names no groups")]
    [InlineData("limit 0", 6, 7, "a whole number")]
    [InlineData("filter a = 'x", 11, 13, "the quotation is not closed")]
    [InlineData("fields a b", 9, 10, "expected '|'")]
    [InlineData("| limit 1", 0, 1, "expected a command")]
    public void Query_ThatIsWrong_SaysWhere(string query, int start, int end, string message)
    {
        var refusal = Assert.Throws<InsightsSyntaxException>(() => InsightsCommands.Read(query));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal((start, end), (refusal.Start, refusal.End));
    }

    [Fact]
    public void Query_NestedWithoutEnd_IsRefused() => Assert.Throws<InsightsSyntaxException>(() => InsightsCommands.Read("filter " + new string('(', 5_000)));

    [Fact]
    public void Rows_OfEvents_PointBack_AndThoseOfGroupsDoNot()
    {
        Assert.All(InsightsCommands.Read("").Run(Records(), 3).Rows, r => Assert.Equal(["@timestamp", "@message", "@ptr"], r.Select(c => c.Field)));
        Assert.Equal(["count(*)"], InsightsCommands.Read("stats count(*)").Run(Records(), 3).Rows.Single().Select(c => c.Field));
        var pointer = InsightsCommands.Read("filter n = 5").Run(Records(), 3).Rows.Single()[^1].Value;
        Assert.Equal(("group", "orders/orders-1/STDOUT", 4L), InsightsPointer.Read(pointer));
        Assert.Null(InsightsPointer.Read("no pointer"));
    }

    [Fact]
    public void Matched_CountsWhatPassedTheFilters() => Assert.Equal(2, InsightsCommands.Read("filter @message like 'INFO' | stats count(*)").Run(Records(), 1_000).Matched);

    [Fact]
    public void Expression_ThatTakesTooLong_IsGivenUp() => Assert.Throws<RegexMatchTimeoutException>(() =>
        InsightsCommands.Read("filter @message like /^(\\w+\\s?)+$/").Run(Records("a word and another word and another word and another word and !"), 10));

    private static List<InsightsRecord> Records(params string[] lines)
    {
        var stream = new ShippedStream(new LogDestination("orders-1", "group", "orders", null), ShippedStream.StandardOutput);
        string[] usual = ["INFO checkpoint 7 took 120 ms", "INFO checkpoint 8 took 80 ms", "ERROR Exception: lost", "WARN slow host=a", """{"level":"ERROR","n":5,"a":{"b":"x"}}"""];
        foreach (var (line, i) in (lines.Length > 0 ? lines : usual).Select((l, i) => (l, i)))
            stream.Append(Start.AddSeconds(30 * i), line, 100);
        return [.. new LogStream(stream).Events(0, 100).Reverse().Select(e => new InsightsRecord(e, "group"))];
    }
}
