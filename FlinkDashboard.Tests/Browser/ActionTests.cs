using FlinkDashboard.Sandbox.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Actions from the browser through the API server to the operator and back.</summary>
[Collection(BrowserTests.Name)]
public class ActionTests(BusyStage busy)
{
    private const string Orders = "/applications/flink-team-a-ns/orders-healthy";

    [BrowserFact]
    public async Task Suspend_ThenResume_GoesThroughTheOperator()
    {
        var page = await busy.Stage.OpenAsync(Orders);
        await PressAsync(page, "Suspend");
        await page.Locator("[data-confirm]").ClickAsync();
        await Expect(page.GetByText("SUSPENDED").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await PressAsync(page, "Resume");
        await page.Locator("[data-confirm]").ClickAsync();
        await Expect(page.GetByText("STABLE").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(page.GetByText("RUNNING").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Delete_NeedsTheTypedName_AndThenItIsGone()
    {
        const string name = "campaigns-upgrading";
        var page = await busy.Stage.OpenAsync($"/applications/flink-team-b-ns/{name}");
        await page.Locator("[data-more] summary").ClickAsync();
        await PressAsync(page, "Delete");
        await Expect(page.Locator("[data-confirm]")).ToBeDisabledAsync();
        await page.Locator("[data-typed-name]").FillAsync("something-else");
        await Expect(page.Locator("[data-confirm]")).ToBeDisabledAsync();
        await page.Locator("[data-typed-name]").FillAsync(name);
        await page.Locator("[data-confirm]").ClickAsync();
        await Expect(page.GetByText($"There is no {name}")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Null(busy.Stage.Cluster.World.Objects.Find(ResourceTypes.FlinkDeployments, "flink-team-b-ns", name));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Viewer_SeesWhy_ActionsAreNotPossible()
    {
        await using var stage = busy.Stage.As("viewer");
        var page = await stage.OpenAsync(Orders);
        var suspend = page.GetByRole(AriaRole.Button, new() { NameRegex = new System.Text.RegularExpressions.Regex("^Suspend") });
        await Expect(suspend).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(suspend).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex("may not|not allowed|no right|cannot", System.Text.RegularExpressions.RegexOptions.IgnoreCase));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task ApiServer_GoneAndBack_IsSaidAndRecovered()
    {
        await using var stage = await Stage.StartAsync("busy");
        var page = await stage.OpenAsync("/applications");
        await Expect(page.GetByText("orders-healthy").First).ToBeVisibleAsync();
        stage.Cluster.Faults.Unreachable = true;
        await Expect(page.GetByText("Contact lost").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(page.GetByText("orders-healthy").First).ToBeVisibleAsync();
        await page.WaitForTimeoutAsync(30_000);
        stage.Cluster.Faults.Unreachable = false;
        await Expect(page.GetByText("Contact lost")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        stage.Cluster.World.Objects.Update(ResourceTypes.FlinkDeployments, "flink-team-a-ns", "orders-healthy", o =>
        {
            o["metadata"]!["labels"]!["app.kubernetes.io/managed-by"] = "Helm";
            return o;
        });
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "orders-healthy" })).ToContainTextAsync("Helm");
        await page.Context.CloseAsync();
    }

    private static async Task PressAsync(IPage page, string verb)
    {
        var button = page.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true });
        await Expect(button).Not.ToHaveAttributeAsync("aria-disabled", "true", new() { Timeout = 60_000 });
        await button.ClickAsync();
    }
}
