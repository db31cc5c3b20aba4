using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Ui.Flink;

/// <summary>Why a snapshot is as it is, and what may be done.</summary>
public static class SnapshotExplained
{
    /// <summary>One to three sentences; null where the state says it all.</summary>
    public static string? Why(SnapshotRow row) => row.State switch
    {
        "ABANDONED" => $"When the operator wanted to take it, its job was gone or not RUNNING, so it gave up: no file was written. Take another once the job runs; this object may be deleted.",
        "FAILED" => $"{Amounts.Plural(row.Failures, "attempt")} failed, more than its limit allows; it is not tried again. {Cause(row)}",
        "TRIGGER_PENDING" when row.Failures > 0 => $"{Amounts.Plural(row.Failures, "attempt")} failed; the operator tries again, each time after a longer wait. {Cause(row)}",
        "IN_PROGRESS" when row.Failures > 0 => $"{Amounts.Plural(row.Failures, "attempt")} failed; this is the next one. {Cause(row)}",
        "COMPLETED" when row.Path is null && row.Kind == "checkpoint" => "It was taken, but its path had left Flink's list before the operator looked: web.checkpoints.history is too small for that.",
        _ => null,
    };

    /// <summary>How long the object stays, in a clause.</summary>
    public static string? Kept(SnapshotRow row) => row.Trigger switch
    {
        "MANUAL" => "kept until somebody deletes it",
        "PERIODIC" or "UPGRADE" => "cleaned up by the operator by count and age; the newest complete one always stays",
        _ when row.Origin == SnapshotOrigin.Status => "kept in the status as long as the operator's clean-up leaves it",
        _ => null,
    };

    /// <summary>Whether a job can start from it.</summary>
    public static bool CanBeRestored(SnapshotRow row) => row is { State: "COMPLETED", Path: { Length: > 0 } path } && path != Model.Readings.StatePoint.LastStateMarker;

    private static string Cause(SnapshotRow row) => row.Error?.RootMessage switch
    {
        { } text when text.Contains("timed out", StringComparison.OrdinalIgnoreCase) || text.Contains("timeout", StringComparison.OrdinalIgnoreCase) || text.Contains("expired", StringComparison.OrdinalIgnoreCase) =>
            "It took longer than execution.checkpointing.timeout: a back-pressured job, or much state. Raise the time-out or relieve the job.",
        { } text when text.Contains("savepoint path", StringComparison.OrdinalIgnoreCase) || text.Contains("state.savepoints.dir", StringComparison.OrdinalIgnoreCase) || text.Contains("Failed to create savepoint directory", StringComparison.OrdinalIgnoreCase) || text.Contains("No FileSystem", StringComparison.OrdinalIgnoreCase) =>
            "Its directory is missing or cannot be written from the JobManager.",
        { } text when text.Contains("Not all required tasks", StringComparison.OrdinalIgnoreCase) => "A task of the job was not running at that moment.",
        _ => "",
    };
}
