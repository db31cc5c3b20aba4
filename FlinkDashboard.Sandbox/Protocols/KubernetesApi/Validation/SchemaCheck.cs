using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>
/// Checks a value against a structural schema, with the texts and the order of kube-openapi's validator: type, anyOf, bounds, items, enum,
/// map values, fields, required fields. On update a part that equals the stored one is not checked again (CRD validation ratcheting).
/// </summary>
internal sealed class SchemaCheck
{
    private readonly List<FieldError> _errors = [];

    /// <summary>All errors of a new object.</summary>
    public static IReadOnlyList<FieldError> New(Schema schema, JsonObject value)
    {
        var check = new SchemaCheck();
        check.Value(schema, value, "", null, false);
        return check._errors;
    }

    /// <summary>The errors that a change brings.</summary>
    public static IReadOnlyList<FieldError> Changed(Schema schema, JsonObject value, JsonObject stored)
    {
        var check = new SchemaCheck();
        check.Value(schema, value, "", stored, true);
        return check._errors;
    }

    /// <summary>JSON schema's name of a value's type; numbers written without fraction are integers.</summary>
    public static string TypeOf(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Null => "null",
            _ => value.ToJsonString().AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? "integer" : "number",
        },
    };

    private void Value(Schema schema, JsonNode? value, string path, JsonNode? stored, bool hasStored)
    {
        if (hasStored && JsonNode.DeepEquals(value, stored))
            return;
        Type(schema, value, path);
        if (value is JsonArray items && schema.Items is { } item)
        {
            for (var i = 0; i < items.Count; i++)
                Value(item, items[i], $"{path}[{i}]", null, false);
        }
        Bounds(schema, value, path);
        if (schema.Enum.Count > 0 && !schema.Enum.Any(e => JsonNode.DeepEquals(e, value)))
            _errors.Add(FieldError.NotSupported(path, value, schema.Enum.Select(e => e.GetValueKind() == JsonValueKind.String ? (string)e! : e.ToJsonString())));
        if (value is JsonObject map)
            Fields(schema, map, path, stored as JsonObject);
    }

    private void Type(Schema schema, JsonNode? value, string path)
    {
        var actual = TypeOf(value);
        if (actual == "null" && schema.Nullable)
            return;
        var expected = schema.IntOrString ? "integer,string" : schema.Type;
        if (expected.Length == 0 || expected == actual || expected == "number" && actual == "integer" || schema.IntOrString && actual is "integer" or "string" && schema.IntOrString)
            return;
        if (actual == "number" && expected.StartsWith("integer", StringComparison.Ordinal) && value!.GetValue<double>() is var number && number == Math.Floor(number))
            return;
        _errors.Add(FieldError.WrongType(path, expected, actual));
        if (!schema.HasAnyOf)
            return;
        _errors.Add(FieldError.Invalid(FieldError.Root, "", $"\"{path}\" must validate at least one schema (anyOf)"));
        _errors.Add(FieldError.WrongType(path, "integer", actual));
    }

    private void Bounds(Schema schema, JsonNode? value, string path)
    {
        if (TypeOf(value) is not ("integer" or "number") || !decimal.TryParse(value!.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number))
            return;
        if (schema.Maximum is { } most && number > most)
            _errors.Add(FieldError.Invalid(path, value, $"{path} in body should be less than or equal to {most}"));
        if (schema.Minimum is { } least && number < least)
            _errors.Add(FieldError.Invalid(path, value, $"{path} in body should be greater than or equal to {least}"));
    }

    // A field without a stored counterpart is new and checked; Go's map order is random, the sandbox takes the schema's.
    private void Fields(Schema schema, JsonObject map, string path, JsonObject? stored)
    {
        if (schema.AdditionalProperties is { } rest)
        {
            foreach (var (key, value) in map)
            {
                if (!schema.Properties.ContainsKey(key))
                    Field(rest, key, value, path, stored);
            }
        }
        foreach (var (key, field) in schema.Properties)
        {
            if (map.TryGetPropertyValue(key, out var value))
                Field(field, key, value, path, stored);
        }
        foreach (var key in schema.Required)
        {
            if (!map.ContainsKey(key))
                _errors.Add(FieldError.Required(path.Length == 0 ? key : $"{path}.{key}"));
        }
    }

    private void Field(Schema schema, string key, JsonNode? value, string path, JsonObject? stored)
    {
        JsonNode? before = null;
        var hasBefore = stored is not null && stored.TryGetPropertyValue(key, out before);
        Value(schema, value, path.Length == 0 ? key : $"{path}.{key}", before, hasBefore);
    }
}
