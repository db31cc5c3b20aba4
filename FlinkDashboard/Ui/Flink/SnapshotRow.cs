using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Ui.Flink;

/// <summary>Where a row comes from.</summary>
public enum SnapshotOrigin
{
    /// <summary>A FlinkStateSnapshot.</summary>
    Object,

    /// <summary>Only the status of its application or session job names it.</summary>
    Status,
}

/// <summary>A savepoint or checkpoint in one line.</summary>
/// <param name="Name">Of the object; for one known from a status, what the status calls it: "last savepoint".</param>
/// <param name="Kind">savepoint or checkpoint.</param>
/// <param name="State">The word of status.state, or COMPLETED for one that a status names.</param>
/// <param name="Trigger">MANUAL, PERIODIC, UPGRADE as written; empty when nobody says.</param>
/// <param name="Format">CANONICAL or NATIVE; empty when nobody says.</param>
/// <param name="Path">Where it is; where it shall be while it is not done.</param>
/// <param name="At">When it ended; null before.</param>
/// <param name="Error">The operator's error, read.</param>
/// <param name="Failures">Attempts that failed.</param>
/// <param name="Backoff">Attempts allowed beside the first; -1 without end; null when not said.</param>
/// <param name="DisposedWithObject">Its files go when the object is deleted.</param>
public sealed record SnapshotRow(SnapshotOrigin Origin, string Namespace, string Name, string Kind, VerdictState Verdict, string Sentence, string State, string JobKind, string Job, string Trigger, string Format,
    string? Path, DateTimeOffset? Created, DateTimeOffset? Triggered, DateTimeOffset? At, int Failures, int? Backoff, OperatorError? Error, bool DisposedWithObject)
{
    // Two readings of the same text are two objects: rows compare by the text.
    public bool Equals(SnapshotRow? other) => other is not null && (Key, Verdict, Sentence, State, Trigger, Path, At, Failures, Error?.Message, Triggered) == (other.Key, other.Verdict, other.Sentence, other.State, other.Trigger, other.Path, other.At, other.Failures, other.Error?.Message, other.Triggered);

    public override int GetHashCode() => HashCode.Combine(Key, State, At);

    /// <summary>Unique, and the same over time: objects by their name, others by what names them and their path.</summary>
    public string Key => Origin == SnapshotOrigin.Object ? $"{Namespace}/{Name}" : $"{Namespace}/{JobKind}/{Job}/{Path}";

    /// <summary>Page of its application or session job; null without one.</summary>
    public string? JobAddress => Job.Length == 0 ? null : JobKind == FlinkSessionJob.Info.Kind ? $"/sessions/{Namespace}/{Job}" : $"/applications/{Namespace}/{Job}";

    /// <summary>The state in words; an unknown one as written.</summary>
    public string StateWords => State switch
    {
        "" => "New",
        "TRIGGER_PENDING" => Failures > 0 ? "To be retried" : "Waiting",
        "IN_PROGRESS" => "In progress",
        "COMPLETED" => "Completed",
        "FAILED" => "Failed",
        "ABANDONED" => "Abandoned",
        var other => other,
    };

    /// <summary>"manual", "by upgrade"; a dash is for the screen to draw.</summary>
    public string TriggerWords => Trigger switch
    {
        "MANUAL" => "by hand",
        "PERIODIC" => "on schedule",
        "UPGRADE" => "for an upgrade",
        "UNKNOWN" or "" => "",
        var other => other.ToLowerInvariant(),
    };

    /// <summary>Reads an object; every part of its status may be missing.</summary>
    public static SnapshotRow From(FlinkStateSnapshot one, Evidence evidence)
    {
        var (meta, status) = (one.Metadata, one.Status);
        var verdict = VerdictOf.Snapshot(one, evidence);
        return new SnapshotRow(SnapshotOrigin.Object, meta.Namespace, meta.Name, one.Spec.Checkpoint is null ? "savepoint" : "checkpoint", verdict.State, verdict.Sentence, status.State.Text,
            one.Spec.JobReference?.Kind ?? "", one.Spec.JobReference?.Name ?? "", meta.Labels["snapshot.trigger-type"] ?? "", one.Spec.Savepoint?.FormatType ?? "",
            status.Path is { Length: > 0 } path ? path : one.Spec.Savepoint?.Path is { Length: > 0 } target ? target : null, meta.CreationTimestamp, status.TriggerTimestamp, status.ResultTimestamp, status.Failures,
            one.Spec.BackoffLimit, OperatorError.Of(status.Error), one.Spec.Savepoint is { } savepoint && (savepoint.DisposeOnDelete ?? true));
    }

    /// <summary>
    /// Savepoints that the status of a job names and no object does: the last one and the history (operators that write no snapshot objects), and where the next
    /// start continues from.
    /// </summary>
    /// <param name="kind">FlinkDeployment or FlinkSessionJob.</param>
    /// <param name="known">Paths that objects have.</param>
    public static IEnumerable<SnapshotRow> FromStatus(string kind, ObjectMeta job, FlinkJobStatus status, IReadOnlySet<string> known)
    {
        var info = status.SavepointInfo;
        var seen = new HashSet<string>(known, StringComparer.Ordinal);
        var named = new[] { (Name: "last savepoint", Point: info?.LastSavepoint) }.Concat((info?.SavepointHistory ?? []).OrderByDescending(one => one.TimeStamp).Select(one => (Name: "kept savepoint", Point: (FlinkSavepoint?)one)));
        foreach (var (name, point) in named)
        {
            if (point?.Location is { Length: > 0 } path && seen.Add(path))
                yield return Named(kind, job, name, path, point);
        }

        if (status.UpgradeSavepointPath is { Length: > 0 } next && next != StatePoint.LastStateMarker && seen.Add(next))
            yield return Named(kind, job, "start of the next run", next, null);
    }

    private static SnapshotRow Named(string kind, ObjectMeta job, string name, string path, FlinkSavepoint? point) => new(SnapshotOrigin.Status, job.Namespace, name,
        path.Contains("/chk-", StringComparison.Ordinal) ? "checkpoint" : "savepoint", VerdictState.Healthy, $"Named by the status of {job.Name} as {name}; whether its files are still there, only its storage can tell.",
        SnapshotState.Completed.Text, kind, job.Name, point?.TriggerType ?? "", point?.FormatType ?? "", path, null, null, point?.TimeStamp, 0, null, null, false);
}
