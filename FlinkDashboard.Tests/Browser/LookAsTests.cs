using FlinkDashboard.Tests.App;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Another user of the sandbox, chosen on a page.</summary>
[Collection(BrowserTests.Name)]
public class LookAsTests
{
    [BrowserFact]
    public async Task Choice_LoadsThePageAnew_AndStays()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"), ("Sandbox:Speed", "0"));
        await using var context = await (await Chromium.BrowserAsync()).NewContextAsync();
        context.SetDefaultTimeout(30_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{app.Address}settings?x=1");
        await InteractiveAsync(page);
        await page.Locator("main form button[value=team-b]").ClickAsync();
        for (var look = 0; look < 2; look++)
        {
            await InteractiveAsync(page);
            await Expect(page.GetByLabel("You: team-b")).ToBeVisibleAsync(new() { Timeout = 30_000 });
            await Expect(page.Locator("main")).ToContainTextAsync("impersonated as team-b");
            Assert.EndsWith("/settings?x=1", page.Url, StringComparison.Ordinal);
            await page.ReloadAsync();
        }
    }

    private static Task InteractiveAsync(IPage page) => page.Locator("[data-interactive=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
}
