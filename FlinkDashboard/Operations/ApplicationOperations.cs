using FlinkDashboard.Access;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Operations;

/// <summary>Suspend, resume and delete of applications, session clusters and session jobs. See <see cref="OperationRunner"/> for the steps.</summary>
public sealed class ApplicationOperations(KubernetesApi api, OperationRunner runner)
{
    /// <summary>Asks the operator to stop the job and keep its state as upgradeMode says.</summary>
    /// <param name="app">As the user saw it.</param>
    /// <param name="user">Who; the request is sent as them.</param>
    /// <param name="reason">Why, for the audit trail; may be null.</param>
    /// <param name="stop">Ends the wait, not the operation.</param>
    public Task<OperationResult> SuspendAsync(FlinkDeployment app, CurrentUser user, string? reason, CancellationToken stop) =>
        runner.RunAsync(Suspend(FlinkDeployment.Info, app, FlinkTarget.Of, ApplicationRules.CanSuspend, reason), user, stop);

    /// <summary>The same for a session job.</summary>
    public Task<OperationResult> SuspendAsync(FlinkSessionJob job, CurrentUser user, string? reason, CancellationToken stop) =>
        runner.RunAsync(Suspend(FlinkSessionJob.Info, job, FlinkTarget.Of, ApplicationRules.CanSuspend, reason), user, stop);

    /// <summary>Asks the operator to start the job again from the state that was kept.</summary>
    public Task<OperationResult> ResumeAsync(FlinkDeployment app, CurrentUser user, string? reason, CancellationToken stop) =>
        runner.RunAsync(Resume(FlinkDeployment.Info, app, FlinkTarget.Of, ApplicationRules.CanResume, reason), user, stop);

    /// <summary>The same for a session job.</summary>
    public Task<OperationResult> ResumeAsync(FlinkSessionJob job, CurrentUser user, string? reason, CancellationToken stop) =>
        runner.RunAsync(Resume(FlinkSessionJob.Info, job, FlinkTarget.Of, ApplicationRules.CanResume, reason), user, stop);

    /// <summary>Deletes an application or a session cluster; the operator cleans up.</summary>
    public Task<OperationResult> DeleteAsync(FlinkDeployment app, CurrentUser user, string? reason, CancellationToken stop) =>
        runner.RunAsync(Delete(FlinkDeployment.Info, app, FlinkTarget.Of, async (fresh, cancel) => ApplicationRules.CanDelete(fresh, await JobsOfAsync(fresh, cancel)), reason), user, stop);

    /// <summary>Deletes a session job; the operator cancels it.</summary>
    public Task<OperationResult> DeleteAsync(FlinkSessionJob job, CurrentUser user, string? reason, CancellationToken stop) =>
        runner.RunAsync(Delete(FlinkSessionJob.Info, job, FlinkTarget.Of, (fresh, _) => Task.FromResult(ApplicationRules.CanDelete(fresh)), reason), user, stop);

    private Operation<T> Suspend<T>(KindInfo<T> kind, T seen, Func<T, FlinkTarget> target, Func<T, Decision> rule, string? reason) where T : class, IKubernetesObject =>
        new("Suspend", new("patch", kind), kind, seen.Metadata, reason, KubectlText.Patch(kind, seen.Metadata, KubectlText.SuspendPatch))
        {
            Settled = fresh => Operation<T>.Already(target(fresh.Object) is { Metadata.IsDeleting: false, Job.IsSuspended: true } t
                ? t.Status.LifecycleState == LifecycleState.Suspended ? $"{t.Metadata.Name} is suspended already." : $"{t.Metadata.Name} is being suspended already."
                : null),
            Rule = (fresh, _) => Task.FromResult(rule(fresh)),
            Send = (fresh, sender, stop) => PatchAsync(kind, fresh.Object, KubectlText.SuspendPatch, sender, stop),
            Then = fresh => $"Suspension of {fresh.Metadata.Name} is accepted; the operator stops the job now."
        };

    private Operation<T> Resume<T>(KindInfo<T> kind, T seen, Func<T, FlinkTarget> target, Func<T, Decision> rule, string? reason) where T : class, IKubernetesObject =>
        new("Resume", new("patch", kind), kind, seen.Metadata, reason, KubectlText.Patch(kind, seen.Metadata, KubectlText.ResumePatch))
        {
            Settled = fresh => Operation<T>.Already(target(fresh.Object) is { Metadata.IsDeleting: false, Job.IsSuspended: false } t
                ? t.Status.JobStatus.State == JobState.Running ? $"{t.Metadata.Name} is running already." : $"{t.Metadata.Name} is asked to run already."
                : null),
            Rule = (fresh, _) => Task.FromResult(rule(fresh)),
            Send = (fresh, sender, stop) => PatchAsync(kind, fresh.Object, KubectlText.ResumePatch, sender, stop),
            Then = fresh => $"Resuming {fresh.Metadata.Name} is accepted; the operator starts the job now."
        };

    private Operation<T> Delete<T>(KindInfo<T> kind, T seen, Func<T, FlinkTarget> target, Func<T, CancellationToken, Task<Decision>> rule, string? reason) where T : class, IKubernetesObject =>
        new("Delete", new("delete", kind), kind, seen.Metadata, reason, KubectlText.Delete(kind, seen.Metadata))
        {
            Settled = fresh => Operation<T>.Already(fresh.Object.Metadata.IsDeleting ? $"{fresh.Object.Metadata.Name} is being deleted already." : null),
            Rule = rule,
            Send = (fresh, sender, stop) => api.DeleteAsync(new(kind, fresh.Object.Metadata.Namespace, fresh.Object.Metadata.Name), fresh.Object.Metadata.Uid, sender.DryRun, sender.Identity, stop),
            Then = fresh => $"Deletion of {fresh.Metadata.Name} is accepted; the operator cleans up now."
        };

    // With the version that the rule was checked on: whatever changed since makes this fail with 409, and the rule is checked again.
    private Task PatchAsync<T>(KindInfo<T> kind, T fresh, MergePatch patch, Sender sender, CancellationToken stop) where T : class, IKubernetesObject =>
        api.PatchAsync(kind, fresh.Metadata.Namespace, fresh.Metadata.Name, Author.Mark(patch, sender.Name).OnlyIf(fresh.Metadata.ResourceVersion), sender.DryRun, sender.Identity, stop);

    private async Task<IReadOnlyList<FlinkSessionJob>> JobsOfAsync(FlinkDeployment fresh, CancellationToken stop)
    {
        if (fresh.Spec.Job is not null)
            return [];
        try
        {
            return (await api.ListAsync(FlinkSessionJob.Info, fresh.Metadata.Namespace, stop)).Items;
        }
        catch (KubernetesApiException e) when (e.IsNotFound || e.IsForbidden)
        {
            return []; // no such kind, or not to be seen: the operator itself still holds the deletion back
        }
    }
}
