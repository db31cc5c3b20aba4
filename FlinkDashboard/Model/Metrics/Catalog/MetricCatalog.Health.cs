namespace FlinkDashboard.Model.Metrics;

public static partial class MetricCatalog
{
    private static IReadOnlyList<MetricChart> Health =>
    [
        Flink("Job", "restarts", "Restarts in 15 min", ChartUnit.Count,
            "How often the job was started anew, by failures and by rescaling. More than three point to a failure that comes back: read the exceptions on the Job tab.",
            ["flink_jobmanager_job_numRestarts"],
            new ChartQuery("max by (job_name) (increase(flink_jobmanager_job_numRestarts{$app}[15m]))", "{{job_name}}")) with { IsMain = true, RestId = "restarts", Thresholds = [new(3, "the failure comes back", IsSevere: true)] },
        Flink("Job", "uptime", "Time in RUNNING", ChartUnit.Seconds,
            "Since the job last came to RUNNING; it falls to zero with each restart.",
            ["flink_jobmanager_job_runningTime", "flink_jobmanager_job_uptime"],
            new ChartQuery("max by (job_name) (flink_jobmanager_job_runningTime{$app} or flink_jobmanager_job_uptime{$app} >= 0) / 1000", "{{job_name}}")) with { RestId = "uptime" },
        Flink("Job", "running-share", "Share of the last day in RUNNING", ChartUnit.Ratio,
            "1 is a day without a break. What is missing was spent restarting, upgrading or failing.",
            ["flink_jobmanager_job_runningTime"],
            new ChartQuery("avg_over_time((max by (job_name) (flink_jobmanager_job_runningTime{$app}) > bool 0)[1d:$sparse])", "{{job_name}}")),
        Flink("Job", "slots", "TaskManagers and slots", ChartUnit.Count,
            "Registered TaskManagers, slots in use and slots free. Free slots cost money; none free and a pending TaskManager hold a restart up.",
            ["flink_jobmanager_taskSlotsTotal"],
            new("max(flink_jobmanager_numRegisteredTaskManagers{$app})", "TaskManagers"),
            new("max(flink_jobmanager_taskSlotsTotal{$app}) - max(flink_jobmanager_taskSlotsAvailable{$app})", "Slots in use"),
            new("max(flink_jobmanager_taskSlotsAvailable{$app})", "Slots free")) with { RestId = "slots" },
    ];

