namespace FlinkDashboard.Model.Metrics;

public static partial class MetricCatalog
{
    private static IReadOnlyList<MetricChart> Pressure =>
    [
        Flink("Pressure", "busy", "Busiest subtask", ChartUnit.Ratio,
            "Share of time at work of the busiest subtask of each vertex. The vertex that is near 1 while those before it are back-pressured is the bottleneck: raise its parallelism.",
            ["flink_taskmanager_job_task_busyTimeMsPerSecond"],
            new ChartQuery("max by (task_name) (flink_taskmanager_job_task_busyTimeMsPerSecond{$app} >= 0) / 1000", "{{task_name}}")) with { IsMain = true, RestId = "busy", Thresholds = [new(0.9, "no reserve")] },
        Flink("Pressure", "back-pressure", "Most back-pressured subtask", ChartUnit.Ratio,
            "Share of time that a subtask waits for a slower successor. The bottleneck is the first vertex behind it that is not back-pressured itself.",
            ["flink_taskmanager_job_task_backPressuredTimeMsPerSecond"],
            new ChartQuery("max by (task_name) (flink_taskmanager_job_task_backPressuredTimeMsPerSecond{$app}) / 1000", "{{task_name}}")) with { IsMain = true, RestId = "back-pressure", Thresholds = [new(0.5, "back pressure for longer than 15 min needs a look")] },
        Flink("Pressure", "hard-back-pressure", "Hard back pressure", ChartUnit.Ratio,
            "Share of time in which no output buffer comes free at all. It holds up checkpoints too: unaligned checkpoints or buffer debloating help, more parallelism behind it heals.",
            ["flink_taskmanager_job_task_hardBackPressuredTimeMsPerSecond"],
            new ChartQuery("max by (task_name) (flink_taskmanager_job_task_hardBackPressuredTimeMsPerSecond{$app}) / 1000", "{{task_name}}")),
        Flink("Pressure", "idle", "Idle share", ChartUnit.Ratio,
            "Mean share of time without input. High everywhere means more resources than the job needs.",
            ["flink_taskmanager_job_task_idleTimeMsPerSecond"],
            new ChartQuery("avg by (task_name) (flink_taskmanager_job_task_idleTimeMsPerSecond{$app}) / 1000", "{{task_name}}")) with { RestId = "idle" },
        Flink("Pressure", "buffers-in", "Input buffers in use", ChartUnit.Ratio,
            "Fullest input pool of each vertex. Full inputs mean that the vertex is slower than what it receives.",
            ["flink_taskmanager_job_task_Shuffle_Netty_Input_Buffers_inPoolUsage", "flink_taskmanager_job_task_buffers_inPoolUsage"],
            new ChartQuery("max by (task_name) (flink_taskmanager_job_task_Shuffle_Netty_Input_Buffers_inPoolUsage{$app} or flink_taskmanager_job_task_buffers_inPoolUsage{$app})", "{{task_name}}")),
        Flink("Pressure", "buffers-out", "Output buffers in use", ChartUnit.Ratio,
            "Fullest output pool of each vertex. Full outputs mean that a successor is slower.",
            ["flink_taskmanager_job_task_Shuffle_Netty_Output_Buffers_outPoolUsage", "flink_taskmanager_job_task_buffers_outPoolUsage"],
            new ChartQuery("max by (task_name) (flink_taskmanager_job_task_Shuffle_Netty_Output_Buffers_outPoolUsage{$app} or flink_taskmanager_job_task_buffers_outPoolUsage{$app})", "{{task_name}}")),
    ];

