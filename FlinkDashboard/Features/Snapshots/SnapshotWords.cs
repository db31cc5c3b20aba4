using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Ui.Flink;
using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Features.Snapshots;

/// <summary>What the snapshot list says first, and which rows a filter leaves.</summary>
public static class SnapshotWords
{
    /// <summary>"9 snapshots: 7 completed, 1 in progress, 1 failed. 3 more savepoints are known from the status of their application only."</summary>
    public static string Summary(IReadOnlyList<SnapshotRow> rows)
    {
        var objects = rows.Where(row => row.Origin == SnapshotOrigin.Object).ToArray();
        var states = objects.GroupBy(row => row.StateWords).OrderBy(group => group.Min(row => row.Verdict.Rank())).Select(group => $"{group.Count()} {group.Key.ToLowerInvariant()}");
        var rest = rows.Count - objects.Length;
        var told = objects.Length == 0 ? "No snapshot objects." : $"{Amounts.Plural(objects.Length, "snapshot")}: {string.Join(", ", states)}.";
        return rest == 0 ? told : $"{told} {Amounts.Plural(rest, objects.Length == 0 ? "savepoint" : "more savepoint", objects.Length == 0 ? "savepoints" : "more savepoints")} {(rest == 1 ? "is" : "are")} known from the status of an application only.";
    }

    /// <summary>Every word must occur in what the row shows; of the states, kinds and applications, any.</summary>
    public static bool Matches(SnapshotRow row, string? text, IReadOnlyList<string> states, IReadOnlyList<string> kinds, string? job) =>
        (states.Count == 0 || states.Contains(StateOf(row))) && (kinds.Count == 0 || kinds.Contains(row.Kind)) && (job is null || job == $"{row.Namespace}/{row.Job}")
        && (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            $"{row.Namespace} {row.Name} {row.Job} {row.Kind} {row.StateWords} {row.State} {row.TriggerWords} {row.Trigger} {row.Path} {row.Error?.Plain}".Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The state as the address says it: "completed", "from-status".</summary>
    public static string StateOf(SnapshotRow row) => row.Origin == SnapshotOrigin.Status ? "from-status" : row.StateWords.ToLowerInvariant().Replace(' ', '-');

    /// <summary>"1 of 3 attempts failed", "3 attempts failed".</summary>
    public static string Failures(SnapshotRow row) => row.Failures == 0 ? "none" : row.Backoff is >= 0 and var limit ? $"{row.Failures} of {Amounts.Plural((long)limit + 1, "attempt")} failed" : $"{Amounts.Plural(row.Failures, "attempt")} failed; it is tried again without end";

    /// <summary>What deleting the object does to the files.</summary>
    public static string OnDelete(SnapshotRow row) => row.Origin == SnapshotOrigin.Status ? "no object to delete: the operator's clean-up decides"
        : row.Kind == "checkpoint" ? "files stay: Flink owns its checkpoints"
        : row.DisposedWithObject ? "files are deleted with the object" : "files stay when the object is deleted";

    /// <summary>The command that shows the same.</summary>
    public static string Kubectl(SnapshotRow row) => row.Origin == SnapshotOrigin.Object ? $"kubectl -n {row.Namespace} get flinkstatesnapshot {row.Name} -o yaml"
        : $"kubectl -n {row.Namespace} get {(row.JobKind == FlinkSessionJob.Info.Kind ? "flinksessionjob" : "flinkdeployment")} {row.Job} -o jsonpath='{{.status.jobStatus}}'";
}
