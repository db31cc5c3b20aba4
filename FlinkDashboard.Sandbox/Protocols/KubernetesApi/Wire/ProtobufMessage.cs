using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Wire;

/// <summary>One field of a message.</summary>
/// <param name="Name">JSON name.</param>
/// <param name="Kind">string, bool, int, map, bytesmap, quantitymap, or the name of a message.</param>
/// <param name="Repeated">A list.</param>
internal sealed record ProtobufField(string Name, string Kind, bool Repeated);

/// <summary>A message type: which JSON its protobuf form stands for. Empty values are left out, as the JSON form omits them.</summary>
internal sealed class ProtobufMessage
{
    private readonly Dictionary<int, ProtobufField> _fields = [];

    /// <summary>Reads a description such as <c>1 name string, 14 finalizers *string</c>.</summary>
    public ProtobufMessage(string fields)
    {
        foreach (var field in fields.Split(',', StringSplitOptions.TrimEntries))
        {
            var parts = field.Split(' ');
            _fields[int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture)] = new ProtobufField(parts[1], parts[2].TrimStart('*'), parts[2][0] == '*');
        }
    }

    /// <summary>The JSON of a message; fields that are not described are dropped.</summary>
    public JsonObject Read(ReadOnlySpan<byte> bytes)
    {
        var result = new JsonObject();
        var reader = new ProtobufReader(bytes);
        while (reader.Next())
        {
            if (!_fields.TryGetValue(reader.Field, out var field))
                continue;
            if (field.Kind is "map" or "bytesmap" or "quantitymap")
            {
                Pair(result[field.Name] as JsonObject ?? (JsonObject)(result[field.Name] = new JsonObject()), reader.Bytes, field.Kind);
                continue;
            }
            JsonNode? value = field.Kind switch
            {
                "string" => reader.Text is { Length: > 0 } text ? text : field.Repeated ? "" : null,
                "bool" => reader.Number != 0 ? true : null,
                "int" => reader.Number,
                _ => ProtobufKinds.Message(field.Kind).Read(reader.Bytes) is { Count: > 0 } message ? message : null,
            };
            if (value is null)
                continue;
            if (!field.Repeated)
                result[field.Name] = value;
            else if (result[field.Name] is JsonArray list)
                list.Add(value);
            else
                result[field.Name] = new JsonArray(value);
        }
        return result;
    }

    private static void Pair(JsonObject map, ReadOnlySpan<byte> bytes, string kind)
    {
        var reader = new ProtobufReader(bytes);
        string key = "", value = "";
        while (reader.Next())
        {
            if (reader.Field == 1)
                key = reader.Text;
            else if (reader.Field == 2)
                value = kind switch { "map" => reader.Text, "bytesmap" => Convert.ToBase64String(reader.Bytes), _ => First(reader.Bytes) };
        }
        map[key] = value;
    }

    private static string First(ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtobufReader(bytes);
        return reader.Next() ? reader.Text : "";
    }
}
