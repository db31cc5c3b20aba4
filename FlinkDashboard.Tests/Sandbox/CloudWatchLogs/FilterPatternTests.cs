using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Filters;

namespace FlinkDashboard.Tests.Sandbox.CloudWatchLogs;

/// <summary>Filter patterns by the rules and with the samples of CloudWatch's user guide.</summary>
public class FilterPatternTests
{
    private const string Trail = """{"eventType":"UpdateTrail","sourceIPAddress":"111.111.111.111","arrayKey":["value","another value"],"objectList":[{"name":"a","id":1},{"name":"b","id":2}],"SomeObject":null,"ThisFlag":true,"cluster.name":"c","latency":50.5,"code":"404","tiny":1e-3,"say":"a \"word\""}""";
    private const string Users = """{"user":{"id":1,"email":"John.Stiles@example.com"},"users":[{"id":2,"email":"John.Doe@example.com"},{"id":3,"email":"Jane.Doe@example.com"}],"actions":["GET","PUT","DELETE"],"coordinates":[[0,1,2],[4,5,6],[7,8,9]]}""";
    private const string Access = "127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] \"GET /index.html HTTP/1.0\" 404 1534";

    [Theory]
    [InlineData("", "a ERROR Checkpoint failed", true)]
    [InlineData("   ", "anything", true)]
    [InlineData("\" \"", "anything", true)]
    [InlineData("ERROR", "[ERROR 400] BAD REQUEST", true)]
    [InlineData("ERROR", "Exiting with ERRORCODE: -1", true)]
    [InlineData("error", "a ERROR", false)]
    [InlineData("ERROR Checkpoint", "a Checkpoint ERROR", true)]
    [InlineData("ERROR ARGUMENTS", "[ERROR 400] BAD REQUEST", false)]
    [InlineData("?ERROR ?ARGUMENTS", "[WARN] MISSING ARGUMENTS", true)]
    [InlineData("?ERROR ?ARGUMENTS", "[WARN] BAD REQUEST", false)]
    [InlineData("?ERROR ?ARGUMENTS REQUEST", "a REQUEST", true)]
    [InlineData("?ERROR ?ARGUMENTS REQUEST", "an ERROR", false)]
    [InlineData("\"INTERNAL SERVER ERROR\"", "[ERROR 500] INTERNAL SERVER ERROR", true)]
    [InlineData("\"INTERNAL SERVER ERROR\"", "INTERNAL ERROR SERVER", false)]
    [InlineData("ERROR -ARGUMENTS", "[ERROR 400] BAD REQUEST", true)]
    [InlineData("ERROR -ARGUMENTS", "[ERROR 419] MISSING ARGUMENTS", false)]
    [InlineData("\"ERROR\" - \"Exiting\"", "Exiting with ERRORCODE: -1", false)]
    [InlineData("-\"known noise\"", "INFO", true)]
    [InlineData("\"say \\\"hi\\\" \\\\\"", "they say \"hi\" \\", true)]
    [InlineData("ERROR or Exception", "ERROR Exception", false)]
    [InlineData("%AUTHORIZED%", "[ERROR 401] UNAUTHORIZED REQUEST", true)]
    [InlineData("%[Ee]xception:\\s\\d+%", "exception: 17", true)]
    [InlineData("%^[hc]at%", "a cat", false)]
    [InlineData("%colou?r% %\\x28x\\x29%", "the color of f(x)", true)]
    [InlineData("ERROR -%[Dd]ebug%", "ERROR debug", false)]
    [InlineData("?%1{2,3}$% ?b", "a 111", true)]
    public void Terms_Match(string pattern, string line, bool matches) => Assert.Equal(matches, FilterPattern.Parse(pattern, "filterPattern").Matches(line));

