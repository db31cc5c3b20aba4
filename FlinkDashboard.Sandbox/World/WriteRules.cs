using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.World;

/// <summary>What a write may change, as the generic registry of the API server decides it.</summary>
internal static class WriteRules
{
    private static readonly string[] ServerOwned =
        ["uid", "resourceVersion", "creationTimestamp", "generation", "namespace", "name", "deletionTimestamp", "deletionGracePeriodSeconds"];

    /// <summary>The object to store when <paramref name="after"/> was written over <paramref name="before"/>.</summary>
    public static JsonObject Merge(ResourceType type, JsonObject before, JsonObject after, WritePart part)
    {
        if (part == WritePart.Status)
        {
            var result = before.DeepClone().AsObject();
            Carry("status", after, result);
            return result;
        }
        if (part == WritePart.Main && type.HasStatus)
            Carry("status", before, after);
        after["apiVersion"] = type.ApiVersion;
        after["kind"] = type.Kind;
        foreach (var kept in ServerOwned)
            Carry(kept, before["metadata"]!.AsObject(), after["metadata"]!.AsObject());
        return after;
    }

    /// <summary>True when a write changed nothing that <c>metadata.generation</c> counts.</summary>
    public static bool SameButMetadataAndStatus(JsonObject a, JsonObject b)
    {
        static IEnumerable<KeyValuePair<string, JsonNode?>> Rest(JsonObject o) => o.Where(p => p.Key is not ("metadata" or "status"));
        return Rest(a).Count() == Rest(b).Count() && Rest(a).All(p => b.TryGetPropertyValue(p.Key, out var other) && JsonNode.DeepEquals(p.Value, other));
    }

    /// <summary>The finalizer that holds an object for a deletion propagation, or null.</summary>
    public static string? FinalizerOf(string propagation) => propagation switch
    {
        "Foreground" => "foregroundDeletion",
        "Orphan" => "orphan",
        _ => null,
    };

    /// <summary>A pod that runs on a node is stopped by its kubelet first; every other object has no grace period.</summary>
    public static long DefaultGrace(ResourceType type, JsonObject node) =>
        type == ResourceTypes.Pods && node["spec"]?["nodeName"] is not null && (string?)node["status"]?["phase"] is not ("Succeeded" or "Failed")
            ? node.Number("spec", "terminationGracePeriodSeconds") ?? 30
            : 0;

    private static void Carry(string key, JsonObject from, JsonObject to)
    {
        if (from[key] is { } value)
            to[key] = value.DeepClone();
        else
            to.Remove(key);
    }
}
