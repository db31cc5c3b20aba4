using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>One rule of a Role or ClusterRole (rbac.authorization.k8s.io/v1 PolicyRule).</summary>
internal sealed record PolicyRule(
    IReadOnlyList<string> Verbs, IReadOnlyList<string> ApiGroups, IReadOnlyList<string> Resources, IReadOnlyList<string> ResourceNames, IReadOnlyList<string> NonResourceUrls)
{
    /// <summary>All rules of a role object.</summary>
    public static IReadOnlyList<PolicyRule> Of(JsonObject role) => [.. (role["rules"] as JsonArray ?? []).OfType<JsonObject>().Select(r => new PolicyRule(
        Texts(r["verbs"]), Texts(r["apiGroups"]), Texts(r["resources"]), Texts(r["resourceNames"]), Texts(r["nonResourceURLs"])))];

    /// <summary>Does the rule allow the request?</summary>
    public bool Allows(AccessRequest request)
    {
        if (!Has(Verbs, request.Verb))
            return false;
        if (request.Path is { } path)
            return NonResourceUrls.Any(u => u == "*" || u == path || u.EndsWith('*') && path.StartsWith(u.TrimEnd('*'), StringComparison.Ordinal));
        return Has(ApiGroups, request.Group) && AllowsResource(request) && (ResourceNames.Count == 0 || ResourceNames.Contains(request.Name));
    }

    private bool AllowsResource(AccessRequest request)
    {
        var wanted = request.Subresource.Length == 0 ? request.Resource : $"{request.Resource}/{request.Subresource}";
        return Has(Resources, wanted) || request.Subresource.Length > 0 && Resources.Contains($"*/{request.Subresource}");
    }

    private static bool Has(IReadOnlyList<string> values, string wanted) => values.Contains("*") || values.Contains(wanted);

    private static IReadOnlyList<string> Texts(JsonNode? list) => list is JsonArray a ? [.. a.Select(x => (string?)x ?? "")] : [];
}
