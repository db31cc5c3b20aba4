using System.Text.Json;

namespace FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

/// <summary>What kube-state-metrics says of Deployments and quotas.</summary>
internal static class OtherGroups
{
    private static readonly MetricTable<DeploymentState> Deployment = new("kube_deployment_",
    [
        new("created", d => d.Created.ToUnixTimeSeconds()),
        new("spec_replicas", d => d.Wanted),
        new("status_replicas", d => d.Replicas),
        new("status_replicas_ready", d => d.Ready),
        new("status_replicas_available", d => d.Available),
        new("status_replicas_unavailable", d => Math.Max(0, d.Wanted - d.Available)),
        new("status_replicas_updated", d => d.Updated),
    ]);

    private static readonly MetricTable<double> Quota = new("", new MetricRow<double>("kube_resourcequota", v => v));

    /// <summary>The series of one object.</summary>
    public static IEnumerable<MetricGroup> Of(WorldObject item, MetricTarget target)
    {
        using var document = JsonDocument.Parse(item.Json);
        var root = document.RootElement;
        return item.Type == ResourceTypes.Deployments ? [OfDeployment(item, root, target)] : OfQuota(item, root, target).ToList();
    }

    private static MetricGroup<DeploymentState> OfDeployment(WorldObject item, JsonElement root, MetricTarget target)
    {
        var (spec, status) = (Json.Child(root, "spec"), Json.Child(root, "status"));
        int Count(string name) => Json.Number(status, name) ?? 0;
        var state = new DeploymentState(Json.Time(root.GetProperty("metadata"), "creationTimestamp") ?? DateTimeOffset.UnixEpoch, Json.Number(spec, "replicas") ?? 1,
            Count("replicas"), Count("readyReplicas"), Count("availableReplicas"), Count("updatedReplicas"));
        return new(target, LabelSet.Of("namespace", item.Namespace, "deployment", item.Name), Deployment, _ => state);
    }

    private static IEnumerable<MetricGroup> OfQuota(WorldObject item, JsonElement root, MetricTarget target)
    {
        foreach (var type in (string[])["hard", "used"])
        {
            var amounts = Json.Child(Json.Child(root, "status"), type);
            if (amounts.ValueKind != JsonValueKind.Object)
                continue;
            foreach (var resource in amounts.EnumerateObject())
            {
                if (Json.Amount(amounts, resource.Name) is { } amount)
                    yield return new SteadyGroup<double>(target, LabelSet.Of("namespace", item.Namespace, "resourcequota", item.Name, "resource", resource.Name, "type", type), Quota, amount);
            }
        }
    }

    private sealed record DeploymentState(DateTimeOffset Created, int Wanted, int Replicas, int Ready, int Available, int Updated);
}
