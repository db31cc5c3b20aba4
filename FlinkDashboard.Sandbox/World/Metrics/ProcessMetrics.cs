using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>What the metrics of a JobManager's process depend on, at a moment.</summary>
/// <param name="Since">Since when it counts.</param>
/// <param name="Heap">Bytes.</param>
/// <param name="TaskManagers">Registered ones.</param>
/// <param name="RunningJobs">Jobs in RUNNING.</param>
/// <param name="FreeSlots">Slots without tasks.</param>
/// <param name="Slots">All slots.</param>
public sealed record JobManagerState(DateTimeOffset? Since, long Heap, int TaskManagers, int RunningJobs, int FreeSlots, int Slots)
{
    /// <summary>That of a cluster now.</summary>
    public static JobManagerState Of(FlinkCluster cluster) => new(
        cluster.Jobs.FirstOrDefault()?.StartTime,
        FlinkMemory.OfJobManager(cluster.Configuration).Heap,
        cluster.TaskManagers.Count,
        cluster.Jobs.Count(j => j.State == "RUNNING"),
        cluster.TaskManagers.Sum(t => t.FreeSlots),
        cluster.TaskManagers.Sum(t => t.Slots));
}

/// <summary>Metrics of Flink processes as functions of the moment, by the ids of Flink's REST API.</summary>
public static class ProcessMetrics
{
    /// <summary>Metrics of one TaskManager's process.</summary>
    /// <param name="worker">The TaskManager.</param>
    /// <param name="free">Slots without tasks at that time.</param>
    /// <param name="now">The moment.</param>
    public static Dictionary<string, double> TaskManager(FlinkTaskManager worker, int free, DateTimeOffset now)
    {
        var seconds = (now - worker.RegisteredAt).TotalSeconds;
        var busy = worker.Slots == 0 ? 0 : (worker.Slots - free) / (double)worker.Slots;
        var values = Process(seconds, worker.Memory.FrameworkHeap + worker.Memory.TaskHeap, worker.Memory.Metaspace, busy, worker.DataPort);
        values["Status.Flink.Memory.Managed.Total"] = worker.Memory.Managed;
        values["Status.Flink.Memory.Managed.Used"] = 0;
        values["Status.Shuffle.Netty.TotalMemory"] = worker.Memory.Network;
        values["Status.Shuffle.Netty.UsedMemory"] = Math.Floor(worker.Memory.Network * busy * 0.05);
        values["Status.Shuffle.Netty.AvailableMemory"] = worker.Memory.Network - values["Status.Shuffle.Netty.UsedMemory"];
        values["Status.Shuffle.Netty.RequestedMemoryUsage"] = Math.Round(busy * 5);
        return values;
    }

    /// <summary>Metrics of a JobManager's process.</summary>
    public static Dictionary<string, double> JobManager(JobManagerState state, DateTimeOffset now)
    {
        var values = Process(state.Since is { } since ? (now - since).TotalSeconds : 60, state.Heap, 256 << 20, 0.05, 1);
        values["numRegisteredTaskManagers"] = state.TaskManagers;
        values["numRunningJobs"] = state.RunningJobs;
        values["taskSlotsAvailable"] = state.FreeSlots;
        values["taskSlotsTotal"] = state.Slots;
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
}
