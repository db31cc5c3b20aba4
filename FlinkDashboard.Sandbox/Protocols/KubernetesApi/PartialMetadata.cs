using System.Text.Json;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>An object reduced to its metadata.</summary>
internal static class PartialMetadata
{
    /// <summary><c>meta.k8s.io/v1 PartialObjectMetadata</c> as UTF-8.</summary>
    public static byte[] Of(WorldObject item)
    {
        var reader = new Utf8JsonReader(item.Json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isMetadata)
                return [.. "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"u8, .. item.Json.Span[start..(int)reader.BytesConsumed], .. "}"u8];
        }
        throw new InvalidOperationException($"{item} has no metadata");
    }
}
