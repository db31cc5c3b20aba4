namespace FlinkDashboard.Configuration;

/// <summary>Which cluster the settings and the surroundings mean. Says nothing about whether it answers.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="KubeConfigPath">The kubeconfig file, for source KubeConfig.</param>
/// <param name="Reason">Why this source, for the log and the settings page.</param>
public sealed record ClusterChoice(ClusterSource Source, string? KubeConfigPath, string Reason)
{
    /// <summary>Folder with the pod's token and CA.</summary>
    public const string ServiceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>
    /// In-cluster, else a kubeconfig, else the sandbox. Whoever names a kubeconfig (setting, context or KUBECONFIG) means it: a missing
    /// file is then an error to show, never a reason to fall back on the sandbox.
    /// </summary>
    /// <param name="options">The settings.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="exists">Whether a file is there.</param>
    public static ClusterChoice Of(ClusterOptions options, Func<string, string?> environment, Func<string, bool> exists)
    {
        var variable = environment("KUBECONFIG") is { Length: > 0 } text ? text : null;
        var path = options.KubeConfig ?? variable ?? Path.Combine(environment("HOME") ?? environment("USERPROFILE") ?? "", ".kube", "config");
        if (options.Source is { } source)
            return new(source, source == ClusterSource.KubeConfig ? path : null, $"Cluster:Source is {source}");
        if (options.KubeConfig is not null || options.Context is not null)
            return new(ClusterSource.KubeConfig, path, options.KubeConfig is not null ? "Cluster:KubeConfig is set" : "Cluster:Context is set");
        if (environment("KUBERNETES_SERVICE_HOST") is { Length: > 0 } && exists($"{ServiceAccountFolder}/token"))
            return new(ClusterSource.InCluster, null, "this process runs in a pod");
        if (variable is not null)
            return new(ClusterSource.KubeConfig, path, "KUBECONFIG is set");
        return exists(path)
            ? new(ClusterSource.KubeConfig, path, $"{path} exists")
            : new(ClusterSource.Sandbox, null, "no cluster is configured: not in a pod, no kubeconfig");
    }
}
