using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;

/// <summary>A JSON body as the API server reads it: a later field of the same name wins and is reported.</summary>
/// <param name="Object">The parsed object.</param>
/// <param name="Duplicates">Paths of fields given twice, for instance <c>spec.image</c>.</param>
public sealed record RequestBody(JsonObject Object, IReadOnlyList<string> Duplicates)
{
    /// <summary>Parses a body. 400 when it is not a JSON object.</summary>
    public static RequestBody Parse(ResourceType type, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Unrecognized(type, json, $"json: cannot unmarshal {document.RootElement.ValueKind.ToString().ToLowerInvariant()} into Go value of type struct {{ APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }}");
            var duplicates = new List<string>();
            return new RequestBody(Node(document.RootElement, "", duplicates)!.AsObject(), duplicates);
        }
        catch (JsonException)
        {
            throw Unrecognized(type, json, json.IsEmpty ? "unexpected end of JSON input" : "invalid character");
        }
    }

    private static ApiError Unrecognized(ResourceType type, ReadOnlyMemory<byte> json, string why)
    {
        var start = Convert.ToHexStringLower(json.Span[..Math.Min(json.Length, 30)]);
        return new ApiError(400, "BadRequest", $"the object provided is unrecognized (must be of type {type.Kind}): couldn't get version/kind; json parse error: {why} ({(json.Length > 30 ? $"{start} ..." : start)})");
    }

    private static JsonNode? Node(JsonElement element, string path, List<string> duplicates)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new JsonObject();
                foreach (var property in element.EnumerateObject())
                {
                    var at = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                    if (map.ContainsKey(property.Name) && !duplicates.Contains(at))
                        duplicates.Add(at);
                    map[property.Name] = Node(property.Value, at, duplicates);
                }
                return map;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select((item, i) => Node(item, $"{path}[{i}]", duplicates))]);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }
}
