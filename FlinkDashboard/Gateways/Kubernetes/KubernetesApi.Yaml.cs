using System.Text.Json;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Readings;

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

    /// <summary>One object, fresh, read as the user, as a record and as text from the same answer.</summary>
    public async Task<Standing<T>> GetStandingAsync<T>(KindInfo<T> kind, string? ns, string name, UserIdentity? user, CancellationToken stop) where T : class, IKubernetesObject
    {
        var body = await ReadAsync(new("GET", ApiPath.Of(kind, ns, name)) { As = user }, stop);
        var item = Decode(body, kind.Item);
        using var document = JsonDocument.Parse(body);
        return new(item, Manifest.Parse(YamlText.Of(document.RootElement)), FieldWriter.Of(document.RootElement));
    }
}
