using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.World;

/// <summary>
/// What happens to every new pod between its request and the store: defaults, service account token volume, tolerations,
/// quality of service, quota. Used by the API server for pods that clients create and by the behaviours for their own.
/// </summary>
public static class PodAdmission
{
    /// <summary>Creates a pod (which this call takes over) as the API server would.</summary>
    /// <exception cref="ApiError">403 by quota, 409 when the name is taken.</exception>
    public static WorldObject Create(SandboxWorld world, JsonObject pod, bool dryRun = false)
    {
        Complete(world, pod);
        ResourceQuotas.Admit(world.Objects, pod);
        return world.Objects.Create(ResourceTypes.Pods, pod, dryRun, WritePart.All);
    }

    /// <summary>Fills in the name, all defaults and the first status.</summary>
    public static void Complete(SandboxWorld world, JsonObject pod)
    {
        var meta = pod.Child("metadata");
        if (meta.Text("name") is null && meta.Text("generateName") is { } prefix)
            meta["name"] = prefix + (world.TakeName(prefix) ?? world.Suffix());
        var spec = pod.Child("spec");
        Default(spec, "restartPolicy", "Always");
        Default(spec, "terminationGracePeriodSeconds", 30);
        Default(spec, "dnsPolicy", "ClusterFirst");
        Default(spec, "serviceAccountName", spec.Text("serviceAccount") ?? "default");
        Default(spec, "serviceAccount", spec.Text("serviceAccountName")!);
        Default(spec, "schedulerName", "default-scheduler");
        Default(spec, "priority", 0);
        Default(spec, "enableServiceLinks", true);
        Default(spec, "preemptionPolicy", "PreemptLowerPriority");
        spec.Child("securityContext");
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
            CompleteContainer(container);
        MountToken(world, spec);
        Tolerate(spec);
        pod["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = QosClass(spec) };
    }

    /// <summary>Guaranteed, Burstable or BestEffort.</summary>
    public static string QosClass(JsonNode spec)
    {
        var all = spec.Items("containers").Concat(spec.Items("initContainers")).ToList();
        if (all.All(c => c.At("resources", "requests") is not JsonObject { Count: > 0 } && c.At("resources", "limits") is not JsonObject { Count: > 0 }))
            return "BestEffort";
        static bool Same(JsonObject c, string what) => c.Text("resources", "limits", what) is { } limit
            && Quantity.Parse(limit) == Quantity.Parse(c.Text("resources", "requests", what) ?? limit);
        return all.All(c => Same(c, "cpu") && Same(c, "memory")) ? "Guaranteed" : "Burstable";
    }

    private static void CompleteContainer(JsonObject container)
    {
        Default(container, "terminationMessagePath", "/dev/termination-log");
        Default(container, "terminationMessagePolicy", "File");
        var image = container.Text("image") ?? "";
        Default(container, "imagePullPolicy", image.EndsWith(":latest", StringComparison.Ordinal) || !image[(image.LastIndexOf('/') + 1)..].Contains(':') ? "Always" : "IfNotPresent");
        var resources = container.Child("resources");
        if (resources["limits"] is JsonObject limits)
        {
            var requests = resources.Child("requests");
            foreach (var (name, value) in limits.Where(l => requests[l.Key] is null))
                requests[name] = value!.DeepClone();
        }
        foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" }.Select(p => container[p]).OfType<JsonObject>())
        {
            Default(probe, "timeoutSeconds", 1);
            Default(probe, "periodSeconds", 10);
            Default(probe, "successThreshold", 1);
            Default(probe, "failureThreshold", 3);
            if (probe["httpGet"] is JsonObject http)
                Default(http, "scheme", "HTTP");
        }
    }

    // The ServiceAccount admission plug-in.
    private static void MountToken(SandboxWorld world, JsonObject spec)
    {
        const string path = "/var/run/secrets/kubernetes.io/serviceaccount";
        if (spec["automountServiceAccountToken"] is JsonValue v && v.GetValueKind() == System.Text.Json.JsonValueKind.False)
            return;
        var containers = spec.Items("containers").Concat(spec.Items("initContainers")).ToList();
        if (containers.All(c => c.Items("volumeMounts").Any(m => m.Text("mountPath") == path)))
            return;
        var name = "kube-api-access-" + world.Suffix();
        Append(spec, "volumes", JsonNode.Parse(
            """
            {"name":"","projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
            {"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}},
            {"downwardAPI":{"items":[{"path":"namespace","fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"}}]}}],"defaultMode":420}}
            """)!.AsObject());
        spec["volumes"]!.AsArray()[^1]!["name"] = name;
        foreach (var container in containers)
            Append(container, "volumeMounts", new JsonObject { ["name"] = name, ["readOnly"] = true, ["mountPath"] = path });
    }

    // The DefaultTolerationSeconds admission plug-in.
    private static void Tolerate(JsonObject spec)
    {
        foreach (var key in new[] { "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable" })
        {
            if (spec.Items("tolerations").Any(t => (t.Text("key") ?? key) == key && (t.Text("effect") ?? "NoExecute") == "NoExecute"))
                continue;
            Append(spec, "tolerations", new JsonObject { ["key"] = key, ["operator"] = "Exists", ["effect"] = "NoExecute", ["tolerationSeconds"] = 300 });
        }
    }

    private static void Append(JsonObject node, string array, JsonObject item)
    {
        if (node[array] is not JsonArray list)
            node[array] = list = [];
        list.Add(item);
    }

    private static void Default(JsonObject node, string name, JsonNode value)
    {
        if (node[name] is null)
            node[name] = value;
    }
}
