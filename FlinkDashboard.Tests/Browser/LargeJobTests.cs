using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>A job of 400 vertices with 1,600 subtasks each: drawn in groups, never more than 300 boxes.</summary>
[Collection(BrowserTests.Name)]
public class LargeJobTests
{
    private const string Namespace = "flink-team-a-ns", Name = "wide-mesh";

    [BrowserFact]
    public async Task LargeJob_KeepsItsGraphSmall_WhateverIsTakenApart()
    {
        await using var stage = await Stage.StartAsync("busy", speed: 10);
        stage.Cluster.World.Objects.Create(ResourceTypes.FlinkDeployments, Application());
        var page = await stage.OpenAsync($"/applications/{Namespace}/{Name}?tab=job");
        var nodes = page.Locator("a.node");
        await Expect(nodes.First).ToBeVisibleAsync(new() { Timeout = 120_000 });
        Assert.InRange(await nodes.CountAsync(), 2, 300);
        await Expect(page.Locator("a.node.group").First).ToContainTextAsync("vertices");
        var keys = await page.Locator("a.node.group").EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.vertex)");
        await page.Locator("a.node.group").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("a.node:not(.group)").First).ToBeVisibleAsync();
        await page.GotoAsync($"{stage.Address}/applications/{Namespace}/{Name}?tab=job&open={string.Join(',', keys)}");
        await Expect(nodes.First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.InRange(await nodes.CountAsync(), 200, 300);
        await Expect(page.Locator("table.vertex-table")).ToHaveAttributeAsync("aria-rowcount", "401");
        await page.Context.CloseAsync();
    }

    private static JsonObject Application() => new()
    {
        ["apiVersion"] = "flink.apache.org/v1beta1",
        ["kind"] = "FlinkDeployment",
        ["metadata"] = new JsonObject { ["name"] = Name, ["namespace"] = Namespace },
        ["spec"] = new JsonObject
        {
            ["image"] = "flink:1.20",
            ["flinkVersion"] = "v1_20",
            ["serviceAccount"] = "default",
            ["flinkConfiguration"] = new JsonObject { ["taskmanager.numberOfTaskSlots"] = "1600" },
            ["jobManager"] = new JsonObject { ["resource"] = new JsonObject { ["memory"] = "1024m", ["cpu"] = 0.1 } },
            ["taskManager"] = new JsonObject { ["resource"] = new JsonObject { ["memory"] = "1024m", ["cpu"] = 0.1 } },
            ["job"] = new JsonObject { ["jarURI"] = "local:///opt/flink/jobs/manyvertices.jar", ["args"] = new JsonArray("--vertices", "400", "--shape", "mesh"), ["parallelism"] = 1600, ["upgradeMode"] = "stateless", ["state"] = "running" },
        },
    };
}
