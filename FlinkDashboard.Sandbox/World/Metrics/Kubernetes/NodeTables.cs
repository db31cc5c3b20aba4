using System.Collections.Concurrent;
using System.Globalization;

namespace FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

/// <summary>Series about nodes: those of kube-state-metrics, and those of the node exporter.</summary>
internal static class NodeTables
{
    private const double DiskSize = 107_361_579_008;
    private static readonly ConcurrentDictionary<int, MetricTable<(NodeUse Use, DateTimeOffset At)>> Cpus = [];

    public static readonly MetricTable<NodeState> Info = new("", new MetricRow<NodeState>("kube_node_info", _ => 1));

    public static readonly MetricTable<NodeState> Labels = new("", new MetricRow<NodeState>("kube_node_labels", _ => 1));

    public static readonly MetricTable<NodeState> Taint = new("", new MetricRow<NodeState>("kube_node_spec_taint", _ => 1));

    public static readonly MetricTable<NodeState> Status = new("",
    [
        new("kube_node_created", n => n.Created.ToUnixTimeSeconds()),
        new("kube_node_spec_unschedulable", n => n.IsUnschedulable ? 1 : 0),
        .. Resource("cpu", "core", "cpu"), .. Resource("memory", "byte", "memory"), .. Resource("pods", "integer", "pods"), .. Resource("ephemeral_storage", "byte", "ephemeral-storage"),
        .. from type in new[] { "Ready", "MemoryPressure", "DiskPressure", "PIDPressure" }
           from status in new[] { "True", "False", "Unknown" }
           select new MetricRow<NodeState>("kube_node_status_condition", n => n.Conditions.GetValueOrDefault(type, "Unknown") == status ? 1 : 0)
           {
               Labels = LabelSet.Of("condition", type, "status", status.ToLowerInvariant()),
           },
    ]);

    public static readonly MetricTable<NodeState> Name = new("", new MetricRow<NodeState>("node_uname_info", _ => 1));

    public static readonly MetricTable<(NodeUse Use, DateTimeOffset At)> Exporter = new("",
    [
        new("node_boot_time_seconds", u => u.Use.Node.Created.ToUnixTimeSeconds()),
        new("node_load1", u => u.Use.Load(u.At)),
        new("node_load5", u => u.Use.Load(u.At)),
        new("node_load15", u => u.Use.Load(u.At)),
        new("node_memory_MemTotal_bytes", u => u.Use.Node.MemoryBytes),
        new("node_memory_MemAvailable_bytes", u => u.Use.Node.MemoryBytes - u.Use.MemoryBytes(u.At)),
        new("node_memory_MemFree_bytes", u => Math.Floor((u.Use.Node.MemoryBytes - u.Use.MemoryBytes(u.At)) * 0.7)),
        new("node_memory_Cached_bytes", u => Math.Floor((u.Use.Node.MemoryBytes - u.Use.MemoryBytes(u.At)) * 0.25)),
        new("node_memory_Buffers_bytes", u => Math.Floor((u.Use.Node.MemoryBytes - u.Use.MemoryBytes(u.At)) * 0.03)),
        Disk("node_filesystem_size_bytes", _ => DiskSize),
        Disk("node_filesystem_avail_bytes", u => DiskSize - u.Use.DiskBytes(u.At)),
        Disk("node_filesystem_free_bytes", u => DiskSize - u.Use.DiskBytes(u.At)),
        Counter("node_disk_io_time_seconds_total", "nvme0n1", u => Math.Round(u.Use.Uptime(u.At) * 0.013, 3)),
        Counter("node_disk_read_bytes_total", "nvme0n1", u => Math.Floor(u.Use.Uptime(u.At) * 4_100)),
        Counter("node_disk_written_bytes_total", "nvme0n1", u => Math.Floor(u.Use.Uptime(u.At) * 61_000)),
        Counter("node_network_receive_bytes_total", "eth0", u => u.Use.Received(u.At)),
        Counter("node_network_transmit_bytes_total", "eth0", u => u.Use.Sent(u.At)),
        Counter("node_network_receive_errs_total", "eth0", _ => 0),
        Counter("node_network_transmit_errs_total", "eth0", _ => 0),
        Counter("node_network_receive_bytes_total", "lo", u => Math.Floor(u.Use.Uptime(u.At) * 2_500)),
        Counter("node_network_transmit_bytes_total", "lo", u => Math.Floor(u.Use.Uptime(u.At) * 2_500)),
    ]);

    /// <summary>Time of each core by mode.</summary>
    public static MetricTable<(NodeUse Use, DateTimeOffset At)> Cpu(int cores) => Cpus.GetOrAdd(cores, count => new("",
    [
        .. from core in Enumerable.Range(0, count)
           from mode in NodeUse.ModeNames
           select new MetricRow<(NodeUse Use, DateTimeOffset At)>("node_cpu_seconds_total", u => Math.Round(u.Use.CpuSeconds(mode, u.At), 2))
           {
               Type = MetricType.Counter,
               Labels = LabelSet.Of("cpu", core.ToString(CultureInfo.InvariantCulture), "mode", mode),
           },
    ]));

    private static MetricRow<(NodeUse Use, DateTimeOffset At)> Disk(string name, Func<(NodeUse Use, DateTimeOffset At), double> value) =>
        new(name, value) { Labels = LabelSet.Of("mountpoint", "/", "device", "/dev/nvme0n1p1", "fstype", "xfs") };

    private static MetricRow<(NodeUse Use, DateTimeOffset At)> Counter(string name, string device, Func<(NodeUse Use, DateTimeOffset At), double> value) =>
        new(name, value) { Type = MetricType.Counter, Labels = LabelSet.Of("device", device) };

    private static IEnumerable<MetricRow<NodeState>> Resource(string name, string unit, string resource)
    {
        var labels = LabelSet.Of("resource", name, "unit", unit);
        yield return new("kube_node_status_capacity", n => n.Capacity.GetValueOrDefault(resource)) { Labels = labels };
        yield return new("kube_node_status_allocatable", n => n.Allocatable.GetValueOrDefault(resource)) { Labels = labels };
    }
}
