using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>The seed's platform with two teams and an application for each lifecycle and job state, named after what it shows.</summary>
public static class BusyWorld
{
    /// <summary>Fills the world.</summary>
    public static void AddTo(SandboxWorld world)
    {
        foreach (var name in (string[])["flink-kubernetes-operator-ns", "cert-manager", "karpenter", "yunikorn", "flink-team-a-ns", "flink-team-b-ns"])
            Platform.AddNamespace(world, name);
        var core = new[] { ("NodeGroupType", "core"), ("WorkerType", "ON_DEMAND"), ("eks.amazonaws.com/nodegroup", "core-node-group"), ("eks.amazonaws.com/capacityType", "ON_DEMAND") };
        CoreNodes.Add(world, "ip-10-1-160-150.us-west-2.compute.internal", "m5.xlarge", "us-west-2a", TimeSpan.FromHours(24), core);
        CoreNodes.Add(world, "ip-10-1-169-249.us-west-2.compute.internal", "m5.xlarge", "us-west-2b", TimeSpan.FromDays(6), core);
        CoreNodes.Add(world, "ip-10-1-69-244.us-west-2.compute.internal", "m5.xlarge", "us-west-2c", TimeSpan.FromDays(6), core);
        Manifests.Add(world, "platform.yaml");
        foreach (var team in (string[])["flink-team-a", "flink-team-b"])
        {
            foreach (var document in Manifests.Read("team.yaml"))
                Manifests.Add(world, JsonNode.Parse(document.ToJsonString().Replace("TEAM", team, StringComparison.Ordinal))!.AsObject());
        }
    }
}
