namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>A question kind: created, answered, never stored.</summary>
/// <param name="Group">API group; the version is v1.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Plural">Plural as in URLs.</param>
/// <param name="Namespaced">Asked within a namespace.</param>
internal sealed record Review(string Group, string Kind, string Plural, bool Namespaced = false)
{
    /// <summary>All reviews.</summary>
    public static readonly IReadOnlyList<Review> All =
    [
        new("authentication.k8s.io", "SelfSubjectReview", "selfsubjectreviews"),
        new("authentication.k8s.io", "TokenReview", "tokenreviews"),
        new("authorization.k8s.io", "LocalSubjectAccessReview", "localsubjectaccessreviews", true),
        new("authorization.k8s.io", "SelfSubjectAccessReview", "selfsubjectaccessreviews"),
        new("authorization.k8s.io", "SelfSubjectRulesReview", "selfsubjectrulesreviews"),
        new("authorization.k8s.io", "SubjectAccessReview", "subjectaccessreviews"),
    ];

    /// <summary>Their groups and versions.</summary>
    public static IEnumerable<(string Group, string Version)> Groups => All.Select(r => (r.Group, "v1")).Distinct();

    /// <summary>The review at a path, with its namespace (empty if none); null when the path is another.</summary>
    public static (Review Review, string Namespace)? At(string path) => path.Trim('/').Split('/') switch
    {
        ["apis", var g, "v1", var p] => Find(g, p, false) is { } r ? (r, "") : null,
        ["apis", var g, "v1", "namespaces", var ns, var p] => Find(g, p, true) is { } r ? (r, ns) : null,
        _ => null,
    };

    private static Review? Find(string group, string plural, bool namespaced) =>
        All.FirstOrDefault(r => r.Group == group && r.Plural == plural && r.Namespaced == namespaced);
}
