using System.Globalization;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Autoscaling;

/// <summary>What the autoscaler says in events (AutoScalerEventHandler, KubernetesAutoScalerEventHandler).</summary>
internal sealed class ScalingReports(PassContext pass, ScalingOptions options)
{
    private const string Label = "parallelismMap";

    /// <summary>The plan; advice that stays the same is not repeated within an interval.</summary>
    public void Report(IReadOnlyDictionary<string, ScalingSummary> plan, string? blockedBy)
    {
        var header = blockedBy is null ? "Scaling execution enabled, begin scaling vertices:" : $"Scaling execution disabled by config {blockedBy}, recommended parallelism change:";
        var message = header + string.Concat(JavaOrder.Of(plan.Keys).Select(v => Entry(v, plan[v])));
        var labels = blockedBy is null ? null : new Dictionary<string, string> { [Label] = HashOf(plan) };
        pass.Op.Events.Report(pass.Object, "Normal", "ScalingReport", message, "ScalingExecutor", blockedBy is null ? null : options.EventInterval, labels);
    }

    public void Ineffective(string vertex, double expected, double actual) => pass.Op.Events.Report(pass.Object, "Normal", "IneffectiveScaling",
        string.Create(CultureInfo.InvariantCulture, $"Ineffective scaling detected for {vertex} (expected increase: {expected}, actual increase {actual}). Blocking of ineffective scaling decisions is {(options.BlocksIneffective ? "enabled" : "disabled")}"),
        string.Create(CultureInfo.InvariantCulture, $"ineffective{vertex}{expected}"), options.EventInterval);

    /// <summary>The memory in use forbids scaling.</summary>
    /// <param name="what"><c>GC Pressure</c> or <c>Heap Usage</c>.</param>
    /// <param name="key">Key of the event.</param>
    /// <param name="value">The share measured.</param>
    public void MemoryPressure(string what, string key, double value) => pass.Op.Events.Report(pass.Object, "Normal", "MemoryPressure",
        string.Create(CultureInfo.InvariantCulture, $"{what} {value} is above the allowed limit for scaling operations. Please adjust the available memory manually."), key, options.EventInterval);

    public void QuotaReached() => pass.Op.Events.Report(pass.Object, "Warning", "ResourceQuotaReached",
        "Resource usage is above the allowed limit for scaling operations. Please adjust the resource quota manually.", null, options.EventInterval);

    private static string Entry(string vertex, ScalingSummary plan) => string.Create(CultureInfo.InvariantCulture,
        $"{{ Vertex ID {vertex} | Parallelism {plan.From} -> {plan.To} | Processing capacity {Two(plan.Metrics["TRUE_PROCESSING_RATE"].Average)} -> {Two(plan.Metrics["EXPECTED_PROCESSING_RATE"].Current)} | Target data rate {Two(plan.Metrics["TARGET_DATA_RATE"].Average)}}}");

    private static string Two(double value) => double.IsPositiveInfinity(value) ? "Infinity" : value.ToString("F2", CultureInfo.InvariantCulture);

    // java.util.Map.hashCode of vertex to "Parallelism a -> b".
    private static string HashOf(IReadOnlyDictionary<string, ScalingSummary> plan) =>
        (plan.Aggregate(0, (sum, p) => unchecked(sum + (JavaOrder.Hash(p.Key) ^ JavaOrder.Hash($"Parallelism {p.Value.From} -> {p.Value.To}")))) & 0x7fffffff).ToString(CultureInfo.InvariantCulture);
}
