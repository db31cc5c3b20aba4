using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>One line of discovery: a resource or subresource and what may be done with it.</summary>
/// <param name="Name">Plural, with <c>/subresource</c> for those.</param>
/// <param name="Singular">Singular, empty for subresources.</param>
/// <param name="Namespaced">Lives in namespaces.</param>
/// <param name="Kind">Kind it answers with; group and version only where they differ from the list's own.</param>
/// <param name="Verbs">Verbs served.</param>
internal sealed record DiscoveredResource(string Name, string Singular, bool Namespaced, (string Name, string? Group, string? Version) Kind, IReadOnlyList<string> Verbs)
{
    private static readonly string[] AllVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly string[] StatusVerbs = ["get", "patch", "update"];

    /// <summary>Short names.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Categories.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>A kind and its subresources.</summary>
    public static IEnumerable<DiscoveredResource> Of(ResourceType type)
    {
        var isMetrics = type.Group == "metrics.k8s.io";
        yield return new(type.Plural, type.Singular, type.Namespaced, (type.Kind, null, null), isMetrics ? ["get", "list"] : AllVerbs)
        {
            ShortNames = type.ShortNames,
            Categories = type.Categories,
        };
        if (type == ResourceTypes.Pods)
            yield return Below(type, "log", type.Kind, ["get"]);
        if (type == ResourceTypes.Pods || type == ResourceTypes.Services)
            yield return Below(type, "proxy", $"{type.Kind}ProxyOptions", ["get"]);
        if (type.HasScale)
            yield return Below(type, "scale", "Scale", StatusVerbs, ("autoscaling", "v1"));
        if (type.HasStatus)
            yield return Below(type, "status", type.Kind, StatusVerbs);
    }

    /// <summary>A review: only creatable, never stored.</summary>
    public static DiscoveredResource Of(Review review) => new(review.Plural, review.Kind.ToLowerInvariant(), review.Namespaced, (review.Kind, null, null), ["create"]);

    private static DiscoveredResource Below(ResourceType type, string name, string kind, IReadOnlyList<string> verbs, (string Group, string Version)? of = null) =>
        new($"{type.Plural}/{name}", "", type.Namespaced, (kind, of?.Group, of?.Version), verbs);
}
