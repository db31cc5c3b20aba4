namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Ranges of the autoscaler's options, checked only where it is switched on (the operator's AutoscalerValidator).</summary>
internal static class AutoscalerRules
{
    private const double Any = double.PositiveInfinity;

    /// <summary>Null, or the operator's message about the first option out of range.</summary>
    public static string? Check(DeploymentDraft draft)
    {
        if (!On(draft, "enabled"))
            return null;
        var target = Number(draft, "utilization.target") ?? Number(draft, "target.utilization") ?? 0.7;
        return Outside(draft, "scale-down.max-factor", 0, Any)
            ?? Outside(draft, "scale-up.max-factor", 0, Any)
            ?? Outside(draft, "utilization.target", 0, 1)
            ?? Outside(draft, "target.utilization.boundary", 0, Any)
            ?? Outside(draft, "utilization.max", target, 1)
            ?? Outside(draft, "utilization.min", 0, target)
            ?? Outside(draft, "memory.gc-pressure.threshold", 0, 1)
            ?? Outside(draft, "memory.heap-usage.threshold", 0, 1)
            ?? (On(draft, "observed-scalability.enabled") ? Outside(draft, "observed-scalability.coefficient-min", 0.01, 1) : null)
            ?? (On(draft, "scaling.effectiveness.detection.enabled") ? Outside(draft, "scaling.effectiveness.threshold", 0, 1) : null)
            ?? (On(draft, "memory.tuning.enabled") ? Outside(draft, "memory.tuning.overhead", 0, 1) : null);
    }

    private static string? Outside(DeploymentDraft draft, string option, double from, double to) =>
        Number(draft, option) is { } value && (value < from || value > to)
            ? $"The AutoScalerOption job.autoscaler.{option} is invalid, it should be a value within the range [{JavaText.Of(from)}, {(double.IsPositiveInfinity(to) ? "+Infinity" : JavaText.Of(to))}]"
            : null;

    private static bool On(DeploymentDraft draft, string option) => draft.IsOn("job.autoscaler." + option) || draft.IsOn("kubernetes.operator.job.autoscaler." + option);

    private static double? Number(DeploymentDraft draft, string option) => draft.Number("job.autoscaler." + option, "kubernetes.operator.job.autoscaler." + option);
}
