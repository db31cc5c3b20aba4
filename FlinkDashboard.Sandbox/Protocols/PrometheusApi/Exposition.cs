using System.Text;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>The text format in which targets show their metrics: Flink's PrometheusReporter on port 9249 of its pod, exporters on theirs.</summary>
public static class Exposition
{
    internal const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Serves <c>/metrics</c> inside the pods.</summary>
    public static void Register(SandboxWorld world) => world.Servers.Add((request, _) => Task.FromResult(
        request.Port == MetricTarget.Port && request.Path is "/metrics" or "/" && Of(world, $"/targets/{request.Pod.Namespace}/{request.Pod.Name}/metrics") is { } shown
            ? new PodResponse(200, ContentType, Encoding.UTF8.GetBytes(shown.Text))
            : null));

    /// <summary>All metrics of a target, and the moment they are of; null when it is not there.</summary>
    internal static (string Text, DateTimeOffset Moment)? Of(SandboxWorld world, string path)
    {
        var (moment, all) = world.Metrics.Present();
        var groups = all.Where(g => g.Target.Path == path).ToList();
        if (groups.Count == 0)
            return null;
        var families = new SortedDictionary<string, (MetricType Type, List<string> Lines)>(StringComparer.Ordinal);
        foreach (var group in groups.Where(g => g.IsExposed))
        {
            var labels = Labels(group.Labels);
            foreach (var (row, series) in group.Table.Series.Index())
            {
                if (!families.TryGetValue(series.Family, out var family))
                    families[series.Family] = family = (series.Type, []);
                var own = series.Labels.All.Count == 0 ? labels : Labels(group.Labels.With(series.Labels));
                family.Lines.Add($"{series.Name}{own} {SampleText.Of(group.Value(row, moment))}");
            }
        }
        var text = new StringBuilder();
        foreach (var (name, (type, lines)) in families)
        {
            text.Append("# HELP ").Append(name).Append(' ').Append(Help(name)).Append("\n# TYPE ").Append(name).Append(' ').Append(TypeName(type)).Append('\n');
            foreach (var line in lines)
                text.Append(line).Append('\n');
        }
        return (text.ToString(), moment);
    }

    /// <summary>The type as the format writes it.</summary>
    internal static string TypeName(MetricType type) => type.ToString().ToLowerInvariant();

    /// <summary>What Flink's reporter says of a metric; the words of the other exporters are not those of the real ones.</summary>
    internal static string Help(string family) => family.StartsWith("flink_", StringComparison.Ordinal) ? $"{family} (scope: {family[..family.LastIndexOf('_')]})" : family.Replace('_', ' ');

    private static string Labels(LabelSet labels) => labels.All.Count == 0 ? "" : "{" + string.Join(',', labels.All.Select(l => $"{l.Key}=\"{l.Value.Replace("\\", @"\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"")) + ",}";
}
