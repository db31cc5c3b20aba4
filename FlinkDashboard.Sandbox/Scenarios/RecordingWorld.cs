using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>
/// The world <c>recording:FOLDER</c>: a recorded scenario, read-only. Recordings hold one namespace; what stands around it is supplied
/// here: the namespace itself and its service accounts, the CustomResourceDefinitions, and a node for every node name that a pod
/// mentions (real name and zone, the machine behind it is made up).
/// </summary>
public static class RecordingWorld
{
    private const string Machine = "m5.2xlarge";

    /// <summary>Puts a recording into an empty world and schedules its first moment.</summary>
    /// <exception cref="ArgumentException">The folder is no recording.</exception>
    public static RecordingPlayer AddTo(SandboxWorld world, string folder)
    {
        var recording = RecordingFile.Read(folder);
        world.ReadOnlyBecause = $"this is a recording ({recording.Name}): nothing can be changed in it";
        Crds.AddTo(world.Objects);
        Platform.AddNamespace(world, recording.Namespace);
        foreach (var account in (string[])["default", "flink"])
        {
            world.Objects.Create(ResourceTypes.ServiceAccounts, new JsonObject
            {
                ["metadata"] = new JsonObject { ["name"] = account, ["namespace"] = recording.Namespace },
            }, part: WritePart.All);
        }
        foreach (var (name, zone) in NodesOf(recording))
            AddNode(world, name, zone, recording.KubernetesVersion);
        var player = new RecordingPlayer(world, recording);
        player.Start();
        return player;
    }

    private static Dictionary<string, string> NodesOf(RecordingFile recording)
    {
        var nodes = new Dictionary<string, string>();
        foreach (var change in recording.Moments.OfType<RecordedChange>().Where(c => c.Type == ResourceTypes.Pods))
        {
            var pod = JsonNode.Parse(change.Json)!;
            if ((string?)pod["spec"]?["nodeName"] is { Length: > 0 } node)
                nodes[node] = (string?)pod["metadata"]?["labels"]?["topology.kubernetes.io/zone"] ?? nodes.GetValueOrDefault(node) ?? "us-west-2a";
        }
        return nodes;
    }

    private static void AddNode(SandboxWorld world, string name, string zone, string version)
    {
        CoreNodes.Add(world, name, Machine, zone, TimeSpan.FromDays(1));
        if (version.Length == 0)
            return;
        world.Objects.Update(ResourceTypes.Nodes, "", name, node =>
        {
            node["status"]!["nodeInfo"]!["kubeletVersion"] = "v" + version;
            return node;
        }, WritePart.All);
    }
}
