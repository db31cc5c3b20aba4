using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>JSON merge patch, RFC 7386: null deletes a key, arrays are replaced whole.</summary>
internal static class MergePatch
{
    /// <summary>Applies a patch; <paramref name="target"/> is changed in place where it is an object.</summary>
    public static JsonNode Apply(JsonNode? target, JsonObject patch)
    {
        var result = target as JsonObject ?? [];
        foreach (var (key, value) in patch)
        {
            if (value is null)
                result.Remove(key);
            else if (value is JsonObject inner)
            {
                var current = result[key];
                result[key] = current is JsonObject existing ? Same(Apply(existing, inner), existing, result, key) : Apply(null, inner);
            }
            else
                result[key] = value.DeepClone();
        }
        return result;
    }

    // A node that already hangs where it belongs must be taken off before it is put back.
    private static JsonNode Same(JsonNode applied, JsonObject existing, JsonObject parent, string key)
    {
        if (ReferenceEquals(applied, existing))
            parent.Remove(key);
        return applied;
    }
}
