using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>
/// Fields that the API server fills in where a client leaves them out (Kubernetes API, "Default values"). Only absent fields are filled, so an
/// object that a real server has stored is not changed.
/// </summary>
internal static class BuiltInDefaults
{
    /// <summary>Fills in place.</summary>
    public static void Apply(ResourceType type, JsonObject body)
    {
        if (type == ResourceTypes.Deployments || type == ResourceTypes.ReplicaSets || type == ResourceTypes.StatefulSets)
            Workload(type, Child(body, "spec"));
        else if (type == ResourceTypes.Pods)
            Pod(Child(body, "spec"));
        else if (type == ResourceTypes.Services)
            Service(body, Child(body, "spec"));
        else if (type == ResourceTypes.Secrets)
            Secret(body);
        else if (type == ResourceTypes.Namespaces)
            Namespace(body);
        else if (type == ResourceTypes.PersistentVolumeClaims)
            Fill(Child(body, "spec"), "volumeMode", "Filesystem");
        else if (type == ResourceTypes.RoleBindings || type == ResourceTypes.ClusterRoleBindings)
            Binding(body);
    }

    private static void Workload(ResourceType type, JsonObject spec)
    {
        Fill(spec, "replicas", 1);
        if (type == ResourceTypes.Deployments)
        {
            Fill(spec, "revisionHistoryLimit", 10);
            Fill(spec, "progressDeadlineSeconds", 600);
            var strategy = Child(spec, "strategy");
            Fill(strategy, "type", "RollingUpdate");
            if ((string?)strategy["type"] == "RollingUpdate")
            {
                Fill(Child(strategy, "rollingUpdate"), "maxSurge", "25%");
                Fill(Child(strategy, "rollingUpdate"), "maxUnavailable", "25%");
            }
        }
        if (type == ResourceTypes.StatefulSets)
        {
            Fill(spec, "revisionHistoryLimit", 10);
            Fill(spec, "podManagementPolicy", "OrderedReady");
            Fill(Child(spec, "updateStrategy"), "type", "RollingUpdate");
            if ((string?)spec["updateStrategy"]!["type"] == "RollingUpdate")
                Fill(Child(Child(spec, "updateStrategy"), "rollingUpdate"), "partition", 0);
        }
        Pod(Child(Child(spec, "template"), "spec"));
    }

    private static void Pod(JsonObject spec)
    {
        Fill(spec, "restartPolicy", "Always");
        Fill(spec, "terminationGracePeriodSeconds", 30);
        Fill(spec, "dnsPolicy", "ClusterFirst");
        Child(spec, "securityContext");
        Fill(spec, "schedulerName", "default-scheduler");
        if (spec["serviceAccountName"] is { } account)
            Fill(spec, "serviceAccount", account.DeepClone());
        foreach (var container in new[] { "initContainers", "containers" }.SelectMany(list => (spec[list] as JsonArray ?? []).OfType<JsonObject>()))
            Container(container);
        foreach (var volume in (spec["volumes"] as JsonArray ?? []).OfType<JsonObject>())
        {
            foreach (var source in new[] { "configMap", "secret", "projected", "downwardAPI" })
            {
                if (volume[source] is JsonObject files)
                    Fill(files, "defaultMode", 420);
            }
            if (volume["hostPath"] is JsonObject path)
                Fill(path, "type", "");
        }
    }

    private static void Container(JsonObject container)
    {
        Child(container, "resources");
        Fill(container, "terminationMessagePath", "/dev/termination-log");
        Fill(container, "terminationMessagePolicy", "File");
        var image = (string?)container["image"] ?? "";
        var tag = image[(image.LastIndexOf('/') + 1)..];
        Fill(container, "imagePullPolicy", tag.EndsWith(":latest", StringComparison.Ordinal) || !tag.Contains(':', StringComparison.Ordinal) && !tag.Contains('@', StringComparison.Ordinal) ? "Always" : "IfNotPresent");
        foreach (var port in (container["ports"] as JsonArray ?? []).OfType<JsonObject>())
            Fill(port, "protocol", "TCP");
        foreach (var variable in (container["env"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (variable["valueFrom"]?["fieldRef"] is JsonObject field)
                Fill(field, "apiVersion", "v1");
        }
        foreach (var probe in new[] { "livenessProbe", "readinessProbe", "startupProbe" }.Select(p => container[p]).OfType<JsonObject>())
        {
            foreach (var (key, value) in ((string, int)[])[("timeoutSeconds", 1), ("periodSeconds", 10), ("successThreshold", 1), ("failureThreshold", 3)])
                Fill(probe, key, value);
            if (probe["httpGet"] is JsonObject get)
            {
                Fill(get, "path", "/");
                Fill(get, "scheme", "HTTP");
            }
        }
    }

    private static void Service(JsonObject body, JsonObject spec)
    {
        Fill(spec, "type", "ClusterIP");
        Fill(spec, "sessionAffinity", "None");
        foreach (var port in (spec["ports"] as JsonArray ?? []).OfType<JsonObject>())
        {
            Fill(port, "protocol", "TCP");
            if (port["port"] is { } number)
                Fill(port, "targetPort", number.DeepClone());
        }
        if ((string?)spec["type"] == "ExternalName")
            return;
        Fill(spec, "internalTrafficPolicy", "Cluster");
        Fill(spec, "ipFamilyPolicy", "SingleStack");
        Fill(spec, "ipFamilies", new JsonArray("IPv4"));
        Fill(spec, "clusterIP", ClusterIp($"{(string?)body["metadata"]?["namespace"]}/{(string?)body["metadata"]?["name"]}"));
        Fill(spec, "clusterIPs", new JsonArray(spec["clusterIP"]!.DeepClone()));
    }

    // An address of the seed's service range, the same for the same name.
    private static string ClusterIp(string key)
    {
        var hash = key.Aggregate(2166136261u, (h, c) => (h ^ c) * 16777619u);
        return $"172.20.{hash / 251 % 250 + 1}.{hash % 251 + 2}";
    }

    private static void Secret(JsonObject body)
    {
        Fill(body, "type", "Opaque");
        if (body["stringData"] is not JsonObject texts)
            return;
        foreach (var (key, value) in texts)
            Child(body, "data")[key] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes((string?)value ?? ""));
        body.Remove("stringData");
    }

    private static void Namespace(JsonObject body)
    {
        Fill(Child(body, "spec"), "finalizers", new JsonArray("kubernetes"));
        Fill(Child(Child(body, "metadata"), "labels"), "kubernetes.io/metadata.name", (string?)body["metadata"]?["name"] ?? "");
    }

    private static void Binding(JsonObject body)
    {
        foreach (var subject in (body["subjects"] as JsonArray ?? []).OfType<JsonObject>().Where(s => (string?)s["kind"] is "User" or "Group"))
            Fill(subject, "apiGroup", ResourceTypes.Roles.Group);
        if (body["roleRef"] is JsonObject role)
            Fill(role, "apiGroup", ResourceTypes.Roles.Group);
    }

    private static JsonObject Child(JsonObject parent, string key)
    {
        if (parent[key] is JsonObject child)
            return child;
        child = [];
        if (!parent.ContainsKey(key))
            parent[key] = child;
        return child;
    }

    private static void Fill(JsonObject map, string key, JsonNode value)
    {
        if (!map.ContainsKey(key))
            map[key] = value;
    }
}
