using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>Drops what a schema does not know, and nulls where null is no value; fills in defaults (apiextensions, structural schemas).</summary>
internal static class SchemaPruning
{
    private static readonly string[] TypeAndMetadata = ["apiVersion", "kind", "metadata"];

    /// <summary>Prunes a whole custom resource in place; type and metadata are not the schema's.</summary>
    /// <returns>Paths of the dropped fields, sorted.</returns>
    public static IReadOnlyList<string> Prune(JsonObject resource, Schema schema)
    {
        var dropped = new List<string>();
        foreach (var key in resource.Select(p => p.Key).Except(TypeAndMetadata).ToList())
            Field(resource, key, schema, key, dropped);
        Nulls(resource, schema);
        Defaults(resource, schema);
        dropped.Sort(StringComparer.Ordinal);
        return dropped;
    }

    private static void Field(JsonObject map, string key, Schema schema, string path, List<string> dropped)
    {
        if ((schema.Properties.GetValueOrDefault(key) ?? schema.AdditionalProperties) is { } known)
        {
            Value(map[key], known, path, dropped);
        }
        else if (!schema.PreserveUnknown)
        {
            map.Remove(key);
            dropped.Add(path);
        }
    }

    private static void Value(JsonNode? value, Schema schema, string path, List<string> dropped)
    {
        if (value is JsonObject map)
        {
            foreach (var key in map.Select(p => p.Key).ToList())
                Field(map, key, schema, $"{path}.{key}", dropped);
        }
        else if (value is JsonArray list && schema.Items is { } item)
        {
            for (var i = 0; i < list.Count; i++)
                Value(list[i], item, $"{path}[{i}]", dropped);
        }
    }

    private static void Nulls(JsonNode? value, Schema schema)
    {
        if (value is JsonObject map)
        {
            foreach (var (key, field) in map.ToList())
            {
                if ((schema.Properties.GetValueOrDefault(key) ?? schema.AdditionalProperties) is not { } known)
                    continue;
                if (field is null && !known.Nullable && !known.PreserveUnknown)
                    map.Remove(key);
                else
                    Nulls(field, known);
            }
        }
        else if (value is JsonArray list && schema.Items is { } item)
        {
            foreach (var element in list)
                Nulls(element, item);
        }
    }

    private static void Defaults(JsonNode? value, Schema schema)
    {
        if (value is JsonArray list && schema.Items is { } item)
        {
            foreach (var element in list)
                Defaults(element, item);
        }
        if (value is not JsonObject map)
            return;
        foreach (var (key, field) in schema.Properties)
        {
            if (field.Default is { } missing && !map.ContainsKey(key))
                map[key] = missing.DeepClone();
            Defaults(map[key], field);
        }
    }
}
