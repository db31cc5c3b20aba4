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
        new("GET", "/jobs/:jobid/vertices/:vertexid/subtasks/:index/attempts/:attempt", call => Subtask(call, call.Job, Attempt(call), Index(call))),
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
        if (call.Since(1, 19))
            answer["endpoint"] = worker is null ? "(unassigned)" : $"{worker.PodIp}:{worker.DataPort}";
        answer["start-time"] = RestCall.Ms(start);
        answer["end-time"] = RestCall.Ms(end);
        answer["duration"] = start is { } from ? (long)((end ?? call.World.Now) - from).TotalMilliseconds : -1;
        answer["metrics"] = TaskNumbers.Io(call.World.Now, job, vertex, 1, Weight(call, job, vertex, index));
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

    /// <summary>The TaskManager of a subtask, while it is registered.</summary>
    public static FlinkTaskManager? Worker(RestCall call, FlinkVertex vertex, int index) =>
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
        if (call.Since(1, 19))
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
            answer["host"] = Endpoint(subtasks[0]);
        if (call.Since(1, 19))
            answer["endpoint"] = Endpoint(subtasks[0]);
        answer["status"] = JobAnswers.Aggregated(vertex);
        foreach (var key in new[] { "start-time", "end-time", "duration" })
            answer[key] = (long)subtasks[0][key]!;
        answer["metrics"] = TaskNumbers.Io(call.World.Now, job, vertex, subtasks.Count, subtasks.Sum(s => Weight(call, job, vertex, (int)s["subtask"]!)));
        answer["status-counts"] = counts;
        answer["taskmanager-id"] = (string)subtasks[0]["taskmanager-id"]!;
        answer["aggregated"] = Aggregate(subtasks);
        return answer;
    }

    private static string Endpoint(JsonObject subtask) => (string?)subtask["endpoint"] ?? (string)subtask["host"]!;

    /// <summary>How much of the vertex's work a subtask gets.</summary>
    public static double Weight(RestCall call, FlinkJob job, FlinkVertex vertex, int index) => TaskLoad.Weight(call.World.Seed, job, vertex, index);

    /// <summary>The attempt in the path: the present one or an earlier one.</summary>
    public static FlinkVertex Attempt(RestCall call)
    {
        var vertex = call.Vertex;
        _ = Index(call);
        var text = call.Path["attempt"];
        if (!int.TryParse(text, out var number))
            throw RestCall.Bad($"Bad request, could not parse parameters: Cannot resolve path parameter (attempt) from value \"{text}\".");
        return number == vertex.Attempt ? vertex : vertex.Earlier.FirstOrDefault(e => e.Attempt == number)
            ?? throw RestCall.Refusal(404, $"Could not find attempt {number} of the subtask.", "job.AbstractSubtaskAttemptHandler.handleRequest(AbstractSubtaskAttemptHandler.java:95)");
    }

    /// <summary>The subtask in the path; 404 when the vertex has not so many.</summary>
    public static int Index(RestCall call)
    {
        var vertex = call.Vertex;
        return int.TryParse(call.Path["index"], out var index) && index >= 0 && index < vertex.Parallelism
            ? index
            : throw RestCall.Refusal(404, $"Invalid subtask index for vertex {vertex.Id}", "job.AbstractSubtaskHandler.handleRequest(AbstractSubtaskHandler.java:85)");
    }
}
