using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator;

/// <summary>What all parts of the operator share.</summary>
internal sealed class OperatorContext(SandboxWorld world, OperatorOptions options)
{
    /// <summary>The world.</summary>
    public SandboxWorld World => world;

    /// <summary>Configuration.</summary>
    public OperatorOptions Options => options;

    /// <summary>FlinkStateSnapshots can be made: their definition was there when the operator started.</summary>
    public bool HasSnapshotKind { get; } = world.Objects.Find(ResourceTypes.CustomResourceDefinitions, "", ResourceTypes.FlinkStateSnapshots.QualifiedName) is not null;

    /// <summary>Event writer.</summary>
    public EventRecorder Events { get; } = new(world);

    /// <summary>Epoch milliseconds now.</summary>
    public long Millis => world.Now.ToUnixTimeMilliseconds();

    /// <summary>ISO time with nine decimals.</summary>
    public string Instant => world.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture) + "00Z";

    /// <summary>The REST server behind a cluster's service, or null while it does not answer: a terminating pod is no endpoint any more.</summary>
    public FlinkCluster? Rest(string ns, string cluster) =>
        world.Flink.Find(ns, cluster) is { } found && world.Objects.Find(ResourceTypes.Pods, ns, found.PodName) is { IsDeleting: false } ? found : null;

    /// <summary>Writes the status if it differs from what was written last.</summary>
    public void WriteStatus(Managed resource)
    {
        var node = StatusJson.Write(resource.Status);
        var text = node.ToJsonString(JsonText.Options);
        if (text == resource.WrittenStatus)
            return;
        world.Objects.Update(resource.Object.Type, resource.Object.Namespace, resource.Object.Name, o =>
        {
            o["status"] = node;
            return o;
        }, part: WritePart.Status);
        resource.WrittenStatus = text;
    }
}

/// <summary>One pass over one FlinkDeployment or FlinkSessionJob.</summary>
internal sealed class PassContext(OperatorContext op, Managed managed, FlinkSpec spec, WorldObject? cluster)
{
    /// <summary>Shared parts.</summary>
    public OperatorContext Op => op;

    /// <summary>The resource in memory.</summary>
    public Managed Managed => managed;

    /// <summary>The resource.</summary>
    public WorldObject Object => managed.Object;

    /// <summary>Its status.</summary>
    public ResourceStatus Status => managed.Status;

    /// <summary>Wanted spec; a pass may change its copy.</summary>
    public FlinkSpec Spec { get; set; } = spec;

    /// <summary>Generation that this pass acts upon.</summary>
    public long Generation { get; set; } = managed.Object.Generation;

    /// <summary>The FlinkDeployment whose JobManager runs the job: the resource itself, or a session job's cluster.</summary>
    public WorldObject? Cluster => cluster;

    /// <summary>Cluster id, empty while a session job's cluster is missing.</summary>
    public string ClusterId => cluster?.Name ?? "";

    /// <summary>Spec of <see cref="Cluster"/>; null while that is missing.</summary>
    public FlinkSpec? ClusterSpec { get; private set; }

    /// <summary>Configuration by which it is observed.</summary>
    public IReadOnlyDictionary<string, string> ObserveConfig { get; private set; } = new Dictionary<string, string>();

    /// <summary>The JobManager's REST server, or null while it does not answer.</summary>
    public FlinkCluster? Rest => op.Rest(Object.Namespace, ClusterId);

    /// <summary>Reads the observation config anew.</summary>
    public void Refresh(FlinkSpec? clusterSpec)
    {
        ClusterSpec = clusterSpec ?? Spec;
        var own = FlinkConfig.ForObservation(Status.State == "ROLLED_BACK" ? Status.Stable?.Spec : Status.ReconciledShared?.Spec, Spec, op.Options.DefaultConfiguration);
        if (clusterSpec is null)
        {
            ObserveConfig = own;
            return;
        }
        var merged = new Dictionary<string, string>(clusterSpec.Configuration);
        foreach (var (key, value) in own)
            merged[key] = value;
        ObserveConfig = merged;
    }

    /// <summary>Writes the status.</summary>
    public void WriteStatus() => op.WriteStatus(managed);

    /// <summary>The JobManager Deployment, or null.</summary>
    public WorldObject? Deployment => op.World.Objects.Find(ResourceTypes.Deployments, Object.Namespace, ClusterId);

    /// <summary>Content of the Deployment, or null.</summary>
    public JsonObject? ReadDeployment() => Deployment?.Read();
}
