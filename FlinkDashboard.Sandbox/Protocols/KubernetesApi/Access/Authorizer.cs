using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>Role-based access control over the Role, ClusterRole and binding objects of a store (Kubernetes "Using RBAC Authorization").</summary>
public sealed class Authorizer(ObjectStore objects)
{
    private readonly ConditionalWeakTable<WorldObject, IReadOnlyList<PolicyRule>> _rules = [];
    private readonly ConditionalWeakTable<WorldObject, RoleGrant> _grants = [];

    /// <summary>May the user do this?</summary>
    public Decision Decide(UserInfo user, AccessRequest request)
    {
        foreach (var (grant, subject, rules) in GrantsOf(user, request.Path is null ? request.Namespace : ""))
        {
            if (rules.Any(r => r.Allows(request)))
                return new Decision(true, grant.Reason(subject));
        }
        return new Decision(false, "");
    }

    /// <summary>403 with the API server's text when the user may not.</summary>
    public void Require(UserInfo user, AccessRequest request)
    {
        if (!Decide(user, request).Allowed)
            throw Forbidden(user, request);
    }

    /// <summary>The refusal of a request.</summary>
    public static ApiError Forbidden(UserInfo user, AccessRequest request)
    {
        if (request.Path is { } path)
            return new ApiError(403, "Forbidden", $"forbidden: User \"{user.Name}\" cannot {request.Verb} path \"{path}\"", []);
        var resource = request.Subresource.Length == 0 ? request.Resource : $"{request.Resource}/{request.Subresource}";
        var place = request.Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace \"{request.Namespace}\"";
        var details = new JsonObject();
        if (request.Name.Length > 0)
            details["name"] = request.Name;
        if (request.Group.Length > 0)
            details["group"] = request.Group;
        details["kind"] = request.Resource;
        var qualified = request.Group.Length == 0 ? request.Resource : $"{request.Resource}.{request.Group}";
        return new ApiError(403, "Forbidden",
            $"{qualified}{(request.Name.Length == 0 ? "" : $" \"{request.Name}\"")} is forbidden: User \"{user.Name}\" cannot {request.Verb} resource \"{resource}\" in API group \"{request.Group}\" {place}",
            details);
    }

    /// <summary>The rules that hold for a user in a namespace (and, from ClusterRoleBindings, everywhere), in binding order.</summary>
    internal IEnumerable<PolicyRule> RulesOf(UserInfo user, string ns) => GrantsOf(user, ns).SelectMany(g => g.Rules);

    private IEnumerable<(RoleGrant Grant, GrantSubject Subject, IReadOnlyList<PolicyRule> Rules)> GrantsOf(UserInfo user, string ns)
    {
        var bindings = objects.List(ResourceTypes.ClusterRoleBindings).Items.AsEnumerable();
        if (ns.Length > 0)
            bindings = bindings.Concat(objects.List(ResourceTypes.RoleBindings, ns).Items);
        foreach (var binding in bindings)
        {
            var grant = _grants.GetValue(binding, RoleGrant.Of);
            if (grant.SubjectFor(user) is not { } subject)
                continue;
            var role = grant.RoleKind == "Role" ? objects.Find(ResourceTypes.Roles, grant.Namespace, grant.RoleName) : objects.Find(ResourceTypes.ClusterRoles, "", grant.RoleName);
            if (role is not null)
                yield return (grant, subject, _rules.GetValue(role, r => PolicyRule.Of(r.Read())));
        }
    }
}

/// <summary>An answer of the authorizer.</summary>
/// <param name="Allowed">True when a rule allows it.</param>
/// <param name="Reason">Which binding allowed it, or empty.</param>
public sealed record Decision(bool Allowed, string Reason);
