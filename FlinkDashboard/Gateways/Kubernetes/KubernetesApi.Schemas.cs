using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Gateways.Kubernetes;

public sealed partial class KubernetesApi
{
    /// <summary>The schema of an installed kind, read as the dashboard's own account: it says what fields there are, nothing about objects. Null when the definition holds none.</summary>
    /// <exception cref="KubernetesApiException">404 when the kind is not installed, 403 when definitions may not be read.</exception>
    public async Task<CrdSchema?> ReadSchemaAsync(KindInfo kind, CancellationToken stop) =>
        CrdSchema.Parse(System.Text.Encoding.UTF8.GetString(await ReadAsync(new("GET", ApiPath.Of(CustomResourceDefinition.Info, null, kind.QualifiedName)), stop)));
}
