using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>PromQL of one's own, in a real browser: asked, completed, refused, and what goes wrong at its place.</summary>
[Collection(BrowserTests.Name)]
public class MetricsQueryTests(BusyStage busy)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 60_000 };

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Query_IsAsked_OverARange_AndNow(bool dark)
    {
        var page = await busy.Stage.OpenAsync("/charts/promql", dark);
        var editor = page.Locator("[data-promql] .cm-content");
        await Expect(editor).ToBeVisibleAsync(Patient);
        await editor.FillAsync("sum by (namespace) (flink_jobmanager_numRunningJobs)");
        await page.Locator("[data-ask]").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("expr=sum"), new() { Timeout = 60_000 });
        await Expect(page.Locator("[data-chart-host][data-ready=true]")).ToBeVisibleAsync(Patient);
        await page.GetByRole(AriaRole.Button, new() { Name = "Now", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-instant] tbody tr").First).ToBeVisibleAsync(Patient);
        await Expect(page.Locator("[data-instant]")).ToContainTextAsync("flink-team-a-ns");
        await Expect(page.Locator("[data-recent]")).ToBeVisibleAsync();
        await page.AxeAsync();
        await page.SetViewportSizeAsync(390, 844);
        Assert.True(await page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.getElementById('content').scrollWidth)") <= 391);
        await page.ReloadAsync();
        await Expect(page.Locator("[data-instant] tbody tr").First).ToBeVisibleAsync(Patient);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Editor_CompletesNames_ThroughTheServer()
    {
        var page = await busy.Stage.OpenAsync("/charts/promql");
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        var editor = page.Locator("[data-promql] .cm-content");
        await Expect(editor).ToBeVisibleAsync(Patient);
        await editor.ClickAsync();
        await page.Keyboard.TypeAsync("flink_jobmanager_numRun");
        await Expect(page.Locator(".cm-tooltip-autocomplete")).ToContainTextAsync("flink_jobmanager_numRunningJobs", new() { Timeout = 60_000 });
        Assert.All(asked, url => Assert.StartsWith(busy.Stage.Address, url, StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task BadQuery_IsExplained_AtItsPlace()
    {
        var page = await busy.Stage.OpenAsync("/charts/promql?mode=instant&expr=" + Uri.EscapeDataString("sum(flink_jobmanager_numRunningJobs"));
        await Expect(page.Locator("[data-problem]")).ToContainTextAsync("parse error", new() { Timeout = 60_000 });
        await Expect(page.Locator("[data-promql] .cm-content")).ToContainTextAsync("sum(flink_jobmanager_numRunningJobs");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task TeamMember_IsRefused_WithTheReason()
    {
        await using var stage = busy.Stage.As("team-a");
        var page = await stage.OpenAsync("/charts/promql?expr=up");
        await Expect(page.Locator("[data-refused]")).ToBeVisibleAsync(Patient);
        await Expect(page.Locator("[data-promql]")).ToHaveCountAsync(0);
        await page.GotoAsync(stage.Address + "/charts?tab=operator");
        await Expect(page.GetByText("These charts may not be shown to you")).ToBeVisibleAsync(Patient);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task ChartZoom_MovesTheLogs()
    {
        var page = await busy.Stage.OpenAsync("/applications/flink-team-a-ns/orders-healthy?tab=metrics&logs=1");
        await Expect(page.Locator("[data-chart-host][data-ready=true]").First).ToBeVisibleAsync(Patient);
        await page.Locator("[data-chart-host][data-ready=true] .chart-plot").First.FocusAsync();
        await page.Keyboard.PressAsync("+");
        await Expect(page).ToHaveURLAsync(new Regex("from=.*to="), new() { Timeout = 60_000 });
        await page.WaitForFunctionAsync("""
            () => {
              const log = document.querySelector("[data-chart-logs] [data-log]"), range = new URL(location).searchParams;
              return log && ["from", "to"].every(end => Math.abs(Date.parse(log.dataset[end]) - Date.parse(range.get(end))) < 1000);
            }
            """, null, new() { Timeout = 60_000 });
        await page.Context.CloseAsync();
    }
}
