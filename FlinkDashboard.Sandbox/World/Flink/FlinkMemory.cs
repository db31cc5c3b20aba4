namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>The memory model of a TaskManager, all in bytes.</summary>
public sealed record FlinkMemory(long FrameworkHeap, long TaskHeap, long FrameworkOffHeap, long TaskOffHeap, long Network, long Managed, long Metaspace, long Overhead)
{
    private const long Mebi = 1024 * 1024;

    /// <summary>Without metaspace and overhead.</summary>
    public long TotalFlink => FrameworkHeap + TaskHeap + FrameworkOffHeap + TaskOffHeap + Network + Managed;

    /// <summary>All.</summary>
    public long TotalProcess => TotalFlink + Metaspace + Overhead;

    /// <summary>Derived from <c>taskmanager.memory.process.size</c> and the fractions, as Flink's TaskExecutorProcessUtils does.</summary>
    public static FlinkMemory Of(IReadOnlyDictionary<string, string> settings)
    {
        var process = settings.Bytes("taskmanager.memory.process.size") ?? 1728 * Mebi;
        var metaspace = settings.Bytes("taskmanager.memory.jvm-metaspace.size") ?? 256 * Mebi;
        var overhead = Overheads(settings, "taskmanager", process);
        var flink = process - metaspace - overhead;
        var frameworkHeap = settings.Bytes("taskmanager.memory.framework.heap.size") ?? 128 * Mebi;
        var frameworkOffHeap = settings.Bytes("taskmanager.memory.framework.off-heap.size") ?? 128 * Mebi;
        var taskOffHeap = settings.Bytes("taskmanager.memory.task.off-heap.size") ?? 0;
        var network = Math.Clamp(Share(flink, settings.Decimal("taskmanager.memory.network.fraction", 0.1f)),
            settings.Bytes("taskmanager.memory.network.min") ?? 64 * Mebi, settings.Bytes("taskmanager.memory.network.max") ?? long.MaxValue);
        var managed = settings.Bytes("taskmanager.memory.managed.size") ?? Share(flink, settings.Decimal("taskmanager.memory.managed.fraction", 0.4f));
        var taskHeap = Math.Max(0, flink - frameworkHeap - frameworkOffHeap - taskOffHeap - network - managed);
        return new FlinkMemory(frameworkHeap, taskHeap, frameworkOffHeap, taskOffHeap, network, managed, metaspace, overhead);
    }

    /// <summary>Heap of a JobManager: what <c>jobmanager.memory.process.size</c> leaves over.</summary>
    public static (long Heap, long OffHeap, long Metaspace, long Overhead) OfJobManager(IReadOnlyDictionary<string, string> settings)
    {
        var process = settings.Bytes("jobmanager.memory.process.size") ?? 1600 * Mebi;
        var metaspace = settings.Bytes("jobmanager.memory.jvm-metaspace.size") ?? 256 * Mebi;
        var offHeap = settings.Bytes("jobmanager.memory.off-heap.size") ?? 128 * Mebi;
        var overhead = Overheads(settings, "jobmanager", process);
        return (Math.Max(0, process - metaspace - offHeap - overhead), offHeap, metaspace, overhead);
    }

    private static long Overheads(IReadOnlyDictionary<string, string> settings, string of, long process) =>
        Math.Clamp(Share(process, settings.Decimal($"{of}.memory.jvm-overhead.fraction", 0.1f)),
            settings.Bytes($"{of}.memory.jvm-overhead.min") ?? 192 * Mebi, settings.Bytes($"{of}.memory.jvm-overhead.max") ?? 1024 * Mebi);

    // Flink keeps fractions as 32-bit floats; their error reaches the byte.
    private static long Share(long size, double fraction) => (long)(size * (double)(float)fraction);
}
