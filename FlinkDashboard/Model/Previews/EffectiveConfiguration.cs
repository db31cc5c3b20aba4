using System.Text.Json.Nodes;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Previews;

/// <summary>The configuration that applies to a spec: the operator's defaults, the session cluster's, then the spec's own.</summary>
internal static class EffectiveConfiguration
{
    /// <summary>The key with which the autoscaler hands its decisions over.</summary>
    public const string Overrides = "pipeline.jobvertex-parallelism-overrides";

    /// <summary>A spec with everything that applies to it.</summary>
    public static DeploymentDraft Of(PreviewInput input, string name, JsonObject spec, JsonObject? deployed = null) => new(name, spec, deployed, Below(input, spec));

    /// <summary>
    /// The spec as the operator sees it after its autoscaler had its turn: decisions still in force are written into it, and never stand in the object.
    /// Without an autoscaler, or when it is reset, they are gone.
    /// </summary>
    public static JsonObject Autoscaled(PreviewInput input, JsonObject spec, JsonObject last)
    {
        var own = FlinkConfiguration.Flatten(spec["flinkConfiguration"]);
        var draft = Of(input, "", spec);
        var nonce = spec.At("job", "autoscalerResetNonce");
        var reset = nonce is not null && !JsonNode.DeepEquals(nonce, last.At("job", "autoscalerResetNonce"));
        if (spec["job"] is null || reset || own.ContainsKey(Overrides) || !IsOn(draft, "enabled")
            || !FlinkConfiguration.Flatten(last["flinkConfiguration"]).TryGetValue(Overrides, out var decided))
        {
            return spec;
        }
        var seen = (JsonObject)spec.DeepClone();
        var configuration = seen["flinkConfiguration"] as JsonObject ?? [];
        configuration[Overrides] = decided;
        seen["flinkConfiguration"] = configuration.Parent is null ? configuration : configuration.DeepClone();
        return seen;
    }

    /// <summary>An autoscaler option is true, by its new or its old name.</summary>
    public static bool IsOn(DeploymentDraft draft, string option) => draft.IsOn("job.autoscaler." + option) || draft.IsOn("kubernetes.operator.job.autoscaler." + option);

    private static Dictionary<string, string> Below(PreviewInput input, JsonObject spec)
    {
        var below = input.Defaults is null ? [] : new Dictionary<string, string>(input.Defaults);
        var cluster = spec["deploymentName"] is not null ? input.SessionCluster : null;
        foreach (var (key, value) in cluster?.Spec.FlinkConfiguration ?? StringMap.Empty)
            below[key] = value;
        if (cluster is not null && FlinkReading.IsHighlyAvailable(cluster))
            below.TryAdd("high-availability.type", "kubernetes");
        return below;
    }
}
