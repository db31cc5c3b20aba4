using System.Text.Json;
using FlinkDashboard.Model;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>What somebody wants to do, as an access review asks it.</summary>
/// <param name="Verb">get, list, watch, create, patch, delete …</param>
/// <param name="Group">API group; empty for core.</param>
/// <param name="Resource">Plural.</param>
/// <param name="Subresource">Or null.</param>
/// <param name="Namespace">Or null for all namespaces and cluster-scoped resources.</param>
/// <param name="Name">Or null for any.</param>
public sealed record AccessQuestion(string Verb, string Group, string Resource, string? Subresource, string? Namespace, string? Name);

/// <summary>The authorizer's answer.</summary>
/// <param name="Allowed">May.</param>
/// <param name="Reason">What the authorizer gave as reason, or empty.</param>
public sealed record AccessAnswer(bool Allowed, string Reason);

public sealed partial class KubernetesApi
{
    /// <summary>
    /// SelfSubjectAccessReview, sent as <paramref name="user"/>: the API server's own answer with all its authorizers (EKS access entries too),
    /// and it needs no right beyond the impersonation that the action itself needs.
    /// </summary>
    public async Task<AccessAnswer> ReviewAccessAsync(AccessQuestion question, UserIdentity? user, CancellationToken stop)
    {
        var body = new AccessReviewBody
        {
            Spec = new() { ResourceAttributes = new(question.Verb, question.Group, question.Resource, question.Subresource, question.Namespace, question.Name) }
        };
        var answer = await ReadAsync(new("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
        {
            Body = JsonSerializer.Serialize(body, WireJson.Default.AccessReviewBody),
            As = user
        }, stop);
        var status = Decode(answer, WireJson.Default.AccessReviewBody).Status;
        return new(status?.Allowed == true, status?.Reason ?? status?.EvaluationError ?? "");
    }
}

/// <summary>authorization.k8s.io/v1 SelfSubjectAccessReview.</summary>
internal sealed record AccessReviewBody
{
    public string ApiVersion { get; init; } = "authorization.k8s.io/v1";
    public string Kind { get; init; } = "SelfSubjectAccessReview";
    public AccessReviewSpec? Spec { get; init; }
    public AccessReviewStatus? Status { get; init; }
}

/// <summary>What is asked.</summary>
internal sealed record AccessReviewSpec
{
    public ResourceAttributes? ResourceAttributes { get; init; }
}

/// <summary>The resource.</summary>
internal sealed record ResourceAttributes(string Verb, string Group, string Resource, string? Subresource, string? Namespace, string? Name);

/// <summary>What is answered.</summary>
internal sealed record AccessReviewStatus(bool Allowed, string? Reason, string? EvaluationError);
