using FlinkDashboard.Access;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.State;

namespace FlinkDashboard.Operations;

/// <summary>Takes, disposes of and restores from savepoints and checkpoints. See <see cref="OperationRunner"/> for the steps.</summary>
public sealed class SnapshotOperations(KubernetesApi api, OperationRunner runner, ClusterState state, TimeProvider time)
{
    /// <summary>The cluster has FlinkStateSnapshots (operator 1.10 and later); where it has not, nonces trigger.</summary>
    public bool HasResource => state.Of<FlinkStateSnapshot>().Status.State != WatchState.Absent;

    /// <summary>Takes a savepoint or checkpoint of the running job.</summary>
    public Task<OperationResult> TriggerAsync(FlinkDeployment app, SnapshotRequest request, CurrentUser user, string? reason, CancellationToken stop) =>
        TriggerAsync(FlinkDeployment.Info, app, FlinkTarget.Of, request, user, reason, stop);

    /// <summary>The same for a session job.</summary>
    public Task<OperationResult> TriggerAsync(FlinkSessionJob job, SnapshotRequest request, CurrentUser user, string? reason, CancellationToken stop) =>
        TriggerAsync(FlinkSessionJob.Info, job, FlinkTarget.Of, request, user, reason, stop);

    /// <summary>Cancels what runs and starts the job from a savepoint or checkpoint; starts it if it is suspended.</summary>
    public Task<OperationResult> RestoreFromAsync(FlinkDeployment app, string path, CurrentUser user, string? reason, CancellationToken stop) => runner.RunAsync(
        new EditOperation<FlinkDeployment>(FlinkDeployment.Info, app, FlinkTarget.Of, t => SpecEdits.RestoreFrom(t, path), fresh => SnapshotRules.CanRestore(FlinkTarget.Of(fresh), path)).Of(api, reason), user, stop);

    /// <summary>The same for a session job.</summary>
    public Task<OperationResult> RestoreFromAsync(FlinkSessionJob job, string path, CurrentUser user, string? reason, CancellationToken stop) => runner.RunAsync(
        new EditOperation<FlinkSessionJob>(FlinkSessionJob.Info, job, FlinkTarget.Of, t => SpecEdits.RestoreFrom(t, path), fresh => SnapshotRules.CanRestore(FlinkTarget.Of(fresh), path)).Of(api, reason), user, stop);

    /// <summary>Deletes a snapshot; its files too, unless it is a checkpoint, it says otherwise, or <paramref name="keepFiles"/> is set.</summary>
    public Task<OperationResult> DisposeAsync(FlinkStateSnapshot snapshot, bool keepFiles, CurrentUser user, string? reason, CancellationToken stop)
    {
        var kind = FlinkStateSnapshot.Info;
        var delete = KubectlText.Delete(kind, snapshot.Metadata);
        return runner.RunAsync(new Operation<FlinkStateSnapshot>("Dispose", new("delete", kind), kind, snapshot.Metadata, reason, keepFiles ? $"{KubectlText.Patch(kind, snapshot.Metadata, KeepFiles)} && {delete}" : delete)
        {
            Settled = fresh => Operation<FlinkStateSnapshot>.Already(fresh.Object.Metadata.IsDeleting && !keepFiles && !SnapshotRules.DeletesFiles(fresh.Object)
                ? $"{snapshot.Metadata.Name} is being deleted already." : null),
            Rule = async (fresh, cancel) => SnapshotRules.CanDispose(fresh, await JobOfAsync(fresh, user.Identity, cancel), keepFiles),
            Send = async (fresh, sender, cancel) =>
            {
                if (keepFiles && SnapshotRules.CanKeepFiles(fresh.Object).Allowed)
                    await KeepAsync(fresh.Object, sender, cancel);
                // Being deleted already it goes by itself once its files are kept.
                if (!fresh.Object.Metadata.IsDeleting)
                    await api.DeleteAsync(new(kind, fresh.Object.Metadata.Namespace, fresh.Object.Metadata.Name), fresh.Object.Metadata.Uid, sender.DryRun, sender.Identity, cancel);
            },
            Then = fresh => SnapshotRules.DeletesFiles(fresh) && !keepFiles
                ? $"Deletion of {fresh.Metadata.Name} and its files is accepted; the operator has the job delete them now."
                : $"{fresh.Metadata.Name} is deleted; its files stay."
        }, user, stop);
    }

