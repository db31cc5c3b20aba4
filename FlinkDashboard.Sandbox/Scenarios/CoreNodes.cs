using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Scenarios;

/// <summary>Machines of managed node groups, as EKS registers them.</summary>
public static class CoreNodes
{
    /// <summary>Adds a ready node.</summary>
    /// <param name="world">World to add to.</param>
    /// <param name="name">Node name.</param>
    /// <param name="instanceType">For instance <c>m5.xlarge</c>; decides capacity.</param>
    /// <param name="zone">Availability zone.</param>
    /// <param name="age">Since when it exists.</param>
    /// <param name="labels">Labels beyond those every node has.</param>
    public static WorldObject Add(SandboxWorld world, string name, string instanceType, string zone, TimeSpan age, params (string Key, string Value)[] labels)
    {
        var (cores, gibibytes) = Size(instanceType);
        var created = ObjectStore.Timestamp(world.Now - age);
        var heartbeat = ObjectStore.Timestamp(world.Now);
        var all = new JsonObject
        {
            ["kubernetes.io/arch"] = "amd64",
            ["kubernetes.io/os"] = "linux",
            ["kubernetes.io/hostname"] = name,
            ["node.kubernetes.io/instance-type"] = instanceType,
            ["topology.kubernetes.io/region"] = zone[..^1],
            ["topology.kubernetes.io/zone"] = zone,
        };
        foreach (var (key, value) in labels)
            all[key] = value;
        JsonObject Condition(string type, string status, string reason, string message) => new()
        {
            ["type"] = type,
            ["status"] = status,
            ["lastHeartbeatTime"] = heartbeat,
            ["lastTransitionTime"] = created,
            ["reason"] = reason,
            ["message"] = message,
        };
        JsonObject Resources(int milliCores, long mebibytes) => new()
        {
            ["cpu"] = milliCores % 1000 == 0 ? $"{milliCores / 1000}" : $"{milliCores}m",
            ["ephemeral-storage"] = "104845292Ki",
            ["memory"] = $"{mebibytes * 1024}Ki",
            ["pods"] = "58",
        };
        return world.Objects.Create(ResourceTypes.Nodes, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["creationTimestamp"] = created, ["labels"] = all },
            ["spec"] = new JsonObject { ["providerID"] = $"aws:///{zone}/i-0{world.Hex(16)}" },
            ["status"] = new JsonObject
            {
                ["capacity"] = Resources(cores * 1000, gibibytes * 1024),
                ["allocatable"] = Resources((cores * 1000) - 80, (gibibytes * 1024) - 1060),
                ["conditions"] = new JsonArray(
                    Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
                    Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                    Condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                    Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status")),
                ["addresses"] = new JsonArray(
                    new JsonObject { ["type"] = "InternalIP", ["address"] = name.Split('.')[0].Replace("ip-", "", StringComparison.Ordinal).Replace('-', '.') },
                    new JsonObject { ["type"] = "Hostname", ["address"] = name }),
                ["nodeInfo"] = new JsonObject
                {
                    ["kubeletVersion"] = "v1.24.11-eks-a59e1f0",
                    ["containerRuntimeVersion"] = "containerd://1.6.19",
                    ["kernelVersion"] = "5.10.173-154.642.amzn2.x86_64",
                    ["osImage"] = "Amazon Linux 2",
                    ["operatingSystem"] = "linux",
                    ["architecture"] = "amd64",
                },
            },
        }, part: WritePart.All);
    }

    private static (int Cores, long Gibibytes) Size(string instanceType) => instanceType switch
    {
        "m5.xlarge" => (4, 16),
        "m5.2xlarge" => (8, 32),
        "c5d.2xlarge" => (8, 16),
        "c5d.4xlarge" => (16, 32),
        "c5d.9xlarge" => (36, 72),
        "r6gd.2xlarge" => (8, 64),
        _ => throw new ArgumentException($"No size is known for {instanceType}.", nameof(instanceType)),
    };
}
