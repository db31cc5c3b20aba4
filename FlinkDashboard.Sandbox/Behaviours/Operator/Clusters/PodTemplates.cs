using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;

/// <summary>The user's pod templates: the common one overlaid with a component's own.</summary>
public static class PodTemplates
{
    /// <summary>Name of Flink's container.</summary>
    public const string MainContainer = "flink-main-container";

    /// <summary>TaskManagers get a template: one of the two is given.</summary>
    public static bool HasTaskManagerTemplate(FlinkSpec spec) =>
        spec.Json["podTemplate"] is not null || spec.Json["taskManager"]?["podTemplate"] is not null || Storage(spec, "taskManager") is not null;

    /// <summary>The merged template of a component; empty without any.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="component">jobManager or taskManager.</param>
    public static JsonObject Of(FlinkSpec spec, string component)
    {
        var byName = FlinkOptions.Switch(spec.Configuration, "pod-template.merge-arrays-by-name");
        var merged = Merge(spec.Json["podTemplate"], spec.Json[component]?["podTemplate"], byName) as JsonObject ?? [];
        return merged;
    }

    /// <summary>Ephemeral storage of a component, or null.</summary>
    public static string? Storage(FlinkSpec spec, string component) => (string?)spec.Json[component]?["resource"]?["ephemeralStorage"];

    private static JsonNode? Merge(JsonNode? lower, JsonNode? upper, bool byName)
    {
        if (upper is null)
            return lower?.DeepClone();
        if (lower is JsonObject a && upper is JsonObject b)
        {
            var result = a.DeepClone().AsObject();
            foreach (var (key, value) in b)
                result[key] = Merge(a[key], value, byName);
            return result;
        }
        return lower is JsonArray x && upper is JsonArray y ? MergeLists(x, y, byName) : upper.DeepClone();
    }

    // Without merge-arrays-by-name elements meet by position, as the operator's default is.
    private static JsonArray MergeLists(JsonArray lower, JsonArray upper, bool byName)
    {
        var result = new JsonArray([.. lower.Select(n => n?.DeepClone())]);
        for (var i = 0; i < upper.Count; i++)
        {
            var name = byName ? (string?)(upper[i] as JsonObject)?["name"] : null;
            var at = name is null ? i : Enumerable.Range(0, lower.Count).FirstOrDefault(k => (string?)(lower[k] as JsonObject)?["name"] == name, result.Count);
            if (name is null && byName)
                at = result.Count;
            if (at < lower.Count)
                result[at] = Merge(lower[at], upper[i], byName);
            else
                result.Add(upper[i]?.DeepClone());
        }
        return result;
    }
}
