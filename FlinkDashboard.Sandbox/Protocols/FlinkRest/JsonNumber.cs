using System.Globalization;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Numbers as Jackson writes them.</summary>
internal static class JsonNumber
{
    /// <summary>A double, with <c>.0</c> where it is whole.</summary>
    public static JsonNode Of(double value) => JsonNode.Parse(Text(value))!;

    /// <summary>Its text.</summary>
    public static string Text(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }
}
