using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Operations;

/// <summary>Consequences of taking and disposing of snapshots.</summary>
public static partial class ConsequenceOf
{
    private static readonly string[] SavepointDirectories = ["execution.checkpointing.savepoint-dir", "state.savepoints.dir"];

    /// <summary>Take a savepoint or checkpoint.</summary>
    /// <param name="t">The job.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="hasResource">The cluster has FlinkStateSnapshots.</param>
    public static Consequence Trigger(FlinkTarget t, SnapshotRequest request, bool hasResource)
    {
        var edit = request.Kind == SnapshotKind.Savepoint ? SpecEdits.SavepointNonce(t) : SpecEdits.CheckpointNonce(t);
        var configured = SavepointDirectories.Select(key => t.Configuration[key]).FirstOrDefault(d => !string.IsNullOrEmpty(d));
        var target = !string.IsNullOrWhiteSpace(request.Path) ? request.Path : configured;
        var details = new List<string>();
        if (request.Kind == SnapshotKind.Savepoint)
        {
            details.Add(target is null
                ? "No directory is given and none is set on the job; unless the operator's defaults have one, it fails."
                : $"It is written below {target}.");
            if (hasResource)
                details.Add(request.DisposeOnDelete == false ? "Deleting the snapshot later keeps its files." : "Deleting the snapshot later deletes its files too, as long as the job runs.");
        }
        if (hasResource && request.BackoffLimit is null or < 0)
            details.Add("Should it fail, it is tried again without end.");
        return new($"Takes a {request.Noun} of the running job, which goes on meanwhile.", details, false,
            hasResource ? $"{KubectlText.Create(t.Metadata.Namespace)} <<'END'\n{request.ManifestOf(t, $"{t.Metadata.Name}-{request.Noun}").Text}\nEND" : KubectlText.Patch(t.Kind, t.Metadata, edit.Patch));
    }

    /// <summary>Delete a snapshot.</summary>
    /// <param name="s">The snapshot.</param>
    /// <param name="jobs">Applications and session jobs that might start from it.</param>
    /// <param name="keepFiles">Without its files.</param>
    /// <param name="now">By the cluster's clock.</param>
    public static Consequence Dispose(FlinkStateSnapshot s, IEnumerable<FlinkTarget> jobs, bool keepFiles, DateTimeOffset now)
    {
        var files = !keepFiles && SnapshotRules.DeletesFiles(s);
        var age = s.Status.ResultTimestamp is { } at ? $", {AgeText.Of(now - at)} old" : "";
        var path = string.IsNullOrEmpty(s.Status.Path) ? null : s.Status.Path;
        var users = path is null ? [] : jobs.Where(j => j.Metadata.Namespace == s.Metadata.Namespace && (j.Job?.InitialSavepointPath == path || j.Status.JobStatus.UpgradeSavepointPath == path)).Select(j => j.Metadata.Name).Distinct().ToList();
        List<string> details = [.. users.Select(u => files ? $"{u} names it as what to start from; it could not start from it any more." : $"{u} names it as what to start from; that goes on working.")];
        if (s.Status.State == SnapshotState.InProgress)
            details.Add("It is being taken; the operator deletes it when that is done.");
        return new(
            path is null ? $"Deletes {s.Metadata.Name}; it holds no state."
            : files ? $"Deletes {s.Metadata.Name} and its files {path}{age}. No job can start from it any more."
            : $"Deletes {s.Metadata.Name}; its files {path}{age} stay and can still be restored from by their path.",
            details, files, keepFiles && SnapshotRules.CanKeepFiles(s).Allowed ? $"kubectl -n {s.Metadata.Namespace} patch flinkstatesnapshot {s.Metadata.Name} --type=merge -p '{"{\"spec\":{\"savepoint\":{\"disposeOnDelete\":false}}}"}' && {KubectlText.Delete(FlinkStateSnapshot.Info, s.Metadata)}" : KubectlText.Delete(FlinkStateSnapshot.Info, s.Metadata));
    }
}
