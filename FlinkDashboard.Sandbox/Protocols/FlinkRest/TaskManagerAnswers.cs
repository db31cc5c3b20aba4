using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>TaskManagers.</summary>
internal static class TaskManagerAnswers
{
    // The sum of all came with Flink 1.19.
    private static readonly string[] Collectors = ["All", "G1_Young_Generation", "G1_Old_Generation"];

    public static readonly IReadOnlyList<Route> Routes =
    [
        new("GET", "/taskmanagers", call => new JsonObject { ["taskmanagers"] = new JsonArray([.. call.Cluster.TaskManagers.Select(t => (JsonNode)Of(call, t))]) }),
        new("GET", "/taskmanagers/:taskmanagerid", Details),
    ];

    /// <summary>The TaskManager in the path; 500 (recorded, though one would expect 404) when none is registered under it.</summary>
    public static FlinkTaskManager Find(RestCall call)
    {
        var id = call.Path["taskmanagerid"];
        return call.Cluster.TaskManagers.FirstOrDefault(t => t.Id == id) ?? throw new FlinkRefusal(500, "Internal server error.",
            $"<Exception on server side:\norg.apache.flink.runtime.resourcemanager.exceptions.UnknownTaskExecutorException: No TaskExecutor registered under {id}.\n\tat org.apache.flink.runtime.resourcemanager.ResourceManager.requestTaskManagerDetailsInfo(ResourceManager.java:702)\n\nEnd of exception on server side>");
    }

    private static JsonObject Of(RestCall call, FlinkTaskManager worker)
    {
        var memory = worker.Memory;
        return new JsonObject
        {
            ["id"] = worker.Id,
            ["path"] = $"{(call.Cluster.Version.StartsWith("1.17", StringComparison.Ordinal) || call.Cluster.Version.StartsWith("1.16", StringComparison.Ordinal) ? "akka" : "pekko")}.tcp://flink@{worker.PodIp}:6122/user/rpc/taskmanager_0",
            ["dataPort"] = worker.DataPort,
            ["jmxPort"] = -1,
            // Heart beats come every ten seconds, counted from the registration.
            ["timeSinceLastHeartbeat"] = call.Now - (call.Now - RestCall.Ms(worker.RegisteredAt)) % 10_000,
            ["slotsNumber"] = worker.Slots,
            ["freeSlots"] = worker.FreeSlots,
            ["totalResource"] = Resource(worker, 1),
            ["freeResource"] = Resource(worker, worker.FreeSlots / (double)worker.Slots),
            ["hardware"] = new JsonObject
            {
                ["cpuCores"] = Math.Max(1, (int)Math.Ceiling(worker.Cpu)),
                ["physicalMemory"] = 33_132_904_448,
                ["freeMemory"] = memory.FrameworkHeap + memory.TaskHeap,
                ["managedMemory"] = memory.Managed,
            },
            ["memoryConfiguration"] = new JsonObject
            {
                ["frameworkHeap"] = memory.FrameworkHeap,
                ["taskHeap"] = memory.TaskHeap,
                ["frameworkOffHeap"] = memory.FrameworkOffHeap,
                ["taskOffHeap"] = memory.TaskOffHeap,
                ["networkMemory"] = memory.Network,
                ["managedMemory"] = memory.Managed,
                ["jvmMetaspace"] = memory.Metaspace,
                ["jvmOverhead"] = memory.Overhead,
                ["totalFlinkMemory"] = memory.TotalFlink,
                ["totalProcessMemory"] = memory.TotalProcess,
            },
        };
    }

    private static JsonObject Resource(FlinkTaskManager worker, double share)
    {
        long Mebi(long bytes) => (long)(bytes * share) >> 20;
        return new JsonObject
        {
            ["cpuCores"] = JsonNumber.Of(worker.Cpu * share),
            ["taskHeapMemory"] = Mebi(worker.Memory.TaskHeap),
            ["taskOffHeapMemory"] = Mebi(worker.Memory.TaskOffHeap),
            ["managedMemory"] = Mebi(worker.Memory.Managed),
            ["networkMemory"] = Mebi(worker.Memory.Network),
            ["extendedResources"] = new JsonObject(),
        };
    }

    private static RestAnswer Details(RestCall call)
    {
        var worker = Find(call);
        var answer = Of(call, worker);
        answer["allocatedSlots"] = new JsonArray([.. call.Cluster.Jobs.Where(j => !j.IsTerminal).SelectMany(j => Slots(j, worker)).Select(s => (JsonNode)s)]);
        answer["metrics"] = Metrics(call, worker);
        return answer;
    }

    private static IEnumerable<JsonObject> Slots(FlinkJob job, FlinkTaskManager worker)
    {
        var slots = job.Vertices.Select(v => v.TaskManagerIds.Count(id => id == worker.Id)).DefaultIfEmpty().Max();
        return Enumerable.Range(0, slots).Select(_ => new JsonObject { ["jobId"] = job.Id, ["resource"] = Resource(worker, 1.0 / worker.Slots) });
    }

    private static JsonObject Metrics(RestCall call, FlinkTaskManager worker)
    {
        var known = call.World.Now - worker.RegisteredAt > TimeSpan.FromSeconds(10);
        var values = MetricAnswers.TaskManager(call, worker);
        long Value(string id) => known ? (long)values[id] : 0;
        var segments = worker.Memory.Network / 32_768;
        var answer = new JsonObject
        {
            ["heapUsed"] = Value("Status.JVM.Memory.Heap.Used"),
            ["heapCommitted"] = Value("Status.JVM.Memory.Heap.Committed"),
            ["heapMax"] = Value("Status.JVM.Memory.Heap.Max"),
            ["nonHeapUsed"] = Value("Status.JVM.Memory.NonHeap.Used"),
            ["nonHeapCommitted"] = Value("Status.JVM.Memory.NonHeap.Committed"),
            ["nonHeapMax"] = Value("Status.JVM.Memory.NonHeap.Max"),
            ["directCount"] = Value("Status.JVM.Memory.Direct.Count"),
            ["directUsed"] = Value("Status.JVM.Memory.Direct.MemoryUsed"),
            ["directMax"] = Value("Status.JVM.Memory.Direct.TotalCapacity"),
            ["mappedCount"] = 0,
            ["mappedUsed"] = 0,
            ["mappedMax"] = 0,
            ["nettyShuffleMemorySegmentsAvailable"] = known ? segments : 0,
            ["nettyShuffleMemorySegmentsUsed"] = 0,
            ["nettyShuffleMemorySegmentsTotal"] = known ? segments : 0,
            ["nettyShuffleMemoryAvailable"] = known ? worker.Memory.Network : 0,
            ["nettyShuffleMemoryUsed"] = 0,
            ["nettyShuffleMemoryTotal"] = known ? worker.Memory.Network : 0,
            ["garbageCollectors"] = new JsonArray([.. Collectors.Where(name => values.ContainsKey($"Status.JVM.GarbageCollector.{name}.Count")).Select(name => (JsonNode)new JsonObject
            {
                ["name"] = name,
                ["count"] = Value($"Status.JVM.GarbageCollector.{name}.Count"),
                ["time"] = Value($"Status.JVM.GarbageCollector.{name}.Time"),
            })]),
        };
        if (!call.IsFlink2)
            (answer["memorySegmentsAvailable"], answer["memorySegmentsTotal"]) = (known ? segments : 0, known ? segments : 0);
        return answer;
    }
}
