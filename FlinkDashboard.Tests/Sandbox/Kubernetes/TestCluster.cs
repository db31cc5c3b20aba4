using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Kubernetes;
using FlinkDashboard.Sandbox.World;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Sandbox.Kubernetes;

/// <summary>A world with one namespace and one node, moved by the Kubernetes behaviours alone, on a manual clock.</summary>
internal sealed class TestCluster
{
    public const string Ns = "team";
    public const string Node = "ip-10-1-16-21.us-west-2.compute.internal";

    public TestCluster(Action<SandboxWorld>? before = null)
    {
        World = new SandboxWorld(new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero), seed: 7, speed: 0, new FakeTimeProvider(), e => Failures.Add(e));
        World.Objects.Create(ResourceTypes.Namespaces, Meta("", Ns));
        AddNode(Node);
        before?.Invoke(World);
        KubernetesBehaviours.StartAll(World);
        Advance(0);
    }

    public SandboxWorld World { get; }

    public List<Exception> Failures { get; } = [];

    /// <summary>Lives through some seconds; a behaviour that threw fails the test.</summary>
    public void Advance(double seconds)
    {
        World.Timeline.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Empty(Failures);
    }

    public void AddNode(string name, string cpu = "4", string memory = "16Gi", string pods = "110", JsonArray? taints = null, string ip = "10.1.16.21") =>
        World.Objects.Create(ResourceTypes.Nodes, Merge(Meta("", name, ("topology.kubernetes.io/zone", "us-west-2a"), ("kubernetes.io/hostname", name)), new JsonObject
        {
            ["spec"] = taints is null ? new JsonObject() : new JsonObject { ["taints"] = taints },
            ["status"] = new JsonObject
            {
                ["allocatable"] = new JsonObject { ["cpu"] = cpu, ["memory"] = memory, ["pods"] = pods },
                ["capacity"] = new JsonObject { ["cpu"] = cpu, ["memory"] = memory, ["pods"] = pods },
                ["addresses"] = new JsonArray(new JsonObject { ["type"] = "InternalIP", ["address"] = ip }),
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }),
            },
        }), part: WritePart.All);

    public WorldObject Deploy(string name = "orders", int replicas = 1, string image = "flink:1.20", string strategy = "RollingUpdate", string? startup = null) =>
        World.Objects.Create(ResourceTypes.Deployments, Merge(Meta(Ns, name), JsonNode.Parse($$"""
            {"spec":{"replicas":{{replicas}},"selector":{"matchLabels":{"app":"{{name}}"} },"strategy":{"type":"{{strategy}}"},
             "template":{"metadata":{"labels":{"app":"{{name}}"} },"spec":{"containers":[{{Container(image, startup)}}] } } } }
            """)!.AsObject()));

    public WorldObject AddPod(string name, string cpu = "100m", string restartPolicy = "Always", string scheduler = "default-scheduler", string image = "flink:1.20") =>
        PodAdmission.Create(World, Merge(Meta(Ns, name, ("app", name)), JsonNode.Parse($$"""
            {"spec":{"restartPolicy":"{{restartPolicy}}","schedulerName":"{{scheduler}}","containers":[{{Container(image, null, cpu)}}] } }
            """)!.AsObject()));

    public JsonObject Get(ResourceType type, string name) => World.Objects.Get(type, Ns, name).Read();

    public IReadOnlyList<WorldObject> List(ResourceType type) => World.Objects.List(type, Ns).Items;

    public WorldObject TheOnly(ResourceType type) => Assert.Single(List(type));

    /// <summary>"reason: message" of all events, oldest first.</summary>
    public IReadOnlyList<string> Events(string? about = null) => [.. World.Objects.List(ResourceTypes.Events).Items.Select(e => (e.ResourceVersion, Json: e.Read()))
        .Where(e => about is null || e.Json.Text("involvedObject", "name") == about || e.Json.Text("involvedObject", "kind") == about)
        .OrderBy(e => e.ResourceVersion).Select(e => $"{e.Json.Text("reason")}: {e.Json.Text("message")}")];

    public void Patch(ResourceType type, string name, Action<JsonObject> change) => World.Objects.Update(type, Ns, name, o =>
    {
        change(o);
        return o;
    });

    public static JsonObject Meta(string ns, string name, params (string, string)[] labels)
    {
        var meta = new JsonObject { ["name"] = name };
        if (ns.Length > 0)
            meta["namespace"] = ns;
        if (labels.Length > 0)
            meta["labels"] = new JsonObject(labels.Select(l => KeyValuePair.Create(l.Item1, (JsonNode?)l.Item2)));
        return new JsonObject { ["metadata"] = meta };
    }

    public static JsonObject Merge(JsonObject a, JsonObject b)
    {
        foreach (var (key, value) in b.ToList())
            a[key] = value!.DeepClone();
        return a;
    }

    private static string Container(string image, string? startup, string cpu = "100m") => $$"""
        {"name":"main","image":"{{image}}","imagePullPolicy":"IfNotPresent","resources":{"limits":{"cpu":"2","memory":"1Gi"},"requests":{"cpu":"{{cpu}}","memory":"1Gi" } },
         "ports":[{"name":"rest","containerPort":8081}]{{(startup is null ? "" : $",\"startupProbe\":{startup}")}} }
        """;
}

/// <summary>A program that does what a test tells it.</summary>
internal sealed class TestProgram : IContainerProgram
{
    public List<RunningContainer> Runs { get; } = [];

    public Action<RunningContainer>? OnStart { get; init; }

    public RunningContainer Last => Runs[^1];

    bool IContainerProgram.Runs(WorldObject pod, string container) => true;

    public void Start(RunningContainer container)
    {
        Runs.Add(container);
        OnStart?.Invoke(container);
    }
}
