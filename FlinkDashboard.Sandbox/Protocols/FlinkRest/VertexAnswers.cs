using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Vertices and their subtasks.</summary>
internal static class VertexAnswers
{
    private static readonly string[] Live = ["INITIALIZING", "RUNNING", "DEPLOYING", "SCHEDULED", "CREATED"];
    private static readonly string[] All = ["CANCELING", "INITIALIZING", "RUNNING", "DEPLOYING", "SCHEDULED", "FAILED", "CANCELED", "CREATED", "FINISHED", "RECONCILING"];

    public static readonly IReadOnlyList<Route> Routes =
    [
        new("GET", "/jobs/:jobid/vertices/:vertexid", Details),
        new("GET", "/jobs/:jobid/vertices/:vertexid/subtasktimes", Times),
        new("GET", "/jobs/:jobid/vertices/:vertexid/taskmanagers", ByTaskManager),
        new("GET", "/jobs/:jobid/vertices/:vertexid/subtasks/:index", call => Subtask(call, call.Job, call.Vertex, Index(call))),
        new("GET", "/jobs/:jobid/vertices/:vertexid/accumulators", call => new JsonObject { ["id"] = call.Vertex.Id, ["user-accumulators"] = new JsonArray() }),
        new("GET", "/jobs/:jobid/vertices/:vertexid/backpressure", BackPressure),
        new("GET", "/jobs/:jobid/vertices/:vertexid/watermarks", Watermarks),
    ];

    private static RestAnswer Details(RestCall call)
    {
        var (job, vertex) = (call.Job, call.Vertex);
        var subtasks = Enumerable.Range(0, vertex.Parallelism).Select(i => Subtask(call, job, vertex, i)).ToList();
        return new JsonObject
        {
            ["id"] = vertex.Id,
            ["name"] = vertex.Name,
            ["parallelism"] = vertex.Parallelism,
            ["maxParallelism"] = vertex.MaxParallelism,
            ["now"] = call.Now,
            ["subtasks"] = new JsonArray([.. subtasks]),
            ["aggregated"] = Aggregate(subtasks),
        };
    }

    private static JsonObject Subtask(RestCall call, FlinkJob job, FlinkVertex vertex, int index)
    {
        var (start, end) = (JobAnswers.Started(vertex), JobAnswers.Ended(vertex));
        var worker = Worker(call, vertex, index);
        var answer = new JsonObject { ["subtask"] = index, ["status"] = vertex.State, ["attempt"] = vertex.Attempt };
        if (!call.IsFlink2)
            answer["host"] = worker?.PodIp ?? "(unassigned)";
        answer["endpoint"] = worker is null ? "(unassigned)" : $"{worker.PodIp}:{worker.DataPort}";
        answer["start-time"] = RestCall.Ms(start);
        answer["end-time"] = RestCall.Ms(end);
        answer["duration"] = start is { } from ? (long)((end ?? call.World.Now) - from).TotalMilliseconds : -1;
        answer["metrics"] = TaskNumbers.Io(call.World.Now, job, vertex, 1);
        answer["taskmanager-id"] = worker?.Id ?? vertex.TaskManagerIds.ElementAtOrDefault(index) ?? "(unassigned)";
        answer["status-duration"] = Durations(call, vertex);
        answer["start_time"] = RestCall.Ms(start);
        return answer;
    }

    private static JsonObject Durations(RestCall call, FlinkVertex vertex)
    {
        var entered = vertex.StateTimestamps.OrderBy(t => t.Value).ToList();
        var durations = new JsonObject();
        foreach (var state in Live)
        {
            var at = entered.FindIndex(t => t.Key == state);
            durations[state] = at < 0 ? -1 : (long)((at + 1 < entered.Count ? entered[at + 1].Value : call.World.Now) - entered[at].Value).TotalMilliseconds;
        }
        return durations;
    }

    private static FlinkTaskManager? Worker(RestCall call, FlinkVertex vertex, int index) =>
        vertex.TaskManagerIds.ElementAtOrDefault(index) is { } id ? call.Cluster.TaskManagers.FirstOrDefault(t => t.Id == id) : null;

    private static JsonObject Aggregate(IReadOnlyList<JsonObject> subtasks)
    {
        var metrics = new JsonObject();
        foreach (var (name, _) in subtasks[0]["metrics"]!.AsObject().Where(m => !m.Key.EndsWith("-complete", StringComparison.Ordinal)))
            metrics[name] = Statistics(subtasks.Select(s => (long)double.Parse(s["metrics"]![name]!.ToJsonString(), CultureInfo.InvariantCulture)));
        var durations = new JsonObject();
        foreach (var state in Live)
            durations[state] = Statistics(subtasks.Select(s => (long)s["status-duration"]![state]!));
        return new JsonObject { ["metrics"] = metrics, ["status-duration"] = durations };
    }

    private static JsonObject Statistics(IEnumerable<long> values)
    {
        var sorted = values.Order().ToList();
        long At(double share) => sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
        return new JsonObject
        {
            ["p25"] = At(0.25),
            ["min"] = sorted[0],
            ["avg"] = sorted.Sum() / sorted.Count,
            ["median"] = At(0.5),
            ["max"] = sorted[^1],
            ["sum"] = sorted.Sum(),
            ["p95"] = At(0.95),
            ["p75"] = At(0.75),
        };
    }

