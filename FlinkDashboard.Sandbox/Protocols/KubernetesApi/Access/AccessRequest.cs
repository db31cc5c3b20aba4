namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>What is asked for, as role rules see it.</summary>
/// <param name="Verb">get, list, watch, create, update, patch, delete, deletecollection, impersonate; the lower-case HTTP method for a path.</param>
public sealed record AccessRequest(string Verb)
{
    /// <summary>API group, empty for core.</summary>
    public string Group { get; init; } = "";

    /// <summary>Plural, without subresource.</summary>
    public string Resource { get; init; } = "";

    /// <summary>For instance <c>log</c>, <c>status</c>, <c>proxy</c>; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>Namespace, empty for cluster-scoped kinds and for all namespaces.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Object name, empty for collections.</summary>
    public string Name { get; init; } = "";

    /// <summary>A path that is no resource (<c>/version</c>); null for resources.</summary>
    public string? Path { get; init; }
}
