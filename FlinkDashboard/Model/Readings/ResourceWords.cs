namespace FlinkDashboard.Model.Readings;

/// <summary>Plurals of the API as one says them: <c>configmaps</c> → "config maps", <c>pods/log</c> → "pod logs".</summary>
public static class ResourceWords
{
    private static readonly Dictionary<string, string> Said = new(StringComparer.Ordinal)
    {
        ["configmaps"] = "config maps",
        ["persistentvolumes"] = "persistent volumes",
        ["persistentvolumeclaims"] = "volume claims",
        ["serviceaccounts"] = "service accounts",
        ["statefulsets"] = "stateful sets",
        ["replicasets"] = "replica sets",
        ["daemonsets"] = "daemon sets",
        ["cronjobs"] = "cron jobs",
        ["storageclasses"] = "storage classes",
        ["resourcequotas"] = "quotas",
        ["limitranges"] = "limit ranges",
        ["networkpolicies"] = "network policies",
        ["poddisruptionbudgets"] = "disruption budgets",
        ["horizontalpodautoscalers"] = "pod autoscalers",
        ["rolebindings"] = "role bindings",
        ["clusterroles"] = "cluster roles",
        ["clusterrolebindings"] = "cluster role bindings",
        ["customresourcedefinitions"] = "custom resource definitions",
        ["controllerrevisions"] = "controller revisions",
        ["endpointslices"] = "endpoint slices",
        ["priorityclasses"] = "priority classes",
        ["ingressclasses"] = "ingress classes",
        ["flinkdeployments"] = "Flink deployments",
        ["flinksessionjobs"] = "Flink session jobs",
        ["flinkstatesnapshots"] = "Flink snapshots",
        ["flinkbluegreendeployments"] = "Flink blue/green deployments",
        ["pods/log"] = "pod logs",
        ["pods/exec"] = "commands inside pods",
        ["pods/attach"] = "attached pods",
        ["pods/portforward"] = "port forwards to pods",
        ["pods/proxy"] = "pod proxies",
        ["pods/eviction"] = "evictions of pods",
        ["services/proxy"] = "service proxies",
        ["*"] = "everything",
        ["*/scale"] = "scales of everything",
        ["*/status"] = "the status of everything",
    };

    /// <summary>The words for a resource or subresource; unknown plurals stay as they are.</summary>
    public static string Of(string resource)
    {
        if (Said.TryGetValue(resource, out var words))
            return words;
        var slash = resource.IndexOf('/');
        return slash < 0 ? resource : $"{(resource[(slash + 1)..] is "status" ? "the status" : resource[(slash + 1)..])} of {Of(resource[..slash])}";
    }
}
