using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.State;

/// <summary>
/// The operator's default configuration, read as the dashboard's own account when first asked for and again when its ConfigMap has changed. Not known
/// when it may not be read, or when there are several operators: which of them looks after a resource is then not known either.
/// </summary>
public sealed class OperatorDefaults(KubernetesApi api, ClusterState state, ILogger<OperatorDefaults> logger)
{
    private volatile Held held = new("", null);

    /// <summary>As last read; null when not known.</summary>
    public DefaultConfiguration? Known => held.Configuration;

    /// <summary>Reads it if it has changed. Never throws for what the API server says.</summary>
    public async Task ReadAsync(CancellationToken stop)
    {
        var maps = state.Now<ConfigMap>().All.Where(one => one.Metadata.Name == DefaultConfiguration.ConfigMapName).Take(2).ToList();
        if (maps is not [{ Metadata: var meta }])
        {
            held = new("", null);
            return;
        }
        var version = $"{meta.Uid} {meta.ResourceVersion}";
        if (held.Version == version)
            return;
        try
        {
            held = new(version, DefaultConfiguration.Parse(Manifest.Parse(await api.ReadYamlAsync(ConfigMap.Info, meta.Namespace, meta.Name, null, stop))));
        }
        catch (KubernetesApiException e)
        {
            held = new(version, null);
            logger.LogWarning("The operator's default configuration could not be read: {Message}", e.Message);
        }
    }

    private sealed record Held(string Version, DefaultConfiguration? Configuration);
}
