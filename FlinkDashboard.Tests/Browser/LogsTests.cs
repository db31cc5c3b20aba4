using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Logs as one reads them: followed, paused, searched, linked, lost and found.</summary>
[Collection(BrowserTests.Name)]
public partial class LogsTests(BusyStage busy)
{
    private const string Orders = "/applications/flink-team-a-ns/orders-healthy?tab=logs";
    static LogsTests() => SetDefaultExpectTimeout(30_000);

    private const string Example = "/applications/flink-team-a-ns/basic-example-app-cluster-flink?tab=logs";

    [BrowserFact]
    public async Task Follow_ShowsWhatIsWritten_AsItIsWritten()
    {
        var page = await OpenAsync(Orders);
        var log = new WrittenLog(busy.Stage.Cluster, "orders-healthy-taskmanager");
        log.Write("follow-me 1");
        await Expect(Rows(page).Filter(new() { HasText = "follow-me 1" })).ToBeVisibleAsync();
        for (var i = 2; i <= 60; i++)
            log.Write($"follow-me {i}");
        await Expect(Rows(page).Last).ToContainTextAsync("follow-me 60");
        Assert.InRange(await GapAsync(page), 0, 4);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Pause_Holds_AndResumeShowsAll()
    {
        var page = await OpenAsync(Orders + "&q=pause-test");
        var log = new WrittenLog(busy.Stage.Cluster, "orders-healthy-taskmanager");
        for (var i = 1; i <= 5; i++)
            log.Write($"pause-test {i}");
        await Expect(Screen(page)).ToHaveAttributeAsync("data-shown", "5");
        await page.Keyboard.PressAsync("p");
        await Expect(page.Locator("[data-log-resume]")).ToBeVisibleAsync();
        for (var i = 6; i <= 42; i++)
            log.Write($"pause-test {i}");
        await Expect(Screen(page)).ToHaveAttributeAsync("data-waiting", "37");
        await Expect(Screen(page)).ToHaveAttributeAsync("data-shown", "5");
        await Expect(page.Locator("[data-log-resume]")).ToContainTextAsync("37 lines wait");
        await page.Locator("[data-log-resume]").ClickAsync();
        await Expect(Screen(page)).ToHaveAttributeAsync("data-shown", "42");
        await Expect(Rows(page).Last).ToContainTextAsync("pause-test 42");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task ScrolledUp_TheViewStays_AndSaysHowManyAreNew()
    {
        var page = await OpenAsync(Orders);
        var log = new WrittenLog(busy.Stage.Cluster, "orders-healthy-taskmanager");
        for (var i = 1; i <= 120; i++)
            log.Write($"scroll-test {i}");
        await Expect(Rows(page).Last).ToContainTextAsync("scroll-test 120");
        await page.Locator("[data-log-scroll]").HoverAsync();
        await page.Mouse.WheelAsync(0, -900);
        await Expect(Screen(page)).ToHaveAttributeAsync("data-following", "false");
        var seen = "";
        while (seen != (seen = await FirstInSightAsync(page)))
        {
            // The wheel may still be rolling.
        }
        for (var i = 121; i <= 133; i++)
            log.Write($"scroll-test {i}");
        await Expect(page.Locator("[data-log-end]")).ToContainTextAsync(NewLines());
        Assert.Equal(seen, await FirstInSightAsync(page));
        await page.Keyboard.PressAsync("f");
        await Expect(Screen(page)).ToHaveAttributeAsync("data-following", "true");
        await Expect(Rows(page).Last).ToContainTextAsync("scroll-test 133");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task FloodOfLines_CostsAFractionOfItsSize()
    {
        var page = await OpenAsync(Orders);
        long bytes = 0;
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Interlocked.Add(ref bytes, frame.Binary?.Length ?? frame.Text?.Length ?? 0);
        await page.ReloadAsync();
        await page.Locator("[data-log][data-ready=true]").WaitForAsync();
        var log = new WrittenLog(busy.Stage.Cluster, "orders-healthy-taskmanager");
        log.Write("flood-test begins");
        await Expect(Rows(page).Last).ToContainTextAsync("flood-test begins");
        Interlocked.Exchange(ref bytes, 0);
        for (var i = 1; i <= 4_000; i++)
            log.Write($"flood-test {i} {new string('x', 120)}");
        await Expect(Rows(page).Last).ToContainTextAsync("flood-test 4000");
        await Expect(page.Locator("[data-log-counts]")).ToContainTextAsync("went by too fast to be drawn");
        Assert.InRange(Interlocked.Read(ref bytes), 1, 400_000); // drawn one by one they would be four million
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Search_FiltersByWords_ByExpression_AndBySeverity()
    {
        var page = await OpenAsync(Orders);
        var log = new WrittenLog(busy.Stage.Cluster, "orders-healthy-taskmanager");
        log.Write("search-test alpha one");
        log.Write("search-test beta two", "WARN ");
        log.Write("search-test gamma three", "ERROR");
        await Expect(Rows(page).Last).ToContainTextAsync("search-test gamma");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("SEARCH-test");
        await Expect(Screen(page)).ToHaveAttributeAsync("data-shown", "3");
        await Expect(page.Locator(".log-row mark").First).ToHaveTextAsync("search-test");
        await page.Locator("[data-log-regex]").ClickAsync();
        await page.Locator("[data-log-search]").FillAsync("search-test (alpha|gamma)");
        await Expect(Screen(page)).ToHaveAttributeAsync("data-shown", "2");
        await page.Locator("[data-log-search]").FillAsync("search-test (alpha");
        await Expect(page.Locator("#log-search-error")).ToContainTextAsync("position");
        await page.Locator("[data-log-search]").FillAsync("search-test");
        await page.GetByRole(AriaRole.Button, new() { Name = "WARN+" }).ClickAsync();
        await Expect(Screen(page)).ToHaveAttributeAsync("data-shown", "2");
        await page.GetByRole(AriaRole.Button, new() { Name = "ERROR", Exact = true }).ClickAsync();
        await Expect(Screen(page)).ToHaveAttributeAsync("data-shown", "1");
        await page.ReloadAsync();
        await Expect(Screen(page)).ToHaveAttributeAsync("data-shown", "1");
        await Expect(Rows(page)).ToContainTextAsync("gamma three");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Matches_AreReached_ByKey()
    {
        var page = await OpenAsync(Orders + "&q=needle-test&only=0");
        var log = new WrittenLog(busy.Stage.Cluster, "orders-healthy-taskmanager");
        log.Write("needle-test first");
        for (var i = 0; i < 150; i++)
            log.Write($"hay {i}");
        log.Write("needle-test second");
        await Expect(Rows(page).Last).ToContainTextAsync("needle-test second");
        await page.Keyboard.PressAsync("N");
        await Expect(page.Locator(".log-row.found")).ToContainTextAsync("needle-test");
        await page.Keyboard.PressAsync("n");
        await Expect(page.Locator(".log-row.found")).ToBeInViewportAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task StackTrace_UnfoldsByKeyboard_AndLineIsPicked()
    {
        var page = await OpenAsync(Orders + "&q=trace-test");
        var log = new WrittenLog(busy.Stage.Cluster, "orders-healthy-taskmanager");
        log.Write("trace-test failed\njava.lang.RuntimeException: outer\n\tat a.B.c(B.java:1)\nCaused by: java.net.ConnectException: refused here\n\tat d.E.f(E.java:2)", "ERROR");
        var row = Rows(page).Filter(new() { HasText = "trace-test failed" });
        await Expect(row.Locator("button")).ToContainTextAsync("Caused by: java.net.ConnectException: refused here");
        await page.Locator("[data-log-scroll]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Locator("[data-log-picked]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(row.Locator("pre")).ToContainTextAsync("at d.E.f(E.java:2)");
        await page.Keyboard.PressAsync("Enter");
        await Expect(row.Locator("pre")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-log-picked]")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Permalink_LandsOnTheLine_AlsoAfterReload()
    {
        var page = await OpenAsync(Orders);
        var log = new WrittenLog(busy.Stage.Cluster, "orders-healthy-taskmanager");
        log.Write("permalink-test here");
        for (var i = 0; i < 100; i++)
            log.Write($"after {i}");
        await page.Locator("[data-log-search]").FillAsync("permalink-test");
        await Rows(page).Filter(new() { HasText = "permalink-test here" }).Locator("time").ClickAsync();
        var address = await page.Locator("[data-log-link]").GetAttributeAsync("href");
        Assert.Contains("line=", address, StringComparison.Ordinal);
        await page.GotoAsync(busy.Stage.Address + address!.Replace("&q=permalink-test", "", StringComparison.Ordinal));
        for (var i = 0; i < 2; i++)
        {
            var here = page.Locator(".log-row.here");
            await Expect(here).ToContainTextAsync("permalink-test here");
            await Expect(here).ToBeInViewportAsync();
            await page.ReloadAsync();
        }
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Exact_Times_AreShownOnHover()
    {
        var page = await OpenAsync(Orders);
        var time = Rows(page).Last.Locator("time");
        await time.HoverAsync();
        await Expect(time).ToHaveAttributeAsync("title", new Regex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z · .*orders-healthy"));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task PreviousRun_OfARestartedContainer_IsShown()
    {
        var (pod, container) = Restarted();
        var name = ClusterOf(pod);
        var page = await OpenAsync($"/applications/{pod.Namespace}/{name}?tab=logs&pods={pod.Name}");
        await page.Locator("[data-log-previous]").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("previous=1"));
        await Expect(Rows(page).First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-log-follow]")).ToHaveCountAsync(0);
        Assert.NotEmpty(container);
        await page.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await busy.Stage.OpenAsync(path);
        await page.Locator("[data-log][data-ready=true]").WaitForAsync();
        return page;
    }

    private static ILocator Screen(IPage page) => page.Locator("[data-log]");

    private static ILocator Rows(IPage page) => page.Locator("[data-log] .log-row[data-id]");

    private static Task<double> GapAsync(IPage page) => page.Locator("[data-log-scroll]").EvaluateAsync<double>("e => e.scrollHeight - e.scrollTop - e.clientHeight");

    private static Task<string> FirstInSightAsync(IPage page) => page.Locator("[data-log-scroll]").EvaluateAsync<string>(
        "async e => { for (let at = -1; at !== e.scrollTop;) { at = e.scrollTop; await new Promise(done => setTimeout(done, 400)); } const top = e.getBoundingClientRect().top; const row = [...e.querySelectorAll('[data-id]')].find(r => r.getBoundingClientRect().bottom > top + 1); return row.dataset.id + ' ' + Math.round(row.getBoundingClientRect().top - top); }");

    private (WorldObject Pod, string Container) Restarted()
    {
        foreach (var pod in busy.Stage.Cluster.World.Objects.List(ResourceTypes.Pods).Items)
            foreach (var status in pod.Read()["status"]?["containerStatuses"]?.AsArray() ?? [])
            {
                if (status?["lastState"]?["terminated"] is not null && pod.Labels.GetValueOrDefault("type") == "flink-native-kubernetes")
                    return (pod, status["name"]!.GetValue<string>());
            }
        throw new InvalidOperationException("No container of this world has run before.");
    }

    private static string ClusterOf(WorldObject pod) => pod.Labels["app"];

    [GeneratedRegex(@"\d+ new lines")]
    private static partial Regex NewLines();
}
