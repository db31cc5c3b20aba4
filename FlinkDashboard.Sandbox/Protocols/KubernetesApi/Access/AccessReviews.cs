using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>The review kinds of authorization.k8s.io/v1 and authentication.k8s.io/v1: a POST of a question, answered 201 with its status.</summary>
public sealed class AccessReviews(Authorizer authorizer)
{
    /// <summary>Answers a review; 400 or 422 for an incomplete question.</summary>
    /// <param name="plural">selfsubjectaccessreviews, subjectaccessreviews, localsubjectaccessreviews, selfsubjectrulesreviews, selfsubjectreviews or tokenreviews.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="ns">Namespace in the URL (localsubjectaccessreviews), else empty.</param>
    /// <param name="review">The question; not changed.</param>
    public JsonObject Answer(string plural, UserInfo caller, string ns, JsonObject review)
    {
        var answer = review.DeepClone().AsObject();
        answer["metadata"] ??= new JsonObject();
        var spec = answer["spec"] as JsonObject ?? [];
        answer["status"] = plural switch
        {
            "selfsubjectaccessreviews" => Access("SelfSubjectAccessReview", caller, spec),
            "subjectaccessreviews" => Access("SubjectAccessReview", Subject("SubjectAccessReview", spec), spec),
            "localsubjectaccessreviews" => Local(ns, spec),
            "selfsubjectrulesreviews" => Rules(caller, spec),
            "selfsubjectreviews" => new JsonObject { ["userInfo"] = Shown(caller) },
            "tokenreviews" => Token(spec),
            _ => throw new ArgumentException($"'{plural}' is no review.", nameof(plural)),
        };
        if (plural == "selfsubjectreviews")
            answer.Remove("spec");
        return answer;
    }

    private JsonObject Access(string kind, UserInfo user, JsonObject spec)
    {
        var (resource, path) = (spec["resourceAttributes"] as JsonObject, spec["nonResourceAttributes"] as JsonObject);
        if (resource is not null && path is not null)
            throw Invalid(kind, Validation.FieldError.Invalid("spec.nonResourceAttributes", path, "cannot be specified in combination with resourceAttributes"));
        if (resource is null && path is null)
            throw Invalid(kind, Validation.FieldError.Invalid("spec.resourceAttributes", null, "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        var decision = authorizer.Decide(user, resource is null
            ? new AccessRequest(Text(path!, "verb")) { Path = Text(path!, "path") }
            : new AccessRequest(Text(resource, "verb"))
            {
                Group = Text(resource, "group"),
                Resource = Text(resource, "resource"),
                Subresource = Text(resource, "subresource"),
                Namespace = Text(resource, "namespace"),
                Name = Text(resource, "name"),
            });
        var status = new JsonObject { ["allowed"] = decision.Allowed };
        if (decision.Reason.Length > 0)
            status["reason"] = decision.Reason;
        return status;
    }

    private JsonObject Local(string ns, JsonObject spec)
    {
        if (Text(spec["resourceAttributes"] as JsonObject ?? [], "namespace") != ns)
            throw new ApiError(400, "BadRequest", $"spec.resourceAttributes.namespace must match namespace: {ns}");
        return Access("LocalSubjectAccessReview", Subject("LocalSubjectAccessReview", spec), spec);
    }

    private static UserInfo Subject(string kind, JsonObject spec)
    {
        var groups = (spec["groups"] as JsonArray)?.Select(g => (string?)g ?? "").ToList() ?? [];
        if (Text(spec, "user").Length == 0 && groups.Count == 0)
            throw Invalid(kind, Validation.FieldError.Invalid("spec.user", "", "at least one of user or group must be specified"));
        return new UserInfo(Text(spec, "user"), groups, Text(spec, "uid"));
    }

    private JsonObject Rules(UserInfo caller, JsonObject spec)
    {
        var ns = Text(spec, "namespace");
        if (ns.Length == 0)
            throw new ApiError(400, "BadRequest", "no namespace on request");
        var rules = authorizer.RulesOf(caller, ns).ToList();
        return new JsonObject
        {
            ["resourceRules"] = new JsonArray([.. rules.Where(r => r.Resources.Count > 0).Select(r =>
            {
                var rule = new JsonObject { ["verbs"] = Texts(r.Verbs), ["apiGroups"] = Texts(r.ApiGroups), ["resources"] = Texts(r.Resources) };
                if (r.ResourceNames.Count > 0)
                    rule["resourceNames"] = Texts(r.ResourceNames);
                return rule;
            })]),
            ["nonResourceRules"] = new JsonArray([.. rules.Where(r => r.NonResourceUrls.Count > 0).Select(r =>
                new JsonObject { ["verbs"] = Texts(r.Verbs), ["nonResourceURLs"] = Texts(r.NonResourceUrls) })]),
            ["incomplete"] = false,
        };
    }

    private static JsonObject Token(JsonObject spec)
    {
        var token = Text(spec, "token");
        if (token.Length == 0)
            throw new ApiError(400, "BadRequest", "token is required for TokenReview in authentication");
        return Authentication.ByToken(token) is { } user
            ? new JsonObject { ["authenticated"] = true, ["user"] = Shown(user), ["audiences"] = new JsonArray("https://kubernetes.default.svc") }
            : new JsonObject { ["user"] = new JsonObject(), ["error"] = "invalid bearer token" };
    }

    private static JsonObject Shown(UserInfo user)
    {
        var shown = new JsonObject { ["username"] = user.Name };
        if (user.Uid.Length > 0)
            shown["uid"] = user.Uid;
        if (user.Groups.Count > 0)
            shown["groups"] = Texts(user.Groups);
        if (user.Extra is { Count: > 0 } extra)
            shown["extra"] = new JsonObject(extra.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)Texts(e.Value))));
        return shown;
    }

    private static ApiError Invalid(string kind, Validation.FieldError error) => Validation.FieldError.ToStatus(kind, "authorization.k8s.io", "", [error]);

    private static string Text(JsonObject map, string key) => (string?)map[key] ?? "";

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
