using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

/// <summary>flinkConfiguration as the operator flattens it: nested keys joined with dots, arrays with semicolons, scalars as text.</summary>
public static class ConfigurationText
{
    /// <summary>Flat keys and values, in document order.</summary>
    public static IReadOnlyDictionary<string, string> Flatten(JsonNode? node)
    {
        var result = new Dictionary<string, string>();
        if (node is JsonObject o)
            Add(result, "", o);
        return result;
    }

    private static void Add(Dictionary<string, string> result, string prefix, JsonObject node)
    {
        foreach (var (key, value) in node)
        {
            var name = prefix + key;
            if (value is JsonObject nested)
                Add(result, name + ".", nested);
            else if (value is JsonArray list)
                result[name] = string.Join(';', list.Select(Scalar));
            else if (value is not null)
                result[name] = Scalar(value);
        }
    }

    private static string Scalar(JsonNode? value) =>
        value is JsonValue v && v.GetValueKind() == JsonValueKind.String ? (string)v! : value?.ToJsonString() ?? "";
}
