using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.BlueGreen;

/// <summary>One of the two FlinkDeployments, as found in the cluster.</summary>
/// <param name="Colour">Which.</param>
/// <param name="Object">The resource.</param>
internal sealed record BlueGreenChild(Colour Colour, WorldObject Object)
{
    /// <summary>Label that tells the colour.</summary>
    private const string Label = "flink/blue-green-deployment-type";

    private readonly JsonNode? _status = Object.Read()["status"];

    /// <summary>Its spec.</summary>
    public FlinkSpec Spec { get; } = FlinkSpec.Of(Object);

    /// <summary>status.lifecycleState.</summary>
    public string? Lifecycle => (string?)_status?["lifecycleState"];

    /// <summary>Flink's id of its job.</summary>
    public string? JobId => (string?)_status?["jobStatus"]?["jobId"];

    /// <summary>What its job would be restored from.</summary>
    public string? UpgradeSavepointPath => (string?)_status?["jobStatus"]?["upgradeSavepointPath"];

    /// <summary>Stable and running.</summary>
    public bool IsReady => Lifecycle == "STABLE" && (string?)_status?["jobStatus"]?["state"] == "RUNNING";

    /// <summary>Name of a child.</summary>
    public static string NameOf(WorldObject parent, Colour colour) => $"{parent.Name}-{colour.Lower()}";

    /// <summary>The child of a colour, or null.</summary>
    public static BlueGreenChild? Find(SandboxWorld world, WorldObject parent, Colour colour) =>
        world.Objects.Find(ResourceTypes.FlinkDeployments, parent.Namespace, NameOf(parent, colour)) is { } found
        && found.OwnerUids.Contains(parent.Uid) ? new BlueGreenChild(colour, found) : null;

    /// <summary>Creates the child, or replaces it whole: what a client's createOrReplace sends has no finalizers and no annotations.</summary>
    /// <param name="world">The world.</param>
    /// <param name="parent">The FlinkBlueGreenDeployment.</param>
    /// <param name="colour">Which.</param>
    /// <param name="spec">Its spec.</param>
    public static void Apply(SandboxWorld world, WorldObject parent, Colour colour, FlinkSpec spec)
    {
        if (spec.Json["ingress"] is JsonObject ingress)
            ingress["template"] = $"{colour.Lower()}-{(string?)ingress["template"]}";
        var node = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = NameOf(parent, colour),
                ["namespace"] = parent.Namespace,
                ["labels"] = new JsonObject { [Label] = colour.Upper() },
                ["ownerReferences"] = new JsonArray(Owner(parent)),
            },
            ["spec"] = WithoutNulls(SortedJson.Of(spec.Json)),
        };
        if (world.Objects.Find(ResourceTypes.FlinkDeployments, parent.Namespace, NameOf(parent, colour)) is null)
            world.Objects.Create(ResourceTypes.FlinkDeployments, node);
        else
            world.Objects.Update(ResourceTypes.FlinkDeployments, parent.Namespace, NameOf(parent, colour), _ => node);
    }

    /// <summary>Sets job.state to suspended.</summary>
    public void Suspend(SandboxWorld world) => world.Objects.Update(ResourceTypes.FlinkDeployments, Object.Namespace, Object.Name, o =>
    {
        o["spec"]!["job"]!["state"] = "suspended";
        return o;
    });

    /// <summary>Deletes it.</summary>
    public void Delete(SandboxWorld world) =>
        world.Objects.Delete(ResourceTypes.FlinkDeployments, Object.Namespace, Object.Name, new DeleteRequest { Propagation = "Background" });

    /// <summary>The reference by which children and ingress belong to their parent.</summary>
    public static JsonObject Owner(WorldObject parent) => new()
    {
        ["apiVersion"] = parent.Type.ApiVersion,
        ["blockOwnerDeletion"] = true,
        ["controller"] = false,
        ["kind"] = parent.Type.Kind,
        ["name"] = parent.Name,
        ["uid"] = parent.Uid,
    };

    // The API server drops nulls of fields that are not nullable.
    private static JsonNode? WithoutNulls(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Key, WithoutNulls(p.Value)))),
        _ => node?.DeepClone(),
    };
}
