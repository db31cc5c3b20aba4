using FlinkDashboard.Tests.Telemetry;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>The app counts who looks and what it sends them.</summary>
[Collection(BrowserTests.Name)]
public class ViewerMetricTests(BusyStage busy)
{
    [BrowserFact]
    public async Task OpenPage_IsACircuit_AndItsBatchesAreCounted()
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new(busy.Stage.Address) };
        var before = await Scrape.OfAsync(http);
        var page = await busy.Stage.OpenAsync("/settings");
        await Expect(page.Locator("h1").First).ToBeVisibleAsync();
        var after = await Scrape.OfAsync(http);
        Assert.True(after.Sum("flinkdashboard_circuits_open") > before.Sum("flinkdashboard_circuits_open"));
        Assert.True(after.Sum("flinkdashboard_circuits_connected") >= 1);
        Assert.True(after.Sum("flinkdashboard_cache_subscriptions") > 0);
        var batches = after.Sum("flinkdashboard_render_batches_total") - before.Sum("flinkdashboard_render_batches_total");
        Assert.True(batches >= 1, $"{batches} batches");
        Assert.True(after.Sum("flinkdashboard_render_bytes_total") - before.Sum("flinkdashboard_render_bytes_total") > 500);
        await page.Context.CloseAsync();
    }
}
