namespace FlinkDashboard.Model.Metrics;

public static partial class MetricCatalog
{
    private static MetricChart OfNodes(string id, string title, ChartUnit unit, string meaning, string missing, string need, string query, string legend) =>
        Chart(ChartSubjectKind.Nodes, "Nodes", id, title, unit, meaning, missing, [need], new ChartQuery(query, legend)) with { IsMain = true };

    // node-exporter knows addresses; its node_uname_info knows the node's name.
    private static string ByNode(string expression) => $"max by (nodename) ({expression} * on (instance) group_left (nodename) node_uname_info)";

    private static IReadOnlyList<MetricChart> Nodes =>
    [
        OfNodes("node-cpu", "CPU used", ChartUnit.Ratio, "Share of each node's processors at work. High everywhere with pods pending: the node pools' limits are too low.", NoNodeExporter,
            "node_cpu_seconds_total", ByNode("(1 - avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\"}[$window])))"), "{{nodename}}"),
        OfNodes("node-memory", "Memory used", ChartUnit.Ratio, "Share of each node's memory that is not available. Near 1 the kubelet evicts pods.", NoNodeExporter,
            "node_memory_MemAvailable_bytes", ByNode("(1 - max by (instance) (node_memory_MemAvailable_bytes) / max by (instance) (node_memory_MemTotal_bytes))"), "{{nodename}}") with { Thresholds = [new(0.95, "the kubelet evicts pods", IsSevere: true)] },
        OfNodes("node-cpu-requested", "CPU requested", ChartUnit.Ratio, "What pods request, as a share of what the node can give. Far above what is used: requests are too generous.", NoStateMetrics,
            "kube_node_status_allocatable", Requested("cpu"), "{{node}}"),
        OfNodes("node-memory-requested", "Memory requested", ChartUnit.Ratio, "What pods request, as a share of what the node can give. Near 1 no further TaskManager fits.", NoStateMetrics,
            "kube_node_status_allocatable", Requested("memory"), "{{node}}"),
        OfNodes("node-pods", "Pods by node", ChartUnit.Count, "Pods on each node. All TaskManagers on one node fall with it: use a spread constraint.", NoStateMetrics,
            "kube_pod_info", "count by (node) (kube_pod_info{node!=\"\"})", "{{node}}") with { IsStacked = true },
        OfNodes("node-not-ready", "Nodes not ready", ChartUnit.Count, "Nodes whose kubelet does not say Ready. Their pods are moved after five minutes.", NoStateMetrics,
            "kube_node_status_condition", "sum(kube_node_status_condition{condition=\"Ready\",status!=\"true\"})", "Not ready") with { Thresholds = [new(1, "a node is not ready", IsSevere: true)] },
        OfNodes("pods-pending", "Pods pending", ChartUnit.Count, "Pods that wait for a node, by namespace. Longer than five minutes: look at the pod's events and at Karpenter.", NoStateMetrics,
            "kube_pod_status_phase", "sum by (namespace) (kube_pod_status_phase{phase=\"Pending\"})", "{{namespace}}") with { IsStacked = true },
    ];

    private static string Requested(string resource) =>
        $"sum by (node) (kube_pod_container_resource_requests{{resource=\"{resource}\"}} * on (namespace, pod) group_left () (max by (namespace, pod) (kube_pod_status_phase{{phase=~\"Pending|Running\"}} == 1))) / sum by (node) (kube_node_status_allocatable{{resource=\"{resource}\"}})";

    private static MetricChart OfKarpenter(string id, string title, ChartUnit unit, string meaning, string need, string query, string legend) =>
        Chart(ChartSubjectKind.Karpenter, "Karpenter", id, title, unit, meaning, NoKarpenter, [need], new ChartQuery(query, legend)) with { IsMain = true };

