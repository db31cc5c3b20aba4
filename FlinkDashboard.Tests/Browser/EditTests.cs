using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Changing what exists: the effect is told before, two who edit at once lose nothing, and state is carried over.</summary>
[Collection(BrowserTests.Name)]
public class EditTests(BusyStage busy)
{
    [BrowserFact]
    public async Task Conflict_KeepsTheUsersText_ShowsBoth_AndCanBePutOnTop()
    {
        const string ns = "flink-team-b-ns";
        const string name = "graviton-example";
        var page = await busy.Stage.OpenAsync($"/applications/{ns}/{name}/edit");
        await SetParallelismAsync(page, "6");
        busy.Stage.Cluster.World.Objects.Update(ResourceTypes.FlinkDeployments, ns, name, o =>
        {
            o["spec"]!["taskManager"]!["resource"]!["memory"] = "3072m";
            return o;
        });
        await page.Locator("[data-send]").ClickAsync();
        var conflict = page.Locator("[data-conflict]");
        await Expect(conflict).ToContainTextAsync("your text is kept");
        await Expect(conflict.Locator(".cm-merge-a")).ToContainTextAsync("3072m");
        await Expect(conflict.Locator(".cm-merge-b")).ToContainTextAsync("parallelism: 6");
        await Expect(page.Locator("#field-spec-job-parallelism")).ToHaveValueAsync("6");
        await page.Locator("[data-conflict-keep]").ClickAsync();
        await Expect(page.Locator("#field-spec-taskManager-resource-memory")).ToHaveValueAsync("3072m");
        await Expect(page.Locator("#field-spec-job-parallelism")).ToHaveValueAsync("6");
        await page.Locator("[data-send]").ClickAsync();
        await page.WaitForURLAsync($"**/applications/{ns}/{name}");
        var spec = Read(ns, name)["spec"]!;
        Assert.Equal(("3072m", 6), ((string)spec["taskManager"]!["resource"]!["memory"]!, (int)spec["job"]!["parallelism"]!));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Upgrade_OfParallelism_TellsTheSavepoint_AndRestoresFromIt()
    {
        const string ns = "flink-team-a-ns";
        const string name = "basic-example-app-cluster-flink";
        var page = await busy.Stage.OpenAsync($"/applications/{ns}/{name}/edit");
        await SetParallelismAsync(page, "3");
        await Expect(page.Locator("[data-effect=StopAndRestart]")).ToContainTextAsync("savepoint");
        await Expect(page.Locator("[data-effect-field='spec.job.parallelism']")).ToContainTextAsync("3");
        foreach (var check in (string[])["Job", "Checkpoint age", "High-availability metadata", "Savepoint directory", "Max parallelism"])
            await Expect(page.Locator($"[data-check='{check}']")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Changes" }).ClickAsync();
        await Expect(page.Locator("[data-diff][data-ready=side-by-side] .cm-merge-b")).ToContainTextAsync("parallelism: 3");
        await page.Locator("[data-send]").ClickAsync();
        await page.WaitForURLAsync($"**/applications/{ns}/{name}");
        var saved = await SavepointOfUpgradeAsync(page, ns, name);
        var restored = busy.Stage.Cluster.World.Flink.Find(ns, name)!.Jobs.First().Checkpoints!.LatestRestored;
        Assert.NotNull(restored);
        Assert.True(restored.IsSavepoint);
        Assert.Equal(saved, restored.Path);
        Assert.Equal(3, (int)Read(ns, name)["spec"]!["job"]!["parallelism"]!);
        // The editor begins with the version that was before.
        await page.GotoAsync(new Uri(new Uri(page.Url), $"/applications/{ns}/{name}/edit?revision=1&view=changes").ToString());
        await Expect(page.Locator("[data-diff][data-ready=side-by-side] .cm-merge-a")).ToContainTextAsync("parallelism: 3");
        await Expect(page.Locator("[data-effect=StopAndRestart]")).ToContainTextAsync("savepoint");
        await page.Context.CloseAsync();
    }

    private JsonObject Read(string ns, string name) => busy.Stage.Cluster.World.Objects.Find(ResourceTypes.FlinkDeployments, ns, name)!.Read();

    // Waits until the new job runs; answers the savepoint that the operator took on the way.
    private async Task<string?> SavepointOfUpgradeAsync(IPage page, string ns, string name)
    {
        for (var i = 0; i < 120; i++)
        {
            var (whole, job) = (Read(ns, name), busy.Stage.Cluster.World.Flink.Find(ns, name)?.Jobs.FirstOrDefault());
            if ((string?)whole["status"]?["lifecycleState"] == "STABLE" && (long?)whole["status"]?["observedGeneration"] == (long?)whole["metadata"]?["generation"] && job is { State: "RUNNING", Checkpoints.LatestRestored: not null })
                return (string?)whole["status"]?["jobStatus"]?["upgradeSavepointPath"];
            await page.WaitForTimeoutAsync(1000);
        }
        Assert.Fail("The upgrade did not become stable: " + Read(ns, name)["status"]);
        return null;
    }

    private static async Task SetParallelismAsync(IPage page, string value)
    {
        await page.Locator("#field-spec-job-parallelism").FillAsync(value);
        await page.Locator("#field-spec-job-parallelism").BlurAsync();
    }
}
