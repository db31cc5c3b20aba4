using System.Text.Json;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Gateways.Kubernetes;

public sealed partial class KubernetesApi
{
    /// <summary>One object as YAML, fresh, read as the user; without managedFields and last-applied-configuration. Secrets are not read.</summary>
    /// <exception cref="KubernetesApiException">403 for kind Secret, whoever asks.</exception>
    public async Task<string> ReadYamlAsync(KindInfo kind, string? ns, string name, UserIdentity? user, CancellationToken stop)
    {
        if (kind is { Group: "", Kind: "Secret" })
            throw new KubernetesApiException(403, "Forbidden", "Secrets are not shown by this dashboard.");
        using var document = JsonDocument.Parse(await ReadAsync(new("GET", ApiPath.Of(kind, ns, name)) { As = user }, stop));
        return YamlText.Of(document.RootElement);
    }
}
