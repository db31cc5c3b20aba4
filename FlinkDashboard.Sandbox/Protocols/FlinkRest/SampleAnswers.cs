using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Stacks: flame graphs of vertices and thread dumps of processes.</summary>
internal static class SampleAnswers
{
    private const int SamplesPerSubtask = 100;
    private static readonly TimeSpan Sampling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(60);

    private static readonly string[] Task =
    [
        "java.lang.Thread.run:840", "org.apache.flink.runtime.taskmanager.Task.run:575", "org.apache.flink.runtime.taskmanager.Task.doRun:763", "org.apache.flink.runtime.taskmanager.Task.restoreAndInvoke:949",
        "org.apache.flink.streaming.runtime.tasks.StreamTask.invoke:917", "org.apache.flink.streaming.runtime.tasks.StreamTask.runMailboxLoop:973", "org.apache.flink.streaming.runtime.tasks.mailbox.MailboxProcessor.runMailboxLoop:229",
    ];

    private static readonly string[] Idle =
    [
        "org.apache.flink.streaming.runtime.tasks.mailbox.MailboxProcessor.processMail:368", "org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl.take:149",
        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject.await:1764", "java.util.concurrent.locks.LockSupport.park:341", "jdk.internal.misc.Unsafe.park:-2",
    ];

    private static readonly string[] Working =
    [
        "org.apache.flink.streaming.runtime.tasks.StreamTask.processInput:638", "org.apache.flink.streaming.runtime.io.StreamOneInputProcessor.processInput:65", "org.apache.flink.streaming.runtime.io.AbstractStreamTaskNetworkInput.processElement:203",
    ];

    private static readonly string[] Waiting =
    [
        .. Working, "org.apache.flink.streaming.runtime.io.RecordWriterOutput.collect:92", "org.apache.flink.runtime.io.network.partition.BufferWritingResultPartition.emitRecord:165",
        "org.apache.flink.runtime.io.network.buffer.LocalBufferPool.requestMemorySegmentBlocking:372", "java.util.concurrent.CompletableFuture.get:2073", "jdk.internal.misc.Unsafe.park:-2",
    ];

    public static readonly IReadOnlyList<Route> Routes =
    [
        new("GET", "/jobs/:jobid/vertices/:vertexid/flamegraph", FlameGraph),
        new("GET", "/jobmanager/thread-dump", call => Threads([("main", false), ("Reference Handler", true), ("Finalizer", false), ("Signal Dispatcher", true), .. Pool("flink-pekko.actor.default-dispatcher-", 4), ("Flink-RestServerEndpoint-Thread-1", false), .. Pool("jobmanager-io-thread-", 2), ("Checkpoint Timer", false)])),
        new("GET", "/taskmanagers/:taskmanagerid/thread-dump", OfTaskManager),
    ];

    // The first question starts sampling; the samples are renewed each minute while somebody asks.
    private static RestAnswer FlameGraph(RestCall call)
    {
        var (job, type) = (call.Job, call.Query.GetValueOrDefault("type", "FULL").ToUpperInvariant());
        if (type is not ("FULL" or "ON_CPU" or "OFF_CPU"))
            throw RestCall.Bad($"Bad request, could not parse parameters: Cannot resolve query parameter (type) from value \"{call.Query["type"]}\".");
        var id = call.Hex("vertexid");
        if (!call.Cluster.Configuration.Flag("rest.flamegraph.enabled"))
            return new JsonObject { ["endTimestamp"] = -2 };
        if (job.Vertices.FirstOrDefault(v => v.Id == id) is not { } vertex || job.IsTerminal || vertex.State is "FINISHED" or "FAILED" or "CANCELED")
            return new JsonObject { ["endTimestamp"] = -1 };
        var subtasks = call.Query.ContainsKey("subtaskindex") ? [call.Number("subtaskindex", 0)] : Enumerable.Range(0, vertex.Parallelism).ToArray();
        var key = $"{job.Id}/{id}/{type}/{string.Join(',', call.Query.GetValueOrDefault("subtaskindex", "all"))}";
        if (!call.Cluster.FlameGraphs.TryGetValue(key, out var first))
            call.Cluster.FlameGraphs[key] = first = call.World.Now;
        if (vertex.State != "RUNNING" || call.World.Now - first < Sampling)
            return new JsonObject { ["endTimestamp"] = -3 };
        var sampled = first + Sampling;
        sampled += Refresh * Math.Floor((call.World.Now - sampled) / Refresh);
        return new JsonObject { ["endTimestamp"] = RestCall.Ms(sampled), ["data"] = Root(call, job, vertex, subtasks, type) };
    }

