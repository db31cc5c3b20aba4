using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>A point that a job can continue from.</summary>
/// <param name="Kind">savepoint or checkpoint.</param>
/// <param name="Path">Where it is; null when only its time is known.</param>
/// <param name="At">When it was completed; null when only its path is known.</param>
public sealed record StatePoint(string Kind, string? Path, DateTimeOffset? At)
{
    /// <summary>What the operator writes instead of a path when the next start uses HA metadata.</summary>
    public const string LastStateMarker = "KUBERNETES_OPERATOR_LAST_STATE";

    /// <summary>The newest savepoint of a job, from the status or from snapshots of it; null when there is none to be seen.</summary>
    public static StatePoint? LastSavepointOf(FlinkJobStatus status, string kind, ObjectMeta job, IEnumerable<FlinkStateSnapshot>? snapshots)
    {
        var byStatus = status.SavepointInfo?.LastSavepoint is { } last ? new StatePoint("savepoint", last.Location, last.TimeStamp) : null;
        return Newest([byStatus, .. Completed(kind, job, snapshots).Where(p => p.Kind == "savepoint")]);
    }

    /// <summary>The newest checkpoint that was triggered through the operator; periodic ones are known to Flink only.</summary>
    public static StatePoint? LastCheckpointOf(FlinkJobStatus status, string kind, ObjectMeta job, IEnumerable<FlinkStateSnapshot>? snapshots)
    {
        var byStatus = status.CheckpointInfo?.LastCheckpoint is { } last ? new StatePoint("checkpoint", null, last.TimeStamp) : null;
        return Newest([byStatus, .. Completed(kind, job, snapshots).Where(p => p.Kind == "checkpoint")]);
    }

    /// <summary>What the next start continues from, as the operator recorded it at the last stop; its time comes from a snapshot of the same path.</summary>
    public static StatePoint? NextStartOf(FlinkJobStatus status, IEnumerable<FlinkStateSnapshot>? snapshots)
    {
        if (status.UpgradeSavepointPath is not { Length: > 0 } path || path == LastStateMarker)
            return null;
        var at = snapshots?.FirstOrDefault(s => s.Status.Path == path)?.Status.ResultTimestamp
            ?? (status.SavepointInfo?.LastSavepoint is { } last && last.Location == path ? last.TimeStamp : null);
        return new(path.Contains("/chk-", StringComparison.Ordinal) ? "checkpoint" : "savepoint", path, at);
    }

    /// <summary>Snapshots of one job.</summary>
    public static IEnumerable<FlinkStateSnapshot> Of(string kind, ObjectMeta job, IEnumerable<FlinkStateSnapshot> snapshots) => snapshots.Where(s =>
        s.Metadata.Namespace == job.Namespace && s.Spec.JobReference is { } reference && reference.Kind == kind && reference.Name == job.Name);

    private static IEnumerable<StatePoint> Completed(string kind, ObjectMeta job, IEnumerable<FlinkStateSnapshot>? snapshots) =>
        from s in Of(kind, job, snapshots ?? [])
        where s.Status.State == SnapshotState.Completed
        select new StatePoint(s.Spec.Checkpoint is null ? "savepoint" : "checkpoint", s.Status.Path, s.Status.ResultTimestamp);

    private static StatePoint? Newest(IEnumerable<StatePoint?> points) => points.Where(p => p is not null).MaxBy(p => p!.At ?? DateTimeOffset.MinValue);
}
