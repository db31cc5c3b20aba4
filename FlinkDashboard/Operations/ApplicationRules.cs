using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Operations;

/// <summary>
/// What can be done to an application, a session cluster or a session job in the state it is in; if not, why not. The same rule disables the button
/// and is checked by the operation on the fresh object. Rights are another question. Pure.
/// </summary>
public static class ApplicationRules
{
    /// <summary>May its job be suspended?</summary>
    public static Decision CanSuspend(FlinkDeployment d) => CanSuspend(FlinkTarget.Of(d));

    /// <summary>May the job be suspended?</summary>
    public static Decision CanSuspend(FlinkSessionJob j) => CanSuspend(FlinkTarget.Of(j));

    /// <summary>May its job be resumed?</summary>
    public static Decision CanResume(FlinkDeployment d) => CanResume(FlinkTarget.Of(d));

    /// <summary>May the job be resumed?</summary>
    public static Decision CanResume(FlinkSessionJob j) => CanResume(FlinkTarget.Of(j));

    /// <summary>May it be deleted?</summary>
    /// <param name="d">Application or session cluster.</param>
    /// <param name="sessionJobs">All session jobs of its namespace.</param>
    public static Decision CanDelete(FlinkDeployment d, IEnumerable<FlinkSessionJob> sessionJobs)
    {
        var target = FlinkTarget.Of(d);
        // FlinkDeploymentController: a session cluster waits for its session jobs unless this is switched off.
        var blocking = d.Spec.Job is null && target.Switch("kubernetes.operator.session.deletion.block-on-session-jobs", true)
            ? sessionJobs.Where(j => j.Metadata.Namespace == d.Metadata.Namespace && j.Spec.DeploymentName == d.Metadata.Name).Select(j => j.Metadata.Name).Order(StringComparer.Ordinal).ToList()
            : [];
        return Common(target) ?? (blocking.Count == 0
            ? Decision.Yes
            : Decision.No($"Its session job{(blocking.Count == 1 ? "" : "s")} {string.Join(", ", blocking.Take(5))}{(blocking.Count > 5 ? $" and {blocking.Count - 5} more" : "")} must be deleted first; the operator would wait for {(blocking.Count == 1 ? "it" : "them")}."));
    }

    /// <summary>May it be deleted?</summary>
    public static Decision CanDelete(FlinkSessionJob j) => Common(FlinkTarget.Of(j)) ?? Decision.Yes;

    private static Decision CanSuspend(FlinkTarget t)
    {
        if (Common(t) is { } no)
            return no;
        if (t.Job is not { } job)
            return Decision.No("A session cluster has no job of its own; suspend its session jobs.");
        if (job.IsSuspended)
            return Decision.No(t.Status.LifecycleState == LifecycleState.Suspended ? "It is suspended already." : "It is being suspended already.");
        if (t.Status.ReconciliationStatus.LastReconciledSpec is null)
            return Decision.No(t.Status.Error is null
                ? "The operator has not deployed it yet, so there is nothing to suspend."
                : "The operator could not deploy it, so there is nothing to suspend; correct or delete it.");
        if (t.Status.JobStatus.State == JobState.Finished && t.Status.LifecycleState == LifecycleState.Stable)
            return Decision.No("Its job has finished by itself, so there is nothing to suspend.");
        if (t.Status.LifecycleState == LifecycleState.RollingBack)
            return Decision.No("The operator is rolling it back; wait until that is done.");
        return Decision.Yes;
    }

    private static Decision CanResume(FlinkTarget t)
    {
        if (Common(t) is { } no)
            return no;
        if (t.Job is not { } job)
            return Decision.No("A session cluster has no job of its own; resume its session jobs.");
        if (!job.IsSuspended)
            return Decision.No("It is not suspended.");
        // While the old cluster is being stopped the operator finishes that first; before (savepoint not taken yet) running again takes the wish back.
        if (t.Status.LifecycleState == LifecycleState.Upgrading)
            return Decision.No("It is still being suspended; wait until the operator says SUSPENDED.");
        return Decision.Yes;
    }

    internal static Decision? Common(FlinkTarget t)
    {
        if (t.Metadata.IsDeleting || t.Status.LifecycleState == LifecycleState.Deleting || t.Status.LifecycleState == LifecycleState.Deleted)
            return Decision.No("It is being deleted.");
        if (t.Metadata.OwnerReferences.FirstOrDefault(o => o.Kind == "FlinkBlueGreenDeployment") is { } parent)
            return Decision.No($"It is one colour of the blue/green deployment {parent.Name}; act on that.");
        return null;
    }
}
