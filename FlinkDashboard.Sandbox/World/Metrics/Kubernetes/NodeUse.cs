namespace FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

/// <summary>What a machine has done since it booted: what its containers use, and something for the kubelet, the runtime and the kernel.</summary>
/// <param name="node">The node.</param>
/// <param name="pods">Pods on it, which stay the same while this lasts.</param>
/// <param name="from">Since when these pods are there.</param>
/// <param name="before">Seconds of CPU before that.</param>
internal sealed class NodeUse(NodeState node, IEnumerable<PodState> pods, DateTimeOffset from, double before)
{
    private const double SystemCores = 0.08;
    private const double SystemBytes = 700_000_000;
    private static readonly (string Mode, double Share)[] Modes = [("user", 0.71), ("system", 0.22), ("iowait", 0.03), ("softirq", 0.02), ("steal", 0.015), ("irq", 0.005), ("nice", 0)];
    private readonly IReadOnlyList<ContainerUse> _containers =
        [.. pods.SelectMany(p => p.Containers.Where(c => c.RunningSince is not null).Select(c => new ContainerUse(p, c, c.RunningSince!.Value)))];

    /// <summary>Names of the ways a CPU spends its time.</summary>
    public static IEnumerable<string> ModeNames => Modes.Select(m => m.Mode).Append("idle");

    public NodeState Node => node;

    /// <summary>Seconds since it booted.</summary>
    public double Uptime(DateTimeOffset moment) => Math.Max(0, (moment - node.Created).TotalSeconds);

    /// <summary>Seconds of CPU that were not idle, of all cores together.</summary>
    public double BusySeconds(DateTimeOffset moment) => before + Math.Min((moment - from).TotalSeconds * node.Cores * 0.98,
        (SystemCores * (moment - from).TotalSeconds) + _containers.Sum(c => c.CpuSeconds(moment) - c.CpuSeconds(from > c.Since ? from : c.Since)));

    /// <summary>Seconds that each core has spent in a mode.</summary>
    public double CpuSeconds(string mode, DateTimeOffset moment)
    {
        var busy = BusySeconds(moment) / node.Cores;
        return mode == "idle" ? Math.Max(0, Uptime(moment) - busy) : busy * Modes.First(m => m.Mode == mode).Share;
    }

    /// <summary>Bytes in use.</summary>
    public double MemoryBytes(DateTimeOffset moment) => Math.Min(node.MemoryBytes * 0.985, SystemBytes + _containers.Sum(c => c.WorkingSet(moment)));

    /// <summary>Processes that want to run.</summary>
    public double Load(DateTimeOffset moment)
    {
        var minute = moment.AddMinutes(-1) > from ? moment.AddMinutes(-1) : from;
        var seconds = (moment - minute).TotalSeconds;
        return Math.Round(seconds < 1 ? SystemCores : (BusySeconds(moment) - BusySeconds(minute)) / seconds * 1.15, 2);
    }

    /// <summary>Bytes of the root file system in use.</summary>
    public double DiskBytes(DateTimeOffset moment) => 9_000_000_000 + _containers.Sum(c => c.DiskBytes(moment));

    /// <summary>Bytes received by the network interface.</summary>
    public double Received(DateTimeOffset moment) => Math.Floor(Uptime(moment) * 90_000);

    /// <summary>Bytes sent by it.</summary>
    public double Sent(DateTimeOffset moment) => Math.Floor(Uptime(moment) * 70_000);
}
