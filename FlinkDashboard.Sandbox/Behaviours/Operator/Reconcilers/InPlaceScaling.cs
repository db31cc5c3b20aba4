using FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;

/// <summary>Rescaling without a restart: new resource requirements (native, adaptive scheduler) or more TaskManagers (standalone, reactive mode).</summary>
internal static class InPlaceScaling
{
    private const string Overrides = "pipeline.jobvertex-parallelism-overrides";

    /// <summary>Tries.</summary>
    /// <returns>False if the change needs a full upgrade.</returns>
    public static bool Try(PassContext pass, FlinkConfig config)
    {
        if (pass.Spec.IsSuspended || pass.Status.IsSuspended || pass.Status.Job.IsTerminal || pass.Status.Job.State is null or "RECONCILING")
            return false;
        return pass.Spec.IsStandalone ? Reactive(pass, config) : Declarative(pass);
    }

    private static bool Reactive(PassContext pass, FlinkConfig config)
    {
        if (!string.Equals(pass.ObserveConfig.GetValueOrDefault("scheduler-mode"), "REACTIVE", StringComparison.OrdinalIgnoreCase))
            return false;
        var name = $"{pass.Object.Name}-taskmanager";
        if (pass.Op.World.Objects.Find(ResourceTypes.Deployments, pass.Object.Namespace, name) is null)
            return false;
        pass.Op.World.Objects.Update(ResourceTypes.Deployments, pass.Object.Namespace, name, o =>
        {
            o["spec"]!["replicas"] = config.TaskManagers;
            return o;
        });
        Report(pass);
        return true;
    }

    private static bool Declarative(PassContext pass)
    {
        if (!FlinkOptions.Switch(pass.ObserveConfig, "job.upgrade.inplace-scaling.enabled", true)
            || !string.Equals(pass.ObserveConfig.GetValueOrDefault("jobmanager.scheduler"), "adaptive", StringComparison.OrdinalIgnoreCase)
            || pass.Rest is not { } rest)
            return false;
        var before = Parse(pass.Status.DeployedSpec?.Configuration.GetValueOrDefault(Overrides));
        var after = Parse(pass.Spec.Configuration.GetValueOrDefault(Overrides));
        if (after.Count == 0 || before.Keys.Any(k => !after.ContainsKey(k)))
            return false;
        try
        {
            rest.Rescale(pass.Status.Job.JobId!, after);
        }
        catch (FlinkRefusal)
        {
            return false;
        }
        Report(pass);
        return true;
    }

    private static void Report(PassContext pass) => pass.Op.Events.Normal(pass.Object, "Scaling", EventComponent.Job, "In-place scaling triggered");

    private static Dictionary<string, int> Parse(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(p => p.Split(':')).Where(p => p.Length == 2 && int.TryParse(p[1], out _))
        .ToDictionary(p => p[0].Trim(), p => int.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture));
}
