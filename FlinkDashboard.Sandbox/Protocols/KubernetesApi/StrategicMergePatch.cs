using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>
/// Strategic merge patch of built-in kinds (apimachinery strategicpatch): as a merge patch, but lists whose elements have a key are merged
/// element by element, and directives (<c>$patch</c>, <c>$retainKeys</c>, <c>$setElementOrder/…</c>, <c>$deleteFromPrimitiveList/…</c>) are obeyed.
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch", RetainKeys = "$retainKeys", ElementOrder = "$setElementOrder/", DeleteFrom = "$deleteFromPrimitiveList/";

    // patchMergeKey of the API types, by the name of the field; lists that are not here are replaced whole.
    private static readonly Dictionary<string, string> MergeKeys = new()
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["ephemeralContainers"] = "name",
        ["env"] = "name",
        ["volumeMounts"] = "mountPath",
        ["volumeDevices"] = "devicePath",
        ["volumes"] = "name",
        ["imagePullSecrets"] = "name",
        ["secrets"] = "name",
        ["hostAliases"] = "ip",
        ["topologySpreadConstraints"] = "topologyKey",
        ["resourceClaims"] = "name",
        ["ownerReferences"] = "uid",
        ["conditions"] = "type",
        ["addresses"] = "type",
        ["podIPs"] = "ip",
        ["webhooks"] = "name",
    };

    private static readonly string[] Sets = ["finalizers"];

    /// <summary>Applies a patch; <paramref name="target"/> is changed in place.</summary>
    /// <exception cref="FormatException">A directive is unknown, or an element lacks its key.</exception>
    public static JsonObject Apply(JsonObject target, JsonObject patch, string within = "")
    {
        if ((string?)patch[Directive] is { } directive)
        {
            if (directive == "replace")
                target.Clear();
            else if (directive != "merge")
                throw new FormatException($"Unknown patch type: {directive}");
        }
        if (patch[RetainKeys] is JsonArray kept)
        {
            foreach (var key in target.Select(p => p.Key).Where(k => !kept.Any(r => (string?)r == k)).ToList())
                target.Remove(key);
        }
        foreach (var (key, value) in patch.Where(p => p.Key.StartsWith(DeleteFrom, StringComparison.Ordinal)))
            DeleteValues(target, key[DeleteFrom.Length..], value as JsonArray ?? []);
        foreach (var (key, value) in patch.Where(p => !p.Key.StartsWith('$')))
            Set(target, key, value, within);
        foreach (var (key, value) in patch.Where(p => p.Key.StartsWith(ElementOrder, StringComparison.Ordinal)))
            Order(target, key[ElementOrder.Length..], value as JsonArray ?? [], within);
        return target;
    }

    private static void Set(JsonObject target, string key, JsonNode? value, string within)
    {
        switch (value)
        {
            case null:
                target.Remove(key);
                break;
            case JsonObject inner when (string?)inner[Directive] == "delete":
                target.Remove(key);
                break;
            case JsonObject inner:
                if (target[key] is not JsonObject)
                    target[key] = new JsonObject();
                Apply(target[key]!.AsObject(), inner, key);
                break;
            case JsonArray list when KeyOf(key, within) is { } mergeKey:
                MergeElements(target, key, list, mergeKey);
                break;
            case JsonArray list when Sets.Contains(key):
                var set = target[key] as JsonArray ?? [];
                target[key] = new JsonArray([.. set.Concat(list.Where(v => !set.Any(s => JsonNode.DeepEquals(s, v)))).Select(v => v?.DeepClone())]);
                break;
            default:
                target[key] = value.DeepClone();
                break;
        }
    }

    private static string? KeyOf(string field, string within) =>
        field == "ports" ? within is "containers" or "initContainers" or "ephemeralContainers" ? "containerPort" : "port" : MergeKeys.GetValueOrDefault(field);

    private static void MergeElements(JsonObject target, string field, JsonArray patch, string key)
    {
        var replaces = patch.Any(p => (string?)p?[Directive] == "replace" && p[key] is null);
        var result = replaces ? [] : (target[field] as JsonArray ?? []).Select(e => e!.DeepClone().AsObject()).ToList();
        foreach (var element in patch.OfType<JsonObject>())
        {
            if (element[key] is not { } id)
            {
                if ((string?)element[Directive] == "replace")
                    continue;
                throw new FormatException($"map: {element.ToJsonString()} does not contain declared merge key: {key}");
            }
            var at = result.FindIndex(e => JsonNode.DeepEquals(e[key], id));
            if ((string?)element[Directive] == "delete")
            {
                if (at >= 0)
                    result.RemoveAt(at);
            }
            else if (at >= 0)
            {
                Apply(result[at], element, field);
            }
            else
            {
                result.Add(Apply([], element, field));
            }
        }
        target[field] = new JsonArray([.. result]);
    }

    private static void DeleteValues(JsonObject target, string field, JsonArray values)
    {
        if (target[field] is JsonArray list)
            target[field] = new JsonArray([.. list.Where(v => !values.Any(d => JsonNode.DeepEquals(d, v))).Select(v => v?.DeepClone())]);
    }

    // Elements that the order does not name keep their place behind those before them.
    private static void Order(JsonObject target, string field, JsonArray order, string within)
    {
        if (target[field] is not JsonArray list)
            return;
        var key = KeyOf(field, within);
        int Place(JsonNode? element) => order.Select((o, i) => (o, i)).FirstOrDefault(p => JsonNode.DeepEquals(key is null ? p.o : p.o?[key], key is null ? element : element?[key]), (null, -1)).i;
        var last = -1;
        var placed = list.Select(e => (Element: e?.DeepClone(), Place: last = Place(e) is >= 0 and var p ? p : last)).ToList();
        target[field] = new JsonArray([.. placed.OrderBy(p => p.Place).Select(p => p.Element)]);
    }
}
