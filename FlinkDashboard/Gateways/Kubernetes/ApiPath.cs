using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>Paths of the API (Kubernetes API concepts, "Resource URIs").</summary>
internal static class ApiPath
{
    /// <summary>A collection, or with a name one object.</summary>
    public static string Of(KindInfo kind, string? ns, string? name = null)
    {
        var root = kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}";
        var scope = kind.Namespaced && ns is not null ? $"/namespaces/{Uri.EscapeDataString(ns)}" : "";
        return $"{root}{scope}/{kind.Plural}{(name is null ? "" : "/" + Uri.EscapeDataString(name))}";
    }
}
