using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>What stands in every cluster before a team deploys anything.</summary>
public static class Platform
{
    /// <summary>Namespaces and custom resource definitions of a new cluster.</summary>
    public static void AddTo(SandboxWorld world)
    {
        foreach (var name in (string[])["default", "kube-system", "kube-public", "kube-node-lease"])
            AddNamespace(world, name);
        Crds.AddTo(world.Objects);
    }

    /// <summary>Adds an active namespace.</summary>
    public static void AddNamespace(SandboxWorld world, string name) => world.Objects.Create(ResourceTypes.Namespaces, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["kubernetes.io/metadata.name"] = name } },
        ["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") },
        ["status"] = new JsonObject { ["phase"] = "Active" },
    }, part: WritePart.All);
}
