using System.Text;
using System.Text.Json;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>Writes an object of the API as YAML, as kubectl does, without the parts that say nothing to a reader.</summary>
public static class YamlText
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>The document's text, ending with a line break.</summary>
    public static string Of(JsonElement root)
    {
        var text = new StringBuilder();
        Write(text, root, 0, "");
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value, int depth, string path)
    {
        if (value.ValueKind == JsonValueKind.Array)
            WriteItems(text, value, depth, path);
        else
            WriteMembers(text, value, depth, path);
    }

    private static void WriteMembers(StringBuilder text, JsonElement map, int depth, string path, bool startsOnLine = false)
    {
        foreach (var member in map.EnumerateObject().Where(member => !IsNoise(path, member.Name)))
        {
            if (!startsOnLine)
                text.Append(' ', depth * 2);
            startsOnLine = false;
            text.Append(Scalar(member.Name)).Append(':');
            WriteValue(text, member.Value, depth, $"{path}/{member.Name}");
        }
    }

    private static void WriteItems(StringBuilder text, JsonElement list, int depth, string path)
    {
        foreach (var item in list.EnumerateArray())
        {
            text.Append(' ', depth * 2).Append('-');
            if (item.ValueKind == JsonValueKind.Object && item.EnumerateObject().Any())
            {
                text.Append(' ');
                WriteMembers(text, item, depth + 1, path, startsOnLine: true);
            }
            else
            {
                WriteValue(text, item, depth, path);
            }
        }
    }

    private static void WriteValue(StringBuilder text, JsonElement value, int depth, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any():
                text.Append('\n');
                Write(text, value, depth + 1, path);
                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                text.Append('\n');
                Write(text, value, depth, path);
                break;
            case JsonValueKind.String when value.GetString()! is var words && words.Contains('\n') && !words.Contains('\r'):
                text.Append(words.EndsWith('\n') ? " |\n" : " |-\n");
                foreach (var line in words.TrimEnd('\n').Split('\n'))
                    text.Append(' ', line.Length == 0 ? 0 : (depth + 1) * 2).Append(line).Append('\n');
                break;
            default:
                text.Append(' ').Append(value.ValueKind switch
                {
                    JsonValueKind.Object => "{}",
                    JsonValueKind.Array => "[]",
                    JsonValueKind.String => Scalar(value.GetString()!),
                    JsonValueKind.Null => "null",
                    _ => value.GetRawText(),
                }).Append('\n');
                break;
        }
    }

    // Plain where YAML reads the same text back; quoted where it would read a number, a boolean or structure.
    private static string Scalar(string text)
    {
        var plain = text.Length > 0 && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1]) && !text.Any(char.IsControl)
            && "-?:,[]{}#&*!|>'\"%@`=<~".IndexOf(text[0]) < 0 && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal) && !text.EndsWith(':')
            && !char.IsAsciiDigit(text[0]) && text[0] is not ('.' or '+')
            && text.ToLowerInvariant() is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n");
        return plain ? text : JsonSerializer.Serialize(text, WireJson.Default.String);
    }

    private static bool IsNoise(string path, string name) => (path, name) is ("/metadata", "managedFields") or ("/metadata/annotations", LastApplied);
}
