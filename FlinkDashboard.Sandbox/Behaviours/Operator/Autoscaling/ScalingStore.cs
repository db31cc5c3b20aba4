using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Autoscaling;

/// <summary>The ConfigMap in which the autoscaler keeps its memory of a job; the operator makes it for every job, scaled or not.</summary>
internal static class ScalingStore
{
    /// <summary>Writes the memory; creates the ConfigMap if it is missing.</summary>
    public static void Write(SandboxWorld world, WorldObject resource, ScalingMemory memory)
    {
        var name = $"autoscaler-{resource.Name}";
        var data = new JsonObject(ScalingMemoryText.Of(memory).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
        if (world.Objects.Find(ResourceTypes.ConfigMaps, resource.Namespace, name) is null)
        {
            var created = New(resource, name);
            if (data.Count > 0)
                created["data"] = data;
            world.Objects.Create(ResourceTypes.ConfigMaps, created);
            return;
        }
        world.Objects.Update(ResourceTypes.ConfigMaps, resource.Namespace, name, o =>
        {
            o.Remove("data");
            if (data.Count > 0)
                o["data"] = data;
            return o;
        });
    }

    private static JsonObject New(WorldObject resource, string name) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = resource.Namespace,
            ["labels"] = new JsonObject { ["app"] = resource.Name, ["component"] = "autoscaler" },
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = resource.Type.ApiVersion,
                ["kind"] = resource.Type.Kind,
                ["name"] = resource.Name,
                ["uid"] = resource.Uid,
            }),
        },
    };
}
