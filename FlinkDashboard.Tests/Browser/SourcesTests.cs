using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>The page Settings says how every source fares.</summary>
[Collection(BrowserTests.Name)]
public class SourcesTests(BusyStage busy)
{
    [BrowserFact]
    public async Task Sources_AnswerWhenTheyAreAsked()
    {
        var page = await busy.Stage.OpenAsync("/settings");
        await page.Locator("[data-ask]").ClickAsync();
        foreach (var source in (string[])["kubernetes", "prometheus", "logs", "s3"])
            await Expect(page.Locator($"[data-source={source}]")).ToContainTextAsync("Answers", new() { Timeout = 60_000 });
        await Expect(page.Locator("[data-source=kubernetes]")).ToContainTextAsync("requests");
        await page.Context.CloseAsync();
    }
}
