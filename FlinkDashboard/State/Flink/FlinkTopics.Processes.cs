using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.State.Flink;

public static partial class FlinkTopics
{
    /// <summary>Metrics of a Java process that pages draw. Those a process does not have are left out of the answer.</summary>
    public static IReadOnlyList<string> ProcessMetrics { get; } =
    [
        "Status.JVM.CPU.Load", "Status.JVM.CPU.Time", "Status.JVM.Threads.Count", "Status.JVM.ClassLoader.ClassesLoaded", "Status.JVM.ClassLoader.ClassesUnloaded",
        .. from pool in (string[])["Heap", "NonHeap", "Metaspace"] from part in (string[])["Used", "Committed", "Max"] select $"Status.JVM.Memory.{pool}.{part}",
        .. from pool in (string[])["Direct", "Mapped"] from part in (string[])["Count", "MemoryUsed", "TotalCapacity"] select $"Status.JVM.Memory.{pool}.{part}",
        .. from collector in (string[])["All", "G1_Young_Generation", "G1_Old_Generation", "G1_Concurrent_GC", "Copy", "MarkSweepCompact", "PS_Scavenge", "PS_MarkSweep", "ConcurrentMarkSweep", "ParNew", "ZGC_Cycles", "ZGC_Pauses"]
           from part in (string[])["Count", "Time"]
           select $"Status.JVM.GarbageCollector.{collector}.{part}",
        "Status.Flink.Memory.Managed.Used", "Status.Flink.Memory.Managed.Total", "Status.Shuffle.Netty.UsedMemory", "Status.Shuffle.Netty.TotalMemory", "Status.Shuffle.Netty.AvailableMemory",
        "Status.Shuffle.Netty.UsedMemorySegments", "Status.Shuffle.Netty.TotalMemorySegments", "Status.Shuffle.Netty.AvailableMemorySegments",
    ];

    private static readonly IReadOnlyList<string> JobManagerNames = [.. ProcessMetrics, "numRegisteredTaskManagers", "numRunningJobs", "taskSlotsAvailable", "taskSlotsTotal"];

    /// <summary>Memory, processor, threads and garbage collection of the JobManager, and its slots.</summary>
    public static FlinkTopic<FlinkMetrics> JobManagerMetrics { get; } = new("jobmanager/metrics", Steady, async (q, stop) => new(await q.Api.JobManagerMetricsAsync(q.From, JobManagerNames, stop)));

    /// <summary>Configuration of the JobManager.</summary>
    public static FlinkTopic<IReadOnlyList<ConfigEntry>> JobManagerConfig { get; } = new("jobmanager/config", FlinkTopic.Once, (q, stop) => q.Api.JobManagerConfigAsync(q.From, stop));

    /// <summary>Its Java process.</summary>
    public static FlinkTopic<FlinkEnvironment> JobManagerEnvironment { get; } = new("jobmanager/environment", FlinkTopic.Once, (q, stop) => q.Api.JobManagerEnvironmentAsync(q.From, stop));

    /// <summary>Its log files.</summary>
    public static FlinkTopic<LogFiles> JobManagerLogs { get; } = new("jobmanager/logs", Slow, (q, stop) => q.Api.JobManagerLogsAsync(q.From, stop));

    /// <summary>The end of one file; of the main log without a name.</summary>
    public static FlinkTopic<LogText> JobManagerLog(string? file) => new($"jobmanager/logs/{file}", FlinkTopic.Once, (q, stop) => q.Api.JobManagerLogAsync(q.From, file, stop));

    /// <summary>The end of its standard output.</summary>
    public static FlinkTopic<LogText> JobManagerStdout { get; } = new("jobmanager/stdout", FlinkTopic.Once, (q, stop) => q.Api.JobManagerStdoutAsync(q.From, stop));

    /// <summary>Its threads.</summary>
    public static FlinkTopic<ThreadDump> JobManagerThreads { get; } = new("jobmanager/threads", FlinkTopic.Once, (q, stop) => q.Api.JobManagerThreadDumpAsync(q.From, stop));

    /// <summary>Runs of its profiler. Absent before 1.19 and where it is off.</summary>
    public static FlinkTopic<ProfilingList> JobManagerProfilings { get; } = new("jobmanager/profiler", Slow, (q, stop) => q.Api.JobManagerProfilingsAsync(q.From, stop));

    /// <summary>All TaskManagers.</summary>
    public static FlinkTopic<TaskManagerList> TaskManagers { get; } = new("taskmanagers", Steady, (q, stop) => q.Api.TaskManagersAsync(q.From, stop));

    /// <summary>One TaskManager with slots and use of memory.</summary>
    public static FlinkTopic<TaskManagerDetails> TaskManager(string id) => new($"taskmanager/{id}", Steady, (q, stop) => q.Api.TaskManagerAsync(q.From, id, stop));

    /// <summary>Memory, processor, threads and garbage collection of one TaskManager.</summary>
    public static FlinkTopic<FlinkMetrics> TaskManagerMetrics(string id) => new($"taskmanager/{id}/metrics", Steady, async (q, stop) => new(await q.Api.TaskManagerMetricsAsync(q.From, id, ProcessMetrics, stop)));

    /// <summary>Its log files.</summary>
    public static FlinkTopic<LogFiles> TaskManagerLogs(string id) => new($"taskmanager/{id}/logs", Slow, (q, stop) => q.Api.TaskManagerLogsAsync(q.From, id, stop));

    /// <summary>The end of one file; of the main log without a name.</summary>
    public static FlinkTopic<LogText> TaskManagerLog(string id, string? file) => new($"taskmanager/{id}/logs/{file}", FlinkTopic.Once, (q, stop) => q.Api.TaskManagerLogAsync(q.From, id, file, stop));

    /// <summary>The end of its standard output.</summary>
    public static FlinkTopic<LogText> TaskManagerStdout(string id) => new($"taskmanager/{id}/stdout", FlinkTopic.Once, (q, stop) => q.Api.TaskManagerStdoutAsync(q.From, id, stop));

    /// <summary>Its threads.</summary>
    public static FlinkTopic<ThreadDump> TaskManagerThreads(string id) => new($"taskmanager/{id}/threads", FlinkTopic.Once, (q, stop) => q.Api.TaskManagerThreadDumpAsync(q.From, id, stop));

    /// <summary>Runs of its profiler.</summary>
    public static FlinkTopic<ProfilingList> TaskManagerProfilings(string id) => new($"taskmanager/{id}/profiler", Slow, (q, stop) => q.Api.TaskManagerProfilingsAsync(q.From, id, stop));
}
