using FlinkDashboard.Configuration;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>Where the API server is and how to sign in. Nothing is read or asked until the first request.</summary>
public sealed record ClusterAddress
{
    /// <summary>Sandbox, kubeconfig or in-cluster.</summary>
    public required ClusterSource Source { get; init; }

    /// <summary>Why this cluster, in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Source KubeConfig: the file, or several separated as in KUBECONFIG.</summary>
    public string? KubeConfigPath { get; init; }

    /// <summary>Source KubeConfig: the context; null is the current one.</summary>
    public string? Context { get; init; }

    /// <summary>Source Sandbox: the address the embedded cluster listens on. Source InCluster: instead of the one that the pod's variables name.</summary>
    public Uri? Server { get; init; }

    /// <summary>Source Sandbox: bearer token.</summary>
    public string? Token { get; init; }

    /// <summary>Source InCluster: folder with <c>token</c> and <c>ca.crt</c>.</summary>
    public string ServiceAccountFolder { get; init; } = ClusterChoice.ServiceAccountFolder;
}
