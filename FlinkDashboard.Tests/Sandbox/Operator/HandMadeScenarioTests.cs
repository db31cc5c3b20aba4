using System.Text.Json.Nodes;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>The comparison with recordings understands blue/green scenarios: one world's is reached by another with other random names.</summary>
public class HandMadeScenarioTests
{
    [Fact]
    public void BlueGreenScenario_ReplayedWithAnotherSeed_ReachesEveryState()
    {
        var scenario = HandMadeScenario.Record(BlueGreenStage.Namespace, Steps("flink:1.20.1"), TimeSpan.FromSeconds(160));
        var differences = RecordedScenarioTests.Replay(scenario);
        Assert.True(differences.Length == 0, differences);
    }

    [Fact]
    public void BlueGreenScenario_WithAnotherEnd_IsFoundToDiffer()
    {
        var recorded = HandMadeScenario.Record(BlueGreenStage.Namespace, Steps("flink:1.20.1"), TimeSpan.FromSeconds(160));
        recorded.Steps[1].Json["patch"]!["spec"]!["template"]!["spec"]!["image"] = "flink:does-not-exist";
        Assert.Contains("bg=ACTIVE_GREEN", RecordedScenarioTests.Replay(recorded), StringComparison.Ordinal);
    }

    private static IReadOnlyList<JsonObject> Steps(string image) =>
    [
        new()
        {
            ["t"] = 1000,
            ["do"] = "create",
            ["resource"] = "flinkbluegreendeployments",
            ["name"] = "orders",
            ["object"] = BlueGreenStage.Resource("savepoint", []),
            ["status"] = 201,
        },
        new()
        {
            ["t"] = 65_000,
            ["do"] = "patch",
            ["resource"] = "flinkbluegreendeployments",
            ["name"] = "orders",
            ["patch"] = new JsonObject { ["spec"] = new JsonObject { ["template"] = new JsonObject { ["spec"] = new JsonObject { ["image"] = image } } } },
            ["status"] = 200,
        },
    ];
}
