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
    [InlineData("stats count(*) | sort `count(*)` desc", "5")]
    [InlineData("filter not ispresent(level) | stats latest(@message), earliest(@message)", "WARN slow host=a|INFO checkpoint 7 took 120 ms")]
    [InlineData("fields level, n, a.b | filter n = 5", "ERROR|5|x")]
    [InlineData("filter (n in [4, 5] or level in ['x']) and level != 'x' | display n", "5")]
    [InlineData("fields strlen(@message) as l | sort l desc, @timestamp asc | limit 2 | display l", "37; 29")]
    [InlineData("fields substr(@message, 0, 4) as w | display w | dedup w | limit 3", "{\"le; WARN; ERRO")]
    [InlineData("fields 2 + 3 * (4 - 1) / 2 as x, concat(toupper('a'), '-', 1.5) as y | limit 1", "6.5|A-1.5")]
    [InlineData("fields datefloor(@timestamp, 1h) as h, @logStream, @log | limit 1", "2026-01-02 03:00:00.000|orders/orders-1/STDOUT|111122223333:group")]
    [InlineData("fields @message | filter @logStream like 'STDERR'", "")]
    [InlineData("fields 2 ^ 3 as x, -2 ^ 2 as y, 7 % 4 as z | limit 1", "8|-4|3")]
    [InlineData("stats max(@timestamp) - min(@timestamp) as span, ceil(sum(strlen(@message)) / count(*)) as mean, fromMillis(latest(@timestamp)) as last", "120000|27|2026-01-02 03:06:00.000")]
    [InlineData("stats earliest(@timestamp), sortsFirst(@message), sortsLast(level)", "1767323040000|ERROR Exception: lost|ERROR")]
    [InlineData("stats count(*) as n by level | sort n desc, level | stats max(n) as most, count(level)", "4|1")]
    [InlineData("fields if(ispresent(level), 'json', 'plain') as kind | display kind | limit 2", "json; plain")]
    [InlineData("fields case(n = 5, 'five', @message like 'WARN', 'warning', 'other') as c | display c | limit 3", "five; warning; other")]
    [InlineData("fields trim('xyZfooxyZ', 'xyZ') as a, ltrim('xyZfooxyZ', 'xyZ') as b, rtrim('xyZfooxyZ', 'xyZ') as c, trim(' d ') as d | limit 1", "foo|fooxyZ|xyZfoo|d")]
    [InlineData("fields round(2.5) as a, toInt('7.9') as b, startsWith(@message, '{') as c, endsWith(@message, '{') as d, strcontains(@message, 'LEVEL', 1) as e | limit 1", "3|7|1|0|0")]
    [InlineData("fields isValidIp('10.0.0.1') as a, isValidIpV6('10.0.0.1') as b, isIpv4InSubnet('10.0.0.1', '10.0.0.0/8') as c, isIpInSubnet('2001:db8::1', '2001:db8::/32') as d, isValidIp('1.2') as e | limit 1", "1|0|1|1|0")]
    [InlineData("fields abs(-2) as a, greatest(1, 3, 2) as b, replace('foo', 'o', '0') as c, coalesce(none, level, 'x') as d, toMillis(dateceil(@timestamp, 1h)) - toMillis(@timestamp) as e | limit 1", "2|3|f00|ERROR|3240000")]
    [InlineData("parse @message '* *' as word, rest | display word | dedup level", "; WARN; ERROR; INFO; INFO")]
    [InlineData("display @message | limit any 1", "{\"level\":\"ERROR\",\"n\":5,\"a\":{\"b\":\"x\"}}")]
    public void Query_Finds(string query, string rows)
    {
        var found = InsightsCommands.Read(query).Run(Records(), 1_000).Rows.Select(r => string.Join('|', r.Where(c => c.Field != "@ptr").Select(c => c.Value))).ToList();
        Assert.Equal(rows, string.Join("; ", found));
    }

    [Theory]
    [InlineData("fields @timestamp | filtr a", 20, 25, "unexpected symbol found filtr at line 1 and position 20")]
    [InlineData("filter @message like", 20, 20, "unexpected symbol found <EOF> at line 1 and position 20")]
    [InlineData("pattern @message", 0, 7, "does not play the command 'pattern'")]
    [InlineData("SOURCE logGroups()", 0, 6, "does not play the command 'SOURCE'")]
    [InlineData("filter nope(a)", 7, 12, "the function 'nope' is not known")]
    [InlineData("filter strlen(a, b) > 1", 7, 19, "another number of arguments")]
    [InlineData("stats nope(a)", 6, 11, "the function 'nope' is not known")]
    [InlineData("stats count(*) by bin(5)", 22, 23, "a period is a number and one of")]
    [InlineData("filter @message like /(/", 21, 24, "the regular expression is not valid")]
    [InlineData("filter @message like /a", 21, 22, "the regular expression is not closed")]
    [InlineData("parse @message 'a * b *' as x", 6, 29, "2 wildcards, but there are 1 names")]
    [InlineData("parse @message /a/", 6, 18, "names no groups")]
    [InlineData("limit 0", 6, 7, "a whole number")]
    [InlineData("filter a = 'x", 11, 13, "the quotation is not closed")]
    [InlineData("fields a b", 9, 10, "unexpected symbol found b at line 1 and position 9")]
    [InlineData("| limit 1", 0, 1, "unexpected symbol found | at line 1 and position 0")]
    [InlineData("fields a\n| sort bin(5m)", 19, 20, "unexpected symbol found ( at line 2 and position 10")]
    [InlineData("filter a like /x/i", 17, 18, "unexpected symbol found i at line 1 and position 17")]
    [InlineData("dedup a | sort a", 10, 14, "unexpected symbol found sort at line 1 and position 10")]
    [InlineData("stats count(*) as n by a | filter b = 1", 34, 35, "Unknown symbols found in or after stats: b")]
    [InlineData("stats count(*) as n | sort m", 27, 28, "Unknown symbols found in or after stats: m")]
    [InlineData("stats a by b", 6, 8, "stats needs an aggregate")]
    [InlineData("stats sum(*)", 10, 11, "unexpected symbol found * at line 1 and position 10")]
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
    public void Now_IsInSeconds() => Assert.Equal("77", InsightsCommands.Read("fields now() as s | limit 1", 77).Run(Records(), 1).Rows.Single()[0].Value);

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
