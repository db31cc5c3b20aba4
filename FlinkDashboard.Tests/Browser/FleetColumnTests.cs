using System.Globalization;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>The list of applications tells how much goes through each and what waits.</summary>
[Collection(BrowserTests.Name)]
public class FleetColumnTests(BusyStage busy)
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Row_ShowsNumbers_AndALineThatIsDrawn(bool dark)
    {
        var page = await busy.Stage.OpenAsync("/applications?q=sensors-autoscaled", dark);
        var row = page.Locator("[data-row='flink-team-a-ns/sensors-autoscaled']");
        await Expect(row.Locator("td.c-throughput")).ToContainTextAsync("/s", new() { Timeout = 60_000 });
        await Expect(row.Locator("td.c-lag canvas.spark")).ToHaveAttributeAsync("data-spark", new System.Text.RegularExpressions.Regex("^[0-9A-Za-z_.-]{2,40}$"));
        const string drawn = "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value, i) => i % 4 === 3 && value > 100)";
        var canvas = row.Locator("td.c-throughput canvas.spark");
        await page.WaitForFunctionAsync($"() => ({drawn})(document.querySelector('td.c-throughput canvas.spark'))", null, new() { Timeout = 30_000 });
        Assert.True(await canvas.EvaluateAsync<bool>(drawn));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Sort_ByThroughput_PutsTheBusiestFirst_AndUnknownLast()
    {
        var page = await busy.Stage.OpenAsync("/applications?sort=-throughput");
        await Expect(page.Locator("td.c-throughput").First).ToContainTextAsync("/s", new() { Timeout = 60_000 });
        var shown = await page.Locator("td.c-throughput > span").AllTextContentsAsync();
        var known = shown.TakeWhile(t => t != "–").Select(Number).ToList();
        Assert.True(known.Count > 3, string.Join(' ', shown));
        Assert.Equal(known.OrderDescending(), known);
        Assert.All(shown.Skip(known.Count), t => Assert.Equal("–", t));
        await Expect(page.Locator("td.c-throughput > span", new() { HasText = "–" }).First).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex("Prometheus"));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Overview_SumsTheLoad()
    {
        var page = await busy.Stage.OpenAsync("/");
        await Expect(page.GetByLabel("Load of the last hour")).ToContainTextAsync("/s", new() { Timeout = 60_000 });
        await page.Context.CloseAsync();
    }

    // "12.3 k/s" as 12,300.
    private static double Number(string text)
    {
        var parts = text.Replace("/s", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return double.Parse(parts[0], CultureInfo.InvariantCulture) * (parts.ElementAtOrDefault(1) switch { "k" => 1e3, "M" => 1e6, _ => 1 });
    }
}
