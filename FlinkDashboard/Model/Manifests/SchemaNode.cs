using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.Manifests;

/// <summary>Reads one node of an openAPIV3Schema.</summary>
internal static class SchemaNode
{
    /// <summary>The schema of what stands below by a key or index; null when not described.</summary>
    public static JsonObject? Below(JsonObject node, string step)
    {
        if (node["items"] is JsonObject items && ManifestPath.Index(step) is not null)
            return items;
        return node["properties"]?[step] as JsonObject ?? node["additionalProperties"] as JsonObject;
    }

    /// <summary>Fields that no schema describes are kept.</summary>
    public static bool TakesUnknown(JsonObject node) =>
        ((bool?)node["x-kubernetes-preserve-unknown-fields"] ?? false) || node["additionalProperties"] is JsonValue flag && flag.TryGetValue<bool>(out var any) && any;

    /// <summary>object, array, string, … or int-or-string; empty for anything.</summary>
    public static string Type(JsonObject node) => (bool?)node["x-kubernetes-int-or-string"] == true ? "int-or-string" : (string?)node["type"] ?? "";

    /// <summary>Values that are taken.</summary>
    public static IReadOnlyList<string> Enum(JsonObject node) => node["enum"] is JsonArray values ? [.. values.Where(v => v is not null).Select(v => v!.ToString())] : [];

    /// <summary>The node as a field.</summary>
    public static SchemaField Field(string name, string path, JsonObject node, JsonObject? parent) =>
        new(name, path, Type(node), Enum(node), (string?)node["description"], Number(node, "minimum"), Number(node, "maximum"))
        {
            Pattern = (string?)node["pattern"],
            Format = (string?)node["format"],
            Required = (parent?["required"] as JsonArray)?.Any(r => (string?)r == name) ?? false,
            TakesUnknownFields = TakesUnknown(node),
            ItemType = node["items"] is JsonObject items ? Type(items) : null,
        };

    /// <summary>A number of the schema; null when absent.</summary>
    public static double? Number(JsonObject node, string name) => node[name] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;
}