    private static IReadOnlyList<MetricChart> Checkpoints =>
    [
        Flink("Checkpoints", "checkpoint-duration", "Duration of the last checkpoint", ChartUnit.Seconds,
            "From trigger to completion. Near the interval or the timeout, checkpoints begin to fail: look at alignment (back pressure) and at the size (state).",
            ["flink_jobmanager_job_lastCheckpointDuration"],
            new ChartQuery("max by (job_name) (flink_jobmanager_job_lastCheckpointDuration{$app} >= 0) / 1000", "{{job_name}}")) with { IsMain = true, RestId = "checkpoint-duration" },
        Flink("Checkpoints", "checkpoint-size", "Size of the last checkpoint", ChartUnit.Bytes,
            "Full: all state a restore reads. Written: what this checkpoint added (incremental). Full rising without end is state that nothing removes: set a TTL.",
            ["flink_jobmanager_job_lastCheckpointFullSize", "flink_jobmanager_job_lastCheckpointSize"],
            new("max by (job_name) (flink_jobmanager_job_lastCheckpointFullSize{$app} >= 0)", "Full"),
            new("max by (job_name) (flink_jobmanager_job_lastCheckpointSize{$app} >= 0)", "Written")) with { IsMain = true, RestId = "checkpoint-size" },
        Flink("Checkpoints", "checkpoint-counts", "Checkpoints per hour", ChartUnit.Count,
            "Completed and failed ones. Failures name their reason on the Job tab and in the JobManager's log.",
            ["flink_jobmanager_job_numberOfCompletedCheckpoints"],
            new("max by (job_name) (increase(flink_jobmanager_job_numberOfCompletedCheckpoints{$app}[$hour]))", "Completed"),
            new("max by (job_name) (increase(flink_jobmanager_job_numberOfFailedCheckpoints{$app}[$hour]))", "Failed")),
        Flink("Checkpoints", "checkpoint-failures", "Failed checkpoints in 30 min", ChartUnit.Count,
            "More than two mean that a failure now would go back far. Look at the reason on the Job tab.",
            ["flink_jobmanager_job_numberOfFailedCheckpoints"],
            new ChartQuery("max by (job_name) (increase(flink_jobmanager_job_numberOfFailedCheckpoints{$app}[30m]))", "Failed")) with { Thresholds = [new(2, "checkpoints keep failing", IsSevere: true)] },
        Flink("Checkpoints", "checkpoint-age", "Age of the last checkpoint", ChartUnit.Seconds,
            "A failure now repeats what was done since then. More than three times the interval is too much. Flink 2.0 tells it exactly; before that it is read from changes of the counter, to within half a minute and for at most an hour.",
            ["flink_jobmanager_job_lastCheckpointCompletedTimestamp", "flink_jobmanager_job_numberOfCompletedCheckpoints"],
            new ChartQuery(CheckpointAge("job_name", "flink_jobmanager_job_lastCheckpointCompletedTimestamp{$app}", "flink_jobmanager_job_numberOfCompletedCheckpoints{$app}"), "{{job_name}}")) with { IsMain = true, RestId = "checkpoint-age" },
        Flink("Checkpoints", "checkpoint-alignment", "Alignment and start delay", ChartUnit.Seconds,
            "How long barriers wait: at the start for those before them, then for the slowest input. Both are back pressure: unaligned checkpoints pass it by.",
            ["flink_taskmanager_job_task_checkpointAlignmentTime", "flink_taskmanager_job_task_checkpointStartDelayNanos"],
            new("max by (task_name) (flink_taskmanager_job_task_checkpointAlignmentTime{$app}) / 1e9", "Alignment: {{task_name}}"),
            new("max by (task_name) (flink_taskmanager_job_task_checkpointStartDelayNanos{$app}) / 1e9", "Start delay: {{task_name}}")),
    ];

    /// <summary>
    /// Seconds since the last completed checkpoint. Where there is no time (before 2.0): the last moment of the hour at which the counter had risen
    /// within three scrapes, moved back by half of these. A counter that begins anew does not rise. The hour is looked at every two scrapes, so that no rise falls between.
    /// </summary>
    internal static string CheckpointAge(string by, string timestamp, string counter) =>
        $"time() - max by ({by}) ({timestamp} > 0) / 1000 or time() - max by ({by}) (max_over_time(timestamp(increase({counter}[$scrapes]) > 0)[1h:$pair])) + $halfscrapes";
}
