using System.Text.Json.Nodes;
using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.State;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Tests.Operations;

/// <summary>A quiet sandbox with one application (and what a test adds), the runner of the operations over HTTP, and its audit trail.</summary>
public sealed class OperationsStage : IAsyncDisposable
{
    private static readonly UserChoices Users = new(
    [
        new("admin", null), new("viewer", new UserIdentity("viewer", ["flink-viewers"])), new("team-a", new UserIdentity("team-a", ["flink-team-a"]))
    ]);

    private readonly StringWriter trail = new();

    private OperationsStage(SandboxStage sandbox)
    {
        Sandbox = sandbox;
        Reviews = new(sandbox.Api, TimeProvider.System);
        Runner = new(sandbox.Api, Reviews, new(trail, sandbox.Api, NullLogger<AuditTrail>.Instance), TimeProvider.System);
    }

    public SandboxStage Sandbox { get; }

    public KubernetesApi Api => Sandbox.Api;

    public AccessReviews Reviews { get; }

    public OperationRunner Runner { get; }

    public InstalledSchemas Schemas => field ??= new(Api, Known, NullLogger<InstalledSchemas>.Instance);

    public OperatorDefaults Defaults => field ??= new(Api, Known, NullLogger<OperatorDefaults>.Instance);

    private static ClusterState Known => new([new ResourceCache<CustomResourceDefinition>(CustomResourceDefinition.Info), new ResourceCache<ConfigMap>(ConfigMap.Info)], TimeProvider.System);

    public CurrentUser User { get; private set; } = CurrentUser.Of(null, new AccessOptions(), Users);

    /// <summary>Becomes another of the users.</summary>
    public void Be(string name) => User = CurrentUser.Of(LookAs.Of(name), new AccessOptions(), Users);

    /// <summary>Lines of the trail, in order.</summary>
    public IReadOnlyList<JsonNode> Audit => [.. trail.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];

    /// <summary>Action and stage of each line.</summary>
    public IReadOnlyList<string> Trail => [.. Audit.Select(a => $"{a["action"]} {a["stage"]}")];

    public static async Task<OperationsStage> StartAsync(string ns = "default")
    {
        var stage = new OperationsStage(await SandboxStage.StartAsync());
        stage.Sandbox.Cluster.World.Objects.Create(ResourceTypes.FlinkDeployments, SandboxStage.StableApplication(ns, "orders"), part: WritePart.All);
        return stage;
    }

    public Task<FlinkDeployment> OrdersAsync(string ns = "default") => Api.GetAsync(FlinkDeployment.Info, ns, "orders", null, default);

    /// <summary>The object in the store, with its fields as they were sent.</summary>
    public JsonObject Stored(ResourceType type, string name, string ns = "default") => Sandbox.Cluster.World.Objects.Get(type, ns, name).Read();

    public ValueTask DisposeAsync() => Sandbox.DisposeAsync();
}
