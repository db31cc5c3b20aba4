using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator;
using FlinkDashboard.Sandbox.World;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>A manual world with nothing but the operator: what it creates stays as it was created.</summary>
internal sealed class OperatorStage
{
    private readonly List<Exception> _failures = [];

    public OperatorStage(OperatorOptions? options = null)
    {
        World = new SandboxWorld(new DateTimeOffset(2026, 11, 24, 16, 4, 41, TimeSpan.Zero), 1, 0, new FakeTimeProvider(), _failures.Add);
        new OperatorBehaviour(options).Start(World);
    }

    public SandboxWorld World { get; }

    /// <summary>Lives on; whatever the operator threw fails the test.</summary>
    public void Advance(double seconds)
    {
        World.Timeline.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Empty(_failures);
    }

    /// <summary>Sends a resource.</summary>
    public WorldObject Create(JsonObject resource)
    {
        var type = ResourceTypes.FindKind((string)resource["apiVersion"]!, (string)resource["kind"]!)!;
        return World.Objects.Create(type, resource.DeepClone().AsObject());
    }

    /// <summary>The status of a FlinkDeployment.</summary>
    public JsonNode? Status(string ns, string name) => World.Objects.Get(ResourceTypes.FlinkDeployments, ns, name).Read()["status"];

    /// <summary>The operator's events, as reason and message.</summary>
    public IReadOnlyList<string> Events(string ns) =>
        [.. World.Objects.List(ResourceTypes.Events, ns).Items.Select(e => e.Read()).Select(e => $"{(string?)e["type"]} {(string?)e["reason"]}: {(string?)e["message"]}")];
}
