namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>A TaskManager registered at the JobManager.</summary>
/// <param name="Id">Resource id: the pod's name in native mode, <c>ip:port-hex</c> in standalone mode.</param>
/// <param name="Namespace">Namespace of its pod.</param>
/// <param name="PodName">Its pod.</param>
/// <param name="PodIp">Address of its pod.</param>
/// <param name="Memory">Sizes of its memory pools.</param>
public sealed record FlinkTaskManager(string Id, string Namespace, string PodName, string PodIp, FlinkMemory Memory)
{
    /// <summary>Slots.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Slots without tasks.</summary>
    public int FreeSlots { get; internal set; }

    /// <summary>CPU cores.</summary>
    public double Cpu { get; init; }

    /// <summary>Process memory in bytes, which the operator sums up as <c>total-memory</c>.</summary>
    public long ProcessMemory => Memory.TotalProcess;

    /// <summary>When it registered.</summary>
    public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Data port.</summary>
    public int DataPort { get; init; }

    /// <summary>Since when all its slots are free; null while one is taken.</summary>
    public DateTimeOffset? IdleSince { get; internal set; }
}
