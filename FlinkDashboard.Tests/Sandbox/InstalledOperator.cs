using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox;

/// <summary>The Flink operator as the busy world installs it, pods and webhook, for a world that has everything else.</summary>
internal static class InstalledOperator
{
    public const string Namespace = "flink-kubernetes-operator-ns";

    /// <summary>Installs it; its pods are not ready before time has moved on.</summary>
    public static void AddTo(SandboxWorld world)
    {
        Platform.AddNamespace(world, Namespace);
        CoreNodes.Add(world, "ip-10-1-169-249.us-west-2.compute.internal", "m5.xlarge", "us-west-2b", TimeSpan.FromHours(1), ("NodeGroupType", "core"));
        foreach (var document in Manifests.Read("operator.yaml"))
        {
            document["metadata"]!.AsObject().Remove("creationTimestamp");
            Manifests.Add(world, document);
        }
    }

    /// <summary>Lives on until its webhook can be called.</summary>
    public static void AwaitReady(SandboxWorld world) =>
        Await(world, () => world.Objects.Find(ResourceTypes.Endpoints, Namespace, "flink-operator-webhook-service")?.Read()["subsets"]?[0]?["addresses"] is not null);

    /// <summary>Lives on until something holds.</summary>
    public static void Await(SandboxWorld world, Func<bool> holds)
    {
        for (var i = 0; i < 6000 && !holds(); i++)
            world.Timeline.Advance(TimeSpan.FromMilliseconds(20));
        Assert.True(holds());
    }

    /// <summary>A FlinkDeployment that the operator's validator accepts.</summary>
    public static JsonObject Application(string name) => new()
    {
        ["apiVersion"] = "flink.apache.org/v1beta1",
        ["kind"] = "FlinkDeployment",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["image"] = "flink:1.20",
            ["flinkVersion"] = "v1_20",
            ["serviceAccount"] = "flink",
            ["flinkConfiguration"] = new JsonObject(),
            ["jobManager"] = new JsonObject { ["resource"] = new JsonObject { ["memory"] = "1024m", ["cpu"] = 0.5 } },
            ["taskManager"] = new JsonObject { ["resource"] = new JsonObject { ["memory"] = "1024m", ["cpu"] = 0.5 } },
            ["job"] = new JsonObject { ["jarURI"] = "local:///opt/flink/jobs/steady.jar", ["parallelism"] = 1, ["upgradeMode"] = "stateless", ["state"] = "running" },
        },
    };
}
