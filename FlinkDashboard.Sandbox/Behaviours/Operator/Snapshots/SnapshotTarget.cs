using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;

/// <summary>The job a snapshot is taken of.</summary>
/// <param name="Namespace">Namespace of both.</param>
/// <param name="Kind">FlinkDeployment or FlinkSessionJob.</param>
/// <param name="Name">Its name.</param>
/// <param name="Exists">The object exists.</param>
/// <param name="IsRunning">Its status says RUNNING.</param>
/// <param name="JobId">Flink job id.</param>
/// <param name="ClusterId">FlinkDeployment whose JobManager runs it.</param>
internal sealed record SnapshotTarget(string Namespace, string Kind, string Name, bool Exists, bool IsRunning, string? JobId, string ClusterId)
{
    /// <summary>Looks the target up.</summary>
    public static SnapshotTarget Of(SandboxWorld world, string ns, JsonObject spec)
    {
        var kind = (string?)spec["jobReference"]?["kind"] ?? "FlinkDeployment";
        var name = (string?)spec["jobReference"]?["name"] ?? "";
        var type = kind == "FlinkSessionJob" ? ResourceTypes.FlinkSessionJobs : ResourceTypes.FlinkDeployments;
        if (world.Objects.Find(type, ns, name)?.Read() is not { } node)
            return new SnapshotTarget(ns, kind, name, false, false, null, name);
        var job = node["status"]?["jobStatus"];
        var cluster = (string?)node["spec"]?["deploymentName"] ?? name;
        return new SnapshotTarget(ns, kind, name, true, (string?)job?["state"] == "RUNNING", (string?)job?["jobId"], cluster);
    }

    /// <summary>The REST server of its JobManager, or null.</summary>
    public FlinkCluster? Rest(OperatorContext op) => op.Rest(Namespace, ClusterId);
}
