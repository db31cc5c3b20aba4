using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;

/// <summary>The high-availability ConfigMaps of a cluster, which outlive its JobManagers.</summary>
internal static class HighAvailability
{
    private const string CheckpointKey = "checkpointID-";
    private static readonly string[] GraphKeys = ["jobGraph-", "executionPlan-"];

    /// <summary>A job can be restored from them.</summary>
    public static bool HasMetadata(SandboxWorld world, string ns, string cluster) => JobMaps(world, ns, cluster).Any();

    /// <summary>They know a completed checkpoint.</summary>
    public static bool HasCheckpoint(SandboxWorld world, string ns, string cluster) => JobMaps(world, ns, cluster)
        .Any(m => m.Read()["data"] is System.Text.Json.Nodes.JsonObject data && data.Any(p => p.Key.StartsWith(CheckpointKey, StringComparison.Ordinal)));

    /// <summary>Removes the submitted job graphs, so that a new JobManager submits the new one.</summary>
    public static void RemoveJobGraphs(SandboxWorld world, string ns, string cluster)
    {
        foreach (var map in Maps(world, ns, cluster).ToList())
        {
            world.Objects.Update(ResourceTypes.ConfigMaps, ns, map.Name, o =>
            {
                if (o["data"] is System.Text.Json.Nodes.JsonObject data)
                {
                    foreach (var key in data.Select(p => p.Key).Where(k => GraphKeys.Any(g => k.StartsWith(g, StringComparison.Ordinal))).ToList())
                        data.Remove(key);
                    if (data.Count == 0)
                        o.Remove("data");
                }
                return o;
            });
        }
    }

    /// <summary>Deletes them all.</summary>
    public static void Delete(SandboxWorld world, string ns, string cluster)
    {
        foreach (var map in Maps(world, ns, cluster).ToList())
            world.Objects.Delete(ResourceTypes.ConfigMaps, ns, map.Name);
    }

    private static IEnumerable<WorldObject> JobMaps(SandboxWorld world, string ns, string cluster) =>
        Maps(world, ns, cluster).Where(m => m.Name != $"{cluster}-cluster-config-map");

    private static IEnumerable<WorldObject> Maps(SandboxWorld world, string ns, string cluster) => world.Objects.List(ResourceTypes.ConfigMaps, ns).Items
        .Where(m => m.Labels.GetValueOrDefault("configmap-type") == "high-availability" && m.Labels.GetValueOrDefault("app") == cluster);
}