    /// <summary>Lets the files stay when the snapshot is deleted: also ends a deletion that hangs because the job does not run.</summary>
    public Task<OperationResult> KeepFilesAsync(FlinkStateSnapshot snapshot, CurrentUser user, string? reason, CancellationToken stop)
    {
        var kind = FlinkStateSnapshot.Info;
        return runner.RunAsync(new Operation<FlinkStateSnapshot>("KeepFiles", new("patch", kind), kind, snapshot.Metadata, reason, KubectlText.Patch(kind, snapshot.Metadata, KeepFiles))
        {
            Settled = fresh => Operation<FlinkStateSnapshot>.Already(fresh.Object.Spec.Savepoint?.DisposeOnDelete == false ? $"The files of {snapshot.Metadata.Name} are kept already." : null),
            Rule = (fresh, _) => Task.FromResult(SnapshotRules.CanKeepFiles(fresh)),
            Send = (fresh, sender, cancel) => KeepAsync(fresh.Object, sender, cancel),
            Then = fresh => $"The files of {fresh.Metadata.Name} stay when it is deleted."
        }, user, stop);
    }

    private static MergePatch KeepFiles { get; } = MergePatch.Nothing.And("spec.savepoint.disposeOnDelete", "false", ScalarKind.Boolean);

    private Task<OperationResult> TriggerAsync<T>(KindInfo<T> kind, T seen, Func<T, FlinkTarget> target, SnapshotRequest request, CurrentUser user, string? reason, CancellationToken stop) where T : class, IKubernetesObject
    {
        var hasResource = HasResource;
        Decision Rule(T fresh) => SnapshotRules.CanTrigger(target(fresh), request, hasResource);
        if (!hasResource)
            return runner.RunAsync(new EditOperation<T>(kind, seen, target, request.Kind == SnapshotKind.Savepoint ? SpecEdits.SavepointNonce : SpecEdits.CheckpointNonce, Rule).Of(api, reason), user, stop);
        var meta = seen.Metadata;
        // As the operator names its own, so that they sort with them.
        var name = $"{meta.Name}-{request.Noun}-{time.GetUtcNow().ToUnixTimeMilliseconds()}";
        return runner.RunAsync(new Operation<T>(request.Kind.ToString(), new("create", FlinkStateSnapshot.Info, AnyName: true), kind, meta, reason, KubectlText.Create(meta.Namespace))
        {
            Settled = _ => null,
            Rule = (fresh, _) => Task.FromResult(Rule(fresh)),
            Send = (fresh, sender, cancel) => api.CreateAsync(FlinkStateSnapshot.Info, meta.Namespace, Author.Mark(request.ManifestOf(target(fresh.Object), name), sender.Name), sender.DryRun, sender.Identity, cancel),
            Then = _ => $"The {request.Noun} {name} is asked for; the operator triggers it now."
        }, user, stop);
    }

    private Task KeepAsync(FlinkStateSnapshot fresh, Sender sender, CancellationToken stop) =>
        api.PatchAsync(FlinkStateSnapshot.Info, fresh.Metadata.Namespace, fresh.Metadata.Name, Author.Mark(KeepFiles, sender.Name).OnlyIf(fresh.Metadata.ResourceVersion), sender.DryRun, sender.Identity, stop);

    private async Task<FlinkTarget?> JobOfAsync(FlinkStateSnapshot snapshot, UserIdentity? user, CancellationToken stop)
    {
        if (snapshot.Spec.JobReference is not { } job)
            return null;
        try
        {
            return job.Kind == FlinkSessionJob.Info.Kind
                ? FlinkTarget.Of(await api.GetAsync(FlinkSessionJob.Info, snapshot.Metadata.Namespace, job.Name, user, stop))
                : FlinkTarget.Of(await api.GetAsync(FlinkDeployment.Info, snapshot.Metadata.Namespace, job.Name, user, stop));
        }
        catch (KubernetesApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }
}
