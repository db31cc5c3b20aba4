namespace FlinkDashboard.Model.Metrics;

public static partial class MetricCatalog
{
    private const string NoAutoscaler = "No series: the autoscaler is off for this application (job.autoscaler.enabled), or the operator's metrics are not scraped.";

    private static MetricChart OfOperator(string group, string id, string title, ChartUnit unit, string meaning, IReadOnlyList<string> needs, params ReadOnlySpan<ChartQuery> queries) =>
        Chart(ChartSubjectKind.Operator, group, id, title, unit, meaning, NoOperator, needs, queries);

    // The state is part of the metric's name.
    private static string ByState(string family, string selector) =>
        $"sum by (state) (label_replace({{__name__=~\"flink_k8soperator_namespace_{family}_.+_Count\"{selector}}}, \"state\", \"$1\", \"__name__\", \"flink_k8soperator_namespace_{family}_(.+)_Count\"))";

    private static IReadOnlyList<MetricChart> Operator =>
    [
        OfOperator("Resources", "lifecycle", "Applications by lifecycle state", ChartUnit.Count,
            "FlinkDeployments in each state of the operator. FAILED above zero needs somebody; UPGRADING or ROLLING_BACK for long too.",
            ["flink_k8soperator_namespace_Lifecycle_State_*_Count"],
            new ChartQuery(ByState("Lifecycle_State", ",resourcetype=\"FlinkDeployment\""), "{{state}}")) with { IsMain = true, IsStacked = true },
        OfOperator("Resources", "jobmanager-status", "JobManager deployments by status", ChartUnit.Count,
            "READY is well. MISSING and ERROR mean that the operator must recover the application, and may wait for high availability metadata.",
            ["flink_k8soperator_namespace_JmDeploymentStatus_*_Count"],
            new ChartQuery(ByState("JmDeploymentStatus", ""), "{{state}}")) with { IsMain = true, IsStacked = true },
        OfOperator("Resources", "versions", "Applications by Flink version", ChartUnit.Count, "Which versions run.",
            ["flink_k8soperator_namespace_FlinkMinorVersion_Count"],
            new ChartQuery("sum by (FlinkMinorVersion) (flink_k8soperator_namespace_FlinkMinorVersion_Count)", "{{FlinkMinorVersion}}")) with { IsStacked = true },
        OfOperator("Work", "reconciliations", "Reconciliations per second", ChartUnit.PerSecond,
            "How often the operator looks at a resource, and how often that failed. Failures are told in the resource's status.error and in the operator's log.",
            ["flink_k8soperator_namespace_resource_JOSDK_Reconciliation_Count"],
            new("sum(rate(flink_k8soperator_namespace_resource_JOSDK_Reconciliation_Count[$window]))", "All"),
            new("sum(rate(flink_k8soperator_namespace_resource_JOSDK_Reconciliation_failed_Count[$window]))", "Failed")) with { IsMain = true },
        OfOperator("Work", "operator-api", "API server requests per second", ChartUnit.PerSecond,
            "Requests of the operator to the API server and answers that are errors. 429 means that it is throttled, 409 that somebody else writes the same object.",
            ["flink_k8soperator_KubeClient_HttpRequest_Count"],
            new("sum(rate(flink_k8soperator_KubeClient_HttpRequest_Count[$window]))", "Requests"),
            new("sum(rate((sum by (namespace, pod, instance) ({__name__=~\"flink_k8soperator_KubeClient_HttpResponse_(4|5)[0-9][0-9]_Count\"}))[$window:$scrape]))", "Errors")),
        OfOperator("Process", "operator-heap", "Operator's heap", ChartUnit.Ratio, "Share of the greatest heap. Above 0.9 for ten minutes: raise the memory of the operator's pod.",
            ["flink_k8soperator_Status_JVM_Memory_Heap_Used"],
            new ChartQuery("max by (pod) (flink_k8soperator_Status_JVM_Memory_Heap_Used / (flink_k8soperator_Status_JVM_Memory_Heap_Max > 0))", "{{pod}}")) with { Thresholds = [new(0.9, "heap nearly full", IsSevere: true)] },
        OfOperator("Process", "operator-cpu", "Operator's CPU", ChartUnit.Cores, "Cores of the operator's Java process.",
            ["flink_k8soperator_Status_JVM_CPU_Time"],
            new ChartQuery("sum by (pod) (rate(flink_k8soperator_Status_JVM_CPU_Time[$window])) / 1e9", "{{pod}}")),
        OfOperator("Process", "operator-threads", "Operator's threads", ChartUnit.Count, "Threads of the operator's Java process: a line that only rises is a leak.",
            ["flink_k8soperator_Status_JVM_Threads_Count"],
            new ChartQuery("max by (pod) (flink_k8soperator_Status_JVM_Threads_Count)", "{{pod}}")),
    ];

