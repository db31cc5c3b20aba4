using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;

/// <summary>The Ingress to a cluster's REST service (utils/IngressUtils).</summary>
internal static class IngressObject
{
    /// <summary>Creates or updates it.</summary>
    /// <param name="world">The world.</param>
    /// <param name="resource">Owner, whose name it has.</param>
    /// <param name="ingress">The ingress section of its spec.</param>
    /// <param name="cluster">Cluster whose REST service it leads to; null for the one named like the owner.</param>
    public static void Apply(SandboxWorld world, WorldObject resource, JsonObject ingress, string? cluster = null)
    {
        var spec = Spec(resource, ingress, cluster ?? resource.Name);
        if (world.Objects.Find(ResourceTypes.Ingresses, resource.Namespace, resource.Name) is not null)
        {
            world.Objects.Update(ResourceTypes.Ingresses, resource.Namespace, resource.Name, o =>
            {
                o["spec"] = spec;
                return o;
            });
            return;
        }
        var labels = ingress["labels"]?.DeepClone().AsObject() ?? [];
        labels["component"] = "ingress";
        var metadata = new JsonObject { ["name"] = resource.Name, ["namespace"] = resource.Namespace, ["labels"] = labels };
        if (ingress["annotations"] is JsonObject annotations)
            metadata["annotations"] = annotations.DeepClone();
        metadata["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = resource.Type.ApiVersion,
            ["kind"] = resource.Type.Kind,
            ["name"] = resource.Name,
            ["uid"] = resource.Uid,
            ["controller"] = false,
            ["blockOwnerDeletion"] = true,
        });
        world.Objects.Create(ResourceTypes.Ingresses, new JsonObject { ["metadata"] = metadata, ["spec"] = spec, ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() } }, part: WritePart.All);
    }

    private static JsonObject Spec(WorldObject resource, JsonObject ingress, string cluster)
    {
        var (host, path) = IngressRules.Address((string)ingress["template"]!, resource.Namespace, resource.Name);
        var backend = new JsonObject { ["service"] = new JsonObject { ["name"] = $"{cluster}-rest", ["port"] = new JsonObject { ["number"] = 8081 } } };
        var entry = new JsonObject { ["path"] = path.Length == 0 ? "/" : path, ["pathType"] = "ImplementationSpecific", ["backend"] = backend };
        var rule = new JsonObject();
        if (host is not null)
            rule["host"] = host;
        rule["http"] = new JsonObject { ["paths"] = new JsonArray(entry) };
        var spec = new JsonObject();
        if ((string?)ingress["className"] is { } name)
            spec["ingressClassName"] = name;
        if (ingress["tls"] is JsonArray tls)
            spec["tls"] = tls.DeepClone();
        spec["rules"] = new JsonArray(rule);
        return spec;
    }
}
