using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Session jobs are acted on as a selection, and blue/green deployments are seen as such.</summary>
[Collection(BrowserTests.Name)]
public class ParityTests(ChangingStage changing) : IClassFixture<ChangingStage>
{
    [BrowserFact]
    public async Task SessionJobs_AreSuspendedAsASelection()
    {
        var page = await changing.Stage.OpenAsync("/sessions");
        await page.Locator("tr[data-row$='/top-pages-suspended'] [data-tick]").ClickAsync();
        await page.Locator("tr[data-row$='/clickstream'] [data-tick]").ClickAsync();
        await Expect(page.Locator("[data-bulk-bar]")).ToContainTextAsync("2 session jobs");
        await page.Locator("[data-bulk-bar]").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Suspend") }).ClickAsync();
        await Expect(page.Locator("[data-refused$='/top-pages-suspended']")).ToContainTextAsync("suspended already");
        await page.Locator("[data-confirm]").ClickAsync();
        await Expect(page.Locator("[data-bulk-result]")).ToHaveTextAsync("1 accepted.", new() { Timeout = 60_000 });
        await page.Locator("[data-close-bulk]").ClickAsync();
        await Expect(page.Locator("tr[data-row$='/clickstream']")).ToContainTextAsync("SUSPENDED", new() { Timeout = 90_000 });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task BlueGreen_IsSeenAmongApplications_AndOnAPageOfItsOwn()
    {
        const string ns = "flink-team-a-ns", name = "catalog-blue-green";
        var page = await changing.Stage.OpenAsync("/applications");
        await Expect(page.Locator($"tr[data-row='{ns}/{name}-green'] a[href='/bluegreen/{ns}/{name}']")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        await page.Locator($"[data-blue-green='{ns}/{name}'] a").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);
        await Expect(page.Locator("tr[data-colour=green]")).ToContainTextAsync("serves");
        await Expect(page.Locator("tr[data-colour=blue]")).ToContainTextAsync("does not stand there");
        await page.Context.CloseAsync();
    }
}
