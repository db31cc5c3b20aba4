using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics.Flink;

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

    internal ProcessMoment At(DateTimeOffset now) => new(Since is { } since ? (now - since).TotalSeconds : 60, Heap, 256 << 20, 0.05, 1);
}

/// <summary>A JVM at a moment.</summary>
/// <param name="Seconds">Since it counts.</param>
/// <param name="Heap">Bytes of heap.</param>
/// <param name="Metaspace">Bytes of metaspace.</param>
/// <param name="Load">How much there is to do, 0 to 1.</param>
/// <param name="Phase">By which the JVMs differ.</param>
internal readonly record struct ProcessMoment(double Seconds, long Heap, long Metaspace, double Load, int Phase)
{
    // A heap that fills and is collected, at a pace and phase of its own.
    public double Saw => ((Seconds / 40) + (Phase % 17 / 17.0)) % 1;

    public double Collections => Math.Floor(Seconds / 40) + 3;
}

/// <summary>A TaskManager's process at a moment.</summary>
internal readonly record struct WorkerMoment(FlinkTaskManager Worker, int Free, bool UsesManaged, DateTimeOffset Now)
{
    public double Busy => Worker.Slots == 0 ? 0 : (Worker.Slots - Free) / (double)Worker.Slots;

    public ProcessMoment Jvm => new((Now - Worker.RegisteredAt).TotalSeconds, Worker.Memory.FrameworkHeap + Worker.Memory.TaskHeap, Worker.Memory.Metaspace, Busy, Worker.DataPort);

    public double UsedNetwork => Math.Floor(Worker.Memory.Network * Busy * 0.05);
}

/// <summary>Metrics of Flink processes as functions of the moment, by the ids of Flink's REST API.</summary>
public static class ProcessMetrics
{
    private const int Segment = 32_768;
    private static readonly IReadOnlyList<(int Since, int Until, MetricRow<ProcessMoment> Row)> Jvm =
    [
        Row("CPU.Load", p => Math.Round(0.01 + (p.Load * 0.4) + (Math.Sin((p.Seconds / 23) + p.Phase) * 0.005), 6)),
        Row("CPU.Time", p => Math.Floor((8 + (p.Seconds * (0.02 + (p.Load * 0.4)))) * 1e9)),
        Row("ClassLoader.ClassesLoaded", _ => 9_420),
        Row("ClassLoader.ClassesUnloaded", _ => 0),
        Row("GarbageCollector.G1_Young_Generation.Count", p => p.Collections),
        Row("GarbageCollector.G1_Young_Generation.Time", p => p.Collections * 18),
        Row("GarbageCollector.G1_Young_Generation.TimeMsPerSecond", _ => 0.45, 119),
        Row("GarbageCollector.G1_Old_Generation.Count", _ => 0),
        Row("GarbageCollector.G1_Old_Generation.Time", _ => 0),
        Row("GarbageCollector.G1_Old_Generation.TimeMsPerSecond", _ => 0, 119),
        Row("GarbageCollector.All.Count", p => p.Collections, 119),
        Row("GarbageCollector.All.Time", p => p.Collections * 18, 119),
        Row("GarbageCollector.All.TimeMsPerSecond", _ => 0.45, 119),
        Row("FileDescriptor.Open", p => 180 + p.Phase % 7, 201),
        Row("FileDescriptor.Max", _ => 1_048_576, 201),
        Row("Memory.Direct.Count", _ => 2_057),
        Row("Memory.Direct.MemoryUsed", _ => 75_710_465),
        Row("Memory.Direct.TotalCapacity", _ => 75_710_464),
        Row("Memory.Heap.Committed", p => p.Heap),
        Row("Memory.Heap.Max", p => p.Heap),
        Row("Memory.Heap.Used", p => Math.Floor(p.Heap * (0.25 + (0.4 * p.Saw)))),
        Row("Memory.Mapped.Count", _ => 0),
        Row("Memory.Mapped.MemoryUsed", _ => 0),
        Row("Memory.Mapped.TotalCapacity", _ => 0),
        Row("Memory.Metaspace.Committed", _ => 48 << 20),
        Row("Memory.Metaspace.Max", p => p.Metaspace),
        Row("Memory.Metaspace.Used", _ => 46 << 20),
        Row("Memory.NonHeap.Committed", _ => 58_720_256),
        Row("Memory.NonHeap.Max", _ => 738_197_504),
        Row("Memory.NonHeap.Used", _ => 55_949_808),
        Row("Threads.Count", p => 52 + p.Phase % 5),
    ];

