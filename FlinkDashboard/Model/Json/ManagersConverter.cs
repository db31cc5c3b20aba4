using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Json;

/// <summary>Keeps of <c>managedFields</c> the names of the managers, sorted and joined by commas: one shared text for most objects.</summary>
internal sealed class ManagersConverter : JsonConverter<string>
{
    public override bool HandleNull => true;

    public override string Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return "";
        }
        var names = new SortedSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isName = reader.ValueTextEquals("manager"u8);
                reader.Read();
                if (isName && reader.TokenType == JsonTokenType.String)
                    names.Add(StringPool.Read(ref reader));
                else
                    reader.Skip();
            }
        }
        return names.Count switch { 0 => "", 1 => names.Min!, _ => StringPool.Get(string.Join(',', names)) };
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in value.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            writer.WriteStartObject();
            writer.WriteString("manager", name);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