    private static JsonObject Root(RestCall call, FlinkJob job, FlinkVertex vertex, int[] subtasks, string type)
    {
        var pressed = TaskLoad.BackPressured(job, vertex, call.World.Now);
        double Busy(int index) => Math.Min(1 - pressed, TaskLoad.Busy(job, vertex, call.World.Now) * VertexAnswers.Weight(call, job, vertex, index));
        var working = type == "OFF_CPU" ? 0 : (int)subtasks.Sum(i => Math.Round(SamplesPerSubtask * Busy(i)));
        var waiting = type == "ON_CPU" ? 0 : (int)Math.Round(SamplesPerSubtask * pressed) * subtasks.Length;
        var idle = type == "ON_CPU" ? 0 : (int)subtasks.Sum(i => SamplesPerSubtask - Math.Round(SamplesPerSubtask * Busy(i)) - Math.Round(SamplesPerSubtask * pressed));
        var root = Frame("root");
        Add(root, [.. Task, .. Idle], idle);
        Add(root, [.. Task, .. Waiting], waiting);
        // Each chained operator has its share of the work.
        var operators = vertex.Name.Split(" -> ");
        for (var i = 0; i < operators.Length; i++)
            Add(root, [.. Task, .. Working, .. operators.Take(i + 1).Select(o => $"jobs.{string.Concat(o.Where(char.IsAsciiLetterOrDigit))}.process:{42 + i}")], (working / operators.Length) + (i < working % operators.Length ? 1 : 0));
        return root;
    }

    private static JsonObject Frame(string name) => new() { ["name"] = name, ["value"] = 0, ["children"] = new JsonArray() };

    private static void Add(JsonObject root, string[] frames, int samples)
    {
        if (samples == 0)
            return;
        var at = root;
        at["value"] = (int)at["value"]! + samples;
        foreach (var name in frames)
        {
            var children = at["children"]!.AsArray();
            if (children.FirstOrDefault(c => (string)c!["name"]! == name) is not JsonObject child)
                children.Add((JsonNode)(child = Frame(name)));
            child["value"] = (int)child["value"]! + samples;
            at = child;
        }
    }

    private static RestAnswer OfTaskManager(RestCall call)
    {
        var worker = TaskManagerAnswers.Find(call);
        var tasks = call.Cluster.Jobs.Where(j => !j.IsTerminal).SelectMany(j => j.Vertices).SelectMany(v => v.TaskManagerIds.Index()
            .Where(t => t.Item == worker.Id).Select(t => ($"{v.Name} ({t.Index + 1}/{v.Parallelism})#{v.Attempt}", TaskLoadIsHigh(v))));
        return Threads([("main", false), ("Reference Handler", true), ("Finalizer", false), ("Signal Dispatcher", true), .. Pool("flink-pekko.actor.default-dispatcher-", 4), ("Flink Netty Server (0) Thread 0", true), ("IOManager reader thread #1", false), .. tasks]);
    }

    private static bool TaskLoadIsHigh(FlinkVertex vertex) => vertex.Traits.Busy > 0.5;

    private static IEnumerable<(string, bool)> Pool(string name, int count) => Enumerable.Range(1, count).Select(i => ($"{name}{i}", false));

    private static RestAnswer Threads(IReadOnlyList<(string Name, bool Runs)> threads) => new JsonObject
    {
        ["threadInfos"] = new JsonArray([.. threads.Select((t, i) => (JsonNode)new JsonObject
        {
            ["threadName"] = t.Name,
            ["stringifiedThreadInfo"] = t.Runs
                ? $"\"{t.Name}\" Id={i + 1} RUNNABLE\n\tat java.base@17.0.15/java.lang.Thread.run(Thread.java:840)\n\n"
                : $"\"{t.Name}\" Id={i + 1} WAITING on java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionObject@{0x5d6c1b9a + i:x}\n\tat java.base@17.0.15/jdk.internal.misc.Unsafe.park(Native Method)\n\tat java.base@17.0.15/java.util.concurrent.locks.LockSupport.park(LockSupport.java:341)\n\tat java.base@17.0.15/java.lang.Thread.run(Thread.java:840)\n\n",
        })]),
    };
}
