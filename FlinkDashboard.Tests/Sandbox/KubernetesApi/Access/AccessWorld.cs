using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Access;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.KubernetesApi.Access;

/// <summary>A store with two teams and the default roles.</summary>
internal static class AccessWorld
{
    public static ObjectStore Create()
    {
        var objects = new ObjectStore(TimeProvider.System, () => Guid.NewGuid().ToString());
        foreach (var ns in (string[])["flink-team-a-ns", "flink-team-b-ns"])
            objects.Create(ResourceTypes.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = ns } });
        DefaultAccess.AddTo(objects);
        return objects;
    }

    /// <summary>A Role and RoleBinding of one name in flink-team-a-ns.</summary>
    public static void Grant(ObjectStore objects, string name, string subject, string rule)
    {
        objects.Create(ResourceTypes.Roles, JsonNode.Parse($$"""{"metadata":{"name":"{{name}}","namespace":"flink-team-a-ns"},"rules":[{{rule}}]}""")!.AsObject());
        objects.Create(ResourceTypes.RoleBindings, JsonNode.Parse($$"""
            {"metadata":{"name":"{{name}}","namespace":"flink-team-a-ns"},"roleRef":{"kind":"Role","name":"{{name}}"},"subjects":[{{subject}}]}
            """)!.AsObject());
    }
}