    private static IReadOnlyList<MetricChart> Memory =>
    [
        Flink("Memory", "heap", "Heap in use", ChartUnit.Ratio,
            "Share of the greatest heap. A saw is healthy; teeth that begin ever higher are a leak or too little heap. Above 0.9 for ten minutes: raise the memory or look for the leak.",
            ["flink_taskmanager_Status_JVM_Memory_Heap_Used"],
            new("max by ($pod) (flink_taskmanager_Status_JVM_Memory_Heap_Used{$app} / (flink_taskmanager_Status_JVM_Memory_Heap_Max{$app} > 0))", "{{pod}}"),
            new("max by ($pod) (flink_jobmanager_Status_JVM_Memory_Heap_Used{$app} / (flink_jobmanager_Status_JVM_Memory_Heap_Max{$app} > 0))", "{{pod}}")) with { IsMain = true, RestId = "heap", Thresholds = [new(0.9, "heap nearly full", IsSevere: true)] },
        Flink("Memory", "managed-memory", "Managed memory in use", ChartUnit.Ratio,
            "RocksDB, batch operators and Python live here. Zero with RocksDB means that the state backend reports nothing; always full is normal for RocksDB's cache.",
            ["flink_taskmanager_Status_Flink_Memory_Managed_Used"],
            new ChartQuery("max by ($pod) (flink_taskmanager_Status_Flink_Memory_Managed_Used{$app} / (flink_taskmanager_Status_Flink_Memory_Managed_Total{$app} > 0))", "{{pod}}")) with { RestId = "managed-memory" },
        Flink("Memory", "network-memory", "Network memory in use", ChartUnit.Ratio,
            "Buffers between TaskManagers. Full together with back pressure is normal; full without it: raise taskmanager.memory.network.fraction.",
            ["flink_taskmanager_Status_Shuffle_Netty_UsedMemory"],
            new ChartQuery("max by ($pod) (flink_taskmanager_Status_Shuffle_Netty_UsedMemory{$app} / (flink_taskmanager_Status_Shuffle_Netty_TotalMemory{$app} > 0))", "{{pod}}")) with { RestId = "network-memory" },
        Flink("Memory", "network-requested", "Network memory asked for", ChartUnit.Ratio,
            "What all tasks asked for, as a share of what there is. Above 1 tasks get fewer buffers than they want: raise taskmanager.memory.network.fraction.",
            ["flink_taskmanager_Status_Shuffle_Netty_RequestedMemoryUsage"],
            new ChartQuery("max by ($pod) (flink_taskmanager_Status_Shuffle_Netty_RequestedMemoryUsage{$app}) / 100", "{{pod}}")) with { Thresholds = [new(1, "more asked for than there is")] },
        Flink("Memory", "metaspace", "Metaspace in use", ChartUnit.Ratio,
            "Classes. Steps that rise with each restart of a session job are a class loader leak: the TaskManager ends with OutOfMemoryError: Metaspace at 1.",
            ["flink_taskmanager_Status_JVM_Memory_Metaspace_Used"],
            new ChartQuery("max by ($pod) (flink_taskmanager_Status_JVM_Memory_Metaspace_Used{$app} / (flink_taskmanager_Status_JVM_Memory_Metaspace_Max{$app} > 0))", "{{pod}}")) with { RestId = "metaspace", Thresholds = [new(0.95, "metaspace nearly full")] },
        // Before 1.19 by collector, in the metric's name: rate() drops it and finds the same labels twice. All counters of a process begin anew together, so the sum may come first.
        Flink("Memory", "gc", "Share of time in garbage collection", ChartUnit.Ratio,
            "Above 0.2 the process works for its garbage: more heap, or fewer objects kept.",
            ["flink_taskmanager_Status_JVM_GarbageCollector_All_TimeMsPerSecond", "flink_taskmanager_Status_JVM_GarbageCollector_*_Time"],
            new ChartQuery("max by ($pod) (flink_taskmanager_Status_JVM_GarbageCollector_All_TimeMsPerSecond{$app}) / 1000 or rate((sum by ($pod) ({__name__=~\"flink_taskmanager_Status_JVM_GarbageCollector_(G1|PS|ZGC|Copy|MarkSweep|Shenandoah).*_Time\",$app}))[$window:$scrape]) / 1000", "{{pod}}")) with { IsMain = true, Thresholds = [new(0.2, "much time in garbage collection", IsSevere: true)] },
        Flink("Memory", "jvm-cpu", "CPU of the Java processes", ChartUnit.Cores,
            "Cores that each process uses, by its own account. At the container's limit it is throttled.",
            ["flink_taskmanager_Status_JVM_CPU_Time"],
            new("sum by ($pod) (rate(flink_taskmanager_Status_JVM_CPU_Time{$app}[$window])) / 1e9", "{{pod}}"),
            new("sum by ($pod) (rate(flink_jobmanager_Status_JVM_CPU_Time{$app}[$window])) / 1e9", "{{pod}}")),
        Flink("Memory", "threads", "Threads", ChartUnit.Count,
            "Threads of each process. A line that only rises is a leak, mostly of clients that are never closed.",
            ["flink_taskmanager_Status_JVM_Threads_Count"],
            new("max by ($pod) (flink_taskmanager_Status_JVM_Threads_Count{$app})", "{{pod}}"),
            new("max by ($pod) (flink_jobmanager_Status_JVM_Threads_Count{$app})", "{{pod}}")) with { RestId = "threads" },
    ];
}