    [Theory]
    [InlineData("{ $.eventType = \"UpdateTrail\" }", true)]
    [InlineData("{$.eventType=UpdateTrail}", true)]
    [InlineData("{ $.eventType = \"updatetrail\" }", false)]
    [InlineData("{ $.eventType != \"UpdateTrail\" }", false)]
    [InlineData("{ $.eventType = *Trail && $.eventType = \"Update*\" && $.eventType = *ateTr* }", true)]
    [InlineData("{ $.eventType = Up*Trail }", false)]
    [InlineData("{ $.eventType = \"*\" && $.latency = * && $.sourceIPAddress != 123.123.* }", true)]
    [InlineData("{ $.sourceIPAddress != 111.111.* }", false)]
    [InlineData("{ $.arrayKey[0] = \"value\" }", true)]
    [InlineData("{ $.arrayKey[2] = \"value\" || $.eventType[0] = \"UpdateTrail\" || $.objectList.id = 1 }", false)]
    [InlineData("{ $.objectList[1].id = 2 }", true)]
    [InlineData("{ $.arrayKey = \"value\" || $.arrayKey != \"value\" || $.none != \"x\" || $.SomeObject = \"*\" }", false)]
    [InlineData("{ $.SomeObject IS NULL && $.ThisFlag IS TRUE }", true)]
    [InlineData("{ $.ThisFlag IS FALSE || $.eventType IS NULL || $.none IS NULL }", false)]
    [InlineData("{ $.SomeOtherObject NOT EXISTS }", true)]
    [InlineData("{ $.SomeObject NOT EXISTS || $.objectList NOT EXISTS }", false)]
    [InlineData("{ $.['cluster.name'] = \"c\" && $['cluster.name'] = c }", true)]
    [InlineData("{ $.latency > 50 && $.latency >= 50.5 && $.latency < 5.1e1 && $.latency <= +50.5 }", true)]
    [InlineData("{ $.latency < 50.5 || $.latency > 50.5 || $.eventType > 1 || $.code > 1 }", false)]
    [InlineData("{ $.tiny = 0.001 && $.tiny != 1e+3 && $.code = 404 }", true)]
    [InlineData("{ $.say = \"a \\\"word\\\"\" }", true)]
    [InlineData("{ $.arrayKey[*] = \"another value\" && $.objectList[*].id = 2 }", true)]
    [InlineData("{ $.arrayKey[*] = \"no value\" }", false)]
    [InlineData("{ $.arrayKey[*] = %val.{2}% && $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }", true)]
    [InlineData("{ $.eventType = %^Trail% }", false)]
    [InlineData("{ ($.eventType = x || $.eventType = UpdateTrail) && $.code = 500 }", false)]
    [InlineData("{ $.eventType = UpdateTrail || $.eventType = x && $.code = 500 }", true)]
    public void Fields_Match(string pattern, bool matches) => Assert.Equal(matches, FilterPattern.Parse(pattern, "filterPattern").Matches(Trail));

    [Theory]
    [InlineData("{ ($.user.id = 1) && ($.users[0].email = \"John.Doe@example.com\") }", true)]
    [InlineData("{ $.user.email = \"John.Stiles@example.com\" || $.coordinates[0][1] = \"nonmatch\" && $.actions[2] = \"nonmatch\" }", true)]
    [InlineData("{ ($.user.email = \"John.Stiles@example.com\" || $.coordinates[0][1] = \"nonmatch\") && $.actions[2] = \"nonmatch\" }", false)]
    [InlineData("{ ($.user.id = 2 && $.users[0].email = \"nonmatch\") || $.actions[2] = \"GET\" }", false)]
    public void Fields_OfTheGuidesCompounds_Match(string pattern, bool matches) => Assert.Equal(matches, FilterPattern.Parse(pattern, "filterPattern").Matches(Users));

    [Theory]
    [InlineData("no object")]
    [InlineData("{\"level\":")]
    [InlineData("[1]")]
    public void Fields_OfOtherLines_MatchNothing(string line) => Assert.False(FilterPattern.Parse("{ $.none NOT EXISTS }", "filterPattern").Matches(line));

    [Theory]
    [InlineData("[ip, user, username, timestamp, request =*.html*, status_code = 4*, bytes]", true)]
    [InlineData("[ip, user, username, timestamp = \"10/Oct/*\", request, status_code, bytes > 1000]", true)]
    [InlineData("[ip, user, username, timestamp, request, status_code, bytes > 2000]", false)]
    [InlineData("[..., request =*.html*, status_code = 4*, bytes]", true)]
    [InlineData("[..., request=*.html*, status_code=4*,]", true)]
    [InlineData("[..., status_code = 4*]", false)]
    [InlineData("[ip, user, ..., status_code = 404, bytes]", true)]
    [InlineData("[ip, user = Prod, ...]", true)]
    [InlineData("[ip, user = Test, ...]", false)]
    [InlineData("[..., status_code = 404 || status_code = 410, bytes]", true)]
    [InlineData("[..., status_code = 4* && status_code != 404, bytes]", false)]
    [InlineData("[..., (status_code = 500 || status_code = 404) && status_code != 410, bytes]", true)]
    [InlineData("[ip, user, username, timestamp, request, status_code]", true)]
    [InlineData("[ip, user, username, timestamp, request, status_code = 404]", false)]
    [InlineData("[a, b, c, d, e, f, g, h]", false)]
    [InlineData("[a, b, c, ..., d, e, f, g, h]", false)]
    [InlineData("[ip = %^127\\.%, ...]", true)]
    [InlineData("[user = \"127.0.0.1\", w2]", true)]
    [InlineData("[w1=ERROR || W1=WARNING, w2]", false)]
    [InlineData("[w1!=ERROR && w1=!WARNING, w2]", true)]
    public void Columns_Match(string pattern, bool matches) => Assert.Equal(matches, FilterPattern.Parse(pattern, "filterPattern").Matches(Access));

