using FlinkDashboard.Ui.Menu;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Every page of the menu and the pages of single objects.</summary>
[Collection(BrowserTests.Name)]
public class PageTests(BusyStage busy)
{
    private static readonly string[] Objects =
    [
        "/applications/flink-team-a-ns/orders-healthy",
        "/applications/flink-team-a-ns/orders-healthy?tab=storage",
        "/storage?tab=usage",
        "/storage?at=s3://emr-eks-flink-111122223333/jobs/&show=s3://emr-eks-flink-111122223333/jobs/StateMachineExample.jar",
        "/applications/flink-team-a-ns/fraud-stuck-upgrade?tab=events",
        "/applications/flink-team-a-ns/payments-restarting?tab=pods",
        "/applications/flink-team-b-ns/analytics-session",
        "/applications/flink-team-a-ns/pricing-rolled-back",
        "/applications/flink-team-a-ns/pricing-rolled-back?tab=changes",
        "/applications/flink-team-a-ns/orders-healthy?tab=snapshots",
        "/applications/flink-team-a-ns/orders-healthy?tab=autoscaler",
        "/bluegreen/flink-team-a-ns/catalog-blue-green",
        "/bluegreen/flink-team-a-ns/catalog-blue-green/edit",
        "/sessions/flink-team-b-ns/clickstream?tab=snapshots",
        "/sessions/flink-team-b-ns/clickstream?tab=changes",
        "/sessions/flink-team-b-ns/clickstream?tab=autoscaler",
    ];

    public static TheoryData<string> Paths => [.. SiteMenu.Entries.Select(e => e.Address), .. Objects];

    [BrowserTheory]
    [MemberData(nameof(Paths))]
    public async Task Page_Opens_PassesAxeInBothThemes_AndFitsAPhoneAndTwiceTheZoom(string path)
    {
        var page = await busy.Stage.OpenAsync(path);
        await Expect(page.Locator("h1").First).ToBeVisibleAsync();
        await page.HoldsAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Keyboard_ReachesPages_AndObjects()
    {
        var page = await busy.Stage.OpenAsync("/");
        await GoAsync(page, "a", "/applications");
        await GoAsync(page, "n", "/nodes");
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Search or jump" })).ToBeFocusedAsync(new() { Timeout = 30_000 });
        await page.Keyboard.TypeAsync("orders-healthy");
        await Expect(page.Locator("#palette-list [role=option]").First).ToContainTextAsync("orders-healthy", new() { Timeout = 30_000 });
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/applications/flink-team-a-ns/orders-healthy");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Keyboard_GoesToASide_OfTheFocusedRow_OrOfTheObjectShown()
    {
        var page = await busy.Stage.OpenAsync("/applications?q=orders-healthy");
        await Expect(page.Locator("[data-row] a.row-link")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("[data-row] a.row-link").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("y");
        await page.WaitForURLAsync("**/applications/flink-team-a-ns/orders-healthy?tab=yaml");
        await page.Locator("[data-aspect=l]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Keyboard.PressAsync("l");
        await page.WaitForURLAsync("**/orders-healthy?tab=logs");
        await page.Keyboard.PressAsync("m");
        await page.WaitForURLAsync("**/orders-healthy?tab=metrics");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByText("YAML, events, logs, metrics of the row with the focus")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    // The second key counts for a moment only: on a machine that is busy it may come too late, as for a slow typist.
    private static async Task GoAsync(IPage page, string key, string path)
    {
        for (var i = 0; i < 5 && new Uri(page.Url).AbsolutePath != path; i++)
        {
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync(key);
            try
            {
                await page.Locator($"a.rail-link[href^='{path}'][aria-current=page]").WaitForAsync(new() { Timeout = 8_000 });
            }
            catch (TimeoutException)
            {
                // pressed again
            }
        }
        Assert.Equal(path, new Uri(page.Url).AbsolutePath);
    }

    [BrowserFact]
    public async Task Applications_FilteredByUrl_ShowTheSameAfterReload()
    {
        var page = await busy.Stage.OpenAsync("/applications?q=orders");
        var rows = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "orders-" });
        await Expect(rows.Filter(new() { HasText = "orders-healthy" })).ToHaveCountAsync(1);
        await Expect(page.GetByText("returns-failed")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Expect(rows.Filter(new() { HasText = "orders-healthy" })).ToHaveCountAsync(1);
        await Expect(page.GetByText("returns-failed")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }
}
