using FlinkDashboard.Access;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Operations;

/// <summary>
/// Restart, scale, image, upgrade mode, configuration, autoscaler and periodic snapshots of applications, session clusters and session jobs. Every method
/// sends one <see cref="SpecEdit"/> of <see cref="SpecEdits"/>; see <see cref="OperationRunner"/> for the steps.
/// </summary>
public sealed class UpgradeOperations(KubernetesApi api, OperationRunner runner)
{
    /// <summary>Restarts with the same spec, as an upgrade does.</summary>
    public Task<OperationResult> RestartAsync(FlinkDeployment app, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(app, SpecEdits.Restart, UpgradeRules.CanRestart, user, reason, stop);

    /// <summary>The same for a session job.</summary>
    public Task<OperationResult> RestartAsync(FlinkSessionJob job, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(job, SpecEdits.Restart, UpgradeRules.CanRestart, user, reason, stop);

    /// <summary>Sets job.parallelism.</summary>
    public Task<OperationResult> ScaleAsync(FlinkDeployment app, int parallelism, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(FlinkDeployment.Info, app, FlinkTarget.Of, _ => SpecEdits.Parallelism(parallelism), fresh => Both(UpgradeRules.CanScale(fresh), () => UpgradeRules.CanScale(FlinkTarget.Of(fresh), parallelism)), user, reason, stop);

    /// <summary>The same for a session job.</summary>
    public Task<OperationResult> ScaleAsync(FlinkSessionJob job, int parallelism, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(FlinkSessionJob.Info, job, FlinkTarget.Of, _ => SpecEdits.Parallelism(parallelism), fresh => Both(UpgradeRules.CanScale(fresh), () => UpgradeRules.CanScale(FlinkTarget.Of(fresh), parallelism)), user, reason, stop);

    /// <summary>Sets taskManager.replicas: through the scale subresource in standalone mode, else in the spec.</summary>
    public Task<OperationResult> ScaleTaskManagersAsync(FlinkDeployment app, int replicas, CurrentUser user, string? reason, CancellationToken stop)
    {
        var edit = new EditOperation<FlinkDeployment>(FlinkDeployment.Info, app, FlinkTarget.Of, _ => SpecEdits.TaskManagers(replicas),
            fresh => Both(UpgradeRules.CanScaleTaskManagers(fresh), () => UpgradeRules.CanScaleTaskManagers(fresh, replicas)));
        if (app.Spec.Mode == DeploymentMode.Standalone)
            edit = edit with { Instead = (new("patch", FlinkDeployment.Info, "scale"), KubectlText.Scale(FlinkDeployment.Info, app.Metadata, replicas), (fresh, sender, cancel) => ScaleAsync(fresh.Object, replicas, sender, cancel)) };
        return runner.RunAsync(edit.Of(api, reason), user, stop);
    }

    /// <summary>Sets the image.</summary>
    public Task<OperationResult> SetImageAsync(FlinkDeployment app, string image, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(app, _ => SpecEdits.Image(image), t => Both(UpgradeRules.CanEdit(t), () => string.IsNullOrWhiteSpace(image) ? Decision.No("An image needs a name.") : Decision.Yes), user, reason, stop);

    /// <summary>Sets how the next upgrade, suspend or restart carries state over.</summary>
    public Task<OperationResult> SetUpgradeModeAsync(FlinkDeployment app, UpgradeMode mode, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(app, _ => SpecEdits.Mode(mode), UpgradeRules.CanSetUpgradeMode, user, reason, stop);

    /// <summary>The same for a session job.</summary>
    public Task<OperationResult> SetUpgradeModeAsync(FlinkSessionJob job, UpgradeMode mode, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(job, _ => SpecEdits.Mode(mode), UpgradeRules.CanSetUpgradeMode, user, reason, stop);

    /// <summary>Sets Flink and operator keys; null removes one.</summary>
    public Task<OperationResult> SetConfigurationAsync(FlinkDeployment app, IReadOnlyDictionary<string, string?> keys, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(app, _ => SpecEdits.Configuration(keys), UpgradeRules.CanEdit, user, reason, stop);

    /// <summary>The same for a session job.</summary>
    public Task<OperationResult> SetConfigurationAsync(FlinkSessionJob job, IReadOnlyDictionary<string, string?> keys, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(job, _ => SpecEdits.Configuration(keys), UpgradeRules.CanEdit, user, reason, stop);

    /// <summary>Switches the autoscaler on or off.</summary>
    public Task<OperationResult> SetAutoscalerAsync(FlinkDeployment app, bool on, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(app, _ => SpecEdits.Autoscaler(on), UpgradeRules.CanSetAutoscaler, user, reason, stop);

    /// <summary>The same for a session job.</summary>
    public Task<OperationResult> SetAutoscalerAsync(FlinkSessionJob job, bool on, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(job, _ => SpecEdits.Autoscaler(on), UpgradeRules.CanSetAutoscaler, user, reason, stop);

    /// <summary>Sets autoscaler keys, named without <c>job.autoscaler.</c>; null removes one.</summary>
    public Task<OperationResult> SetAutoscalerAsync(FlinkDeployment app, IReadOnlyDictionary<string, string?> settings, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(app, _ => SpecEdits.AutoscalerSettings(settings), UpgradeRules.CanSetAutoscaler, user, reason, stop);

    /// <summary>The same for a session job.</summary>
    public Task<OperationResult> SetAutoscalerAsync(FlinkSessionJob job, IReadOnlyDictionary<string, string?> settings, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(job, _ => SpecEdits.AutoscalerSettings(settings), UpgradeRules.CanSetAutoscaler, user, reason, stop);

    /// <summary>Lets the autoscaler forget all it has learned about the job.</summary>
    public Task<OperationResult> ResetAutoscalerAsync(FlinkDeployment app, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(app, SpecEdits.AutoscalerReset, UpgradeRules.CanResetAutoscaler, user, reason, stop);

    /// <summary>The same for a session job.</summary>
    public Task<OperationResult> ResetAutoscalerAsync(FlinkSessionJob job, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(job, SpecEdits.AutoscalerReset, UpgradeRules.CanResetAutoscaler, user, reason, stop);

    /// <summary>Sets periodic snapshots and how long savepoints are kept.</summary>
    public Task<OperationResult> SetScheduleAsync(FlinkDeployment app, SnapshotSchedule schedule, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(app, _ => SpecEdits.Schedule(schedule), UpgradeRules.CanSetSchedule, user, reason, stop);

    /// <summary>The same for a session job.</summary>
    public Task<OperationResult> SetScheduleAsync(FlinkSessionJob job, SnapshotSchedule schedule, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(job, _ => SpecEdits.Schedule(schedule), UpgradeRules.CanSetSchedule, user, reason, stop);

    private Task<OperationResult> RunAsync(FlinkDeployment app, Func<FlinkTarget, SpecEdit> edit, Func<FlinkTarget, Decision> rule, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(FlinkDeployment.Info, app, FlinkTarget.Of, edit, fresh => rule(FlinkTarget.Of(fresh)), user, reason, stop);

    private Task<OperationResult> RunAsync(FlinkSessionJob job, Func<FlinkTarget, SpecEdit> edit, Func<FlinkTarget, Decision> rule, CurrentUser user, string? reason, CancellationToken stop) =>
        RunAsync(FlinkSessionJob.Info, job, FlinkTarget.Of, edit, fresh => rule(FlinkTarget.Of(fresh)), user, reason, stop);

    private Task<OperationResult> RunAsync<T>(KindInfo<T> kind, T seen, Func<T, FlinkTarget> target, Func<FlinkTarget, SpecEdit> edit, Func<T, Decision> rule, CurrentUser user, string? reason, CancellationToken stop) where T : class, IKubernetesObject =>
        runner.RunAsync(new EditOperation<T>(kind, seen, target, edit, rule).Of(api, reason), user, stop);

    private static Decision Both(Decision first, Func<Decision> second) => first.Allowed ? second() : first;

    // The subresource takes no annotation, so the author's name follows by itself.
    private async Task ScaleAsync(FlinkDeployment fresh, int replicas, Sender sender, CancellationToken stop)
    {
        var meta = fresh.Metadata;
        await api.PatchScaleAsync(new(FlinkDeployment.Info, meta.Namespace, meta.Name), replicas, meta.ResourceVersion, sender.DryRun, sender.Identity, stop);
        if (!sender.DryRun)
            await api.PatchAsync(FlinkDeployment.Info, meta.Namespace, meta.Name, Author.Mark(MergePatch.Nothing, sender.Name), false, sender.Identity, stop);
    }
}
