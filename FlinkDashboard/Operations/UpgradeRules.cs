using System.Globalization;
using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Operations;

/// <summary>What of a spec can be changed in the state an application, session cluster or session job is in; if not, why not. Pure.</summary>
public static class UpgradeRules
{
    /// <summary>May it be changed at all?</summary>
    public static Decision CanEdit(FlinkTarget t) => ApplicationRules.Common(t) ?? Decision.Yes;

    /// <summary>May it be restarted with the same spec?</summary>
    public static Decision CanRestart(FlinkTarget t)
    {
        if (ApplicationRules.Common(t) is { } no)
            return no;
        if (t.Job is { IsSuspended: true })
            return Decision.No("It is suspended; resume starts it.");
        if (t.Status.ReconciliationStatus.LastReconciledSpec is null)
            return Decision.No(t.Status.Error is null ? "The operator has not deployed it yet; it starts by itself." : "The operator could not deploy it; a restart would meet the same error. Correct it first.");
        return t.Status.LifecycleState == LifecycleState.RollingBack ? Decision.No("The operator is rolling it back; wait until that is done.") : Decision.Yes;
    }

    /// <summary>May its parallelism be changed?</summary>
    public static Decision CanScale(FlinkDeployment d) => CanScale(FlinkTarget.Of(d)) is { Allowed: false } no ? no
        : d.Spec.TaskManager.Replicas is { } replicas ? Decision.No($"taskManager.replicas ({replicas}) decides its parallelism: replicas × slots. Scale the TaskManagers.")
        : Decision.Yes;

    /// <summary>May its parallelism be changed?</summary>
    public static Decision CanScale(FlinkSessionJob j) => CanScale(FlinkTarget.Of(j));

    /// <summary>May its parallelism become this?</summary>
    public static Decision CanScale(FlinkTarget t, int parallelism) =>
        parallelism < 1 ? Decision.No("Parallelism must be at least 1.")
        : int.TryParse(t.Configuration["pipeline.max-parallelism"], NumberStyles.Integer, CultureInfo.InvariantCulture, out var most) && most > 0 && parallelism > most
            ? Decision.No($"pipeline.max-parallelism is {most}; a job cannot run with more than that.")
            : Decision.Yes;

    /// <summary>May the number of its TaskManagers be set?</summary>
    public static Decision CanScaleTaskManagers(FlinkDeployment d) => CanEdit(FlinkTarget.Of(d)) is { Allowed: false } no ? no
        : d.Spec.IsSession && d.Spec.Mode != DeploymentMode.Standalone ? Decision.No("A native session cluster starts TaskManagers as its jobs need them; there is no number to set.")
        : Decision.Yes;

    /// <summary>May the number of its TaskManagers become this?</summary>
    public static Decision CanScaleTaskManagers(FlinkDeployment d, int replicas)
    {
        if (replicas < 1)
            return Decision.No("There must be at least 1 TaskManager; suspend the job to have none.");
        return d.Spec.IsSession ? Decision.Yes : CanScale(FlinkTarget.Of(d), replicas * FlinkReading.SlotsOf(d));
    }

    /// <summary>May its upgrade mode be changed?</summary>
    public static Decision CanSetUpgradeMode(FlinkTarget t) => CanHaveJob(t, "has no upgrade mode");

    /// <summary>May its autoscaler be switched, set or reset?</summary>
    public static Decision CanSetAutoscaler(FlinkTarget t) => CanHaveJob(t, "is not autoscaled; its session jobs are");

    /// <summary>May its autoscaler's memory be cleared?</summary>
    public static Decision CanResetAutoscaler(FlinkTarget t) => CanSetAutoscaler(t) is { Allowed: false } no ? no
        : AutoscalerOn(t) ? Decision.Yes
        : Decision.No("Its autoscaler is off, so there is nothing to reset.");

    /// <summary>May periodic snapshots be set?</summary>
    public static Decision CanSetSchedule(FlinkTarget t) => CanHaveJob(t, "has no job to take snapshots of");

    /// <summary>The autoscaler is switched on in the object itself.</summary>
    public static bool AutoscalerOn(FlinkTarget t) => t.Switch("job.autoscaler.enabled", t.Switch("kubernetes.operator.job.autoscaler.enabled", false));

    private static Decision CanScale(FlinkTarget t) => CanHaveJob(t, "has no parallelism; its session jobs have");

    private static Decision CanHaveJob(FlinkTarget t, string what) => ApplicationRules.Common(t)
        ?? (t.Job is null ? Decision.No($"A session cluster {what}.") : Decision.Yes);
}
