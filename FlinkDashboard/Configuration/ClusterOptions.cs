namespace FlinkDashboard.Configuration;

/// <summary>Settings below <c>Cluster</c>.</summary>
public sealed class ClusterOptions
{
    /// <summary>Sandbox, KubeConfig or InCluster. Not set: in-cluster when in a pod, else a kubeconfig when there is one, else the sandbox.</summary>
    public ClusterSource? Source { get; set; }

    /// <summary>Path of the kubeconfig file. Not set: the variable KUBECONFIG, else <c>~/.kube/config</c>.</summary>
    public string? KubeConfig { get; set; }

    /// <summary>Context of the kubeconfig. Not set: its current context.</summary>
    public string? Context { get; set; }

    /// <summary>Namespaces to watch, for accounts that may not list across the cluster. Empty: all.</summary>
    public List<string> Namespaces { get; set; } = [];
}
