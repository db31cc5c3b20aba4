using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>One node of a structural schema (apiextensions.k8s.io/v1), with the keywords that the sandbox's definitions use.</summary>
internal sealed class Schema
{
    /// <summary>JSON type; empty when any is allowed.</summary>
    public string Type { get; private init; } = "";

    /// <summary>Known fields of an object, in schema order.</summary>
    public IReadOnlyDictionary<string, Schema> Properties { get; private init; } = new Dictionary<string, Schema>();

    /// <summary>Schema of all other fields of a map.</summary>
    public Schema? AdditionalProperties { get; private init; }

    /// <summary>Schema of array items.</summary>
    public Schema? Items { get; private init; }

    /// <summary>Allowed values; empty for any.</summary>
    public IReadOnlyList<JsonNode> Enum { get; private init; } = [];

    /// <summary>Names of required fields.</summary>
    public IReadOnlyList<string> Required { get; private init; } = [];

    /// <summary>null is a value.</summary>
    public bool Nullable { get; private init; }

    /// <summary>x-kubernetes-int-or-string.</summary>
    public bool IntOrString { get; private init; }

    /// <summary>The user-written <c>anyOf: integer, string</c> beside int-or-string; it adds its own errors.</summary>
    public bool HasAnyOf { get; private init; }

    /// <summary>x-kubernetes-preserve-unknown-fields.</summary>
    public bool PreserveUnknown { get; private init; }

    /// <summary>Value of an absent field.</summary>
    public JsonNode? Default { get; private init; }

    /// <summary>Bounds of a number; null for none.</summary>
    public decimal? Minimum { get; private init; }

    /// <inheritdoc cref="Minimum"/>
    public decimal? Maximum { get; private init; }

    /// <summary>Parses a schema and everything below it. Equal subtrees are not shared: a schema is parsed once per process.</summary>
    public static Schema Parse(JsonObject node)
    {
        foreach (var (key, _) in node)
        {
            if (!Known.Contains(key))
                throw new NotSupportedException($"The schema keyword '{key}' is not checked by the sandbox.");
        }
        return new Schema
        {
            Type = (string?)node["type"] ?? "",
            Properties = node["properties"] is JsonObject p ? p.ToDictionary(x => x.Key, x => Parse(x.Value!.AsObject()), StringComparer.Ordinal) : new Dictionary<string, Schema>(),
            AdditionalProperties = node["additionalProperties"] is JsonObject a ? Parse(a) : null,
            Items = node["items"] is JsonObject i ? Parse(i) : null,
            Enum = node["enum"] is JsonArray e ? [.. e.Select(x => x!.DeepClone())] : [],
            Required = node["required"] is JsonArray r ? [.. r.Select(x => (string)x!)] : [],
            Nullable = (bool?)node["nullable"] ?? false,
            IntOrString = (bool?)node["x-kubernetes-int-or-string"] ?? false,
            HasAnyOf = node["anyOf"] is JsonArray,
            PreserveUnknown = (bool?)node["x-kubernetes-preserve-unknown-fields"] ?? false,
            Default = node["default"]?.DeepClone(),
            Minimum = (decimal?)node["minimum"],
            Maximum = (decimal?)node["maximum"],
        };
    }

    private static readonly HashSet<string> Known =
    [
        "type", "properties", "additionalProperties", "items", "enum", "required", "nullable", "anyOf", "default", "minimum", "maximum",
        "description", "x-kubernetes-int-or-string", "x-kubernetes-preserve-unknown-fields",
    ];
}
