using System.Globalization;
using System.Text;
using System.Text.Json;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.State;

namespace FlinkDashboard.Benchmarks;

/// <summary>How much a watched object keeps in memory, against the size of its JSON. Retained bytes after a full collection.</summary>
internal static class MemoryReport
{
    /// <summary>A Markdown table.</summary>
    public static string Write()
    {
        var report = new StringBuilder("| kind | objects | JSON bytes each | retained bytes each | share |\n|---|--:|--:|--:|--:|\n");
        Row<Pod>(report, ResourceTypes.Pods, Pod.Info, 10_000);
        Row<FlinkDeployment>(report, ResourceTypes.FlinkDeployments, FlinkDeployment.Info, 500);
        Row<Node>(report, ResourceTypes.Nodes, Node.Info, 1_000);
        return report.ToString();
    }

    private static void Row<T>(StringBuilder report, ResourceType type, KindInfo<T> kind, int count) where T : class, IKubernetesObject
    {
        var body = Samples.List(type, count);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cache = new ResourceCache<T>(kind);
        cache.Replace(null, JsonSerializer.Deserialize(body, kind.List)!.Items);
        var kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count;
        GC.KeepAlive(cache);
        GC.KeepAlive(body);
        var json = body.Length / (double)count;
        report.AppendLine(CultureInfo.InvariantCulture, $"| {kind.Kind} | {cache.Count:N0} | {json:N0} | {kept:N0} | {kept / json:P0} |");
    }
}