    [Fact]
    public void Columns_FlinkLine() =>
        Assert.True(FilterPattern.Parse("[date, time, level = WARN || level = ERROR, logger = *TaskManagerRunner, ...]", "filterPattern")
            .Matches("2026-01-02 03:04:05,678 WARN  org.apache.flink.runtime.taskexecutor.TaskManagerRunner      [] - [lost, \"again"));

    [Theory]
    [InlineData("a.b", "Invalid character(s) in term '.'")]
    [InlineData("?Status: timeout", "Invalid character(s) in term ':'")]
    [InlineData("4*", "Invalid character(s) in term '*'")]
    [InlineData("\"a\"b", "Invalid character(s) in term 'b'")]
    [InlineData("\"open", "Invalid filter pattern")]
    [InlineData("ERROR -", "Invalid filter pattern")]
    [InlineData("%(a)%", "Invalid character(s) in term '('")]
    [InlineData("%\\(a%", "Invalid character(s) in term '('")]
    [InlineData("%something!%", "Invalid character(s) in term '!'")]
    [InlineData("%a b%", "Invalid character(s) in term ' '")]
    [InlineData("%ü%", "Invalid character(s) in term 'ü'")]
    [InlineData("%[unclosed%", "Invalid filter pattern")]
    [InlineData("%\\bword%", "Invalid filter pattern")]
    [InlineData("%open", "Invalid filter pattern")]
    [InlineData("%a% %b% %c%", "Invalid filter pattern")]
    [InlineData("{ $.level = 1", "If a filter pattern starts with '{' it must end with '}'")]
    [InlineData("[a, b", "If a filter pattern starts with '[' it must end with ']'")]
    [InlineData("{}", "Invalid filter pattern")]
    [InlineData("{ level = 1 }", "Invalid character(s) in term 'l'")]
    [InlineData("{ $.\"sc-status\" = 5* }", "Invalid character(s) in term '$.\"'")]
    [InlineData("{ $.@timestamp = 5 }", "Invalid character(s) in term '$.@'")]
    [InlineData("{ $.message = \"a\", $.path = \"/b\" }", "Invalid character(s) in term ','")]
    [InlineData("{ $.a = \"unbalanced }", "Invalid filter pattern")]
    [InlineData("{ $.a = b/c }", "Invalid character(s) in term '/'")]
    [InlineData("{ $.a == 1 }", "Invalid character(s) in term '='")]
    [InlineData("{ $.a > b }", "Invalid filter pattern")]
    [InlineData("{ $.a > \"1\" }", "Invalid filter pattern")]
    [InlineData("{ $.a EXISTS }", "Invalid character(s) in term 'E'")]
    [InlineData("{ $.a IS NOT NULL }", "Invalid filter pattern")]
    [InlineData("{ $.a IN [1, 2] }", "Invalid character(s) in term 'I'")]
    [InlineData("{ ($.a = 1 }", "Invalid filter pattern")]
    [InlineData("{ $.a = 1 $.b = 2 }", "Invalid character(s) in term '$'")]
    [InlineData("{ $.a[x] = 1 }", "Invalid character(s) in term '$.a[x'")]
    [InlineData("{ $.*.inner.* = x }", "Invalid filter pattern")]
    [InlineData("{ $.a[*] = x && $.* = y && $.b[*] = z && $.c[*] = w }", "Invalid filter pattern")]
    [InlineData("{ $.a = %r1% && $.b = %r2% && $.c = %r3% }", "Invalid filter pattern")]
    [InlineData("[a, ..., b, ...]", "Invalid filter pattern")]
    [InlineData("[a = 1 && b, c]", "Invalid filter pattern")]
    [InlineData("[a b]", "Invalid character(s) in term 'b'")]
    public void Patterns_ThatAreNone_AreRefused(string pattern, string message)
    {
        var refusal = Assert.Throws<AwsFailure>(() => FilterPattern.Parse(pattern, "filterPattern"));
        Assert.Equal(("InvalidParameterException", message), (refusal.Code, refusal.Message));
    }

    [Fact]
    public void Patterns_AreLimited()
    {
        Assert.True(FilterPattern.Parse(new string('a', 1024), "filterPattern").Matches(new string('a', 1025)));
        Assert.Equal($"1 validation error detected: Value '{new string('a', 1025)}' at 'logEventFilterPattern' failed to satisfy constraint: Member must have length less than or equal to 1024",
            Assert.Throws<AwsFailure>(() => FilterPattern.Parse(new string('a', 1025), "logEventFilterPattern")).Message);
        Assert.Throws<AwsFailure>(() => FilterPattern.Parse("{" + new string('(', 1022) + "}", "filterPattern"));
    }
}
