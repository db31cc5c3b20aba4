using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;

/// <summary>
/// The roles and bindings that every world starts with (<c>Manifests/default-access.yaml</c>): bearer token <c>admin</c> may do everything,
/// <c>viewer</c> reads everything but secrets, <c>team-a</c> and <c>team-b</c> run Flink in their namespaces, <c>flink-dashboard</c> is the
/// console's own service account, which reads what a viewer reads and may impersonate.
/// </summary>
public static class DefaultAccess
{
    /// <summary>Namespace of the console's service account.</summary>
    public const string DashboardNamespace = "flink-dashboard";

    /// <summary>Name, and bearer token, of the console's service account.</summary>
    public const string DashboardAccount = "flink-dashboard";

    private static readonly Lazy<IReadOnlyList<string>> Documents = new(() => [.. EmbeddedObjects.Read("Access/").Select(d => d.ToJsonString(JsonText.Options))]);

    /// <summary>Puts them into a store; what is already there stays. Users of a team are bound in its namespace if that exists by now.</summary>
    public static void AddTo(ObjectStore objects)
    {
        foreach (var text in Documents.Value)
        {
            var document = JsonNode.Parse(text)!.AsObject();
            Add(objects, ResourceTypes.FindKind((string)document["apiVersion"]!, (string)document["kind"]!)!, document);
        }
        foreach (var team in (string[])["team-a", "team-b"])
        {
            if (objects.Find(ResourceTypes.Namespaces, "", $"flink-{team}-ns") is not null)
                BindTeam(objects, $"flink-{team}-ns", team);
        }
    }

    /// <summary>Lets the user and the group of a team run Flink in a namespace.</summary>
    public static void BindTeam(ObjectStore objects, string ns, string user) => Add(objects, ResourceTypes.RoleBindings, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = $"flink-{user}-users", ["namespace"] = ns },
        ["roleRef"] = new JsonObject { ["apiGroup"] = ResourceTypes.ClusterRoles.Group, ["kind"] = "ClusterRole", ["name"] = "flink-team-user" },
        ["subjects"] = new JsonArray(
            new JsonObject { ["apiGroup"] = ResourceTypes.ClusterRoles.Group, ["kind"] = "User", ["name"] = user },
            new JsonObject { ["apiGroup"] = ResourceTypes.ClusterRoles.Group, ["kind"] = "Group", ["name"] = $"flink-{user}" }),
    });

    private static void Add(ObjectStore objects, ResourceType type, JsonObject node)
    {
        if (objects.Find(type, (string?)node["metadata"]!["namespace"] ?? "", (string)node["metadata"]!["name"]!) is null)
            objects.Create(type, node, part: WritePart.All);
    }
}
