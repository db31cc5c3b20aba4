using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Sandbox.World.Metrics.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Back pressure and watermarks. Both are those of the last metric fetch; before the first there are none.</summary>
internal static class LoadAnswers
{
    public static readonly IReadOnlyList<Route> Routes =
    [
        new("GET", "/jobs/:jobid/vertices/:vertexid/backpressure", BackPressure),
        new("GET", "/jobs/:jobid/vertices/:vertexid/watermarks", Watermarks),
    ];

    private static RestAnswer BackPressure(RestCall call)
    {
        var job = call.Job;
        var id = call.Hex("vertexid");
        if (job.Vertices.FirstOrDefault(v => v.Id == id) is not { State: "RUNNING" } vertex || TaskMetrics.RunningSeconds(call.World.Now, vertex) < 10)
            return new JsonObject { ["status"] = "deprecated" };
        var level = Level(TaskLoad.BackPressured(job, vertex, call.World.Now));
        var answer = new JsonObject { ["status"] = "ok" };
        if (call.Since(1, 17))
            answer["backpressureLevel"] = level;
        answer["end-timestamp"] = call.Now - (call.Now % 10_000);
        answer["subtasks"] = new JsonArray([.. Enumerable.Range(0, vertex.Parallelism).Select(i => (JsonNode)Subtask(call, job, vertex, i, level))]);
        answer["backpressure-level"] = level;
        return answer;
    }

    private static JsonObject Subtask(RestCall call, FlinkJob job, FlinkVertex vertex, int index, string level)
    {
        var pressed = TaskLoad.BackPressured(job, vertex, call.World.Now);
        var busy = Math.Round(Math.Min(1, TaskLoad.Busy(job, vertex, call.World.Now) * VertexAnswers.Weight(call, job, vertex, index)), 3);
        var answer = new JsonObject { ["subtask"] = index };
        if (call.Since(1, 17))
            answer["backpressureLevel"] = level;
        answer["ratio"] = JsonNumber.Of(Math.Round(pressed, 3));
        answer["idleRatio"] = JsonNumber.Of(Math.Round(Math.Max(0, 1 - pressed - busy), 3));
        answer["busyRatio"] = JsonNumber.Of(busy);
        answer["backpressure-level"] = level;
        return answer;
    }

    private static string Level(double pressed) => pressed > 0.5 ? "high" : pressed > 0.1 ? "low" : "ok";

    private static RestAnswer Watermarks(RestCall call)
    {
        var job = call.Job;
        var id = call.Hex("vertexid");
        if (job.Vertices.FirstOrDefault(v => v.Id == id) is not { Inputs.Count: > 0 } vertex || TaskMetrics.RunningSeconds(call.World.Now, vertex) < 10)
            return new JsonArray();
        return new JsonArray([.. Enumerable.Range(0, vertex.Parallelism).Select(i => (JsonNode)new JsonObject
        {
            ["id"] = $"{i}.currentInputWatermark",
            ["value"] = TaskMetrics.Watermark(job, vertex, i, call.World.Now).ToString(CultureInfo.InvariantCulture),
        })]);
    }
}
