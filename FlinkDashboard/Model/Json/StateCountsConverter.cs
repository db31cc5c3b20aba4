using System.Text.Json;
using System.Text.Json.Serialization;
using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.Model.Json;

/// <summary>Reads <c>{"RUNNING":2,…}</c> whatever the case of its keys.</summary>
internal sealed class StateCountsConverter : JsonConverter<StateCounts>
{
    public override bool HandleNull => true;

    public override StateCounts Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return StateCounts.None;
        }
        var counts = new List<KeyValuePair<string, int>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = StringPool.Get((reader.GetString() ?? "").ToUpperInvariant());
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var count))
                counts.Add(new(key, count));
            else
                reader.Skip();
        }
        return new(counts);
    }

    public override void Write(Utf8JsonWriter writer, StateCounts value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (state, count) in value.All)
            writer.WriteNumber(state, count);
        writer.WriteEndObject();
    }
}
