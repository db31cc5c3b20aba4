using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Checkpoint statistics, single checkpoints and the checkpoint configuration.</summary>
internal static class CheckpointAnswers
{
    public static readonly IReadOnlyList<Route> Routes =
    [
        new("GET", "/jobs/:jobid/checkpoints", Statistics),
        new("GET", "/jobs/:jobid/checkpoints/config", Config),
        new("GET", "/jobs/:jobid/checkpoints/details/:checkpointid", Details),
    ];

    /// <summary>The statistics; 404 where checkpoints are off.</summary>
    public static FlinkCheckpoints Of(RestCall call)
    {
        var job = call.Job;
        // Recorded: until the job has a master, this endpoint (alone) fails.
        if (job.State == "INITIALIZING")
            throw new FlinkRefusal(500, "Internal server error.", "<Exception on server side:\norg.apache.flink.runtime.dispatcher.UnavailableDispatcherOperationException: Unable to get JobMasterGateway for initializing job. The requested operation is not available while the JobManager is initializing.\n\tat org.apache.flink.runtime.dispatcher.Dispatcher.getJobMasterGateway(Dispatcher.java:1503)\n\nEnd of exception on server side>");
        return job.Checkpoints ?? throw RestCall.Refusal(404, "Checkpointing has not been enabled.", "job.checkpoints.CheckpointingStatisticsHandler.createCheckpointingStatistics(CheckpointingStatisticsHandler.java:98)");
    }

    private static RestAnswer Statistics(RestCall call)
    {
        var all = Of(call);
        var samples = all.Samples;
        return new JsonObject
        {
            ["counts"] = new JsonObject { ["restored"] = all.Restores, ["total"] = all.Total, ["in_progress"] = all.InProgress, ["completed"] = all.Completed, ["failed"] = all.Failed },
            ["summary"] = new JsonObject
            {
                ["checkpointed_size"] = Summary.Of(samples.Select(c => c.CheckpointedSize)),
                ["state_size"] = Summary.Of(samples.Select(c => c.StateSize)),
                ["end_to_end_duration"] = Summary.Of(samples.Select(c => (long)c.Duration!.Value.TotalMilliseconds)),
                // Flink stopped measuring this; it is always zero.
                ["alignment_buffered"] = Summary.Of([0]),
                ["processed_data"] = Summary.Of(samples.Select(c => c.ProcessedData)),
                ["persisted_data"] = Summary.Of(samples.Select(c => c.PersistedData)),
            },
            ["latest"] = new JsonObject
            {
                ["completed"] = all.LatestCompleted is { } c ? Checkpoint(call, all.Find(c.Id) ?? c, []) : null,
                ["savepoint"] = all.LatestSavepoint is { } s ? Checkpoint(call, all.Find(s.Id) ?? s, []) : null,
                ["failed"] = all.LatestFailed is { } f ? Checkpoint(call, f, []) : null,
                ["restored"] = all.LatestRestored is { } r
                    ? new JsonObject { ["id"] = r.Id, ["restore_timestamp"] = RestCall.Ms(r.At), ["is_savepoint"] = r.IsSavepoint, ["external_path"] = r.Path }
                    : null,
            },
            ["history"] = new JsonArray([.. all.History.Select(h => (JsonNode)Checkpoint(call, h, []))]),
        };
    }

    private static JsonObject Checkpoint(RestCall call, FlinkCheckpoint checkpoint, JsonObject tasks)
    {
        var answer = new JsonObject
        {
            ["className"] = checkpoint.Status.ToLowerInvariant(),
            ["id"] = checkpoint.Id,
            ["status"] = checkpoint.Status,
            ["is_savepoint"] = checkpoint.IsSavepoint,
            ["trigger_timestamp"] = RestCall.Ms(checkpoint.TriggeredAt),
            ["latest_ack_timestamp"] = RestCall.Ms(checkpoint.AcknowledgedAt),
            ["checkpointed_size"] = checkpoint.CheckpointedSize,
            ["state_size"] = checkpoint.StateSize,
            ["end_to_end_duration"] = Duration(checkpoint),
            ["alignment_buffered"] = 0,
            ["processed_data"] = checkpoint.ProcessedData,
            ["persisted_data"] = checkpoint.PersistedData,
            ["num_subtasks"] = checkpoint.Subtasks,
            ["num_acknowledged_subtasks"] = checkpoint.AcknowledgedSubtasks,
            ["checkpoint_type"] = checkpoint.Type,
            ["tasks"] = tasks,
        };
        if (call.Since(1, 17))
            answer["savepointFormat"] = checkpoint.SavepointFormat;
        if (checkpoint.Status == "COMPLETED")
        {
            answer["external_path"] = checkpoint.Path;
            answer["discarded"] = checkpoint.Discarded;
        }
        else if (checkpoint.Status == "FAILED")
        {
            answer["failure_timestamp"] = RestCall.Ms(checkpoint.FailedAt);
            answer["failure_message"] = checkpoint.FailureMessage;
        }
        return answer;
    }

    private static long Duration(FlinkCheckpoint checkpoint) => (checkpoint.FailedAt - checkpoint.TriggeredAt ?? checkpoint.Duration) is { } took ? (long)took.TotalMilliseconds : -1;

