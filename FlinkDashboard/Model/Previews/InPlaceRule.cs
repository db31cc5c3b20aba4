using System.Text.Json.Nodes;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Model.Previews;

/// <summary>Whether a change that may be rescaled in place will be (NativeFlinkService and StandaloneFlinkService of the operator).</summary>
internal static class InPlaceRule
{
    /// <summary>Null when it will be rescaled in place, else why it needs a restart.</summary>
    public static string? WhyNot(PreviewInput input, Standing now, JsonObject wanted, OperatorRelease release)
    {
        if (!release.CanRescaleInPlace)
            return $"operator {release} cannot rescale in place";
        if (Standing.IsSuspended(now.Last) || Standing.IsSuspended(wanted))
            return "the job is suspended";
        if (now.Last.Text("mode") == "standalone")
            return Reactive(input, now, wanted);
        if (now.JobState is null or "RECONCILING" or "FAILED" or "CANCELED" or "FINISHED")
            return $"the job is {now.JobState ?? "not known"}";
        var draft = EffectiveConfiguration.Of(input, now.Metadata.Name, now.Running!);
        var version = now.IsSessionJob ? input.SessionCluster?.Spec.FlinkVersion : now.Running.Text("flinkVersion");
        if (version is "v1_15" or "v1_16" or "v1_17")
            return "Flink before 1.18 cannot be rescaled in place";
        if (!EffectiveConfiguration.Of(input, now.Metadata.Name, wanted).IsOn("kubernetes.operator.job.upgrade.inplace-scaling.enabled", byDefault: true))
            return "kubernetes.operator.job.upgrade.inplace-scaling.enabled is off";
        if (!string.Equals(draft.Value("jobmanager.scheduler"), "adaptive", StringComparison.OrdinalIgnoreCase))
            return "jobmanager.scheduler is not adaptive";
        return Removed(now.Last!, wanted) ? "a parallelism override is taken away" : null;
    }

    private static string? Reactive(PreviewInput input, Standing now, JsonObject wanted)
    {
        if (wanted["job"] is null)
            return null;
        return string.Equals(EffectiveConfiguration.Of(input, now.Metadata.Name, wanted).Value("scheduler-mode"), "REACTIVE", StringComparison.OrdinalIgnoreCase) ? null : "scheduler-mode is not REACTIVE";
    }

    private static bool Removed(JsonObject last, JsonObject wanted)
    {
        var after = Vertices(wanted);
        return after.Count == 0 || Vertices(last).Any(v => !after.Contains(v));
    }

    private static HashSet<string> Vertices(JsonObject spec) =>
        [.. (FlinkConfiguration.Flatten(spec["flinkConfiguration"]).GetValueOrDefault(EffectiveConfiguration.Overrides) ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(':')[0].Trim())];
}
