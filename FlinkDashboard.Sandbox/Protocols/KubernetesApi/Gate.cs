using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Who sends a request, and may they? Answers reviews too, which are questions about that.</summary>
internal sealed class Gate
{
    private readonly Authorizer _authorizer;
    private readonly Authentication _authentication;
    private readonly AccessReviews _reviews;

    /// <summary>Guards a world by the roles in it.</summary>
    public Gate(SandboxWorld world)
    {
        _authorizer = new Authorizer(world.Objects);
        _authentication = new Authentication(_authorizer);
        _reviews = new AccessReviews(_authorizer);
    }

    /// <summary>Lets a resource request pass; 401 or 403 otherwise.</summary>
    public void Pass(ApiRequest request) => Pass(request.Http, new AccessRequest(request.Verb)
    {
        Group = request.Type.Group,
        Resource = request.Type.Plural,
        Subresource = request.Subresource,
        // A namespace counts as lying within itself, so that a role there may show it.
        Namespace = request.Type == ResourceTypes.Namespaces ? request.Name : request.Namespace,
        Name = request.Name.Length > 0 ? request.Name : SingleName(request),
    });

    /// <summary>Lets a request for a path that is no resource pass; 401 or 403 otherwise.</summary>
    public void PassPath(HttpContext http) => Pass(http, new AccessRequest(http.Request.Method.ToLowerInvariant()) { Path = http.Request.Path.Value ?? "/" });

    /// <summary>Answers a review.</summary>
    public async Task AnswerAsync(HttpContext http, Review review, string ns)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
            throw StatusAnswer.MethodNotAllowed(http);
        var user = Pass(http, new AccessRequest("create") { Group = review.Group, Resource = review.Plural, Namespace = ns });
        var bytes = await Bodies.ReadAsync(http.Request, http.RequestAborted).ConfigureAwait(false);
        var type = new ResourceType(review.Group, "v1", review.Kind, review.Plural, "", review.Namespaced);
        var question = Validation.RequestBody.Parse(type, Bodies.AsJson(http.Request, bytes)).Object;
        question["kind"] = review.Kind;
        question["apiVersion"] = type.ApiVersion;
        await StatusAnswer.WriteAsync(http, 201, _reviews.Answer(review.Plural, user, ns, question)).ConfigureAwait(false);
    }

    private UserInfo Pass(HttpContext http, AccessRequest access)
    {
        var headers = http.Request.Headers;
        var user = _authentication.Identify(name => headers.TryGetValue(name, out var values) ? [.. values.Select(v => v ?? "")] : [], headers.Keys, access);
        _authorizer.Require(user, access);
        return user;
    }

    // A collection narrowed to one name is judged as that object (apiserver requestinfo).
    private static string SingleName(ApiRequest request)
    {
        const string prefix = "metadata.name=";
        var selector = request.Query("fieldSelector");
        return selector.StartsWith(prefix, StringComparison.Ordinal) && !selector.Contains(',') ? selector[prefix.Length..].TrimStart('=') : "";
    }
}
