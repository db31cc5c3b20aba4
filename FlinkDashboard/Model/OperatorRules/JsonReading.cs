using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Reads JSON that people wrote: what is missing or of another type is null, never an exception.</summary>
internal static class JsonReading
{
    /// <summary>What stands at the end of some names.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            node = (node as JsonObject)?[name];
        return node;
    }

    /// <summary>Text at the end of some names.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> names) =>
        node.At(names) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A number at the end of some names.</summary>
    public static double? Number(this JsonNode? node, params ReadOnlySpan<string> names) =>
        node.At(names) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>true or false at the end of some names.</summary>
    public static bool? Flag(this JsonNode? node, params ReadOnlySpan<string> names) => node.At(names)?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
