using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Operations;

/// <summary>What can be done with the state of a job, and with a snapshot of it; if not, why not. Pure.</summary>
public static class SnapshotRules
{
    /// <summary>May a savepoint or checkpoint be taken now?</summary>
    /// <param name="t">The job.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="hasResource">The cluster has FlinkStateSnapshots.</param>
    public static Decision CanTrigger(FlinkTarget t, SnapshotRequest request, bool hasResource)
    {
        if (ApplicationRules.Common(t) is { } no)
            return no;
        if (t.Job is null)
            return Decision.No("A session cluster has no state of its own; its session jobs have.");
        if (t.Status.JobStatus.State != JobState.Running)
            return Decision.No($"No {request.Noun} can be taken while the job is {StateWords.Of(t.Status.JobStatus.State)}; it must be RUNNING.");
        if (request.Kind == SnapshotKind.Checkpoint && t.FlinkMinor is < 17)
            return Decision.No($"Checkpoints on demand need Flink 1.17; this is 1.{t.FlinkMinor}.");
        if (request.FormatType is { Length: > 0 } format && format is not ("CANONICAL" or "NATIVE"))
            return Decision.No($"{format} is no format of savepoints; CANONICAL and NATIVE are.");
        if (hasResource)
            return Decision.Yes;
        if (request.HasOptions)
            return Decision.No("This cluster has no FlinkStateSnapshots (operator 1.10), so nothing can be chosen: the configured directory and format are used.");
        return request.Kind == SnapshotKind.Savepoint && t.Status.JobStatus.SavepointInfo?.TriggerId is { Length: > 0 } || request.Kind == SnapshotKind.Checkpoint && t.Status.JobStatus.CheckpointInfo?.TriggerId is { Length: > 0 }
            ? Decision.No($"A {request.Noun} is being taken.")
            : Decision.Yes;
    }

    /// <summary>May the job be started again from a path?</summary>
    public static Decision CanRestore(FlinkTarget t, string path)
    {
        if (ApplicationRules.Common(t) is { } no)
            return no;
        if (t.Job is null)
            return Decision.No("A session cluster has no job to restore; its session jobs have.");
        if (string.IsNullOrWhiteSpace(path))
            return Decision.No("There is no path to restore from.");
        if (path == StatePoint.LastStateMarker)
            return Decision.No("That is the operator's mark for its high-availability metadata, no path.");
        return t.Status.LifecycleState == LifecycleState.RollingBack ? Decision.No("The operator is rolling it back; wait until that is done.") : Decision.Yes;
    }

    /// <summary>May the job be started again from this snapshot?</summary>
    public static Decision CanRestore(FlinkTarget t, FlinkStateSnapshot snapshot)
    {
        if (snapshot.Metadata.IsDeleting)
            return Decision.No("The snapshot is being deleted.");
        if (snapshot.Status.State != SnapshotState.Completed)
            return Decision.No($"The snapshot is {(snapshot.Status.State.IsEmpty ? "not complete" : snapshot.Status.State.Text)}; only a COMPLETED one can be restored.");
        return string.IsNullOrEmpty(snapshot.Status.Path)
            ? Decision.No("The operator did not find out the path of this checkpoint (Flink forgot it too soon: web.checkpoints.history).")
            : CanRestore(t, snapshot.Status.Path);
    }

    /// <summary>May a snapshot be deleted?</summary>
    /// <param name="s">The snapshot.</param>
    /// <param name="job">Its job; null when there is none any more.</param>
    /// <param name="keepFiles">Without its files.</param>
    public static Decision CanDispose(FlinkStateSnapshot s, FlinkTarget? job, bool keepFiles)
    {
        if (s.Metadata.IsDeleting && !keepFiles)
            return Decision.No($"It is being deleted. {(DeletesFiles(s) && !Runs(job) ? "That hangs, because its files can be deleted only while its job runs: let the files be kept." : "")}".Trim());
        // StateSnapshotReconciler: disposal is a call to the job's JobManager; without it the finalizer stays for ever.
        return !keepFiles && DeletesFiles(s) && !Runs(job)
            ? Decision.No($"Its files can be deleted only by its running job, and {(job is null ? "that is gone" : $"that is {StateWords.Of(job.Status.JobStatus.State)}")}; the deletion would hang. Delete it and keep the files.")
            : Decision.Yes;
    }

    /// <summary>May disposeOnDelete be switched off?</summary>
    public static Decision CanKeepFiles(FlinkStateSnapshot s) =>
        s.Spec.Savepoint is null ? Decision.No("Files of a checkpoint belong to Flink; deleting the object never deletes them.")
        : s.Spec.Savepoint.DisposeOnDelete == false ? Decision.No("Its files are kept already.")
        : Decision.Yes;

    /// <summary>Deleting the object deletes the savepoint's files too.</summary>
    public static bool DeletesFiles(FlinkStateSnapshot s) =>
        s.Spec is { Savepoint: { DisposeOnDelete: not false }, JobReference: not null } && s.Status.State == SnapshotState.Completed;

    private static bool Runs(FlinkTarget? job) => job?.Status.JobStatus.State == JobState.Running;
}
