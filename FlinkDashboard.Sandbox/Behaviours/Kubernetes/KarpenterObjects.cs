using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>The objects Karpenter makes: NodeClaims, and the Nodes that register for them.</summary>
internal static class KarpenterObjects
{
    public const string Finalizer = "karpenter.sh/termination";
    public static readonly string[] Stages = ["Launched", "Registered", "Initialized", "Ready"];

    public static JsonObject NodeClaim(SandboxWorld world, KarpenterPlan plan)
    {
        var spec = plan.Pool.Json.At("spec", "template", "spec")!.DeepClone().AsObject();
        var requirements = spec["requirements"] as JsonArray ?? [];
        foreach (var old in requirements.Items().Where(r => r.Text("key") is "node.kubernetes.io/instance-type" or NodePoolFacts.PoolLabel).ToList())
            requirements.Remove(old);
        requirements.Add(In("node.kubernetes.io/instance-type", plan.Types.Select(t => t.Name)));
        requirements.Add(In(NodePoolFacts.PoolLabel, [plan.Pool.Name]));
        if (requirements.Parent is null)
            spec["requirements"] = requirements;
        spec["resources"] = new JsonObject
        {
            ["requests"] = new JsonObject { ["cpu"] = Quantity.Cores(plan.CpuMillis), ["memory"] = Quantity.Memory(plan.MemoryBytes), ["pods"] = $"{plan.Pods.Count}" },
        };
        var owner = new JsonObject { ["apiVersion"] = "karpenter.sh/v1", ["kind"] = "NodePool", ["name"] = plan.Pool.Name, ["uid"] = plan.Pool.Object.Uid, ["blockOwnerDeletion"] = true };
        var now = ObjectStore.Timestamp(world.Now);
        var labels = Strings(plan.Pool.Labels);
        if (spec.Text("nodeClassRef", "name") is { } nodeClass)
            labels["karpenter.k8s.aws/ec2nodeclass"] = nodeClass;
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{plan.Pool.Name}-{world.Suffix()}",
                ["generateName"] = plan.Pool.Name + "-",
                ["labels"] = labels,
                ["finalizers"] = new JsonArray(Finalizer),
                ["ownerReferences"] = new JsonArray(owner),
            },
            ["spec"] = spec,
            ["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray([.. Stages.Select(s => (JsonNode)new JsonObject
                {
                    ["type"] = s,
                    ["status"] = "Unknown",
                    ["reason"] = "AwaitingReconciliation",
                    ["message"] = "object is awaiting reconciliation",
                    ["lastTransitionTime"] = now,
                    ["observedGeneration"] = 1,
                })]),
            },
        };
    }

    /// <summary>What the launched machine tells of itself, on its NodeClaim.</summary>
    public static void FillLaunched(JsonObject claim, InstanceType type, IReadOnlyDictionary<string, string> labels, string providerId)
    {
        foreach (var (key, value) in labels)
            claim.Child("metadata").Child("labels")[key] = value;
        var status = claim.Child("status");
        status["providerID"] = providerId;
        status["imageID"] = type.Architecture == "arm64" ? "ami-0c1f0a5d6e7b8c9d0" : "ami-0a1b2c3d4e5f60718";
        status["capacity"] = Resources(type, allocatable: false);
        status["allocatable"] = Resources(type, allocatable: true);
    }

    public static JsonObject Node(SandboxWorld world, WorldObject claim, InstanceType type, string address, string providerId)
    {
        var name = $"ip-{address.Replace('.', '-')}.{Region(claim.Labels)}.compute.internal";
        var labels = Strings(claim.Labels);
        labels["kubernetes.io/hostname"] = name;
        labels["topology.kubernetes.io/region"] = Region(claim.Labels);
        labels["karpenter.sh/registered"] = "true";
        var now = ObjectStore.Timestamp(world.Now);
        JsonObject Condition(string kind, string status, string reason, string message) => new()
        {
            ["type"] = kind,
            ["status"] = status,
            ["lastHeartbeatTime"] = now,
            ["lastTransitionTime"] = now,
            ["reason"] = reason,
            ["message"] = message,
        };
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = labels,
                ["finalizers"] = new JsonArray(Finalizer),
                ["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "karpenter.sh/v1", ["kind"] = "NodeClaim", ["name"] = claim.Name, ["uid"] = claim.Uid, ["blockOwnerDeletion"] = true }),
            },
            ["spec"] = new JsonObject { ["providerID"] = providerId, ["taints"] = new JsonArray(new JsonObject { ["key"] = "node.kubernetes.io/not-ready", ["effect"] = "NoSchedule" }) },
            ["status"] = new JsonObject
            {
                ["capacity"] = Resources(type, allocatable: false),
                ["allocatable"] = Resources(type, allocatable: true),
                ["conditions"] = new JsonArray(
                    Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
                    Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                    Condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                    Condition("Ready", "False", "KubeletNotReady", "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized")),
                ["addresses"] = new JsonArray(
                    new JsonObject { ["type"] = "InternalIP", ["address"] = address },
                    new JsonObject { ["type"] = "InternalDNS", ["address"] = name },
                    new JsonObject { ["type"] = "Hostname", ["address"] = name }),
                ["daemonEndpoints"] = new JsonObject { ["kubeletEndpoint"] = new JsonObject { ["Port"] = 10250 } },
                ["nodeInfo"] = NodeInfo(world, type.Architecture),
            },
        };
    }

    // New machines run what the others run.
    private static JsonObject NodeInfo(SandboxWorld world, string architecture)
    {
        var info = world.Objects.List(ResourceTypes.Nodes).Items.Select(n => n.Read().At("status", "nodeInfo")).OfType<JsonObject>().FirstOrDefault()?.DeepClone().AsObject() ?? [];
        info["architecture"] = architecture;
        info["operatingSystem"] = "linux";
        return info;
    }

    private static string Region(IReadOnlyDictionary<string, string> labels) => labels.GetValueOrDefault(NodePoolFacts.ZoneLabel, "us-west-2a")[..^1];

    private static JsonObject Resources(InstanceType type, bool allocatable) => new()
    {
        ["cpu"] = Quantity.Cores(allocatable ? type.AllocatableMillis : type.Cores * 1000),
        ["ephemeral-storage"] = allocatable ? "95551679124" : "104779756Ki",
        ["memory"] = ((allocatable ? type.AllocatableBytes : type.Gibibytes * 1024L * 1024 * 1024) / 1024).ToString(CultureInfo.InvariantCulture) + "Ki",
        ["pods"] = type.Pods.ToString(CultureInfo.InvariantCulture),
    };

    private static JsonObject Strings(IReadOnlyDictionary<string, string> map) => new(map.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));

    private static JsonObject In(string key, IEnumerable<string> values) => new() { ["key"] = key, ["operator"] = "In", ["values"] = new JsonArray([.. values.Select(v => (JsonNode)v)]) };
}
