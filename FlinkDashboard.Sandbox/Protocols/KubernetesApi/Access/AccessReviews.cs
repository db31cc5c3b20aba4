#pragma warning disable CS9113
using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>The review kinds of authorization.k8s.io/v1 and authentication.k8s.io/v1: a POST of a question, answered 201 with its status.</summary>
public sealed class AccessReviews(Authentication authentication, Authorizer authorizer)
{
    /// <summary>Answers a review; 400 or 422 for an incomplete question.</summary>
    /// <param name="plural">selfsubjectaccessreviews, subjectaccessreviews, localsubjectaccessreviews, selfsubjectrulesreviews, selfsubjectreviews or tokenreviews.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="ns">Namespace in the URL (localsubjectaccessreviews), else empty.</param>
    /// <param name="review">The question; not changed.</param>
    public JsonObject Answer(string plural, UserInfo caller, string ns, JsonObject review) => throw new NotImplementedException();
}
