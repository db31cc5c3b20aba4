using System.Buffers;
using System.Text.Json;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Benchmarks;

/// <summary>Objects of recorded shape and size, from the world <c>thousand</c>.</summary>
internal static class Samples
{
    /// <summary>The large world, standing still.</summary>
    public static SandboxWorld World { get; } = Worlds.Build(new SandboxOptions { World = "thousand", Speed = 0 });

    /// <summary>A list body as the API server answers it, of the first objects of a kind, repeated until there are enough.</summary>
    public static byte[] List(ResourceType type, int count)
    {
        var items = World.Objects.List(type).Items;
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("kind", type.Kind + "List");
            json.WriteString("apiVersion", type.ApiVersion);
            json.WriteStartObject("metadata");
            json.WriteString("resourceVersion", "1");
            json.WriteEndObject();
            json.WriteStartArray("items");
            for (var i = 0; i < count; i++)
                json.WriteRawValue(items[i % items.Count].Json.Span, skipInputValidation: true);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return body.WrittenSpan.ToArray();
    }

    /// <summary>Lines of a watch, one MODIFIED event for each of the first objects of a kind.</summary>
    public static byte[][] Lines(ResourceType type, int count) =>
    [
        .. World.Objects.List(type).Items.Take(count).Select(o => (byte[])[.. "{\"type\":\"MODIFIED\",\"object\":"u8, .. o.Json.Span, .. "}"u8]),
    ];
}
