using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Flink;
using FlinkDashboard.Sandbox.Behaviours.Kubernetes;
using FlinkDashboard.Sandbox.Behaviours.Operator;
using FlinkDashboard.Sandbox.Protocols.FlinkRest;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>What stands in every cluster before a team deploys anything.</summary>
public static class Platform
{
    /// <summary>Namespaces and custom resource definitions of a new cluster; what runs in pods can be reached.</summary>
    public static void AddTo(SandboxWorld world)
    {
        FlinkRestServer.Register(world);
        Exposition.Register(world);
        world.Metrics.Start();
        foreach (var name in (string[])["default", "kube-system", "kube-public", "kube-node-lease"])
            AddNamespace(world, name);
        Crds.AddTo(world.Objects, world.IsEmr);
    }

    /// <summary>Starts everything that moves a cluster with the Flink operator.</summary>
    public static void Run(SandboxWorld world, OperatorOptions options)
    {
        foreach (var behaviour in (IEnumerable<IBehaviour>)[.. KubernetesBehaviours.All(), .. FlinkBehaviours.All(), new OperatorBehaviour(options)])
            behaviour.Start(world);
    }

    /// <summary>Adds an active namespace.</summary>
    public static void AddNamespace(SandboxWorld world, string name) => world.Objects.Create(ResourceTypes.Namespaces, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["kubernetes.io/metadata.name"] = name } },
        ["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") },
        ["status"] = new JsonObject { ["phase"] = "Active" },
    }, part: WritePart.All);
}
