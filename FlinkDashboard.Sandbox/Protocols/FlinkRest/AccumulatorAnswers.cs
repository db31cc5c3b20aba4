using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Sandbox.World.Metrics.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Values that user code counts: of a program that counts its records, the records that passed.</summary>
internal static class AccumulatorAnswers
{
    public static readonly IReadOnlyList<Route> Routes =
    [
        new("GET", "/jobs/:jobid/accumulators", OfJob),
        new("GET", "/jobs/:jobid/vertices/:vertexid/accumulators", call => new JsonObject { ["id"] = call.Vertex.Id, ["user-accumulators"] = Values(call, call.Job, call.Vertex, null) }),
        new("GET", "/jobs/:jobid/vertices/:vertexid/subtasks/accumulators", OfSubtasks),
        new("GET", "/jobs/:jobid/vertices/:vertexid/subtasks/:index/attempts/:attempt/accumulators", OfAttempt),
    ];

    private static RestAnswer OfJob(RestCall call)
    {
        var job = call.Job;
        var all = job.Vertices.SelectMany(v => Values(call, job, v, null)).Select(v => v!.DeepClone()).ToList();
        var serialized = new JsonObject();
        // Java serialisation in Flink; here only the text, since nothing but Java reads it.
        if (call.Query.GetValueOrDefault("includeSerializedValue") == "true")
            foreach (var value in all)
                serialized[(string)value["name"]!] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes((string)value["value"]!));
        return new JsonObject { ["job-accumulators"] = new JsonArray(), ["user-task-accumulators"] = new JsonArray([.. all]), ["serialized-user-task-accumulators"] = serialized };
    }

    private static RestAnswer OfSubtasks(RestCall call)
    {
        var (job, vertex) = (call.Job, call.Vertex);
        return new JsonObject
        {
            ["id"] = vertex.Id,
            ["parallelism"] = vertex.Parallelism,
            ["subtasks"] = new JsonArray([.. Enumerable.Range(0, vertex.Parallelism).Select(i => (JsonNode)OfSubtask(call, job, vertex, i))]),
        };
    }

    private static JsonObject OfSubtask(RestCall call, FlinkJob job, FlinkVertex vertex, int index)
    {
        var worker = VertexAnswers.Worker(call, vertex, index);
        var answer = new JsonObject { ["subtask"] = index, ["attempt"] = vertex.Attempt };
        if (!call.IsFlink2)
            answer["host"] = worker?.PodIp ?? "(unassigned)";
        if (call.Since(1, 19))
            answer["endpoint"] = worker is null ? "(unassigned)" : $"{worker.PodIp}:{worker.DataPort}";
        answer["user-accumulators"] = Values(call, job, vertex, index);
        return answer;
    }

    private static RestAnswer OfAttempt(RestCall call)
    {
        var (job, vertex, index) = (call.Job, VertexAnswers.Attempt(call), VertexAnswers.Index(call));
        return new JsonObject
        {
            ["subtask"] = index,
            ["attempt"] = vertex.Attempt,
            ["id"] = $"{OperatorId.Of(job.Id)}_{vertex.Id}_{index}_{vertex.Attempt}",
            ["user-accumulators"] = Values(call, job, vertex, index),
        };
    }

    private static JsonArray Values(RestCall call, FlinkJob job, FlinkVertex vertex, int? subtask)
    {
        if (vertex.Traits.Accumulator is not { } name || !vertex.StateTimestamps.ContainsKey("RUNNING"))
            return [];
        var end = JobAnswers.Ended(vertex) ?? call.World.Now;
        var weight = subtask is { } index ? VertexAnswers.Weight(call, job, vertex, index) : vertex.Parallelism;
        var count = (long)(TaskMetrics.Passed(job, vertex, end, TaskMetrics.RunningSeconds(call.World.Now, vertex)) * weight);
        return new JsonArray(new JsonObject { ["name"] = name, ["type"] = "LongCounter", ["value"] = count.ToString(CultureInfo.InvariantCulture) });
    }
}
