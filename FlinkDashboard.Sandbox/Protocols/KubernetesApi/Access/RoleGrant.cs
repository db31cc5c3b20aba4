using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>A RoleBinding or ClusterRoleBinding: which role it gives to whom.</summary>
internal sealed record RoleGrant(string Kind, string Namespace, string Name, string RoleKind, string RoleName, IReadOnlyList<GrantSubject> Subjects)
{
    /// <summary>Reads a binding.</summary>
    public static RoleGrant Of(WorldObject binding)
    {
        var node = binding.Read();
        return new RoleGrant(binding.Type.Kind, binding.Namespace, binding.Name, (string?)node["roleRef"]?["kind"] ?? "", (string?)node["roleRef"]?["name"] ?? "",
            [.. (node["subjects"] as JsonArray ?? []).OfType<JsonObject>().Select(s => new GrantSubject(
                (string?)s["kind"] ?? "", (string?)s["namespace"] ?? binding.Namespace, (string?)s["name"] ?? ""))]);
    }

    /// <summary>The first subject that is this user, or null.</summary>
    public GrantSubject? SubjectFor(UserInfo user) => Subjects.FirstOrDefault(s => s.Is(user));

    /// <summary>Why a request is allowed, as the API server says it.</summary>
    public string Reason(GrantSubject subject) =>
        $"RBAC: allowed by {Kind} \"{(Namespace.Length == 0 ? Name : $"{Name}/{Namespace}")}\" of {RoleKind} \"{RoleName}\" to {subject}";
}

/// <summary>Who a binding is for.</summary>
internal sealed record GrantSubject(string Kind, string Namespace, string Name)
{
    /// <summary>Is it this user?</summary>
    public bool Is(UserInfo user) => Kind switch
    {
        "User" => user.Name == Name,
        "Group" => user.Groups.Contains(Name),
        "ServiceAccount" => user.Name == UserInfo.ServiceAccountName(Namespace, Name),
        _ => false,
    };

    /// <inheritdoc />
    public override string ToString() => Kind == "ServiceAccount" ? $"ServiceAccount \"{Name}/{Namespace}\"" : $"{Kind} \"{Name}\"";
}
