using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>What the checkpoint statistics of a job said at a moment.</summary>
/// <param name="Total">All that were triggered.</param>
/// <param name="Completed">Completed ones.</param>
/// <param name="Failed">Failed ones.</param>
/// <param name="InProgress">Those that were running.</param>
/// <param name="Latest">Newest completed one.</param>
/// <param name="RestoredAt">Newest restore.</param>
public sealed record CheckpointCounts(long Total, long Completed, long Failed, int InProgress, FlinkCheckpoint? Latest, DateTimeOffset? RestoredAt)
{
    /// <summary>Nothing yet.</summary>
    public static CheckpointCounts None { get; } = new(0, 0, 0, 0, null, null);

    /// <summary>Those of now; all zero where checkpointing is off.</summary>
    public static CheckpointCounts Of(FlinkCheckpoints? statistics) => statistics is null ? None
        : new(statistics.Total, statistics.Completed, statistics.Failed, statistics.InProgress, statistics.LatestCompleted, statistics.LatestRestored?.At);
}

/// <summary>Metrics of a job at its JobManager, by the ids of Flink's REST API.</summary>
public static class JobMetrics
{
    /// <summary>The metrics at a moment in which the job was in its present state.</summary>
    public static Dictionary<string, double> Of(FlinkJob job, CheckpointCounts checkpoints, DateTimeOffset now)
    {
        var latest = checkpoints.Latest;
        var running = job.State == "RUNNING" && job.StateTimestamps.TryGetValue("RUNNING", out var since) ? (now - since).TotalMilliseconds : 0;
        return new Dictionary<string, double>
        {
            ["cancellingTime"] = 0,
            ["createdTime"] = 0,
            ["deployingTime"] = 0,
            ["failingTime"] = 0,
            ["initializingTime"] = 0,
            ["restartingTime"] = 0,
            ["downtime"] = job.State == "RESTARTING" ? Math.Floor((now - job.LastModified).TotalMilliseconds) : job.IsTerminal ? -1 : 0,
            ["fullRestarts"] = job.Restarts,
            ["numRestarts"] = job.Restarts,
            ["runningTime"] = Math.Floor(running),
            ["uptime"] = job.IsTerminal ? -1 : Math.Floor(running),
            ["totalNumberOfCheckpoints"] = checkpoints.Total,
            ["numberOfCompletedCheckpoints"] = checkpoints.Completed,
            ["numberOfFailedCheckpoints"] = checkpoints.Failed,
            ["numberOfInProgressCheckpoints"] = checkpoints.InProgress,
            ["lastCheckpointDuration"] = latest?.Duration?.TotalMilliseconds ?? -1,
            ["lastCheckpointFullSize"] = latest?.StateSize ?? -1,
            ["lastCheckpointSize"] = latest?.CheckpointedSize ?? -1,
            ["lastCheckpointPersistedData"] = latest?.PersistedData ?? -1,
            ["lastCheckpointProcessedData"] = latest?.ProcessedData ?? -1,
            ["lastCheckpointRestoreTimestamp"] = checkpoints.RestoredAt?.ToUnixTimeMilliseconds() ?? -1,
            ["lastCompletedCheckpointId"] = latest?.Id ?? -1,
        };
    }
}
