using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.World;

/// <summary>Reading nested JSON without a check at every step: what is missing or of another type is null or empty.</summary>
internal static class JsonReading
{
    /// <summary>The node at a path of property names, or null.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            node = node is JsonObject o && o.TryGetPropertyValue(name, out var next) ? next : null;
        return node;
    }

    /// <summary>The string at a path, or null.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue v && v.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The whole number at a path, or null.</summary>
    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue v && v.GetValueKind() == JsonValueKind.Number ? (long)Decimal(v) : null;

    /// <summary>True when the boolean at a path is true.</summary>
    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue v && v.GetValueKind() == JsonValueKind.True;

    /// <summary>The objects of the array at a path.</summary>
    public static IEnumerable<JsonObject> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray a ? a.OfType<JsonObject>() : [];

    /// <summary>The strings of the array at a path.</summary>
    public static IEnumerable<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray a ? a.Select(x => x.Text()).OfType<string>() : [];

    /// <summary>The string properties of the object at a path.</summary>
    public static IReadOnlyDictionary<string, string> Map(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonObject o ? o.ToDictionary(p => p.Key, p => p.Value.Text() ?? "") : new Dictionary<string, string>();

    /// <summary>The object under a name, created if it is not there.</summary>
    public static JsonObject Child(this JsonObject node, string name)
    {
        if (node[name] is JsonObject child)
            return child;
        child = [];
        node[name] = child;
        return child;
    }

    // A number made in code keeps its own type, one that was parsed has none: both must read.
    private static decimal Decimal(JsonValue value) =>
        value.TryGetValue<decimal>(out var d) ? d
        : value.TryGetValue<long>(out var l) ? l
        : value.TryGetValue<int>(out var i) ? i
        : value.TryGetValue<double>(out var f) ? (decimal)f
        : 0;
}
