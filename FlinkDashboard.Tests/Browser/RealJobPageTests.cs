using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FlinkDashboard.Tests.RealFlink;
using FlinkDashboard.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>The whole way with a real Flink: browser, app, API server's proxy, JobManager.</summary>
[Collection(BrowserTests.Name)]
public sealed class RealJobPageTests(RealFlinkCluster flink) : IClassFixture<RealFlinkCluster>, IAsyncLifetime
{
    private const string Application = "flink-team-a-ns/orders-healthy";
    private Stage stage = null!;

    public async Task InitializeAsync()
    {
        if (flink.Address is not null && BrowserSkip.Reason is null)
            stage = await Stage.StartAsync("busy", realFlink: $"{Application}={flink.Address.ToString().TrimEnd('/')}");
    }

    public async Task DisposeAsync()
    {
        if (stage is not null)
            await stage.DisposeAsync();
    }

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task Numbers_OnThePage_AreThoseOfTheRestApi()
    {
        var id = flink.Job("steady");
        var page = await OpenAsync($"job={id}");
        var row = page.Locator("table.vertex-table tbody tr").Filter(new() { HasText = "totals" });
        await Expect(row.Locator("[data-records-in]")).Not.ToHaveTextAsync(new Regex("^(0|–)$"), new() { Timeout = 90_000 });
        long Received(JsonElement job) => job.GetProperty("vertices").EnumerateArray().Single(v => v.GetProperty("name").GetString() == "totals").GetProperty("metrics").GetProperty("read-records").GetInt64();
        // The page is at most some seconds behind: what it shows lies between what was true before and what is true after.
        var before = Received(await flink.RawAsync($"/jobs/{id}"));
        await page.WaitForFunctionAsync("least => Number(document.querySelectorAll('[data-records-in]')[1].textContent.replaceAll(',', '')) >= least", before, new() { Timeout = 60_000 });
        var shown = Number(await row.Locator("[data-records-in]").InnerTextAsync());
        Assert.InRange(shown, before, Received(await flink.RawAsync($"/jobs/{id}")));
        await page.GotoAsync(Address($"job={id}&view=checkpoints"));
        await Expect(page.Locator("[data-completed]")).ToBeVisibleAsync();
        var completed = (await flink.RawAsync($"/jobs/{id}/checkpoints")).GetProperty("counts").GetProperty("completed").GetInt64();
        await page.WaitForFunctionAsync("least => Number(document.querySelector('[data-completed]').textContent.replaceAll(',', '')) >= least", completed, new() { Timeout = 60_000 });
        await page.Context.CloseAsync();
    }

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task BackPressure_NamesTheRightVertex()
    {
        var page = await OpenAsync($"job={flink.Job("backpressure")}");
        await Expect(page.Locator("[data-bottleneck]")).ToContainTextAsync("slow-writer holds the job back", new() { Timeout = 120_000 });
        await Expect(page.Locator("a.node.slow")).ToContainTextAsync("slow-writer");
        await page.Context.CloseAsync();
    }

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task FailingJob_ShowsItsException_AndItsHistory()
    {
        var page = await OpenAsync($"job={flink.Job("failing")}&view=exceptions");
        var group = page.Locator("[data-failure=IllegalStateException]");
        await Expect(group.Locator("tbody tr").Nth(1)).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await Expect(group).ToContainTextAsync("Planned failure after 2 s");
        await Expect(group.Locator(".stack")).ToContainTextAsync("jobs.Failing");
        await page.Context.CloseAsync();
    }

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task JobOf400Vertices_IsDrawn_InGroups()
    {
        await flink.SubmitAsync("manyvertices", 1, "--vertices", "400", "--shape", "mesh");
        var page = await OpenAsync($"job={flink.Job("manyvertices")}");
        await Expect(page.Locator("a.node.group").First).ToBeVisibleAsync(new() { Timeout = 90_000 });
        Assert.InRange(await page.Locator("a.node").CountAsync(), 2, 300);
        await Expect(page.Locator("table.vertex-table")).ToHaveAttributeAsync("aria-rowcount", new Regex("^40[1-9]$"));
        await flink.CancelAsync("manyvertices");
        await page.Context.CloseAsync();
    }

    [RecordedFact(RecordingKind.RealFlink)]
    public async Task FlinksOwnPage_Works_ForLookingOnly()
    {
        var context = await (await Chromium.BrowserAsync()).NewContextAsync();
        var page = await context.NewPageAsync();
        var refused = new List<string>();
        page.Console += (_, message) => { if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) refused.Add(message.Text); };
        await page.GotoAsync($"{stage.Address}/flink/{Application}/#/job/running/{flink.Job("steady")}/overview");
        await Expect(page.GetByText("totals").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Empty(refused);
        // Even its own scripts cannot reach the rest of the dashboard.
        Assert.Equal("refused", await page.EvaluateAsync<string>("() => fetch('/healthz').then(() => 'reached', () => 'refused')"));
        Assert.True(await page.EvaluateAsync<bool>("() => window.open('/') === null"));
        await context.CloseAsync();
    }

    private string Address(string query) => $"{stage.Address}/applications/{Application}?tab=job&{query}";

    private Task<IPage> OpenAsync(string query) => stage.OpenAsync($"/applications/{Application}?tab=job&{query}");

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
