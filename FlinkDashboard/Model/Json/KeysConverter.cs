using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Json;

/// <summary>Keeps the names of an object's properties and drops their values.</summary>
internal sealed class KeysConverter : JsonConverter<IReadOnlyList<string>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return [];
        }
        var keys = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            keys.Add(StringPool.Read(ref reader));
            reader.Read();
            reader.Skip();
        }
        return [.. keys];
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var key in value)
            writer.WriteNull(key);
        writer.WriteEndObject();
    }
}
