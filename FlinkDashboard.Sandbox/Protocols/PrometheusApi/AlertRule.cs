using System.Text.RegularExpressions;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;
using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>An alerting rule.</summary>
/// <param name="Name">Name of its alerts.</param>
/// <param name="Query">Its alerts are the series that this has.</param>
/// <param name="For">How long they must be there before they fire.</param>
/// <param name="Severity">Label <c>severity</c>.</param>
/// <param name="Summary">Annotation <c>summary</c>, a template.</param>
internal sealed partial record AlertRule(string Name, string Query, TimeSpan For, string Severity, string Summary)
{
    private const string Jobs = "by (namespace, app, job_id, job_name)";

    /// <summary>Those of this Prometheus.</summary>
    public static IReadOnlyList<AlertRule> All { get; } =
    [
        new("FlinkJobRestarting", $"max {Jobs} (increase(flink_jobmanager_job_numRestarts[15m])) > 3", TimeSpan.Zero, "warning", "{{ $labels.job_name }} has restarted {{ $value }} times in 15 minutes"),
        new("FlinkJobNotRunning", $"max {Jobs} (flink_jobmanager_job_runningTime) == 0", TimeSpan.FromMinutes(5), "critical", "{{ $labels.job_name }} does not run"),
        new("FlinkCheckpointsFailing", $"max {Jobs} (increase(flink_jobmanager_job_numberOfFailedCheckpoints[30m])) > 2", TimeSpan.Zero, "warning", "{{ $value }} checkpoints of {{ $labels.job_name }} have failed in 30 minutes"),
        new("FlinkBackPressured", "max by (namespace, app, task_name) (flink_taskmanager_job_task_backPressuredTimeMsPerSecond) / 1000 > 0.5", TimeSpan.FromMinutes(15), "warning", "{{ $labels.task_name }} is back pressured"),
        new("FlinkHeapFull", "max by (namespace, app, pod) (flink_taskmanager_Status_JVM_Memory_Heap_Used / flink_taskmanager_Status_JVM_Memory_Heap_Max) > 0.9", TimeSpan.FromMinutes(10), "warning", "The heap of {{ $labels.pod }} is full"),
        new("FlinkGarbageCollection", "max by (namespace, app, pod) (flink_taskmanager_Status_JVM_GarbageCollector_All_TimeMsPerSecond) / 1000 > 0.2", TimeSpan.FromMinutes(10), "warning", "{{ $labels.pod }} spends its time on garbage collection"),
        new("FlinkBacklogGrowing", "sum by (namespace, app, operator_name) (deriv(flink_taskmanager_job_task_operator_pendingRecords[30m])) > 1", TimeSpan.FromMinutes(30), "warning", "More and more records wait before {{ $labels.operator_name }}"),
        new("FlinkTaskManagersPending", "sum by (namespace) (kube_pod_status_phase{phase=\"Pending\",pod=~\".+-taskmanager-.+\"}) > 0", TimeSpan.FromMinutes(5), "warning", "{{ $value }} TaskManagers of {{ $labels.namespace }} have no node"),
        new("FlinkMemoryNearLimit", "max by (namespace, pod) (container_memory_working_set_bytes{container=\"flink-main-container\"}) / max by (namespace, pod) (kube_pod_container_resource_limits{resource=\"memory\",container=\"flink-main-container\"}) > 0.95", TimeSpan.FromMinutes(5), "warning", "{{ $labels.pod }} is near its memory limit"),
        new("FlinkNetworkMemoryShort", "max by (namespace, app, pod) (flink_taskmanager_Status_Shuffle_Netty_RequestedMemoryUsage) > 100", TimeSpan.FromMinutes(5), "warning", "{{ $labels.pod }} wants more network memory than it has"),
        new("FlinkWritesStopped", "max by (namespace, app, operator_name) (flink_taskmanager_job_task_operator_column_family_rocksdb_is_write_stopped) == 1", TimeSpan.Zero, "critical", "RocksDB of {{ $labels.operator_name }} takes no writes"),
        new("FlinkResourcesFailed", "sum by (resourcens) (flink_k8soperator_namespace_Lifecycle_State_FAILED_Count) > 0", TimeSpan.Zero, "warning", "{{ $value }} Flink resources of {{ $labels.resourcens }} have failed"),
    ];

    /// <summary>A template with its values.</summary>
    public static string Expand(string template, LabelSet labels, double value) => Variable().Replace(template, m => m.Groups[1].Success ? labels[m.Groups[1].Value] : SampleText.Of(value));

    [GeneratedRegex(@"\{\{ \$(?:labels\.(\w+)|value) \}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