    private static IReadOnlyList<MetricChart> Karpenter =>
    [
        OfKarpenter("karpenter-capacity", "CPU by pool, capacity and type", ChartUnit.Cores, "What Karpenter's nodes can give. Spot shares that shrink mean interruptions or no offers.",
            "karpenter_nodes_allocatable", "sum by (nodepool, capacity_type, instance_type) (karpenter_nodes_allocatable{resource_type=\"cpu\"})", "{{nodepool}} {{capacity_type}} {{instance_type}}") with { IsStacked = true },
        OfKarpenter("karpenter-used", "Requested share by pool", ChartUnit.Ratio, "What pods request of what the nodes can give. Low for long: consolidation is off or blocked.",
            "karpenter_nodes_total_pod_requests", "sum by (nodepool) (karpenter_nodes_total_pod_requests{resource_type=\"cpu\"}) / (sum by (nodepool) (karpenter_nodes_allocatable{resource_type=\"cpu\"}) > 0)", "{{nodepool}}"),
        OfKarpenter("karpenter-limit", "Use of the pools' limits", ChartUnit.Ratio, "Share of a pool's limit. At 1 Karpenter starts no more nodes and pods stay pending: raise spec.limits.",
            "karpenter_nodepools_limit", "karpenter_nodepools_usage / (karpenter_nodepools_limit > 0)", "{{nodepool}} {{resource_type}}") with { Thresholds = [new(1, "no more nodes", IsSevere: true)] },
        OfKarpenter("karpenter-interruptions", "Interruptions per hour", ChartUnit.Count, "Messages of AWS that a node ends soon: spot, rebalance, maintenance. Each may restart jobs.",
            "karpenter_interruption_received_messages_total", "sum by (message_type) (increase(karpenter_interruption_received_messages_total[$hour]))", "{{message_type}}"),
        OfKarpenter("karpenter-disruptions", "Nodes disrupted per hour", ChartUnit.Count, "Nodes that Karpenter ended by itself, by reason. Many by consolidation restart jobs for little: set a disruption budget, or karpenter.sh/do-not-disrupt on pods.",
            "karpenter_nodeclaims_disrupted_total", "sum by (reason, nodepool) (increase(karpenter_nodeclaims_disrupted_total[$hour]))", "{{nodepool}} {{reason}}"),
        OfKarpenter("karpenter-startup", "Time until pods run", ChartUnit.Seconds, "Nine of ten pods run within this time after they were made. A new node takes about a minute.",
            "karpenter_pods_startup_duration_seconds", "max(karpenter_pods_startup_duration_seconds{quantile=\"0.9\"})", "Nine of ten"),
    ];

    private static MetricChart OfYuniKorn(string id, string title, ChartUnit unit, string meaning, string need, string query, string legend) =>
        Chart(ChartSubjectKind.YuniKorn, "YuniKorn", id, title, unit, meaning, NoYuniKorn, [need], new ChartQuery(query, legend)) with { IsMain = true };

    private static IReadOnlyList<MetricChart> YuniKorn =>
    [
        OfYuniKorn("yunikorn-cpu", "CPU allocated by queue", ChartUnit.Cores, "Cores that the pods of each queue hold. Parents hold what their children hold.",
            "yunikorn_queue_resource", "sum by (queue) (yunikorn_queue_resource{state=\"allocated\",resource=\"vcore\"}) / 1000", "{{queue}}"),
        OfYuniKorn("yunikorn-memory", "Memory of the queue's maximum", ChartUnit.Ratio, "Share of the most a queue may take. At 1 its pods wait, whatever is free in the cluster.",
            "yunikorn_queue_resource", "sum by (queue) (yunikorn_queue_resource{state=\"allocated\",resource=\"memory\"}) / (sum by (queue) (yunikorn_queue_resource{state=\"max\",resource=\"memory\"}) > 0)", "{{queue}}") with { Thresholds = [new(1, "the queue is full", IsSevere: true)] },
        OfYuniKorn("yunikorn-pending", "CPU waiting by queue", ChartUnit.Cores, "Cores that pods of each queue ask for and do not have. For long: the queue's maximum or the cluster is too small.",
            "yunikorn_queue_resource", "sum by (queue) (yunikorn_queue_resource{state=\"pending\",resource=\"vcore\"}) / 1000", "{{queue}}"),
        OfYuniKorn("yunikorn-applications", "Applications by queue and state", ChartUnit.Count, "Applications as YuniKorn counts them: one for each FlinkDeployment's pods.",
            "yunikorn_queue_app", "sum by (queue, state) (yunikorn_queue_app)", "{{queue}} {{state}}"),
        OfYuniKorn("yunikorn-latency", "Scheduling latency", ChartUnit.Seconds, "Nineteen of twenty scheduling cycles take less. Above a second the scheduler is overloaded.",
            "yunikorn_scheduler_scheduling_latency_milliseconds_bucket", "histogram_quantile(0.95, sum by (le) (rate(yunikorn_scheduler_scheduling_latency_milliseconds_bucket[$window]))) / 1000", "95 %"),
    ];
}
