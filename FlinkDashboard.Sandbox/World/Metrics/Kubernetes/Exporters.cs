using System.Globalization;

namespace FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

/// <summary>Pods whose metrics tell of more than themselves, found by their labels.</summary>
internal enum Exporter
{
    /// <summary>None of these.</summary>
    None,

    /// <summary>kube-state-metrics.</summary>
    State,

    /// <summary>The node exporter, one on each node.</summary>
    Node,

    /// <summary>Karpenter.</summary>
    Karpenter,

    /// <summary>YuniKorn's scheduler.</summary>
    Yunikorn,

    /// <summary>The Flink operator.</summary>
    Operator,
}

/// <summary>Which pods are exporters, and how a Prometheus finds them.</summary>
internal static class Exporters
{
    /// <summary>Namespace and service of what is no pod of a small world.</summary>
    public const string Namespace = "kube-prometheus-stack";

    /// <summary>What a pod exports.</summary>
    public static Exporter Of(PodState pod) => (pod.Labels.GetValueOrDefault("app.kubernetes.io/name"), pod.Labels.GetValueOrDefault("component")) switch
    {
        ("kube-state-metrics", _) => Exporter.State,
        ("prometheus-node-exporter", _) => Exporter.Node,
        ("karpenter", _) => Exporter.Karpenter,
        ("flink-kubernetes-operator", _) => Exporter.Operator,
        (_, "yunikorn-scheduler") => Exporter.Yunikorn,
        _ => Exporter.None,
    };

    /// <summary>Target of an exporter's pod.</summary>
    public static MetricTarget Target(Exporter exporter, PodState pod)
    {
        var (job, port, endpoint, path) = exporter switch
        {
            Exporter.State => ("kube-state-metrics", 8080, "http", "/metrics"),
            Exporter.Node => ("node-exporter", 9100, "http-metrics", "/metrics"),
            Exporter.Karpenter => ("karpenter", 8080, "http-metrics", "/metrics"),
            Exporter.Yunikorn => ("yunikorn", 9080, "yunikorn-core", "/ws/v1/metrics"),
            _ => ("flink-kubernetes-operator", 9999, "metrics", "/metrics"),
        };
        var labels = LabelSet.Of("job", job, "instance", Instance(exporter == Exporter.Node && pod.HostIp.Length > 0 ? pod.HostIp : pod.Ip, port), "endpoint", endpoint,
            "namespace", pod.Namespace, "pod", pod.Name, "container", pod.Containers.Count > 0 ? pod.Containers[0].Name : "", "node", exporter == Exporter.Node ? pod.Node : "");
        return MetricTarget.OfPod(pod.Namespace, pod.Name, labels, path);
    }

    /// <summary>Target of a node's kubelet.</summary>
    public static MetricTarget Kubelet(NodeState node) => new($"/targets/nodes/{node.Name}/cadvisor", LabelSet.Of("job", "kubelet", "instance", Instance(node.Ip, 10250),
        "endpoint", "https-metrics", "metrics_path", "/metrics/cadvisor", "node", node.Name), "/metrics/cadvisor");

    /// <summary>Target of a node exporter that runs beside Kubernetes.</summary>
    public static MetricTarget OnHost(NodeState node) => new($"/targets/nodes/{node.Name}/metrics", LabelSet.Of("job", "node-exporter", "instance", Instance(node.Ip, 9100), "node", node.Name));

    /// <summary>Target of a kube-state-metrics that is no pod.</summary>
    public static MetricTarget StateElsewhere { get; } = new("/targets/kube-state-metrics/metrics", LabelSet.Of("job", "kube-state-metrics", "instance", "kube-state-metrics:8080"));

    private static string Instance(string ip, int port) => (ip.Length > 0 ? ip : "0.0.0.0") + ":" + port.ToString(CultureInfo.InvariantCulture);
}
