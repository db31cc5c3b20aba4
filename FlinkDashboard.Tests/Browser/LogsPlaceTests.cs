using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using FlinkDashboard.Model;
using FlinkDashboard.Sandbox.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Where lines are read from, who may, what is left when a source is lost, and the file that one takes home.</summary>
[Collection(BrowserTests.Name)]
public class LogsPlaceTests(BusyStage busy)
{
    private const string Orders = "/applications/flink-team-a-ns/orders-healthy?tab=logs";
    private const string Example = "/applications/flink-team-a-ns/basic-example-app-cluster-flink?tab=logs";

    static LogsPlaceTests() => SetDefaultExpectTimeout(30_000);

    [BrowserFact]
    public async Task Download_IsWhatIsShown_Masked()
    {
        var page = await OpenAsync(busy.Stage, Orders + "&q=download-test");
        var log = new WrittenLog(busy.Stage.Cluster, "orders-healthy-taskmanager");
        for (var i = 1; i <= 5; i++)
            log.Write($"download-test {i} password=hunter{i}");
        await Expect(Screen(page)).ToHaveAttributeAsync("data-shown", "5");
        var shown = await Rows(page).Locator("div").AllInnerTextsAsync();
        Assert.All(shown, text => Assert.DoesNotContain("hunter", text, StringComparison.Ordinal));
        using var client = new HttpClient(new SocketsHttpHandler());
        using var answer = await client.GetAsync(new Uri(busy.Stage.Address + await page.Locator("[data-log-download]").GetAttributeAsync("href")));
        Assert.Matches(new Regex(@"^orders-healthy-.*\.log$"), answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n').Where(line => line.Contains("download-test", StringComparison.Ordinal)).ToList();
        Assert.Equal(shown.Select(Message), lines.Select(Message));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Download_AsksForTheRight_EachTime()
    {
        await using var stage = busy.Stage.As("team-b");
        using var client = new HttpClient(new SocketsHttpHandler());
        using var refused = await client.GetAsync(new Uri(stage.Address + "/logs/download?ns=flink-team-a-ns&name=orders-healthy"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("pods/log", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var group = await client.GetAsync(new Uri(stage.Address + "/logs/download?way=cloudwatch&group=/aws/emr-flink/flink-team-a"));
        Assert.Equal(HttpStatusCode.Forbidden, group.StatusCode);
        using var nothing = await client.GetAsync(new Uri(stage.Address + "/logs/download"));
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        var page = await stage.OpenAsync("/logs?ns=flink-team-a-ns&name=orders-healthy");
        await Expect(page.GetByText("These lines may not be read by you")).ToBeVisibleAsync();
        await Expect(page.GetByText("Whoever may get pods/log in namespace flink-team-a-ns")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task PodThatIsGone_IsReadFromCloudWatch()
    {
        await using var stage = await Stage.StartAsync("busy");
        var log = new WrittenLog(stage.Cluster, "basic-example-app-cluster-flink-taskmanager");
        log.Write("gone-test last words");
        var page = await OpenAsync(stage, Example + $"&way=cloudwatch&pods={log.Pod}&q=gone-test");
        await Expect(Rows(page)).ToContainTextAsync("gone-test last words");
        stage.Cluster.World.Objects.Delete(ResourceTypes.Pods, "flink-team-a-ns", log.Pod, new() { GraceSeconds = 0 });
        await page.ReloadAsync();
        await Expect(Rows(page)).ToContainTextAsync("gone-test last words");
        await Expect(page.Locator(".log-pods .chip.gone.on")).ToContainTextAsync("gone", new() { Timeout = 60_000 });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Event_LeadsToTheLogs_OfThatMoment()
    {
        var page = await busy.Stage.OpenAsync("/applications/flink-team-a-ns/payments-restarting?tab=events");
        await page.Locator("[data-logs-then]").First.ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("tab=logs.*from=.*to=.*at="));
        await Expect(Screen(page)).ToBeVisibleAsync();
        await Expect(page.Locator("[data-range-text]")).ToContainTextAsync(new Regex(@"\d\d:\d\d:\d\d – "));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task LostSource_KeepsItsLines_AndSaysWhy()
    {
        await using var stage = await Stage.StartAsync("busy");
        var page = await OpenAsync(stage, Orders);
        await Expect(Rows(page).First).ToBeVisibleAsync();
        var before = await ShownAsync(page);
        stage.Cluster.Faults.Unreachable = true;
        await Expect(page.Locator(".log-trouble.lost")).ToContainTextAsync("What stands here was read until", new() { Timeout = 60_000 });
        await Expect(page.Locator(".log-screen.source-lost")).ToBeVisibleAsync();
        Assert.True(await ShownAsync(page) >= before); // some may have come before the source was lost
        stage.Cluster.Faults.Unreachable = false;
        await Expect(page.Locator(".log-trouble.lost")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Key_OnAnApplication_OpensItsLogs()
    {
        var page = await busy.Stage.OpenAsync("/applications/flink-team-a-ns/orders-healthy");
        await page.Keyboard.PressAsync("l");
        await Expect(page).ToHaveURLAsync(new Regex("orders-healthy\\?tab=logs"));
        await Expect(Screen(page)).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData(Orders)]
    [InlineData("/logs?ns=flink-team-a-ns&name=payments-restarting&q=breaker&re=1")]
    [InlineData(Example + "&way=cloudwatch")]
    public async Task Log_PassesAxe_WithALinePicked_AndFitsAPhone(string path)
    {
        var page = await busy.Stage.OpenAsync(path);
        await Rows(page).Last.Locator("time").ClickAsync();
        await Expect(page.Locator("[data-log-picked]")).ToBeVisibleAsync();
        await page.HoldsAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Query_ShowsItsRows_EachLeadsToItsMoment_AndBackBringsThem()
    {
        // The stage lives faster than the app: its lines lie ahead of the app's "now".
        var (from, to) = (TimeWindow.Text(busy.Stage.Cluster.World.Now.AddHours(-1)), TimeWindow.Text(busy.Stage.Cluster.World.Now.AddHours(1)));
        var page = await busy.Stage.OpenAsync($"/logs?mode=insights&from={from}&to={to}");
        var log = new WrittenLog(busy.Stage.Cluster, "basic-example-app-cluster-flink-taskmanager");
        log.Write("insights-test here", "ERROR");
        await page.Locator("[data-insights-query]").FillAsync("fields @timestamp, @logStream, @message | filter @message like /insights-test/ | limit 20");
        await page.Locator("[data-insights-query]").PressAsync("Control+Enter");
        var row = page.Locator("[data-insights-rows] tbody tr");
        await Expect(row).ToContainTextAsync("insights-test here");
        await Expect(page.Locator("[data-insights-progress]")).ToContainTextAsync(new Regex(@"Done.*records read.*1 matched, 1 row\."));
        await Expect(page).ToHaveURLAsync(new Regex("query=.*&id="));
        await row.Locator("[data-insights-moment]").ClickAsync();
        await Expect(page.Locator(".log-row.found")).ToContainTextAsync("insights-test here");
        await page.GoBackAsync();
        await Expect(row).ToContainTextAsync("insights-test here");
        await page.HoldsAsync();
        await page.Locator("[data-insights-query]").FillAsync("stats count(*) by bin(5m)");
        await page.Locator("[data-insights-run]").ClickAsync();
        await Expect(page.Locator("[data-insights-series='count(*)'] canvas")).ToBeVisibleAsync();
        await page.Locator("[data-insights-query]").FillAsync("fields @message\n| nonsense");
        await page.Locator("[data-insights-run]").ClickAsync();
        await Expect(page.Locator("[data-insights-problem]")).ToContainTextAsync("Line 2, column 3");
        await page.Context.CloseAsync();
    }

    private static async Task<IPage> OpenAsync(Stage stage, string path)
    {
        var page = await stage.OpenAsync(path);
        await page.Locator("[data-log][data-ready=true]").WaitForAsync();
        return page;
    }

    private static async Task<int> ShownAsync(IPage page) => int.Parse((await Screen(page).GetAttributeAsync("data-shown"))!, CultureInfo.InvariantCulture);

    private static ILocator Screen(IPage page) => page.Locator("[data-log]");

    private static ILocator Rows(IPage page) => page.Locator("[data-log] .log-row[data-id]");

    private static string Message(string line) => line[line.IndexOf("download-test", StringComparison.Ordinal)..].Trim();
}
