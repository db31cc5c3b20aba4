using FlinkDashboard.Gateways.FlinkRest;

namespace FlinkDashboard.Tests.Gateways.FlinkRest;

/// <summary>What Flink's own page may be given.</summary>
public sealed class FlinkUiPathTests
{
    private static readonly HashSet<string> OfThePage = ["/", "/index.html", "/main.js"];

    public static TheoryData<string> Refused => [.. PathCorpusTests.Refused.AsEnumerable<object[]>().Select(row => (string)row[0]).Where(p => !OfThePage.Contains(p)), .. More];

    private static IEnumerable<string> More =>
    [
        "/main.js?x=1", "/index.html?x", "/assets", "/assets/", "/assets/../jars", "/assets/..%2fjars", "/assets/%2e%2e/jars", "/assets/./x.js", "/assets//x.js", "/assets/.x.js", "/assets/x..js", "/assets/a/b/c/d/e/f/x.js",
        "/assets/x.html", "/assets/x.jar", "/assets/x", "/evil.html", "/main.jar", "/log4j.properties", "/x.svg", "/web/main.js", "/main.js/", "/main.js%00", "/main.js;x", "/MAIN.JS", "/mäin.js", "/jars/x.js", "/jobs/x.js", "/assets/vs/x.js/..", "/assets\\x.js",
        "/jars?x=1", "/jars/upload.js/run", "/jobs/" + new string('a', 32) + "/yarn-cancel", "/jobs/" + new string('a', 32) + "/yarn-stop",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Path_ThatIsNeitherFileNorReading_IsRefused(string path) => Assert.NotNull(FlinkUiPaths.Refusal(path));

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/index.html", "text/html; charset=utf-8")]
    [InlineData("/main.4dc73e6f8ff86322.js", "text/javascript; charset=utf-8")]
    [InlineData("/styles.776962672da4f6d2.css", "text/css; charset=utf-8")]
    [InlineData("/assets/favicon/favicon-32x32.png", "image/png")]
    [InlineData("/assets/vs/basic-languages/java/java.js", "text/javascript; charset=utf-8")]
    [InlineData("/overview", "application/json; charset=utf-8")]
    [InlineData("/jobmanager/log", "text/plain; charset=utf-8")]
    [InlineData("/taskmanagers/orders-taskmanager-1-1/logs/flink.log", "text/plain; charset=utf-8")]
    public void Path_OfThePage_IsAllowed_WithATypeOfItsOwn(string path, string type)
    {
        Assert.Null(FlinkUiPaths.Refusal(path));
        Assert.Equal(type, FlinkUiPaths.ContentTypeOf(path));
    }
}
