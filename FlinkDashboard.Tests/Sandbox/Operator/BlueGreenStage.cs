using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>The stage of the recorded scenarios with one FlinkBlueGreenDeployment on it, <c>orders</c>.</summary>
internal sealed class BlueGreenStage
{
    public const string Namespace = "pairs";

    public BlueGreenStage(string upgradeMode = "savepoint", JsonObject? configuration = null, Action<JsonObject>? change = null)
    {
        Stage = new ScenarioStage(HandMadeScenario.Of(Namespace, []));
        var resource = Resource(upgradeMode, configuration);
        change?.Invoke(resource["spec"]!.AsObject());
        Stage.World.Objects.Create(ResourceTypes.FlinkBlueGreenDeployments, resource);
    }

    public ScenarioStage Stage { get; }

    /// <summary>Its status.</summary>
    public JsonNode Status => Stage.World.Objects.Get(ResourceTypes.FlinkBlueGreenDeployments, Namespace, "orders").Read()["status"]!;

    /// <summary>blueGreenState and jobStatus.state.</summary>
    public string State => $"{Status["blueGreenState"]} {Status["jobStatus"]?["state"]}";

    /// <summary>A child, or null.</summary>
    public JsonObject? Child(string colour) => Stage.World.Objects.Find(ResourceTypes.FlinkDeployments, Namespace, $"orders-{colour}")?.Read();

    /// <summary>Lives on.</summary>
    public void Advance(double seconds) => Stage.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Lives on in small steps until it is in a state; gives the states it passed through.</summary>
    public IReadOnlyList<string> Until(string state, double seconds)
    {
        var walk = new List<string>();
        for (var i = 0; i < seconds * 10; i++)
        {
            Advance(0.1);
            if (walk.Count == 0 || walk[^1] != State)
                walk.Add(State);
            if (State == state)
                return walk;
        }
        Assert.Fail($"never came to {state}, but: {string.Join(", ", walk)}; {Status["error"]}");
        return walk;
    }

    /// <summary>Merges into the template's spec.</summary>
    public void Patch(JsonObject template) => PatchSpec(new JsonObject { ["template"] = new JsonObject { ["spec"] = template } });

    /// <summary>Merges into the spec.</summary>
    public void PatchSpec(JsonObject spec) => Stage.World.Objects.Update(ResourceTypes.FlinkBlueGreenDeployments, Namespace, "orders",
        o => MergePatch.Apply(o, new JsonObject { ["spec"] = spec })!.AsObject());

    /// <summary>The manifest.</summary>
    public static JsonObject Resource(string upgradeMode, JsonObject? configuration) => new()
    {
        ["apiVersion"] = "flink.apache.org/v1beta1",
        ["kind"] = "FlinkBlueGreenDeployment",
        ["metadata"] = new JsonObject { ["name"] = "orders", ["namespace"] = Namespace },
        ["spec"] = new JsonObject
        {
            ["configuration"] = configuration ?? [],
            ["template"] = new JsonObject { ["spec"] = HandMadeScenario.Application(upgradeMode) },
        },
    };
}
