namespace FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

/// <summary>Series about pods: those of kube-state-metrics, and those of cAdvisor.</summary>
internal static class PodTables
{
    private static readonly string[] Phases = ["Pending", "Succeeded", "Failed", "Unknown", "Running"];

    private static LabelSet One(string name, string value) => LabelSet.Of(name, value);

    private static MetricRow<PodState> Condition(string name, string value, Func<PodState, bool> of) => new(name, p => of(p) ? 1 : 0) { Labels = One("condition", value) };

    public static readonly MetricTable<PodState> Info = new("", new MetricRow<PodState>("kube_pod_info", _ => 1));

    public static readonly MetricTable<PodState> Labels = new("", new MetricRow<PodState>("kube_pod_labels", _ => 1));

    public static readonly MetricTable<PodState> Owner = new("", new MetricRow<PodState>("kube_pod_owner", _ => 1));

    public static readonly MetricTable<PodState> Status = new("",
    [
        new("kube_pod_created", p => p.Created.ToUnixTimeSeconds()),
        .. Phases.Select(phase => new MetricRow<PodState>("kube_pod_status_phase", p => p.Phase == phase ? 1 : 0) { Labels = One("phase", phase) }),
        Condition("kube_pod_status_ready", "true", p => p.IsReady),
        Condition("kube_pod_status_ready", "false", p => !p.IsReady),
        Condition("kube_pod_status_ready", "unknown", _ => false),
        Condition("kube_pod_status_scheduled", "true", p => p.IsScheduled),
        Condition("kube_pod_status_scheduled", "false", p => !p.IsScheduled),
        Condition("kube_pod_status_scheduled", "unknown", _ => false),
        .. new[] { "Evicted", "NodeAffinity", "NodeLost", "Shutdown", "UnexpectedAdmissionError" }
            .Select(reason => new MetricRow<PodState>("kube_pod_status_reason", p => p.Reason == reason ? 1 : 0) { Labels = One("reason", reason) }),
    ]);

    public static readonly MetricTable<PodState> Started = new("", new MetricRow<PodState>("kube_pod_start_time", p => p.Started!.Value.ToUnixTimeSeconds()));

    public static readonly MetricTable<PodState> Unschedulable = new("", new MetricRow<PodState>("kube_pod_status_unschedulable", _ => 1));

    public static readonly MetricTable<ContainerState> Container = new("",
    [
        new("kube_pod_container_status_restarts_total", c => c.Restarts) { Type = MetricType.Counter },
        new("kube_pod_container_status_ready", c => c.IsReady ? 1 : 0),
        new("kube_pod_container_status_running", c => c.RunningSince is not null ? 1 : 0),
        new("kube_pod_container_status_waiting", c => c.WaitingReason is not null ? 1 : 0),
        new("kube_pod_container_status_terminated", c => c.TerminatedReason is not null ? 1 : 0),
    ]);

    public static readonly MetricTable<ContainerState> ContainerInfo = new("", new MetricRow<ContainerState>("kube_pod_container_info", _ => 1));

    public static readonly MetricTable<ContainerState> Waiting = new("", new MetricRow<ContainerState>("kube_pod_container_status_waiting_reason", _ => 1));

    public static readonly MetricTable<ContainerState> Terminated = new("", new MetricRow<ContainerState>("kube_pod_container_status_terminated_reason", _ => 1));

    public static readonly MetricTable<ContainerState> LastTerminated = new("", new MetricRow<ContainerState>("kube_pod_container_status_last_terminated_reason", _ => 1));

    public static readonly IReadOnlyList<(MetricTable<ContainerState> Table, Func<ContainerState, double?> Amount)> Resources =
    [
        Resource("requests", "cpu", c => c.CpuRequest),
        Resource("requests", "memory", c => c.MemoryRequest),
        Resource("limits", "cpu", c => c.CpuLimit),
        Resource("limits", "memory", c => c.MemoryLimit),
    ];

    public static readonly MetricTable<(ContainerUse Use, DateTimeOffset At)> Use = new("",
    [
        new("container_cpu_usage_seconds_total", u => u.Use.CpuSeconds(u.At)) { Type = MetricType.Counter },
        new("container_memory_working_set_bytes", u => u.Use.WorkingSet(u.At)),
        new("container_memory_rss", u => Math.Floor(u.Use.WorkingSet(u.At) * 0.94)),
        new("container_memory_usage_bytes", u => Math.Floor(u.Use.WorkingSet(u.At) * 1.06)),
        new("container_memory_cache", u => Math.Floor(u.Use.WorkingSet(u.At) * 0.1)),
        new("container_fs_usage_bytes", u => u.Use.DiskBytes(u.At)),
        new("container_oom_events_total", u => u.Use.Container.LastTerminatedReason == "OOMKilled" ? 1 : 0) { Type = MetricType.Counter },
        new("container_start_time_seconds", u => u.Use.Since.ToUnixTimeSeconds()),
    ]);

    public static readonly MetricTable<(ContainerUse Use, DateTimeOffset At)> Limited = new("",
    [
        new("container_cpu_cfs_periods_total", u => u.Use.Periods(u.At)) { Type = MetricType.Counter },
        new("container_cpu_cfs_throttled_periods_total", u => u.Use.ThrottledPeriods(u.At)) { Type = MetricType.Counter },
        new("container_cpu_cfs_throttled_seconds_total", u => u.Use.ThrottledPeriods(u.At) * 0.04) { Type = MetricType.Counter },
    ]);

    public static readonly MetricTable<(IReadOnlyList<ContainerUse> All, DateTimeOffset At)> Group = new("",
    [
        new("container_cpu_usage_seconds_total", u => u.All.Sum(c => c.CpuSeconds(u.At))) { Type = MetricType.Counter },
        new("container_memory_working_set_bytes", u => u.All.Sum(c => c.WorkingSet(u.At)) + 524_288),
    ]);

    public static readonly MetricTable<(ContainerUse Use, DateTimeOffset At)> Network = new("",
    [
        new("container_network_receive_bytes_total", u => u.Use.Received(u.At)) { Type = MetricType.Counter },
        new("container_network_transmit_bytes_total", u => u.Use.Sent(u.At)) { Type = MetricType.Counter },
        new("container_network_receive_packets_total", u => Math.Floor(u.Use.Received(u.At) / 700)) { Type = MetricType.Counter },
        new("container_network_transmit_packets_total", u => Math.Floor(u.Use.Sent(u.At) / 700)) { Type = MetricType.Counter },
    ]);

    /// <summary>All tables of kube-state-metrics.</summary>
    public static readonly IReadOnlyList<MetricTable> OfState =
        [Info, Labels, Owner, Status, Started, Unschedulable, Container, ContainerInfo, Waiting, Terminated, LastTerminated, .. Resources.Select(r => r.Table)];

    /// <summary>All tables of cAdvisor.</summary>
    public static readonly IReadOnlyList<MetricTable> OfUse = [Use, Limited, Group, Network];

    private static (MetricTable<ContainerState>, Func<ContainerState, double?>) Resource(string kind, string resource, Func<ContainerState, double?> amount) =>
        (new MetricTable<ContainerState>("", new MetricRow<ContainerState>("kube_pod_container_resource_" + kind, c => amount(c)!.Value)
        {
            Labels = LabelSet.Of("resource", resource, "unit", resource == "cpu" ? "core" : "byte"),
        }), amount);
}
