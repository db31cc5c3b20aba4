using System.Text.Json;
using System.Text.Json.Serialization;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Json;

/// <summary>Reads any scalar as a word; null is the empty word. Never throws on an unknown one.</summary>
internal sealed class WireWordConverter<T> : JsonConverter<T> where T : struct, IWireWord<T>
{
    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String => T.Of(StringPool.Read(ref reader)),
        _ => T.Of(JsonElement.ParseValue(ref reader).GetRawText()),
    };

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