    /// <summary>The checkpoint in the path; 404 when it is not in history (any more).</summary>
    public static FlinkCheckpoint Find(RestCall call)
    {
        var text = call.Path["checkpointid"];
        if (!long.TryParse(text, out var id))
            throw RestCall.Bad($"Bad request, could not parse parameters: Cannot resolve path parameter (checkpointid) from value \"{text}\".");
        return Of(call).Find(id) ?? throw RestCall.Refusal(404, $"Could not find checkpointing statistics for checkpoint {id}.",
            "job.checkpoints.AbstractCheckpointHandler.handleCheckpointStatsRequest(AbstractCheckpointHandler.java:111)");
    }

    private static RestAnswer Details(RestCall call)
    {
        var checkpoint = Find(call);
        var tasks = new JsonObject();
        foreach (var (index, vertex) in call.Job.Vertices.Index())
            tasks[vertex.Id] = Task(call.Job, checkpoint, vertex, index);
        return Checkpoint(call, checkpoint, tasks);
    }

    /// <summary>A vertex's part. Sources keep their positions (265 bytes each, recorded), the second vertex the rest, the others nothing.</summary>
    public static JsonObject Task(FlinkJob job, FlinkCheckpoint checkpoint, FlinkVertex vertex, int index)
    {
        var whole = index switch { 0 => 265L * vertex.Parallelism, 1 => Math.Max(0, checkpoint.StateSize - 265L * job.Vertices[0].Parallelism), _ => 0 };
        var done = checkpoint.Status == "COMPLETED" || (index == 0 && checkpoint.AcknowledgedAt is not null);
        var size = done ? whole : 0;
        return new JsonObject
        {
            ["id"] = checkpoint.Id,
            ["status"] = checkpoint.Status,
            ["latest_ack_timestamp"] = done ? RestCall.Ms(checkpoint.AcknowledgedAt) : -1,
            ["checkpointed_size"] = size,
            ["state_size"] = size,
            ["end_to_end_duration"] = done && checkpoint.AcknowledgedAt - checkpoint.TriggeredAt is { } took ? (long)took.TotalMilliseconds : -1,
            ["alignment_buffered"] = 0,
            ["processed_data"] = index == 0 || !done ? 0 : checkpoint.ProcessedData / Math.Max(1, job.Vertices.Count - 1),
            ["persisted_data"] = 0,
            ["num_subtasks"] = vertex.Parallelism,
            ["num_acknowledged_subtasks"] = done ? vertex.Parallelism : 0,
        };
    }

    private static RestAnswer Config(RestCall call)
    {
        var job = call.Job;
        _ = Of(call);
        var settings = call.Cluster.Configuration;
        var retention = settings.Text("execution.checkpointing.externalized-checkpoint-retention");
        var backend = settings.Text("state.backend.type", "state.backend") ?? "hashmap";
        var unaligned = job.Program.Configuration.Flag("execution.checkpointing.unaligned.enabled", settings.Flag("execution.checkpointing.unaligned.enabled"));
        return new JsonObject
        {
            ["mode"] = (settings.Text("execution.checkpointing.mode") ?? "exactly_once").ToLowerInvariant(),
            ["interval"] = job.CheckpointInterval is { } interval ? (long)interval.TotalMilliseconds : long.MaxValue,
            ["timeout"] = (long)(settings.Duration("execution.checkpointing.timeout") ?? TimeSpan.FromMinutes(10)).TotalMilliseconds,
            ["min_pause"] = (long)(settings.Duration("execution.checkpointing.min-pause") ?? TimeSpan.Zero).TotalMilliseconds,
            ["max_concurrent"] = settings.Number("execution.checkpointing.max-concurrent-checkpoints", 1),
            ["externalization"] = new JsonObject { ["enabled"] = retention is not null and not "NO_EXTERNALIZED_CHECKPOINTS", ["delete_on_cancellation"] = retention is not "RETAIN_ON_CANCELLATION" },
            ["state_backend"] = backend.Contains("rocksdb", StringComparison.OrdinalIgnoreCase) ? "EmbeddedRocksDBStateBackend" : "HashMapStateBackend",
            ["checkpoint_storage"] = settings.Text("execution.checkpointing.dir", "state.checkpoints.dir") is null ? "JobManagerCheckpointStorage" : "FileSystemCheckpointStorage",
            ["unaligned_checkpoints"] = unaligned,
            ["tolerable_failed_checkpoints"] = job.Program.Configuration.Number("execution.checkpointing.tolerable-failed-checkpoints", settings.Number("execution.checkpointing.tolerable-failed-checkpoints", 0)),
            ["aligned_checkpoint_timeout"] = (long)(settings.Duration("execution.checkpointing.aligned-checkpoint-timeout") ?? TimeSpan.Zero).TotalMilliseconds,
            ["checkpoints_after_tasks_finish"] = true,
            ["state_changelog_enabled"] = settings.Flag("state.changelog.enabled", settings.Flag("state.backend.changelog.enabled")),
            ["changelog_periodic_materialization_interval"] = 600_000,
            ["changelog_storage"] = "memory",
        };
    }
}
