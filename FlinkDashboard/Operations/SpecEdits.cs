using System.Globalization;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Operations;

/// <summary>The changes of a spec that have a button of their own, each made for an object as it is now. Pure.</summary>
public static class SpecEdits
{
    /// <summary>Restarts with the same spec: the next restartNonce.</summary>
    public static SpecEdit Restart(FlinkTarget t) =>
        new("Restart", "restart", [SpecEdit.Number("spec.restartNonce", Next(t.RestartNonce, Deployed(t)?.RestartNonce))]);

    /// <summary>Sets job.parallelism.</summary>
    public static SpecEdit Parallelism(int parallelism) => new("Scale", $"set parallelism to {parallelism}", [SpecEdit.Number("spec.job.parallelism", parallelism)]);

    /// <summary>Sets taskManager.replicas, which then decides the parallelism.</summary>
    public static SpecEdit TaskManagers(int replicas) => new("ScaleTaskManagers", $"set TaskManager replicas to {replicas}", [SpecEdit.Number("spec.taskManager.replicas", replicas)]);

    /// <summary>Sets the image.</summary>
    public static SpecEdit Image(string image) => new("SetImage", $"set image to {image}", [SpecEdit.Text("spec.image", image)]);

    /// <summary>Sets how state is carried over.</summary>
    public static SpecEdit Mode(UpgradeMode mode) => new("SetUpgradeMode", $"set upgradeMode to {mode.Text}", [SpecEdit.Text("spec.job.upgradeMode", mode.Text)]);

    /// <summary>Sets Flink and operator keys; null removes one.</summary>
    public static SpecEdit Configuration(IReadOnlyDictionary<string, string?> keys) =>
        new("SetConfiguration", $"set {string.Join(", ", keys.Keys)}", [.. keys.Select(k => SpecEdit.Key(k.Key, k.Value))]);

    /// <summary>Switches the autoscaler on or off.</summary>
    public static SpecEdit Autoscaler(bool on) =>
        new("SetAutoscaler", on ? "switch the autoscaler on" : "switch the autoscaler off", [SpecEdit.Key(AutoscalerPrefix + "enabled", on ? "true" : "false")]);

    /// <summary>Sets autoscaler keys, named without their prefix (<c>utilization.target</c>); null removes one.</summary>
    public static SpecEdit AutoscalerSettings(IReadOnlyDictionary<string, string?> settings) =>
        new("SetAutoscaler", $"set autoscaler {string.Join(", ", settings.Keys)}", [.. settings.Select(s => SpecEdit.Key(s.Key.StartsWith(AutoscalerPrefix, StringComparison.Ordinal) ? s.Key : AutoscalerPrefix + s.Key, s.Value))]);

    /// <summary>Lets the autoscaler forget all it has learned: the next autoscalerResetNonce.</summary>
    public static SpecEdit AutoscalerReset(FlinkTarget t) =>
        new("ResetAutoscaler", "reset the autoscaler", [SpecEdit.Number("spec.job.autoscalerResetNonce", Next(t.Job?.AutoscalerResetNonce, Deployed(t)?.Job?.AutoscalerResetNonce))]);

    /// <summary>Sets periodic snapshots and how many savepoints are kept; only what is given.</summary>
    public static SpecEdit Schedule(SnapshotSchedule schedule) => new("SetSnapshotSchedule", "set periodic snapshots", schedule.Settings);

    /// <summary>Starts again from a path: initialSavepointPath and the next savepointRedeployNonce in one patch, and running if it is suspended.</summary>
    public static SpecEdit RestoreFrom(FlinkTarget t, string path) => new("Restore", $"restore from {path}",
    [
        SpecEdit.Text("spec.job.initialSavepointPath", path),
        SpecEdit.Number("spec.job.savepointRedeployNonce", Next(t.Job?.SavepointRedeployNonce, Deployed(t)?.Job?.SavepointRedeployNonce)),
        .. t.Job is { IsSuspended: true } ? [SpecEdit.Text("spec.job.state", "running")] : (FieldSetting[])[]
    ]);

    /// <summary>Triggers a savepoint by nonce, where the cluster has no FlinkStateSnapshot.</summary>
    public static SpecEdit SavepointNonce(FlinkTarget t) =>
        new("Savepoint", "take a savepoint", [SpecEdit.Number("spec.job.savepointTriggerNonce", Next(t.Job?.SavepointTriggerNonce, Deployed(t)?.Job?.SavepointTriggerNonce))]);

    /// <summary>Triggers a checkpoint by nonce, where the cluster has no FlinkStateSnapshot.</summary>
    public static SpecEdit CheckpointNonce(FlinkTarget t) =>
        new("Checkpoint", "take a checkpoint", [SpecEdit.Number("spec.job.checkpointTriggerNonce", Next(t.Job?.CheckpointTriggerNonce, Deployed(t)?.Job?.CheckpointTriggerNonce))]);

    internal const string AutoscalerPrefix = "job.autoscaler.";

    // Higher than both: a nonce that was taken out of the spec and put back with the handled value would trigger nothing.
    private static long Next(long? spec, long? handled) => Math.Max(spec ?? 0, handled ?? 0) + 1;

    private static FlinkDeploymentSpec? Deployed(FlinkTarget t) => LastReconciledSpec.Of(t.Status.ReconciliationStatus.LastReconciledSpec)?.Deployment;
}

/// <summary>Periodic snapshots and how long savepoints are kept. Null leaves a setting as it is; empty removes it.</summary>
/// <param name="SavepointInterval">Flink duration (<c>1 h</c>) or Quartz cron; <c>0</c> is off.</param>
/// <param name="CheckpointInterval">The same for checkpoints through the operator.</param>
/// <param name="HistoryCount">Most savepoints kept, of those that the operator took itself.</param>
/// <param name="HistoryAge">Longest time that one is kept, a Flink duration.</param>
public sealed record SnapshotSchedule(string? SavepointInterval = null, string? CheckpointInterval = null, int? HistoryCount = null, string? HistoryAge = null)
{
    internal IReadOnlyList<FieldSetting> Settings =>
    [
        .. One("kubernetes.operator.periodic.savepoint.interval", SavepointInterval),
        .. One("kubernetes.operator.periodic.checkpoint.interval", CheckpointInterval),
        .. One("kubernetes.operator.savepoint.history.max.count", HistoryCount?.ToString(CultureInfo.InvariantCulture)),
        .. One("kubernetes.operator.savepoint.history.max.age", HistoryAge)
    ];

    private static IEnumerable<FieldSetting> One(string key, string? value) => value is null ? [] : [SpecEdit.Key(key, value.Length == 0 ? null : value)];
}
