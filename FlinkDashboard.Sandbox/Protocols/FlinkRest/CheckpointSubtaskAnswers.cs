using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>One vertex of a checkpoint with its subtasks, which share the vertex's size and time as they share its work.</summary>
internal static class CheckpointSubtaskAnswers
{
    public static readonly IReadOnlyList<Route> Routes = [new("GET", "/jobs/:jobid/checkpoints/details/:checkpointid/subtasks/:vertexid", Subtasks)];

    private static RestAnswer Subtasks(RestCall call)
    {
        var (job, checkpoint, id) = (call.Job, CheckpointAnswers.Find(call), call.Hex("vertexid"));
        var found = job.Vertices.Index().FirstOrDefault(v => v.Item.Id == id);
        if (found.Item is not { } vertex)
            throw RestCall.Refusal(404, $"There is no checkpoint statistics for task {id}.", "job.checkpoints.TaskCheckpointStatisticDetailsHandler.handleCheckpointRequest(TaskCheckpointStatisticDetailsHandler.java:110)");
        var answer = CheckpointAnswers.Task(job, checkpoint, vertex, found.Index);
        var done = (int)answer["num_acknowledged_subtasks"]! == vertex.Parallelism;
        var parts = Enumerable.Range(0, vertex.Parallelism).Select(i => done ? Part(call, checkpoint, answer, vertex, i) : Pending(i)).ToList();
        answer["summary"] = Summarise(done ? parts : []);
        answer["subtasks"] = new JsonArray([.. parts]);
        return answer;
    }

    private static JsonObject Pending(int index) => new() { ["className"] = "pending", ["index"] = index, ["status"] = "pending_or_failed" };

    private static JsonObject Part(RestCall call, FlinkCheckpoint checkpoint, JsonObject task, FlinkVertex vertex, int index)
    {
        var weight = VertexAnswers.Weight(call, call.Job, vertex, index);
        var took = Math.Max(1, Whole(task["end_to_end_duration"]!) - (index * 3 % 5));
        long Share(string key) => (long)(Whole(task[key]!) / vertex.Parallelism * weight);
        var (sync, async) = (Math.Min(took, 1), took / 2);
        return new JsonObject
        {
            ["className"] = "completed",
            ["index"] = index,
            ["ack_timestamp"] = RestCall.Ms(checkpoint.TriggeredAt) + took,
            ["end_to_end_duration"] = took,
            ["checkpointed_size"] = Share("checkpointed_size"),
            ["state_size"] = Share("state_size"),
            ["checkpoint"] = new JsonObject { ["sync"] = sync, ["async"] = async },
            ["alignment"] = new JsonObject { ["buffered"] = 0, ["processed"] = Share("processed_data"), ["persisted"] = Share("persisted_data"), ["duration"] = vertex.Inputs.Count > 0 ? 1 : 0 },
            ["start_delay"] = Math.Max(0, took - sync - async - 1),
            ["unaligned_checkpoint"] = checkpoint.Type == "UNALIGNED_CHECKPOINT",
            ["aborted"] = false,
            ["status"] = "completed",
        };
    }

    private static JsonObject Summarise(IReadOnlyList<JsonObject> parts)
    {
        JsonObject Of(params string[] path) => Spread([.. parts.Select(p => Whole(path.Aggregate((JsonNode)p, (at, key) => at[key]!)))]);
        return new JsonObject
        {
            ["checkpointed_size"] = Of("checkpointed_size"),
            ["state_size"] = Of("state_size"),
            ["end_to_end_duration"] = Of("end_to_end_duration"),
            ["checkpoint_duration"] = new JsonObject { ["sync"] = Of("checkpoint", "sync"), ["async"] = Of("checkpoint", "async") },
            // Flink stopped measuring this; it is always zero.
            ["alignment"] = new JsonObject { ["buffered"] = Summary.Of([0]), ["processed"] = Of("alignment", "processed"), ["persisted"] = Of("alignment", "persisted"), ["duration"] = Of("alignment", "duration") },
            ["start_delay"] = Of("start_delay"),
        };
    }

    // Whether it was put in as an int or as a long.
    private static long Whole(JsonNode number) => long.Parse(number.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    // Recorded: percentiles over subtasks are not kept.
    private static JsonObject Spread(IReadOnlyList<long> values)
    {
        var spread = new JsonObject { ["min"] = values.DefaultIfEmpty().Min(), ["max"] = values.DefaultIfEmpty().Max(), ["avg"] = values.Count == 0 ? 0 : values.Sum() / values.Count };
        foreach (var percentile in new[] { "p50", "p90", "p95", "p99", "p999" })
            spread[percentile] = "NaN";
        return spread;
    }
}
