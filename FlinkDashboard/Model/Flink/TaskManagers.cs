using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Flink;

/// <summary><c>/taskmanagers</c>.</summary>
public sealed record TaskManagerList
{
    /// <summary>The registered ones.</summary>
    [JsonPropertyName("taskmanagers")]
    public IReadOnlyList<TaskManager> TaskManagers { get; init => field = value ?? []; } = [];
}

/// <summary>A TaskManager.</summary>
public record TaskManager
{
    /// <summary>Native Kubernetes: the pod's name. Standalone: <c>ip:port-hex</c>.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>RPC address (<c>pekko.tcp://…</c>, <c>akka.tcp://…</c> before 1.18).</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? Path { get; init; }

    /// <summary>Port for records.</summary>
    public int DataPort { get; init; }

    /// <summary>Port of JMX; -1 without.</summary>
    public int JmxPort { get; init; }

    /// <summary>Last heartbeat. (The field is called "time since" but holds a time.)</summary>
    [JsonPropertyName("timeSinceLastHeartbeat")]
    public DateTimeOffset? LastHeartbeat { get; init; }

    /// <summary>Slots.</summary>
    public int SlotsNumber { get; init; }

    /// <summary>Slots without tasks.</summary>
    public int FreeSlots { get; init; }

    /// <summary>Tasks that run there (since 2.3).</summary>
    public int? AssignedTasks { get; init; }

    /// <summary>What all slots together have.</summary>
    public SlotResource TotalResource { get; init => field = value ?? new(); } = new();

    /// <summary>What is not given out.</summary>
    public SlotResource FreeResource { get; init => field = value ?? new(); } = new();

    /// <summary>The machine as the process sees it.</summary>
    public TaskManagerHardware Hardware { get; init => field = value ?? new(); } = new();

    /// <summary>Configured sizes of the memory model.</summary>
    public TaskManagerMemory MemoryConfiguration { get; init => field = value ?? new(); } = new();

    /// <summary>On a blocked node (since 1.16, absent when not).</summary>
    public bool Blocked { get; init; }
}

/// <summary><c>/taskmanagers/ID</c>.</summary>
public sealed record TaskManagerDetails : TaskManager
{
    /// <summary>Use of memory; all zero until Flink has fetched it.</summary>
    public TaskManagerMetrics Metrics { get; init => field = value ?? new(); } = new();

    /// <summary>Slots that were given to jobs.</summary>
    public IReadOnlyList<AllocatedSlot> AllocatedSlots { get; init => field = value ?? []; } = [];
}

/// <summary>Resources of slots. Memory in MiB.</summary>
public sealed record SlotResource
{
    /// <summary>CPU cores.</summary>
    public double CpuCores { get; init; }

    /// <summary>MiB.</summary>
    public long TaskHeapMemory { get; init; }

    /// <summary>MiB.</summary>
    public long TaskOffHeapMemory { get; init; }

    /// <summary>MiB.</summary>
    public long ManagedMemory { get; init; }

    /// <summary>MiB.</summary>
    public long NetworkMemory { get; init; }

    /// <summary>Others, as GPUs.</summary>
    public IReadOnlyDictionary<string, double> ExtendedResources { get; init => field = value ?? None; } = None;

    private static IReadOnlyDictionary<string, double> None { get; } = new Dictionary<string, double>();
}

/// <summary>The machine. Bytes.</summary>
public sealed record TaskManagerHardware
{
    /// <summary>CPU cores.</summary>
    public int CpuCores { get; init; }

    /// <summary>Memory of the machine.</summary>
    public long PhysicalMemory { get; init; }

    /// <summary>Largest heap of the JVM.</summary>
    public long FreeMemory { get; init; }

    /// <summary>Managed memory.</summary>
    public long ManagedMemory { get; init; }
}

/// <summary>Configured sizes in bytes; null where Flink does not know.</summary>
public sealed record TaskManagerMemory
{
    /// <summary>Heap of Flink itself.</summary>
    public long? FrameworkHeap { get; init; }

    /// <summary>Heap of user code.</summary>
    public long? TaskHeap { get; init; }

    /// <summary>Off-heap of Flink itself.</summary>
    public long? FrameworkOffHeap { get; init; }

    /// <summary>Off-heap of user code.</summary>
    public long? TaskOffHeap { get; init; }

    /// <summary>Buffers of the network.</summary>
    public long? NetworkMemory { get; init; }

    /// <summary>RocksDB, sorting, caches.</summary>
    public long? ManagedMemory { get; init; }

    /// <summary>Metaspace of the JVM.</summary>
    public long? JvmMetaspace { get; init; }

    /// <summary>Threads, code cache, garbage collection.</summary>
    public long? JvmOverhead { get; init; }

    /// <summary>Without metaspace and overhead.</summary>
    public long? TotalFlinkMemory { get; init; }

    /// <summary>All.</summary>
    public long? TotalProcessMemory { get; init; }
}

/// <summary>Use of memory. Bytes and counts.</summary>
public sealed record TaskManagerMetrics
{
    /// <summary>Heap in use.</summary>
    public long HeapUsed { get; init; }

    /// <summary>Heap the system has given.</summary>
    public long HeapCommitted { get; init; }

    /// <summary>Heap limit.</summary>
    public long HeapMax { get; init; }

    /// <summary>Metaspace, code cache and the like in use.</summary>
    public long NonHeapUsed { get; init; }

    /// <summary>Given.</summary>
    public long NonHeapCommitted { get; init; }

    /// <summary>Limit.</summary>
    public long NonHeapMax { get; init; }

    /// <summary>Direct buffers.</summary>
    public long DirectCount { get; init; }

    /// <summary>Their bytes.</summary>
    public long DirectUsed { get; init; }

    /// <summary>Their capacity.</summary>
    public long DirectMax { get; init; }

    /// <summary>Mapped buffers.</summary>
    public long MappedCount { get; init; }

    /// <summary>Their bytes.</summary>
    public long MappedUsed { get; init; }

    /// <summary>Their capacity.</summary>
    public long MappedMax { get; init; }

    /// <summary>Free network segments.</summary>
    public long NettyShuffleMemorySegmentsAvailable { get; init; }

    /// <summary>Used network segments.</summary>
    public long NettyShuffleMemorySegmentsUsed { get; init; }

    /// <summary>All network segments.</summary>
    public long NettyShuffleMemorySegmentsTotal { get; init; }

    /// <summary>Free network memory.</summary>
    public long NettyShuffleMemoryAvailable { get; init; }

    /// <summary>Used network memory.</summary>
    public long NettyShuffleMemoryUsed { get; init; }

    /// <summary>All network memory.</summary>
    public long NettyShuffleMemoryTotal { get; init; }

    /// <summary>Garbage collectors, <c>All</c> among them (since 1.19).</summary>
    public IReadOnlyList<GarbageCollector> GarbageCollectors { get; init => field = value ?? []; } = [];
}

/// <summary>A garbage collector since the start of the process.</summary>
public sealed record GarbageCollector
{
    /// <summary>Its name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Collections.</summary>
    public long Count { get; init; }

    /// <summary>Time spent.</summary>
    public TimeSpan? Time { get; init; }
}

/// <summary>A slot that was given to a job.</summary>
public sealed record AllocatedSlot
{
    /// <summary>The job.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string? JobId { get; init; }

    /// <summary>What it has.</summary>
    public SlotResource Resource { get; init => field = value ?? new(); } = new();

    /// <summary>Tasks in it (since 2.3).</summary>
    public int? AssignedTasks { get; init; }
}
