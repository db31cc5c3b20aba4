using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;

/// <summary>YAML as Jackson writes it: a document mark, two spaces, lists at the level of their key, texts in double quotes.</summary>
public static class YamlText
{
    /// <summary>A document.</summary>
    public static string Write(JsonObject node)
    {
        var text = new StringBuilder("---\n");
        WriteObject(text, node, "");
        return text.ToString();
    }

    private static void WriteObject(StringBuilder text, JsonObject node, string indent)
    {
        foreach (var (key, value) in node)
        {
            text.Append(indent).Append(key).Append(':');
            WriteValue(text, value, indent);
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, string indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } o:
                text.Append('\n');
                WriteObject(text, o, indent + "  ");
                break;
            case JsonArray { Count: > 0 } a:
                text.Append('\n');
                foreach (var item in a)
                    WriteItem(text, item, indent);
                break;
            default:
                text.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static void WriteItem(StringBuilder text, JsonNode? item, string indent)
    {
        if (item is not JsonObject { Count: > 0 } o)
        {
            text.Append(indent).Append("- ").Append(Scalar(item)).Append('\n');
            return;
        }
        var lines = new StringBuilder();
        WriteObject(lines, o, indent + "  ");
        lines[indent.Length] = '-';
        text.Append(lines);
    }

    private static string Scalar(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue v when v.GetValueKind() == JsonValueKind.String => "\"" + ((string)v!).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"",
        _ => value.ToJsonString(),
    };
}
