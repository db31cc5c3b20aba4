using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>The fields of ObjectMeta and their types: what is unknown is dropped, what cannot be read refuses the object.</summary>
internal static class MetadataShape
{
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["name"] = "string",
        ["generateName"] = "string",
        ["namespace"] = "string",
        ["selfLink"] = "string",
        ["uid"] = "types.UID",
        ["resourceVersion"] = "string",
        ["generation"] = "int64",
        ["creationTimestamp"] = "time",
        ["deletionTimestamp"] = "time",
        ["deletionGracePeriodSeconds"] = "int64",
        ["labels"] = "map[string]string",
        ["annotations"] = "map[string]string",
        ["ownerReferences"] = "[]v1.OwnerReference",
        ["finalizers"] = "[]string",
        ["managedFields"] = "[]v1.ManagedFieldsEntry",
    };

    private static readonly HashSet<string> OwnerFields = ["apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion"];

    /// <summary>Drops unknown fields in place.</summary>
    /// <returns>Their paths, in order of appearance.</returns>
    public static IReadOnlyList<string> Prune(JsonObject metadata)
    {
        var dropped = new List<string>();
        foreach (var key in metadata.Select(p => p.Key).Where(k => !Fields.ContainsKey(k)).ToList())
        {
            metadata.Remove(key);
            dropped.Add($"metadata.{key}");
        }
        var owners = metadata["ownerReferences"] as JsonArray ?? [];
        for (var i = 0; i < owners.Count; i++)
        {
            if (owners[i] is not JsonObject owner)
                continue;
            foreach (var key in owner.Select(p => p.Key).Where(k => !OwnerFields.Contains(k)).ToList())
            {
                owner.Remove(key);
                dropped.Add($"metadata.ownerReferences[{i}].{key}");
            }
        }
        // A null is the absence of a value, also inside labels and annotations it is the empty text.
        foreach (var key in metadata.Where(p => p.Value is null && p.Key != "creationTimestamp").Select(p => p.Key).ToList())
            metadata.Remove(key);
        return dropped;
    }

    /// <summary>Go's complaint about the first field of a wrong type; null when all can be read.</summary>
    /// <param name="isCustom">Custom resources are decoded from their metadata alone, so the path is shorter.</param>
    public static string? WrongType(JsonObject metadata, bool isCustom)
    {
        var parent = isCustom ? "ObjectMeta." : "ObjectMeta.metadata.";
        foreach (var (key, value) in metadata)
        {
            if (value is null || !Fields.TryGetValue(key, out var type))
                continue;
            var wrong = type switch
            {
                "map[string]string" when value is JsonObject map => map.Select(p => p.Value).FirstOrDefault(v => v is not null && GoType(v) != "string") is { } v ? (GoType(v), "string") : default,
                "[]string" when value is JsonArray list => list.FirstOrDefault(v => v is not null && GoType(v) != "string") is { } v ? (GoType(v), "string") : default,
                "[]v1.OwnerReference" or "[]v1.ManagedFieldsEntry" when value is JsonArray => default,
                "int64" when GoType(value) == "number" => default,
                "string" or "types.UID" or "time" when GoType(value) == "string" => default,
                _ => (GoType(value), type),
            };
            if (wrong.Item1 is not null)
                return $"json: cannot unmarshal {wrong.Item1} into Go struct field {parent}{key} of type {wrong.Item2}";
        }
        return null;
    }

    private static string GoType(JsonNode value) => value switch
    {
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch { JsonValueKind.String => "string", JsonValueKind.Number => "number", _ => "bool" },
    };
}
