namespace FlinkDashboard.Configuration;

/// <summary>Where the cluster that the dashboard shows comes from.</summary>
public enum ClusterSource
{
    /// <summary>The embedded sandbox cluster, started on loopback with the app.</summary>
    Sandbox,

    /// <summary>A context of a kubeconfig file.</summary>
    KubeConfig,

    /// <summary>The cluster whose pod this process runs in: service account token and CA.</summary>
    InCluster
}
