using System.Text.Json.Nodes;
using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Support;

/// <summary>A sandbox in this process and the app's own gateway to it, over HTTP.</summary>
public sealed class SandboxStage : IAsyncDisposable
{
    private readonly ClusterConnector connector;

    private SandboxStage(SandboxCluster cluster, TimeProvider time)
    {
        Cluster = cluster;
        connector = new(new() { Source = ClusterSource.Sandbox, Server = cluster.Address, Token = "admin" });
        Api = new(connector, time);
    }

    /// <summary>First simulated moment.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero);

    /// <summary>The cluster.</summary>
    public SandboxCluster Cluster { get; }

    /// <summary>The app's gateway.</summary>
    public KubernetesApi Api { get; }

    /// <summary>Starts one; its clock stands still unless told otherwise.</summary>
    /// <param name="world">Its world.</param>
    /// <param name="speed">How fast its clock goes.</param>
    /// <param name="time">The gateway's clock.</param>
    /// <param name="realFlink">A JobManager that stands behind one of its applications.</param>
    /// <param name="real">What the sandbox takes for real time; its world then begins there.</param>
    public static async Task<SandboxStage> StartAsync(string world = "quiet", double speed = 0, TimeProvider? time = null, string? realFlink = null, TimeProvider? real = null) =>
        new(await SandboxCluster.StartAsync(new() { World = world, Speed = speed, Start = real?.GetUtcNow() ?? Start, RealFlink = realFlink, Time = real ?? TimeProvider.System }), time ?? TimeProvider.System);

    /// <summary>Puts an object into the store as it is, past validation.</summary>
    public WorldObject Put(ResourceType type, string json) => Cluster.World.Objects.Create(type, JsonNode.Parse(json)!.AsObject(), part: WritePart.All);

    /// <summary>Changes an object in the store, past validation.</summary>
    public void Change(ResourceType type, string ns, string name, Action<JsonObject> change) => Cluster.World.Objects.Update(type, ns, name, o =>
    {
        change(o);
        return o;
    }, part: WritePart.All);

    /// <summary>An application with upgradeMode savepoint whose status says STABLE and RUNNING.</summary>
    public static JsonObject StableApplication(string ns, string name) => JsonNode.Parse($$$"""
        {"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkDeployment","metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}"},
         "spec":{"image":"flink:1.20","flinkVersion":"v1_20","serviceAccount":"flink","jobManager":{"resource":{"memory":"1024m"} },"taskManager":{"resource":{"memory":"1024m"} },
          "flinkConfiguration":{"execution.checkpointing.dir":"s3://bucket/checkpoints","execution.checkpointing.savepoint-dir":"s3://bucket/savepoints"},"job":{"jarURI":"local:///job.jar","parallelism":2,"state":"running","upgradeMode":"savepoint"} },
         "status":{"lifecycleState":"STABLE","jobStatus":{"state":"RUNNING"},"reconciliationStatus":{"state":"DEPLOYED","lastReconciledSpec":"{\"spec\":{\"job\":{\"state\":\"running\"} } }"} } }
        """)!.AsObject();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        connector.Dispose();
        await Cluster.DisposeAsync();
    }
}
