using FlinkDashboard.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Recorded scenarios replayed to the app: what real systems did, seen in the browser from create to end.</summary>
[Collection(BrowserTests.Name)]
public class RecordedReplayTests
{
    [RecordedTheory]
    [InlineData("create-run-delete", new[] { "UPGRADING", "DEPLOYED", "STABLE", "DELETING" })]
    [InlineData("job-fails", new[] { "DEPLOYED", "FAILED" })]
    [InlineData("suspend-resume-savepoint", new[] { "STABLE", "SUSPENDED", "STABLE" })]
    public async Task Scenario_IsShown_FromCreateToEnd(string scenario, string[] states)
    {
        var folder = Path.Combine(Repository.Recordings!, scenario);
        if (!Directory.Exists(folder) || BrowserSkip.Reason is not null)
            return;
        await using var stage = await Stage.StartAsync("recording:" + folder, speed: 8);
        var page = await stage.OpenAsync($"/applications/{scenario}/orders");
        foreach (var state in states)
            await Expect(page.GetByText(state, new() { Exact = true }).First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.Context.CloseAsync();
    }
}
