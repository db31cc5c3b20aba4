using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>What a namespace gets when it is made, and what happens to its content when it is gone.</summary>
internal sealed class NamespaceController : IBehaviour
{
    private const string About = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

    public void Start(SandboxWorld world)
    {
        foreach (var ns in world.Objects.List(ResourceTypes.Namespaces).Items)
            Furnish(world, ns.Name);
        world.OnChange(ResourceTypes.Namespaces, c =>
        {
            if (c.Type == ChangeType.Added)
                Furnish(world, c.Object.Name);
            else if (c.Type == ChangeType.Deleted)
                Empty(world, c.Object.Name);
        });
    }

    private static void Furnish(SandboxWorld world, string ns)
    {
        Ensure(world, ResourceTypes.ConfigMaps, ns, "kube-root-ca.crt", new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["kubernetes.io/description"] = About } },
            ["data"] = new JsonObject { ["ca.crt"] = "-----BEGIN CERTIFICATE-----\n(sandbox: this cluster has no certificate authority)\n-----END CERTIFICATE-----\n" },
        });
        Ensure(world, ResourceTypes.ServiceAccounts, ns, "default", new JsonObject { ["metadata"] = new JsonObject() });
    }

    private static void Ensure(SandboxWorld world, ResourceType type, string ns, string name, JsonObject node)
    {
        if (world.Objects.Find(type, ns, name) is not null)
            return;
        (node["metadata"]!["name"], node["metadata"]!["namespace"]) = (name, ns);
        world.Objects.Create(type, node);
    }

    private static void Empty(SandboxWorld world, string ns)
    {
        foreach (var item in ResourceTypes.All.Where(t => t.Namespaced).SelectMany(t => world.Objects.List(t, ns).Items))
        {
            if (world.Objects.Find(item.Type, ns, item.Name) is not null)
                world.Objects.Delete(item.Type, ns, item.Name, new DeleteRequest { Propagation = "Background" });
        }
    }
}
