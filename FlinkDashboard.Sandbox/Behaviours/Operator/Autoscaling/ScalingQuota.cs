using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Autoscaling;

/// <summary>job.autoscaler.quota.cpu and quota.memory: what all TaskManagers together may use (ScalingExecutor).</summary>
internal static class ScalingQuota
{
    /// <summary>The plan needs more TaskManagers than now, and those are over a quota.</summary>
    public static bool IsExceeded(PassContext pass, ScalingOptions options, IReadOnlyDictionary<string, ScalingSummary> plan)
    {
        if (options.CpuQuota is null && options.MemoryQuota is null)
            return false;
        var slots = FlinkOptions.Slots(pass.ObserveConfig);
        var workers = plan.Values.Max(p => p.To) / slots;
        if (workers <= plan.Values.Max(p => p.From) / slots)
            return false;
        var resource = pass.ClusterSpec?.Json["taskManager"]?["resource"];
        var cpu = (double?)resource?["cpu"]?.AsValue() ?? 0;
        var memory = (string?)resource?["memory"] is { } text ? MemoryText.Parse(text) : 0;
        return cpu * workers > options.CpuQuota || memory * workers > options.MemoryQuota;
    }
}