    private static MetricChart OfAutoscaler(string id, string title, ChartUnit unit, string meaning, string need, params ReadOnlySpan<ChartQuery> queries) =>
        Chart(ChartSubjectKind.Application, "Autoscaler", id, title, unit, meaning, NoAutoscaler, [AutoscalerName(need)], queries);

    private static string AutoscalerName(string metric) => "flink_k8soperator_namespace_resource_AutoScaler_" + metric;

    private static ChartQuery ByVertex(string metric, string legend) => new($"max by (jobVertexID) ({AutoscalerName("jobVertexID_" + metric)}{{$owner}})", legend);

    private static IReadOnlyList<MetricChart> Autoscaler =>
    [
        OfAutoscaler("autoscaler-load", "Load that the autoscaler sees", ChartUnit.Ratio,
            "Mean share of time at work of each vertex over the metrics window. It is kept between the bounds around job.autoscaler.utilization.target.", "jobVertexID_LOAD_Average",
            ByVertex("LOAD_Average", "{{jobVertexID}}")),
        OfAutoscaler("autoscaler-parallelism", "Parallelism and recommendation", ChartUnit.Count,
            "Apart, they show that the autoscaler wants to scale and does not: it is off for acting, in its stabilization interval, or bounded.", "jobVertexID_PARALLELISM_Current",
            ByVertex("PARALLELISM_Current", "Now: {{jobVertexID}}"), ByVertex("RECOMMENDED_PARALLELISM_Current", "Recommended: {{jobVertexID}}")),
        OfAutoscaler("autoscaler-rate", "Processing rate and its bounds", ChartUnit.RecordsPerSecond,
            "What each vertex could process, what it should (target), and the bounds beyond which the autoscaler acts.", "jobVertexID_TRUE_PROCESSING_RATE_Average",
            ByVertex("TRUE_PROCESSING_RATE_Average", "Could: {{jobVertexID}}"), ByVertex("TARGET_DATA_RATE_Average", "Should: {{jobVertexID}}"),
            ByVertex("SCALE_UP_RATE_THRESHOLD_Current", "Scale up below: {{jobVertexID}}"), ByVertex("SCALE_DOWN_RATE_THRESHOLD_Current", "Scale down above: {{jobVertexID}}")),
        OfAutoscaler("autoscaler-lag", "Lag that the autoscaler sees", ChartUnit.Count,
            "Records behind, by source vertex: the autoscaler plans enough parallelism to work them off within job.autoscaler.catch-up.duration.", "jobVertexID_LAG_Current",
            ByVertex("LAG_Current", "{{jobVertexID}}")),
        OfAutoscaler("autoscaler-scalings", "Scalings per day", ChartUnit.Count,
            "How often it scaled. Many a day cost restarts: widen the bounds, or lengthen job.autoscaler.stabilization.interval.", "scalings",
            new ChartQuery($"sum(increase({AutoscalerName("scalings")}{{$owner}}[1d]))", "Scalings"), new ChartQuery($"sum(increase({AutoscalerName("errors")}{{$owner}}[1d]))", "Errors")),
    ];
}
