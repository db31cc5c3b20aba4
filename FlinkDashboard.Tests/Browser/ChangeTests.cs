using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>A busy world of its own, ten times as fast: these tests change applications.</summary>
public sealed class ChangingStage : IAsyncLifetime
{
    /// <summary>The stage.</summary>
    public Stage Stage { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (BrowserSkip.Reason is null)
            Stage = await Stage.StartAsync("busy", speed: 10);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (Stage is not null)
            await Stage.DisposeAsync();
    }
}

/// <summary>Upgrades that fail, savepoints, the way back, and actions on a selection, from the browser to the operator and back.</summary>
[Collection(BrowserTests.Name)]
public class ChangeTests(ChangingStage changing) : IClassFixture<ChangingStage>
{
    private const string Team = "flink-team-a-ns";
    private static readonly LocatorAssertionsToBeVisibleOptions Slow = new() { Timeout = 90_000 };

    [BrowserFact]
    public async Task BadImage_IsRolledBackByTheOperator_Explained_AndRevision1BroughtBack()
    {
        const string name = "orders-healthy", path = $"/applications/{Team}/{name}";
        changing.Stage.Cluster.World.Objects.Update(ResourceTypes.FlinkDeployments, Team, name, o =>
        {
            o["spec"]!["flinkConfiguration"]!["kubernetes.operator.deployment.rollback.enabled"] = "true";
            o["spec"]!["flinkConfiguration"]!["kubernetes.operator.deployment.readiness.timeout"] = "60 s";
            return o;
        });
        var page = await changing.Stage.OpenAsync(path + "/edit");
        await page.Locator("[data-field='spec.image'] input").First.FillAsync("flink:9.99-does-not-exist");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("[data-effect=StopAndRestart]")).ToBeVisibleAsync(Slow);
        await page.Locator("[data-send]").ClickAsync();
        await page.GotoAsync(changing.Stage.Address + path);
        await Expect(page.Locator("[data-progress=Failed] [data-step=jobmanager][data-step-state=Failed]")).ToBeVisibleAsync(Slow);
        await Expect(page.Locator("[data-operator-error]")).ToContainTextAsync("does-not-exist");
        await Expect(page.Locator("[data-progress=RolledBack]")).ToBeVisibleAsync(Slow);
        await Expect(page.Locator("[data-progress]")).ToContainTextAsync("The last stable spec runs");

