using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;

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
    public static Dictionary<string, double> TaskManager(RestCall call, FlinkTaskManager worker)
    {
        var seconds = (call.World.Now - worker.RegisteredAt).TotalSeconds;
        var busy = worker.Slots == 0 ? 0 : (worker.Slots - worker.FreeSlots) / (double)worker.Slots;
        var values = Process(seconds, worker.Memory.FrameworkHeap + worker.Memory.TaskHeap, worker.Memory.Metaspace, busy, worker.DataPort);
        values["Status.Flink.Memory.Managed.Total"] = worker.Memory.Managed;
        values["Status.Flink.Memory.Managed.Used"] = 0;
        values["Status.Shuffle.Netty.TotalMemory"] = worker.Memory.Network;
        values["Status.Shuffle.Netty.UsedMemory"] = Math.Floor(worker.Memory.Network * busy * 0.05);
        values["Status.Shuffle.Netty.AvailableMemory"] = worker.Memory.Network - values["Status.Shuffle.Netty.UsedMemory"];
        values["Status.Shuffle.Netty.RequestedMemoryUsage"] = Math.Round(busy * 5);
        return values;
    }

    private static Dictionary<string, double> JobManager(RestCall call)
    {
        var seconds = call.Cluster.Jobs.Count == 0 ? 60 : (call.World.Now - call.Cluster.Jobs.First().StartTime).TotalSeconds;
        var values = Process(seconds, FlinkMemory.OfJobManager(call.Cluster.Configuration).Heap, 256 << 20, 0.05, 1);
        values["numRegisteredTaskManagers"] = call.Cluster.TaskManagers.Count;
        values["numRunningJobs"] = call.Cluster.Jobs.Count(j => j.State == "RUNNING");
        values["taskSlotsAvailable"] = call.Cluster.TaskManagers.Sum(t => t.FreeSlots);
        values["taskSlotsTotal"] = call.Cluster.TaskManagers.Sum(t => t.Slots);
        return values;
    }

    // A heap that fills and is collected, at a pace and phase of its own.
    private static Dictionary<string, double> Process(double seconds, long heap, long metaspace, double load, int phase)
    {
        var saw = (seconds / 40 + phase % 17 / 17.0) % 1;
        var collections = Math.Floor(seconds / 40) + 3;
        return new Dictionary<string, double>
        {
            ["Status.JVM.CPU.Load"] = Math.Round(0.01 + load * 0.4 + Math.Sin(seconds / 23 + phase) * 0.005, 6),
            ["Status.JVM.CPU.Time"] = Math.Floor((8 + seconds * (0.02 + load * 0.4)) * 1e9),
            ["Status.JVM.ClassLoader.ClassesLoaded"] = 9_420,
            ["Status.JVM.ClassLoader.ClassesUnloaded"] = 0,
            ["Status.JVM.GarbageCollector.All.Count"] = collections,
            ["Status.JVM.GarbageCollector.All.Time"] = collections * 18,
            ["Status.JVM.GarbageCollector.All.TimeMsPerSecond"] = 0,
            ["Status.JVM.Memory.Direct.Count"] = 2_057,
            ["Status.JVM.Memory.Direct.MemoryUsed"] = 75_710_465,
            ["Status.JVM.Memory.Direct.TotalCapacity"] = 75_710_464,
            ["Status.JVM.Memory.Heap.Committed"] = heap,
            ["Status.JVM.Memory.Heap.Max"] = heap,
            ["Status.JVM.Memory.Heap.Used"] = Math.Floor(heap * (0.25 + 0.4 * saw)),
            ["Status.JVM.Memory.Mapped.Count"] = 0,
            ["Status.JVM.Memory.Mapped.MemoryUsed"] = 0,
            ["Status.JVM.Memory.Mapped.TotalCapacity"] = 0,
            ["Status.JVM.Memory.Metaspace.Committed"] = 48 << 20,
            ["Status.JVM.Memory.Metaspace.Max"] = metaspace,
            ["Status.JVM.Memory.Metaspace.Used"] = 46 << 20,
            ["Status.JVM.Memory.NonHeap.Committed"] = 58_720_256,
            ["Status.JVM.Memory.NonHeap.Max"] = 738_197_504,
            ["Status.JVM.Memory.NonHeap.Used"] = 55_949_808,
            ["Status.JVM.Threads.Count"] = 52,
        };
    }

    private static Dictionary<string, double> Job(RestCall call, FlinkJob job)
    {
        var checkpoints = job.Checkpoints;
        var latest = checkpoints?.LatestCompleted;
        var running = job.State == "RUNNING" && job.StateTimestamps.TryGetValue("RUNNING", out var since) ? (call.World.Now - since).TotalMilliseconds : 0;
        return new Dictionary<string, double>
        {
            ["cancellingTime"] = 0,
            ["createdTime"] = 0,
            ["deployingTime"] = 0,
            ["failingTime"] = 0,
            ["initializingTime"] = 0,
            ["restartingTime"] = 0,
            ["downtime"] = job.State == "RESTARTING" ? (call.World.Now - job.LastModified).TotalMilliseconds : job.IsTerminal ? -1 : 0,
            ["fullRestarts"] = job.Restarts,
            ["numRestarts"] = job.Restarts,
            ["runningTime"] = Math.Floor(running),
            ["uptime"] = job.IsTerminal ? -1 : Math.Floor(running),
            ["totalNumberOfCheckpoints"] = checkpoints?.Total ?? 0,
            ["numberOfCompletedCheckpoints"] = checkpoints?.Completed ?? 0,
            ["numberOfFailedCheckpoints"] = checkpoints?.Failed ?? 0,
            ["numberOfInProgressCheckpoints"] = checkpoints?.InProgress ?? 0,
            ["lastCheckpointDuration"] = latest?.Duration?.TotalMilliseconds ?? -1,
            ["lastCheckpointFullSize"] = latest?.StateSize ?? -1,
            ["lastCheckpointSize"] = latest?.CheckpointedSize ?? -1,
            ["lastCheckpointPersistedData"] = latest?.PersistedData ?? -1,
            ["lastCheckpointProcessedData"] = latest?.ProcessedData ?? -1,
            ["lastCheckpointRestoreTimestamp"] = RestCall.Ms(checkpoints?.LatestRestored?.At),
            ["lastCompletedCheckpointId"] = latest?.Id ?? -1,
        };
    }

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
        if (call.Cluster.Job(call.JobId) is not { } job || job.Vertices.FirstOrDefault(v => v.Id == call.Path["vertexid"]) is not { } vertex || TaskNumbers.RunningSeconds(call.World.Now, vertex) < 10)
            return [];
        return [.. Enumerable.Range(0, vertex.Parallelism).Select(i => Subtask(call, job, vertex, i))];
    }

    private static Dictionary<string, double> Subtask(RestCall call, FlinkJob job, FlinkVertex vertex, int index)
    {
        var seconds = TaskNumbers.RunningSeconds(call.World.Now, vertex);
        // No two subtasks are alike, and no moment is like the next.
        var weight = VertexAnswers.Weight(call, job, vertex, index);
        var skew = weight * (1 + Math.Sin(seconds / 30 + index) * 0.02);
        var rate = TaskLoad.Rate(job, vertex, call.World.Now) / vertex.Parallelism;
        var passed = TaskNumbers.Passed(job, vertex, call.World.Now, seconds) * weight;
        var (read, written) = (TaskNumbers.Reads(vertex) ? rate : 0, TaskNumbers.Writes(job, vertex) ? rate : 0);
        var (allRead, allWritten) = (read > 0 ? passed : 0, written > 0 ? passed : 0);
        var (busy, pressed) = (TaskLoad.Busy(job, vertex, call.World.Now) * 1000, TaskLoad.BackPressured(job, vertex, call.World.Now) * 1000);
        var values = new Dictionary<string, double>
        {
            ["numRecordsIn"] = Math.Floor(allRead),
            ["numRecordsInPerSecond"] = Math.Round(read * skew, 3),
            ["numRecordsOut"] = Math.Floor(allWritten),
            ["numRecordsOutPerSecond"] = Math.Round(written * skew, 3),
            ["numBytesIn"] = Math.Floor(allRead * 21.5),
            ["numBytesInPerSecond"] = Math.Round(read * skew * 21.5, 3),
            ["numBytesOut"] = Math.Floor(allWritten * 21.5),
            ["numBytesOutPerSecond"] = Math.Round(written * skew * 21.5, 3),
            ["busyTimeMsPerSecond"] = Math.Round(Math.Min(1000, busy * skew)),
            ["backPressuredTimeMsPerSecond"] = Math.Round(Math.Min(1000, pressed * skew)),
            ["softBackPressuredTimeMsPerSecond"] = Math.Round(Math.Min(1000, pressed * skew)),
            ["hardBackPressuredTimeMsPerSecond"] = 0,
            ["idleTimeMsPerSecond"] = Math.Round(Math.Max(0, 1000 - (busy + pressed) * skew)),
            ["accumulateBusyTimeMs"] = Math.Floor(busy * seconds * weight),
            ["accumulateBackPressuredTimeMs"] = Math.Floor(pressed * seconds),
            ["accumulateIdleTimeMs"] = Math.Floor(Math.Max(0, 1000 - busy - pressed) * seconds),
            ["buffers.inPoolUsage"] = Math.Round(busy / 1000, 3),
            ["buffers.outPoolUsage"] = Math.Round(pressed / 1000, 3),
        };
        if (vertex.Inputs.Count > 0)
            values["currentInputWatermark"] = LoadAnswers.Watermark(call, vertex, index);
        return values;
    }

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
