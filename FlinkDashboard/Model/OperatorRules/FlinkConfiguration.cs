using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>The free-form <c>spec.flinkConfiguration</c> as the operator reads it: nested maps flattened with dots, lists joined with semicolons.</summary>
public static class FlinkConfiguration
{
    /// <summary>Flat keys and values; scalars become their text, nulls are left out.</summary>
    public static IReadOnlyDictionary<string, string> Flatten(JsonNode? configuration)
    {
        var flat = new Dictionary<string, string>();
        if (configuration is JsonObject map)
            Add(flat, "", map);
        return flat;
    }

    private static void Add(Dictionary<string, string> flat, string prefix, JsonObject map)
    {
        foreach (var (key, value) in map)
        {
            if (value is JsonObject nested)
                Add(flat, $"{prefix}{key}.", nested);
            else if (value is JsonArray list)
                flat[prefix + key] = string.Join(';', list.Select(JavaText.Of));
            else if (value is not null)
                flat[prefix + key] = JavaText.Of(value);
        }
    }
}
