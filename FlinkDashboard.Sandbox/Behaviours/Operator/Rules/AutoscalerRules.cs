using System.Globalization;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

/// <summary>Ranges of autoscaler options, looked at when the autoscaler is on (autoscaler/validation/AutoscalerValidator).</summary>
public static class AutoscalerRules
{
    private const string Prefix = "job.autoscaler.";

    /// <summary>The first error, or null.</summary>
    public static string? Error(IReadOnlyDictionary<string, string> config)
    {
        if (!bool.TryParse(Value(config, "enabled"), out var enabled) || !enabled)
            return null;
        var target = Number(config, "utilization.target") ?? Number(config, "target.utilization") ?? 0.7;
        return Outside(config, "scale-down.max-factor", 0, double.PositiveInfinity)
            ?? Outside(config, "scale-up.max-factor", 0, double.PositiveInfinity)
            ?? Outside(config, "utilization.target", 0, 1)
            ?? Outside(config, "target.utilization.boundary", 0, double.PositiveInfinity)
            ?? Outside(config, "utilization.max", target, 1)
            ?? Outside(config, "utilization.min", 0, target)
            ?? Outside(config, "memory.gc-pressure.threshold", 0, 1)
            ?? Outside(config, "memory.heap-usage.threshold", 0, 1)
            ?? (IsOn(config, "observed-scalability.enabled") ? Outside(config, "observed-scalability.coefficient-min", 0.01, 1) : null)
            ?? (IsOn(config, "scaling.effectiveness.detection.enabled") ? Outside(config, "scaling.effectiveness.threshold", 0, 1) : null)
            ?? (IsOn(config, "memory.tuning.enabled") ? Outside(config, "memory.tuning.overhead", 0, 1) : null)
            ?? ExcludedPeriods.Error(Value(config, "excluded.periods"));
    }

    private static string? Outside(IReadOnlyDictionary<string, string> config, string key, double min, double max) =>
        Number(config, key) is { } value && (value < min || value > max)
            ? $"The AutoScalerOption {Prefix}{key} is invalid, it should be a value within the range [{Java(min)}, {Java(max)}]"
            : null;

    private static bool IsOn(IReadOnlyDictionary<string, string> config, string key) => bool.TryParse(Value(config, key), out var on) && on;

    private static double? Number(IReadOnlyDictionary<string, string> config, string key) =>
        double.TryParse(Value(config, key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string? Value(IReadOnlyDictionary<string, string> config, string key) =>
        config.GetValueOrDefault(Prefix + key) ?? config.GetValueOrDefault("kubernetes.operator." + Prefix + key);

    private static string Java(double value)
    {
        if (double.IsPositiveInfinity(value))
            return "+Infinity";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.') ? text : text + ".0";
    }
}