    private static RestAnswer Times(RestCall call)
    {
        var vertex = call.Vertex;
        var times = new JsonObject();
        foreach (var state in All)
            times[state] = vertex.StateTimestamps.TryGetValue(state, out var at) ? RestCall.Ms(at) : 0;
        return new JsonObject
        {
            ["id"] = vertex.Id,
            ["name"] = vertex.Name,
            ["now"] = call.Now,
            ["subtasks"] = new JsonArray([.. Enumerable.Range(0, vertex.Parallelism).Select(i => (JsonNode)Time(call, vertex, i, times))]),
        };
    }

    private static JsonObject Time(RestCall call, FlinkVertex vertex, int index, JsonObject times)
    {
        var worker = Worker(call, vertex, index);
        var answer = new JsonObject { ["subtask"] = index };
        if (!call.IsFlink2)
            answer["host"] = worker?.PodIp ?? "(unassigned)";
        answer["endpoint"] = worker is null ? "(unassigned)" : $"{worker.PodIp}:{worker.DataPort}";
        answer["duration"] = vertex.StateTimestamps.TryGetValue("SCHEDULED", out var since) ? (long)((JobAnswers.Ended(vertex) ?? call.World.Now) - since).TotalMilliseconds : -1;
        answer["timestamps"] = times.DeepClone();
        return answer;
    }

    private static RestAnswer ByTaskManager(RestCall call)
    {
        var (job, vertex) = (call.Job, call.Vertex);
        var groups = Enumerable.Range(0, vertex.Parallelism).Select(i => Subtask(call, job, vertex, i)).GroupBy(s => (string)s["taskmanager-id"]!);
        return new JsonObject
        {
            ["id"] = vertex.Id,
            ["name"] = vertex.Name,
            ["now"] = call.Now,
            ["taskmanagers"] = new JsonArray([.. groups.Select(g => (JsonNode)Group(call, job, vertex, [.. g]))]),
        };
    }

    private static JsonObject Group(RestCall call, FlinkJob job, FlinkVertex vertex, IReadOnlyList<JsonObject> subtasks)
    {
        var counts = new JsonObject();
        foreach (var state in All)
            counts[state] = vertex.State == state ? subtasks.Count : 0;
        var answer = new JsonObject();
        if (!call.IsFlink2)
            answer["host"] = (string)subtasks[0]["endpoint"]!;
        answer["endpoint"] = (string)subtasks[0]["endpoint"]!;
        answer["status"] = JobAnswers.Aggregated(vertex);
        foreach (var key in new[] { "start-time", "end-time", "duration" })
            answer[key] = (long)subtasks[0][key]!;
        answer["metrics"] = TaskNumbers.Io(call.World.Now, job, vertex, subtasks.Count);
        answer["status-counts"] = counts;
        answer["taskmanager-id"] = (string)subtasks[0]["taskmanager-id"]!;
        answer["aggregated"] = Aggregate(subtasks);
        return answer;
    }

    private static int Index(RestCall call)
    {
        var vertex = call.Vertex;
        return int.TryParse(call.Path["index"], out var index) && index >= 0 && index < vertex.Parallelism
            ? index
            : throw RestCall.Refusal(404, $"Invalid subtask index for vertex {vertex.Id}", "job.AbstractSubtaskHandler.handleRequest(AbstractSubtaskHandler.java:85)");
    }

    // Ratios are those of the last fetch; before the first there are none.
    private static RestAnswer BackPressure(RestCall call)
    {
        var job = call.Job;
        var id = call.Hex("vertexid");
        if (job.Vertices.FirstOrDefault(v => v.Id == id) is not { State: "RUNNING" } vertex || TaskNumbers.RunningSeconds(call.World.Now, vertex) < 10)
            return new JsonObject { ["status"] = "deprecated" };
        var (pressed, busy) = (TaskLoad.BackPressured(job, vertex, call.World.Now), TaskLoad.Busy(job, vertex, call.World.Now));
        var level = pressed > 0.5 ? "high" : pressed > 0.1 ? "low" : "ok";
        return new JsonObject
        {
            ["status"] = "ok",
            ["backpressureLevel"] = level,
            ["end-timestamp"] = call.Now - (call.Now % 10_000),
            ["subtasks"] = new JsonArray([.. Enumerable.Range(0, vertex.Parallelism).Select(i => (JsonNode)new JsonObject
            {
                ["subtask"] = i,
                ["backpressureLevel"] = level,
                ["ratio"] = JsonNumber.Of(pressed),
                ["idleRatio"] = JsonNumber.Of(Math.Round(Math.Max(0, 1 - pressed - busy), 3)),
                ["busyRatio"] = JsonNumber.Of(busy),
                ["backpressure-level"] = level,
            })]),
            ["backpressure-level"] = level,
        };
    }

    private static RestAnswer Watermarks(RestCall call)
    {
        var job = call.Job;
        var id = call.Hex("vertexid");
        if (job.Vertices.FirstOrDefault(v => v.Id == id) is not { Inputs.Count: > 0 } vertex || TaskNumbers.RunningSeconds(call.World.Now, vertex) < 10)
            return new JsonArray();
        return new JsonArray([.. Enumerable.Range(0, vertex.Parallelism).Select(i => (JsonNode)new JsonObject
        {
            ["id"] = $"{i}.currentInputWatermark",
            ["value"] = (call.Now - 450).ToString(CultureInfo.InvariantCulture),
        })]);
    }
}
