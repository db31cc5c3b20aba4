using System.Globalization;
using FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;

/// <summary>
/// Rescaling without a restart (service/NativeFlinkService.scale, StandaloneFlinkService.scale): new resource requirements for the adaptive
/// scheduler, or another number of TaskManagers in reactive mode.
/// </summary>
internal static class InPlaceScaling
{
    private static readonly string[] WithoutRequirements = ["v1_15", "v1_16", "v1_17"];

    /// <summary>Tries.</summary>
    /// <returns>False if the change needs a full upgrade.</returns>
    public static bool Try(PassContext pass, FlinkConfig config)
    {
        if (pass.Spec.IsSuspended || pass.Status.IsSuspended || pass.Spec.Job is null)
            return false;
        return pass.Spec.IsStandalone ? Reactive(pass, config) : Declarative(pass);
    }

    private static bool Reactive(PassContext pass, FlinkConfig config)
    {
        if (!pass.ObserveConfig.ContainsKey("scheduler-mode"))
            return false;
        var name = $"{pass.Object.Name}-taskmanager";
        if (pass.Op.World.Objects.Find(ResourceTypes.Deployments, pass.Object.Namespace, name) is null)
            return false;
        var wanted = long.Parse(config.Values["kubernetes.internal.taskmanager.replicas"], CultureInfo.InvariantCulture);
        pass.Op.World.Objects.Update(ResourceTypes.Deployments, pass.Object.Namespace, name, o =>
        {
            o["spec"]!["replicas"] = wanted;
            return o;
        });
        return true;
    }

    private static bool Declarative(PassContext pass)
    {
        if (!IsSupported(pass) || pass.Rest is not { } rest || rest.Job(pass.Status.Job.JobId ?? "") is not { } job)
            return false;
        var before = ParallelismOverrides.Parse(pass.ObserveConfig.GetValueOrDefault(ParallelismOverrides.Key));
        var after = ParallelismOverrides.Parse(pass.Spec.Configuration.GetValueOrDefault(ParallelismOverrides.Key));
        if (before.Count + after.Count == 0 || job.Vertices.Any(v => before.ContainsKey(v.Id) && !after.ContainsKey(v.Id)))
            return false;
        // Already as wanted: nothing is sent and nothing is said.
        if (job.Vertices.All(v => after.GetValueOrDefault(v.Id, v.Wanted) == v.Wanted))
            return true;
        try
        {
            rest.Rescale(job.Id, job.Vertices.ToDictionary(v => v.Id, v => after.GetValueOrDefault(v.Id, v.Wanted)));
        }
        catch (FlinkRefusal)
        {
            return false;
        }
        pass.Op.Events.Normal(pass.Object, "Scaling", EventComponent.Job, "In-place scaling triggered");
        return true;
    }

    private static bool IsSupported(PassContext pass) =>
        FlinkOptions.Switch(pass.ObserveConfig, "job.upgrade.inplace-scaling.enabled", true)
        && !WithoutRequirements.Contains(pass.ClusterSpec?.FlinkVersion)
        && string.Equals(pass.ObserveConfig.GetValueOrDefault("jobmanager.scheduler"), "adaptive", StringComparison.OrdinalIgnoreCase)
        && !pass.Status.Job.IsTerminal && pass.Status.Job.State is not (null or "RECONCILING");
}
