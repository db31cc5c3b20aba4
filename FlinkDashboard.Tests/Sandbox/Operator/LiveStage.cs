using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>A whole cluster with room and a namespace <c>team</c>, whose clock is moved by hand.</summary>
internal sealed class LiveStage
{
    public const string Namespace = "team";

    private readonly List<Exception> _failures = [];

    public LiveStage(int seed = 1)
    {
        World = new SandboxWorld(new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero), seed, 0, new FakeTimeProvider(), _failures.Add);
        Platform.AddTo(World);
        foreach (var i in Enumerable.Range(20, 4))
            CoreNodes.Add(World, $"ip-10-1-16-{i}.us-west-2.compute.internal", "m5.2xlarge", "us-west-2a", TimeSpan.FromHours(1));
        Platform.AddNamespace(World, Namespace);
        Platform.Run(World, new OperatorOptions());
        Advance(1);
    }

    public SandboxWorld World { get; }

    /// <summary>Lives on; whatever a behaviour threw fails the test.</summary>
    public void Advance(double seconds)
    {
        World.Timeline.Advance(TimeSpan.FromSeconds(seconds));
        Assert.True(_failures.Count == 0, string.Join("\n\n", _failures));
    }

    /// <summary>Sends an application and lives on until it is stable.</summary>
    public void Run(string name, JsonObject? spec = null, params (string Key, string Value)[] configuration)
    {
        var resource = InstalledOperator.Application(name);
        resource["metadata"]!["namespace"] = Namespace;
        if (spec is not null)
            resource["spec"] = MergePatch.Apply(resource["spec"]!, spec);
        foreach (var (key, value) in configuration)
            resource["spec"]!["flinkConfiguration"]![key] = value;
        World.Objects.Create(ResourceTypes.FlinkDeployments, resource);
        Advance(45);
        Assert.Equal("STABLE", (string?)Status(name)["lifecycleState"]);
    }

    /// <summary>Merges into the spec of a FlinkDeployment.</summary>
    public void Patch(string name, string spec) => World.Objects.Update(ResourceTypes.FlinkDeployments, Namespace, name,
        o => MergePatch.Apply(o, new JsonObject { ["spec"] = JsonNode.Parse(spec) })!.AsObject());

    public JsonNode Resource(string name) => World.Objects.Get(ResourceTypes.FlinkDeployments, Namespace, name).Read();

    public JsonNode Status(string name) => Resource(name)["status"]!;

    /// <summary>The spec that the operator recorded last.</summary>
    public JsonNode Recorded(string name) => JsonNode.Parse((string)Status(name)["reconciliationStatus"]!["lastReconciledSpec"]!)!["spec"]!;

    /// <summary>The newest job of a cluster.</summary>
    public FlinkJob Job(string name) => World.Flink.Find(Namespace, name)!.Jobs.Last();

    /// <summary>Parallelism of each vertex of the newest job.</summary>
    public string Parallelisms(string name) => string.Join(' ', Job(name).Vertices.Select(v => v.Parallelism));

    /// <summary>Messages of the events with a reason, oldest first.</summary>
    public IReadOnlyList<string> Messages(string reason) => [.. Events(reason).Select(e => (string)e["message"]!)];

    /// <summary>Events with a reason, oldest first.</summary>
    public IEnumerable<JsonObject> Events(string reason) => World.Objects.List(ResourceTypes.Events, Namespace).Items.Select(e => e.Read())
        .Where(e => (string?)e["reason"] == reason).OrderBy(e => (string?)e["lastTimestamp"], StringComparer.Ordinal);

    public IReadOnlyList<string> TaskManagerPods(string name) => [.. World.Objects.List(ResourceTypes.Pods, Namespace).Items
        .Where(p => !p.IsDeleting && p.Labels.GetValueOrDefault("app") == name && p.Labels.GetValueOrDefault("component") == "taskmanager").Select(p => p.Name)];
}
