using System.Text;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>The text format in which Flink's PrometheusReporter shows metrics on port 9249 of its pod.</summary>
public static class Exposition
{
    internal const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Serves <c>/metrics</c> inside the pods.</summary>
    public static void Register(SandboxWorld world) => world.Servers.Add((request, _) => Task.FromResult(
        request.Port == MetricTarget.Port && request.Path is "/metrics" or "/" && Of(world, request.Pod.Namespace, request.Pod.Name) is { } text
            ? new PodResponse(200, ContentType, Encoding.UTF8.GetBytes(text))
            : null));

    /// <summary>All metrics of a pod now; null when it has none.</summary>
    internal static string? Of(SandboxWorld world, string ns, string pod)
    {
        var groups = world.Metrics.Present().Where(g => g.Target.Namespace == ns && g.Target.Pod == pod).ToList();
        if (groups.Count == 0)
            return null;
        var now = world.Now;
        var lines = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var group in groups.Where(g => g.IsExposed))
        {
            var labels = string.Join(',', group.Labels.All.Select(l => $"{l.Key}=\"{l.Value.Replace("\\", @"\\").Replace("\"", "\\\"")}\""));
            foreach (var (id, value) in group.At(now))
            {
                var name = group.NameOf(id);
                if (!lines.TryGetValue(name, out var list))
                    lines[name] = list = [];
                list.Add($"{name}{{{labels},}} {SampleText.Of(value)}");
            }
        }
        var text = new StringBuilder();
        foreach (var (name, list) in lines)
        {
            text.Append("# HELP ").Append(name).Append(' ').Append(name).Append(" (scope: ").Append(name[..name.LastIndexOf('_')]).Append(")\n# TYPE ").Append(name).Append(" gauge\n");
            foreach (var line in list)
                text.Append(line).Append('\n');
        }
        return text.ToString();
    }
}
