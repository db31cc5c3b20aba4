namespace FlinkDashboard.Model.Metrics;

public static partial class MetricCatalog
{
    private const string NoRocksDb = "No series: the job does not use RocksDB, or its metrics are off. Each is switched on by itself: state.backend.rocksdb.metrics.total-sst-files-size: true, and so on.";

    // Names hold the state's name, or column_family where column-family-as-variable is on: one pattern finds both.
    private static string RocksDb(string property) => $"{{__name__=~\"flink_taskmanager_job_task_operator_.+_rocksdb_{property}\",$app}}";

    private static IReadOnlyList<MetricChart> States =>
    [
        Flink("State", "state-size", "Size of the state", ChartUnit.Bytes,
            "All state that the last checkpoint refers to: what a restore must read.",
            ["flink_jobmanager_job_lastCheckpointFullSize", "flink_jobmanager_job_lastCheckpointSize"],
            new ChartQuery("max by (job_name) (flink_jobmanager_job_lastCheckpointFullSize{$app} >= 0)", "{{job_name}}")) with { RestId = "state-size" },
        Flink("State", "rocksdb-size", "RocksDB files", ChartUnit.Bytes,
            "Size of the SST files on the disks of the TaskManagers. Their volume must hold it, and compaction needs as much again for a while.",
            ["flink_taskmanager_job_task_operator_*_rocksdb_total_sst_files_size"],
            new ChartQuery($"sum by (operator_name) ({RocksDb("total_sst_files_size")})", "{{operator_name}}")) with { Missing = NoRocksDb },
        Flink("State", "rocksdb-cache", "Block cache hits", ChartUnit.Ratio,
            "Share of reads that need no file. Low together with a busy vertex: give more managed memory.",
            ["flink_taskmanager_job_task_operator_rocksdb_block_cache_hit"],
            new ChartQuery("sum by (operator_name) (rate(flink_taskmanager_job_task_operator_rocksdb_block_cache_hit{$app}[$window])) / (sum by (operator_name) (rate(flink_taskmanager_job_task_operator_rocksdb_block_cache_hit{$app}[$window])) + sum by (operator_name) (rate(flink_taskmanager_job_task_operator_rocksdb_block_cache_miss{$app}[$window])) > 0)", "{{operator_name}}")) with { Missing = NoRocksDb },
        Flink("State", "rocksdb-stalls", "Write stalls", ChartUnit.Ratio,
            "1 while RocksDB takes no writes because compaction is behind. Faster disks, more background threads (state.backend.rocksdb.thread.num) or fewer writes help.",
            ["flink_taskmanager_job_task_operator_*_rocksdb_is_write_stopped"],
            new ChartQuery($"max by (operator_name) ({RocksDb("is_write_stopped")})", "{{operator_name}}")) with { Missing = NoRocksDb, Thresholds = [new(1, "no writes", IsSevere: true)] },
        Flink("State", "rocksdb-compaction", "Waiting for compaction", ChartUnit.Bytes,
            "Bytes that compaction still has to rewrite. Rising without end it leads to write stalls.",
            ["flink_taskmanager_job_task_operator_*_rocksdb_estimate_pending_compaction_bytes"],
            new ChartQuery($"sum by (operator_name) ({RocksDb("estimate_pending_compaction_bytes")})", "{{operator_name}}")) with { Missing = NoRocksDb },
    ];

    private static IReadOnlyList<MetricChart> Containers =>
    [
        Chart(ChartSubjectKind.Application, "Pods", "cpu", "CPU of the pods", ChartUnit.Cores,
            "Cores that each pod uses. Without a limit a pod may take what is free on its node.", NoContainers, ["container_cpu_usage_seconds_total"],
            new ChartQuery("sum by (pod) (rate(container_cpu_usage_seconds_total{$pods,container!=\"\",image!=\"\"}[$window]))", "{{pod}}")) with { IsMain = true },
        Chart(ChartSubjectKind.Application, "Pods", "cpu-throttled", "CPU throttled", ChartUnit.Ratio,
            "Share of time slices in which a pod had to wait for its limit. Much of it makes heartbeats late: raise the limit, or take it away.", NoContainers, ["container_cpu_cfs_periods_total"],
            new ChartQuery("sum by (pod) (increase(container_cpu_cfs_throttled_periods_total{$pods,container!=\"\"}[$window])) / (sum by (pod) (increase(container_cpu_cfs_periods_total{$pods,container!=\"\"}[$window])) > 0)", "{{pod}}")),
        Chart(ChartSubjectKind.Application, "Pods", "memory-share", "Memory of the limit", ChartUnit.Ratio,
            "Working set as a share of the limit: the kernel kills the container at 1. Flink fills what it is given, so a flat line below 1 is healthy and a rising one is not.", NoContainers, ["container_memory_working_set_bytes"],
            new ChartQuery("sum by (pod) (container_memory_working_set_bytes{$pods,container!=\"\",image!=\"\"}) / (sum by (pod) (kube_pod_container_resource_limits{$pods,resource=\"memory\"}) > 0)", "{{pod}}")) with { IsMain = true, Thresholds = [new(0.95, "the kernel kills at the limit", IsSevere: true)] },
        Chart(ChartSubjectKind.Application, "Pods", "memory", "Memory of the pods", ChartUnit.Bytes,
            "Working set of each pod: heap, managed memory, metaspace, threads and what the page cache cannot give back.", NoContainers, ["container_memory_working_set_bytes"],
            new ChartQuery("sum by (pod) (container_memory_working_set_bytes{$pods,container!=\"\",image!=\"\"})", "{{pod}}")),
        Chart(ChartSubjectKind.Application, "Pods", "network", "Network of the pods", ChartUnit.BytesPerSecond,
            "Bytes in and out of each pod: shuffles, sources, sinks and checkpoints together.", NoContainers, ["container_network_receive_bytes_total"],
            new("sum by (pod) (rate(container_network_receive_bytes_total{$pods}[$window]))", "In: {{pod}}"),
            new("sum by (pod) (rate(container_network_transmit_bytes_total{$pods}[$window]))", "Out: {{pod}}")),
        Chart(ChartSubjectKind.Application, "Pods", "pod-restarts", "Container restarts per hour", ChartUnit.Count,
            "Containers that ended and were started again in their pod. Look at the pod's last state for the reason.", NoStateMetrics, ["kube_pod_container_status_restarts_total"],
            new ChartQuery("sum by (pod) (increase(kube_pod_container_status_restarts_total{$pods}[$hour]))", "{{pod}}")),
        Chart(ChartSubjectKind.Application, "Pods", "oom-kills", "Killed for memory", ChartUnit.Count,
            "Pods whose container last ended because it went beyond its limit. Raise the memory, or find what grows outside of the heap.", NoStateMetrics, ["kube_pod_container_status_last_terminated_reason", "kube_pod_info"],
            new ChartQuery("sum(kube_pod_container_status_last_terminated_reason{$pods,reason=\"OOMKilled\"}) or sum(kube_pod_info{$pods}) * 0", "Pods")) with { Thresholds = [new(1, "killed at its memory limit", IsSevere: true)] },
        Chart(ChartSubjectKind.Application, "Pods", "pods-waiting", "Pods that wait", ChartUnit.Count,
            "Pods that no node takes, and pods whose phase is Pending. Longer than five minutes: look at the pod's events and at Karpenter.", NoStateMetrics, ["kube_pod_status_phase"],
            new ChartQuery("sum(kube_pod_status_phase{$pods,phase=\"Pending\"})", "Pending")),
    ];
}
