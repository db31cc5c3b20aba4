using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;

/// <summary>The ConfigMap in which the autoscaler keeps its state; the operator makes it for every job, scaled or not.</summary>
internal static class AutoscalerState
{
    /// <summary>Creates it if it is missing.</summary>
    public static void Ensure(SandboxWorld world, WorldObject resource)
    {
        var name = $"autoscaler-{resource.Name}";
        if (world.Objects.Find(ResourceTypes.ConfigMaps, resource.Namespace, name) is not null)
            return;
        world.Objects.Create(ResourceTypes.ConfigMaps, new JsonObject
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
        });
    }
}
