using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Features.Snapshots;

/// <summary>A FlinkStateSnapshot in one line.</summary>
/// <param name="Trigger">MANUAL, PERIODIC or UPGRADE, by label.</param>
/// <param name="At">When it ended, else when it was triggered.</param>
public sealed record SnapshotRow(string Namespace, string Name, string Kind, VerdictState State, string Sentence, string Status, string Job, string JobKind, string Trigger, string? Path, string? Error, int Failures, DateTimeOffset? At, DateTimeOffset? Created)
{
    public string Key => $"{Namespace}/{Name}";

    public static SnapshotRow From(FlinkStateSnapshot one, Evidence evidence)
    {
        var verdict = VerdictOf.Snapshot(one, evidence);
        return new SnapshotRow(one.Metadata.Namespace, one.Metadata.Name, one.Spec.Checkpoint is null ? "savepoint" : "checkpoint", verdict.State, verdict.Sentence, one.Status.State.Text,
            one.Spec.JobReference?.Name ?? "", one.Spec.JobReference?.Kind ?? "", one.Metadata.Labels["snapshot.trigger-type"] ?? "", one.Status.Path is { Length: > 0 } path ? path : one.Spec.Savepoint?.Path,
            OperatorError.Of(one.Status.Error)?.Plain, one.Status.Failures, one.Status.ResultTimestamp ?? one.Status.TriggerTimestamp, one.Metadata.CreationTimestamp);
    }

    /// <summary>Where its job's page is; null without a job.</summary>
    public string? JobAddress => Job.Length == 0 ? null : JobKind == "FlinkSessionJob" ? $"/sessions/{Namespace}/{Job}" : $"/applications/{Namespace}/{Job}";
}
