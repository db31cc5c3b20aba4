using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Flink.Readings;

/// <summary>One part of a Flink process's memory.</summary>
/// <param name="Name">As Flink's memory model calls it.</param>
/// <param name="Setting">The configuration key that sizes it.</param>
/// <param name="Configured">Bytes; null when not known.</param>
/// <param name="Used">Bytes in use; null where Flink does not measure it.</param>
/// <param name="What">What lives there.</param>
public sealed record MemoryPart(string Name, string Setting, long? Configured, long? Used, string What)
{
    /// <summary>Share in use, 0 to 1; NaN when not known.</summary>
    public double Share => Used is { } used && Configured is > 0 and var all ? Math.Min(1, (double)used / all) : double.NaN;
}

/// <summary>
/// The memory model of a process (FLIP-49 and FLIP-116): what was configured for each part against what is used. The parts add up to the memory that the
/// container is given.
/// </summary>
/// <param name="Parts">From the heap to the overhead.</param>
/// <param name="Total">Bytes of the whole process; null when a part is not known.</param>
public sealed record MemoryModel(IReadOnlyList<MemoryPart> Parts, long? Total)
{
    /// <summary>A JobManager's, from its configuration and its metrics.</summary>
    public static MemoryModel OfJobManager(IReadOnlyList<ConfigEntry> configuration, FlinkMetrics? metrics)
    {
        long? Size(string key) => MemorySize.Parse(configuration.FirstOrDefault(e => e.Key == key)?.Value);
        var overhead = Size("jobmanager.memory.jvm-overhead.max") ?? Size("jobmanager.memory.jvm-overhead.min");
        MemoryPart[] parts =
        [
            new("JVM heap", "jobmanager.memory.heap.size", Size("jobmanager.memory.heap.size") ?? Number(metrics, "Status.JVM.Memory.Heap.Max"), Number(metrics, "Status.JVM.Memory.Heap.Used"), "the JobManager and user code that runs while a job is submitted"),
            new("Off-heap", "jobmanager.memory.off-heap.size", Size("jobmanager.memory.off-heap.size"), Direct(metrics), "network and native memory; direct and mapped buffers are counted as used"),
            new("JVM metaspace", "jobmanager.memory.jvm-metaspace.size", Size("jobmanager.memory.jvm-metaspace.size"), Number(metrics, "Status.JVM.Memory.Metaspace.Used"), "classes"),
            new("JVM overhead", "jobmanager.memory.jvm-overhead.*", overhead, null, "threads' stacks, code cache, garbage collection"),
        ];
        return new(parts, Sum(parts) ?? Size("jobmanager.memory.process.size"));
    }

    /// <summary>A TaskManager's, from what it registered with and what it measures.</summary>
    public static MemoryModel OfTaskManager(TaskManagerDetails worker, FlinkMetrics? metrics)
    {
        var (sizes, used) = (worker.MemoryConfiguration, worker.Metrics);
        var measured = used.HeapMax > 0; // all zero until Flink has fetched them
        MemoryPart[] parts =
        [
            new("JVM heap", "taskmanager.memory.task.heap.size and framework.heap.size", sizes.FrameworkHeap + sizes.TaskHeap, measured ? used.HeapUsed : Number(metrics, "Status.JVM.Memory.Heap.Used"), "operators, user code and Flink itself"),
            new("Managed", "taskmanager.memory.managed.size", sizes.ManagedMemory, Number(metrics, "Status.Flink.Memory.Managed.Used"), "RocksDB, sorting and caches of batch, Python; counted as used once it is reserved"),
            new("Network", "taskmanager.memory.network.*", sizes.NetworkMemory, measured ? used.NettyShuffleMemoryUsed : Number(metrics, "Status.Shuffle.Netty.UsedMemory"), "buffers of records between tasks"),
            new("Off-heap", "taskmanager.memory.task.off-heap.size and framework.off-heap.size", sizes.FrameworkOffHeap + sizes.TaskOffHeap, null, "native memory of operators and Flink"),
            new("JVM metaspace", "taskmanager.memory.jvm-metaspace.size", sizes.JvmMetaspace, Number(metrics, "Status.JVM.Memory.Metaspace.Used"), "classes"),
            new("JVM overhead", "taskmanager.memory.jvm-overhead.*", sizes.JvmOverhead, null, "threads' stacks, code cache, garbage collection"),
        ];
        return new(parts, sizes.TotalProcessMemory ?? Sum(parts));
    }

    private static long? Sum(IReadOnlyList<MemoryPart> parts) => parts.All(p => p.Configured is not null) ? parts.Sum(p => p.Configured) : null;

    private static long? Direct(FlinkMetrics? metrics) => Number(metrics, "Status.JVM.Memory.Direct.MemoryUsed") is { } direct ? direct + (Number(metrics, "Status.JVM.Memory.Mapped.MemoryUsed") ?? 0) : null;

    private static long? Number(FlinkMetrics? metrics, string name) => metrics is not null && metrics[name] is var value && double.IsFinite(value) && value >= 0 ? (long)value : null;
}
