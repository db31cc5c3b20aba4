using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics.Flink;

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

/// <summary>A job at a moment in which it was in its present state.</summary>
/// <param name="Job">The job.</param>
/// <param name="Counted">What its checkpoint statistics said at a moment.</param>
/// <param name="Now">The moment.</param>
internal readonly record struct JobMoment(FlinkJob Job, Func<DateTimeOffset, CheckpointCounts> Counted, DateTimeOffset Now)
{
    public CheckpointCounts Checkpoints => Counted(Now);

    /// <summary>Milliseconds in a state; 0 when it is in another one.</summary>
    public double In(string state) => Job.State == state && Job.StateTimestamps.TryGetValue(state, out var since) ? Math.Floor(Math.Max(0, (Now - since).TotalMilliseconds)) : 0;
}

/// <summary>Metrics of a job at its JobManager, by the ids of Flink's REST API.</summary>
public static class JobMetrics
{
    private static readonly VersionedTable<JobMoment> Tables = new("flink_jobmanager_job_",
    [
        .. new[] { ("cancelling", "CANCELLING"), ("created", "CREATED"), ("failing", "FAILING"), ("initializing", "INITIALIZING"), ("restarting", "RESTARTING"), ("running", "RUNNING") }
            .Select(s => Row(s.Item1 + "Time", j => j.In(s.Item2))),
        Row("deployingTime", _ => 0),
        Row("downtime", j => j.Job.State == "RESTARTING" ? Math.Floor((j.Now - j.Job.LastModified).TotalMilliseconds) : j.Job.IsTerminal ? -1 : 0),
        Steady("fullRestarts", j => j.Job.Restarts, until: 200),
        Steady("numRestarts", j => j.Job.Restarts),
        Steady("numRescales", j => j.Job.Rescales, since: 200),
        Row("uptime", j => j.Job.IsTerminal ? -1 : j.In("RUNNING")),
        Row("totalNumberOfCheckpoints", j => j.Checkpoints.Total),
        Row("numberOfCompletedCheckpoints", j => j.Checkpoints.Completed),
        Row("numberOfFailedCheckpoints", j => j.Checkpoints.Failed),
        Row("numberOfInProgressCheckpoints", j => j.Checkpoints.InProgress),
        Row("lastCheckpointDuration", j => j.Checkpoints.Latest?.Duration is { } duration ? Math.Floor(duration.TotalMilliseconds) : -1),
        Row("lastCheckpointFullSize", j => j.Checkpoints.Latest?.StateSize ?? -1),
        Row("lastCheckpointSize", j => j.Checkpoints.Latest?.CheckpointedSize ?? -1),
        Row("lastCheckpointMetadataSize", j => j.Checkpoints.Latest is null ? -1 : 4_096, since: 202),
        Row("lastCheckpointPersistedData", j => j.Checkpoints.Latest?.PersistedData ?? -1),
        Row("lastCheckpointProcessedData", j => j.Checkpoints.Latest?.ProcessedData ?? -1),
        Row("lastCheckpointCompletedTimestamp", j => j.Checkpoints.Latest?.AcknowledgedAt?.ToUnixTimeMilliseconds() ?? -1, since: 200),
        Row("lastCheckpointRestoreTimestamp", j => j.Checkpoints.RestoredAt?.ToUnixTimeMilliseconds() ?? -1),
        Row("lastCompletedCheckpointId", j => j.Checkpoints.Latest?.Id ?? -1),
    ]);

    /// <summary>The metrics at a moment in which the job was in its present state.</summary>
    public static Dictionary<string, double> Of(FlinkJob job, CheckpointCounts checkpoints, string version, DateTimeOffset now) =>
        Tables.For(version).Values(new JobMoment(job, _ => checkpoints, now));

    internal static MetricTable<JobMoment> Table(string version) => Tables.For(version);

    private static (int, int, MetricRow<JobMoment>) Row(string id, Func<JobMoment, double> value, int since = 0, int until = 0) => (since, until, new(id, value));

    private static (int, int, MetricRow<JobMoment>) Steady(string id, Func<JobMoment, double> value, int since = 0, int until = 0) => (since, until, new(id, value) { IsSteady = true });
}
