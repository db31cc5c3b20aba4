using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Sandbox.World.Metrics.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Metrics, as functions of the present moment. The endpoints never answer 404: what is unknown is left out.</summary>
internal static class MetricAnswers
{
    public static readonly IReadOnlyList<Route> Routes =
    [
        new("GET", "/jobmanager/metrics", call => Single(call, JobManager(call))),
        new("GET", "/taskmanagers/:taskmanagerid/metrics", call => Single(call, call.Cluster.TaskManagers.FirstOrDefault(t => t.Id == call.Path["taskmanagerid"]) is { } t ? TaskManager(call, t) : [])),
        new("GET", "/taskmanagers/metrics", call => Aggregated(call, [.. call.Cluster.TaskManagers.Select(t => TaskManager(call, t))])),
        new("GET", "/jobs/:jobid/metrics", call => Single(call, call.Cluster.Job(call.JobId) is { } j ? Job(call, j) : [], Path(call))),
        new("GET", "/jobs/metrics", call => Aggregated(call, [.. call.Cluster.Jobs.Select(j => Job(call, j))])),
        new("GET", "/jobs/:jobid/vertices/:vertexid/metrics", call => Single(call, PerSubtask(call))),
        new("GET", "/jobs/:jobid/vertices/:vertexid/subtasks/metrics", call => Aggregated(call, Subtasks(call))),
        new("GET", "/jobs/:jobid/vertices/:vertexid/subtasks/:index/metrics", call =>
            Single(call, int.TryParse(call.Path["index"], out var i) && Subtasks(call).ElementAtOrDefault(i) is { } values ? values : [])),
        new("GET", "/jobs/:jobid/vertices/:vertexid/jm-operator-metrics", call => Single(call, Coordinator(call))) { Since = (1, 20) },
    ];

    /// <summary>Metrics of one TaskManager's process.</summary>
    public static Dictionary<string, double> TaskManager(RestCall call, FlinkTaskManager worker) => ProcessMetrics.TaskManager(worker, worker.FreeSlots, call.Cluster, call.World.Now);

    private static Dictionary<string, double> JobManager(RestCall call) => ProcessMetrics.JobManager(JobManagerState.Of(call.Cluster), call.Cluster.Version, call.World.Now);

    private static Dictionary<string, double> Job(RestCall call, FlinkJob job) => JobMetrics.Of(job, CheckpointCounts.Of(job.Checkpoints), call.Cluster.Version, call.World.Now);

    private static KeyValuePair<string, string>[] Path(RestCall call) =>
        call.Cluster.Job(call.JobId) is { } job ? [KeyValuePair.Create("lastCheckpointExternalPath", job.Checkpoints?.LatestCompleted?.Path ?? "n/a")] : [];

    private static Dictionary<string, double> PerSubtask(RestCall call) =>
        Subtasks(call).SelectMany((values, i) => values.Select(v => KeyValuePair.Create($"{i}.{v.Key}", v.Value))).ToDictionary();

    // Only sources have a coordinator.
    private static Dictionary<string, double> Coordinator(RestCall call) =>
        call.Cluster.Job(call.JobId)?.Vertices.FirstOrDefault(v => v.Id == call.Path["vertexid"]) is { Inputs.Count: 0 } vertex
            ? new() { [vertex.Name.Split(" -> ")[0].Replace(' ', '_').Replace(':', '_') + ".coordinator.enumerator.unassignedSplits"] = 0 }
            : [];

    private static IReadOnlyList<Dictionary<string, double>> Subtasks(RestCall call)
    {
        if (call.Cluster.Job(call.JobId) is not { } job || job.Vertices.FirstOrDefault(v => v.Id == call.Path["vertexid"]) is not { } vertex || TaskMetrics.RunningSeconds(call.World.Now, vertex) < 10)
            return [];
        return [.. Enumerable.Range(0, vertex.Parallelism).Select(i => Subtask(call, job, vertex, i))];
    }

    private static Dictionary<string, double> Subtask(RestCall call, FlinkJob job, FlinkVertex vertex, int index) =>
        TaskMetrics.Subtask(call.World.Seed, job, vertex, index, call.Cluster.Version, call.World.Now);

    private static RestAnswer Single(RestCall call, Dictionary<string, double> values, params KeyValuePair<string, string>[] texts)
    {
        var all = values.Select(v => KeyValuePair.Create(v.Key, Text(v.Value))).Concat(texts);
        var asked = call.Asked;
        return new JsonArray([.. all.Where(v => asked.Count == 0 || asked.Contains(v.Key)).Select(v => (JsonNode)(asked.Count == 0
            ? new JsonObject { ["id"] = v.Key }
            : new JsonObject { ["id"] = v.Key, ["value"] = v.Value }))]);
    }

    // One metric that nobody has empties the whole answer, as in Flink.
    private static RestAnswer Aggregated(RestCall call, IReadOnlyList<Dictionary<string, double>> stores)
    {
        if (call.Asked.Count == 0)
            return new JsonArray([.. stores.SelectMany(s => s.Keys).Distinct().Select(id => (JsonNode)new JsonObject { ["id"] = id })]);
        if (call.Asked.Any(id => stores.All(s => !s.ContainsKey(id))))
            return new JsonArray();
        var wanted = call.Query.TryGetValue("agg", out var names) ? names.Split(',') : call.Since(1, 20) ? ["min", "max", "avg", "sum", "skew"] : ["min", "max", "avg", "sum"];
        if (wanted.FirstOrDefault(w => w is not ("min" or "max" or "avg" or "sum") && !(w == "skew" && call.Since(1, 20))) is { } bad)
            throw RestCall.Bad($"Bad request, could not parse parameters: Cannot resolve query parameter (agg) from value \"{bad}\".");
        return new JsonArray([.. call.Asked.Select(id => (JsonNode)Aggregate(id, [.. stores.Where(s => s.ContainsKey(id)).Select(s => s[id])], wanted))]);
    }

    private static JsonObject Aggregate(string id, double[] values, string[] wanted)
    {
        var mean = values.Average();
        var answer = new JsonObject { ["id"] = id };
        foreach (var name in wanted)
        {
            answer[name] = JsonNumber.Of(name switch
            {
                "min" => values.Min(),
                "max" => values.Max(),
                "avg" => mean,
                "sum" => values.Sum(),
                _ => mean == 0 ? 0 : Math.Min(100, values.Average(v => Math.Abs(v - mean)) / Math.Abs(mean) * 100),
            });
        }
        return answer;
    }

    // Counters and sizes are whole numbers in Flink, rates are not.
    private static string Text(double value) => value == Math.Floor(value) ? ((long)value).ToString(CultureInfo.InvariantCulture) : JsonNumber.Text(value);
}
