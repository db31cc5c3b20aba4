using FlinkDashboard.Sandbox.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Inside a job: every tab in a real browser, through the API server's proxy to the sandbox's JobManagers.</summary>
[Collection(BrowserTests.Name)]
public class JobPageTests(BusyStage busy)
{
    private const string Slow = "/applications/flink-team-b-ns/lagging-backpressured";
    private const string Restarting = "/applications/flink-team-a-ns/payments-restarting";
    private const string Session = "/applications/flink-team-b-ns/analytics-session";

    // Path, and what is there once the JobManager has answered.
    private static readonly (string Path, string Shown)[] Tabs =
    [
        (Slow + "?tab=job", "a.node"),
        (Slow + "?tab=job&view=checkpoints", "[data-checkpoints] tbody tr"),
        (Restarting + "?tab=job&view=exceptions", "[data-failure]"),
        (Slow + "?tab=job&view=timeline", "[data-states] tbody tr"),
        (Slow + "?tab=job&view=configuration", "section[aria-label=Execution] dl"),
        (Slow + "?tab=jobmanager", "[data-memory] tbody tr"),
        (Slow + "?tab=jobmanager&view=configuration", ".key-values tbody tr"),
        (Slow + "?tab=jobmanager&view=environment", ".plain-list li"),
        (Slow + "?tab=jobmanager&view=logs", "section[aria-label='Log files'] .state-box, [data-log-files]"),
        (Slow + "?tab=taskmanagers", "[data-taskmanagers] tbody tr"),
        (Session + "?tab=job", "section[aria-label^='Jobs in']"),
    ];

    public static TheoryData<string, string> Shown
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (path, shown) in Tabs)
                data.Add(path, shown);
            return data;
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Shown))]
    public async Task Tab_ShowsWhatTheJobManagerSays_PassesAxeInBothThemes_AndFitsAPhone(string path, string shown)
    {
        var page = await busy.Stage.OpenAsync(path);
        await Expect(page.Locator(shown).First).ToBeVisibleAsync();
        await page.HoldsAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Graph_NamesTheBottleneck_AndIsWalkedByKeys()
    {
        var page = await busy.Stage.OpenAsync(Slow + "?tab=job");
        await Expect(page.Locator("[data-bottleneck]")).ToContainTextAsync("slow-writer holds the job back", new() { Timeout = 60_000 });
        var nodes = page.Locator("a.node");
        await Expect(nodes).ToHaveCountAsync(3);
        await Expect(page.Locator("[data-graph][data-ready=true]")).ToBeAttachedAsync();
        await nodes.First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("a.node:focus")).ToContainTextAsync("slow-writer");
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Locator("a.node:focus")).ToContainTextAsync("parse");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url.Contains("vertex=", StringComparison.Ordinal));
        await Expect(page.Locator("[data-side] h2")).ToHaveTextAsync("parse");
        var before = await page.Locator("[data-graph]").GetAttributeAsync("data-scale");
        await page.Locator("[data-zoom=out]").ClickAsync();
        await Expect(page.Locator("[data-graph]")).Not.ToHaveAttributeAsync("data-scale", before!);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-side]")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Vertex_ShowsEachOfItsParts_AndPassesAxe()
    {
        var page = await busy.Stage.OpenAsync(Slow + "?tab=job");
        var id = await page.Locator("a.node", new() { HasText = "parse" }).GetAttributeAsync("data-vertex");
        foreach (var (part, shown) in new[] { ("", "[data-subtasks] tbody tr"), ("&part=workers", "[data-workers] tbody tr"), ("&part=pressure", "[data-pressure] tbody tr"), ("&part=watermarks", "[data-side] table tbody tr"), ("&part=metrics", "[data-metric-values] tbody tr"), ("&part=accumulators", "[data-side] .drawer-note"), ("&part=flame", "[data-flame] button") })
        {
            await GoAsync(page, $"{Slow}?tab=job&vertex={id}{part}");
            await Expect(page.Locator(shown).First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        }
        await GoAsync(page, $"{Slow}?tab=job&vertex={id}&part=pressure");
        await Expect(page.Locator("[data-level=high]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.AxeAsync();
        await GoAsync(page, $"{Slow}?tab=job&vertex={id}&subtask=1");
        await Expect(page.Locator(".attempts")).ToContainTextAsync("first attempt");
        await page.Locator("[data-subtasks] .worker a").First.ClickAsync();
        await Expect(page.Locator("[data-worker]")).ToContainTextAsync("heartbeat", new() { Timeout = 60_000 });
        await Expect(page.Locator("[data-memory]")).ToContainTextAsync("Managed");
        await page.AxeAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Log_IsDownloaded_AsItIsShown()
    {
        var page = await busy.Stage.OpenAsync(Slow + "?tab=jobmanager&view=logs");
        await Expect(page.Locator("[data-log] .log-line").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        var line = (await page.Locator("[data-log] .log-line").First.InnerTextAsync()).Split('\n', 2)[^1].Trim();
        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-download]").First.ClickAsync());
        Assert.EndsWith(".log", file.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains(line, await File.ReadAllTextAsync(await file.PathAsync()), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Checkpoint_OpensByVertex_ThenBySubtask()
    {
        var page = await busy.Stage.OpenAsync(Slow + "?tab=job&view=checkpoints");
        await page.Locator("[data-checkpoints] a.row-link").First.ClickAsync();
        await page.Locator("[data-checkpoint-detail] tbody a").First.ClickAsync();
        await Expect(page.Locator("[data-checkpoint-subtasks] tbody tr").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.AxeAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task LostJobManager_LeavesTheLastAnswer_WithItsAgeAndTheReason()
    {
        await using var stage = await Stage.StartAsync("busy");
        var page = await stage.OpenAsync("/applications/flink-team-a-ns/orders-healthy?tab=job");
        await Expect(page.Locator("a.node").First).ToBeVisibleAsync();
        var nodes = await page.Locator("a.node").CountAsync();
        stage.Cluster.World.Objects.Delete(ResourceTypes.Services, "flink-team-a-ns", "orders-healthy-rest");
        await Expect(page.Locator(".answer-stale").First).ToContainTextAsync("There is no service orders-healthy-rest", new() { Timeout = 60_000 });
        await Expect(page.Locator(".answer-stale").First).ToContainTextAsync("Last known, from");
        await Expect(page.Locator("a.node")).ToHaveCountAsync(nodes);
        await page.Context.CloseAsync();
    }

    private async Task GoAsync(IPage page, string path)
    {
        await page.GotoAsync(busy.Stage.Address + path);
        await page.Locator("[data-interactive=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }
}
