using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.World;

/// <summary>Quota admission for pods, and what a namespace's pods use (Kubernetes "Resource Quotas").</summary>
public static class ResourceQuotas
{
    /// <summary>Refuses a pod that would exceed a ResourceQuota of its namespace, or does not say what the quota limits.</summary>
    /// <exception cref="ApiError">403 with the API server's text.</exception>
    public static void Admit(ObjectStore objects, JsonObject pod)
    {
        var ns = pod.Text("metadata", "namespace") ?? "";
        var quotas = objects.List(ResourceTypes.ResourceQuotas, ns).Items;
        if (quotas.Count == 0)
            return;
        var all = Used(objects, ns);
        foreach (var quota in quotas)
        {
            var hard = quota.Read().Map("spec", "hard").Where(h => Kinds.ContainsKey(h.Key)).OrderBy(h => h.Key, StringComparer.Ordinal).ToList();
            var unstated = hard.SelectMany(h => Unstated(pod, h.Key)).ToList();
            if (unstated.Count > 0)
                throw Refusal(pod, $"failed quota: {quota.Name}: must specify {string.Join("; ", unstated)}");
            var asked = hard.ToDictionary(h => h.Key, h => Of(pod, h.Key));
            var over = hard.Where(h => asked[h.Key] > 0 && all.GetValueOrDefault(h.Key) + asked[h.Key] > (Quantity.Parse(h.Value) ?? 0)).ToList();
            if (over.Count > 0)
            {
                string Listed(Func<string, string> value) => string.Join(",", over.Select(h => $"{h.Key}={value(h.Key)}"));
                throw Refusal(pod, $"exceeded quota: {quota.Name}, requested: {Listed(k => Written(k, asked[k]))}, used: {Listed(k => Written(k, all.GetValueOrDefault(k)))}, limited: {string.Join(",", over.Select(h => $"{h.Key}={h.Value}"))}");
            }
        }
    }

    /// <summary>What the pods of a namespace that have not ended use, by quota resource name, in cores, bytes and pods.</summary>
    public static IReadOnlyDictionary<string, decimal> Used(ObjectStore objects, string ns)
    {
        var used = new Dictionary<string, decimal>();
        foreach (var pod in objects.List(ResourceTypes.Pods, ns).Items)
        {
            var node = pod.Read();
            if (node.Text("status", "phase") is "Succeeded" or "Failed")
                continue;
            foreach (var resource in Kinds.Keys)
                used[resource] = used.GetValueOrDefault(resource) + Of(node, resource);
        }
        return used;
    }

    /// <summary>The <c>status</c> of a quota: its hard limits and their use.</summary>
    public static JsonObject Status(JsonObject quota, IReadOnlyDictionary<string, decimal> used)
    {
        var hard = quota.Map("spec", "hard");
        var status = new JsonObject { ["hard"] = new JsonObject(), ["used"] = new JsonObject() };
        foreach (var (name, value) in hard)
        {
            status["hard"]![name] = value;
            status["used"]![name] = Written(name, used.GetValueOrDefault(name));
        }
        return status;
    }

    private static readonly Dictionary<string, (string Part, string Resource)> Kinds = new()
    {
        ["cpu"] = ("requests", "cpu"),
        ["memory"] = ("requests", "memory"),
        ["requests.cpu"] = ("requests", "cpu"),
        ["requests.memory"] = ("requests", "memory"),
        ["limits.cpu"] = ("limits", "cpu"),
        ["limits.memory"] = ("limits", "memory"),
        ["pods"] = ("", ""),
        ["count/pods"] = ("", ""),
    };

    private static decimal Of(JsonNode pod, string resource)
    {
        var (part, name) = Kinds[resource];
        if (part.Length == 0)
            return 1;
        decimal Sum(JsonObject c) => Quantity.Parse(c.Text("resources", part, name)) ?? 0;
        return Math.Max(pod.Items("spec", "containers").Sum(Sum), pod.Items("spec", "initContainers").Select(Sum).DefaultIfEmpty().Max());
    }

    private static IEnumerable<string> Unstated(JsonNode pod, string resource)
    {
        var (part, name) = Kinds[resource];
        if (part.Length == 0)
            yield break;
        var silent = pod.Items("spec", "containers").Where(c => c.Text("resources", part, name) is null).Select(c => c.Text("name")).ToList();
        if (silent.Count > 0)
            yield return $"{resource} for: {string.Join(",", silent)}";
    }

    private static string Written(string resource, decimal value) =>
        resource.EndsWith("memory", StringComparison.Ordinal) ? Quantity.Memory((long)value)
        : resource.EndsWith("cpu", StringComparison.Ordinal) ? Quantity.Cores((long)(value * 1000))
        : ((long)value).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ApiError Refusal(JsonNode pod, string why)
    {
        var name = pod.Text("metadata", "name") ?? "";
        return new ApiError(403, "Forbidden", $"pods \"{name}\" is forbidden: {why}", new JsonObject { ["name"] = name, ["kind"] = "pods" });
    }
}