    private static readonly VersionedTable<WorkerMoment> OfTaskManager = new("flink_taskmanager_",
    [
        .. Jvm.Select(r => (r.Since, r.Until, new MetricRow<WorkerMoment>(r.Row.Id, w => r.Row.Value(w.Jvm)))),
        (0, 0, new("Status.Flink.Memory.Managed.Total", w => w.Worker.Memory.Managed)),
        (0, 0, new("Status.Flink.Memory.Managed.Used", w => w.UsesManaged ? Math.Floor(w.Worker.Memory.Managed * w.Busy) : 0)),
        (0, 0, new("Status.Shuffle.Netty.TotalMemory", w => w.Worker.Memory.Network)),
        (0, 0, new("Status.Shuffle.Netty.UsedMemory", w => w.UsedNetwork)),
        (0, 0, new("Status.Shuffle.Netty.AvailableMemory", w => w.Worker.Memory.Network - w.UsedNetwork)),
        (0, 0, new("Status.Shuffle.Netty.TotalMemorySegments", w => w.Worker.Memory.Network / Segment)),
        (0, 0, new("Status.Shuffle.Netty.UsedMemorySegments", w => Math.Floor(w.UsedNetwork / Segment))),
        (0, 0, new("Status.Shuffle.Netty.AvailableMemorySegments", w => (w.Worker.Memory.Network / Segment) - Math.Floor(w.UsedNetwork / Segment))),
        (0, 0, new("Status.Shuffle.Netty.RequestedMemoryUsage", w => Math.Round(w.Busy * 5))),
    ]);

    private static readonly VersionedTable<(JobManagerState State, DateTimeOffset Now)> OfJobManager = new("flink_jobmanager_",
    [
        .. Jvm.Select(r => (r.Since, r.Until, new MetricRow<(JobManagerState State, DateTimeOffset Now)>(r.Row.Id, j => r.Row.Value(j.State.At(j.Now))))),
        (0, 0, new("numRegisteredTaskManagers", j => j.State.TaskManagers)),
        (0, 0, new("numPendingTaskManagers", _ => 0)),
        (0, 0, new("numRunningJobs", j => j.State.RunningJobs)),
        (0, 0, new("startWorkFailurePerSecond", _ => 0)),
        (0, 0, new("taskSlotsAvailable", j => j.State.FreeSlots)),
        (0, 0, new("taskSlotsTotal", j => j.State.Slots)),
    ]);

    /// <summary>Metrics of one TaskManager's process.</summary>
    /// <param name="worker">The TaskManager.</param>
    /// <param name="free">Slots without tasks at that time.</param>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="now">The moment.</param>
    public static Dictionary<string, double> TaskManager(FlinkTaskManager worker, int free, FlinkCluster cluster, DateTimeOffset now) =>
        OfTaskManager.For(cluster.Version).Values(new WorkerMoment(worker, free, RocksDbMetrics.IsUsed(cluster.Configuration), now));

    /// <summary>Metrics of a JobManager's process.</summary>
    public static Dictionary<string, double> JobManager(JobManagerState state, string version, DateTimeOffset now) => OfJobManager.For(version).Values((state, now));

    internal static MetricTable<WorkerMoment> TaskManagerTable(string version) => OfTaskManager.For(version);

    internal static MetricTable<(JobManagerState State, DateTimeOffset Now)> JobManagerTable(string version) => OfJobManager.For(version);

    /// <summary>The table of a JVM that is no Flink process.</summary>
    internal static MetricTable<ProcessMoment> JvmOf(string prefix) => new(prefix, [.. Jvm.Where(r => r.Since <= 120).Select(r => r.Row)]);

    private static (int, int, MetricRow<ProcessMoment>) Row(string id, Func<ProcessMoment, double> value, int since = 0) => (since, 0, new("Status.JVM." + id, value));
}