        await page.GotoAsync($"{changing.Stage.Address}{path}?tab=changes");
        await Expect(page.Locator("[data-rolled-back]")).ToBeVisibleAsync(Slow);
        // The keys of version 2 restart nothing: whether it proved stable before the image was changed depends on when the operator last looked.
        await Expect(page.Locator("tr[data-revision='1'], tr[data-revision='2']").Filter(new() { HasText = "last stable" })).ToHaveCountAsync(1);
        await Expect(page.Locator("tr[data-revision='3']")).ToContainTextAsync("flink:9.99-does-not-exist");
        await page.Locator("[data-roll-back='1']").ClickAsync();
        await Expect(page.Locator("[data-roll-back-panel] [data-consequence]")).ToContainTextAsync("starts the job again", new() { IgnoreCase = true });
        await page.Locator("[data-roll-back-panel] [data-confirm]").ClickAsync();
        await Expect(page.Locator("[data-rolled-back]")).ToHaveCountAsync(0, new() { Timeout = 90_000 });
        await page.GotoAsync(changing.Stage.Address + path);
        await Expect(page.Locator("[data-progress=Done] [data-step=stable]")).ToBeVisibleAsync(Slow);
        Assert.Equal("flink:1.20", (string?)Spec(name, Team)["image"]);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Savepoint_IsTaken_Listed_AndRestoredFrom()
    {
        const string ns = "flink-team-b-ns", name = "graviton-example", path = $"/applications/{ns}/{name}";
        var page = await changing.Stage.OpenAsync(path + "?tab=snapshots");
        await page.Locator(".panel-head [data-action=Savepoint]").ClickAsync();
        await page.Locator("[data-confirm]").ClickAsync();
        var taken = page.Locator("tr[data-snapshot-state=COMPLETED]").First;
        await Expect(taken).ToBeVisibleAsync(Slow);
        await Expect(taken).ToContainTextAsync("/savepoint-");
        var where = Regex.Match(await taken.InnerTextAsync(), @"\S+/savepoint-\S+").Value;
        await taken.Locator("[data-action=Restore]").ClickAsync();
        await Expect(page.Locator("[data-consequence]")).ToContainTextAsync(where);
        await page.Locator("[data-confirm]").ClickAsync();
        await page.GotoAsync(changing.Stage.Address + path);
        await Expect(page.Locator("[data-progress=Done] [data-step=running][data-step-state=Done]")).ToBeVisibleAsync(Slow);
        await Expect(page.Locator("[data-progress]")).ToContainTextAsync("Restore done");
        Assert.Equal(where, (string?)Spec(name, ns)["job"]!["initialSavepointPath"]);
        Assert.Equal(where, (string?)changing.Stage.Cluster.World.Objects.Find(ResourceTypes.FlinkDeployments, ns, name)!.Read()["status"]!["jobStatus"]!["upgradeSavepointPath"]);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Selection_IsSuspendedInOrder_AndTellsWhoIsLeftOut()
    {
        string[] names = [$"{Team}/payments-restarting", "flink-team-b-ns/campaigns-upgrading"];
        var page = await changing.Stage.OpenAsync("/applications?sort=name");
        foreach (var key in names)
            await page.Locator($"tr[data-row='{key}'] [data-tick]").ClickAsync();
        await page.Locator("tr[data-row$='/search-invalid'] [data-tick]").ClickAsync();
        await Expect(page.Locator("[data-bulk-bar]")).ToContainTextAsync("3 applications");
        await page.Locator("[data-bulk-bar]").GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Suspend") }).ClickAsync();
        await Expect(page.Locator("[data-refused$='/search-invalid']")).ToContainTextAsync("could not deploy it");
        await page.Locator("[data-confirm]").ClickAsync();
        await Expect(page.Locator("[data-bulk-result]")).ToHaveTextAsync("2 accepted.", new() { Timeout = 60_000 });
        await page.Locator("[data-close-bulk]").ClickAsync();
        await Expect(page.Locator("[data-bulk-bar]")).ToHaveCountAsync(0);
        foreach (var key in names)
            await Expect(page.Locator($"tr[data-row='{key}']")).ToContainTextAsync("SUSPENDED", new() { Timeout = 90_000 });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Back_ComesBackToTheSamePlace_AndSpaceTicksTheRow()
    {
        var page = await changing.Stage.OpenAsync("/applications?sort=name", height: 520);
        await Expect(page.Locator("tr[data-row]").First).ToBeVisibleAsync();
        await page.Locator("#content").EvaluateAsync("e => e.scrollTop = 260");
        await page.WaitForTimeoutAsync(400);
        await page.Locator("tr[data-row$='/inventory-standalone'] a.row-link").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("inventory-standalone");
        await page.GoBackAsync();
        await Expect(page.Locator("tr[data-row$='/inventory-standalone']")).ToBeVisibleAsync();
        await page.WaitForFunctionAsync("Math.abs(document.getElementById('content').scrollTop - 260) < 3");
        await page.Locator("tr[data-row$='/inventory-standalone'] a.row-link").FocusAsync();
        await page.Keyboard.PressAsync(" ");
        await Expect(page.Locator("[data-bulk-bar]")).ToContainTextAsync("1 application");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-bulk-bar]")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    private System.Text.Json.Nodes.JsonNode Spec(string name, string ns) => changing.Stage.Cluster.World.Objects.Find(ResourceTypes.FlinkDeployments, ns, name)!.Read()["spec"]!;
}
