using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace FlinkDashboard.Model.Json;

/// <summary>Reads objects whose keys are data (vertex ids, states, metric names) in their order. Null and what is no object is the empty map.</summary>
internal sealed class RestMapConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) && type.GetGenericArguments()[0] == typeof(string);

    public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(MapConverter<>).MakeGenericType(type.GetGenericArguments()[1]))!;

    private sealed class MapConverter<T> : JsonConverter<IReadOnlyDictionary<string, T>>
    {
        public override bool HandleNull => true;

        public override IReadOnlyDictionary<string, T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var entries = new Dictionary<string, T>(StringComparer.Ordinal);
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                return entries;
            }
            var item = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = StringPool.Read(ref reader);
                reader.Read();
                entries[key] = JsonSerializer.Deserialize(ref reader, item)!;
            }
            return entries;
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, T> value, JsonSerializerOptions options)
        {
            var item = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
            writer.WriteStartObject();
            foreach (var (key, one) in value)
            {
                writer.WritePropertyName(key);
                JsonSerializer.Serialize(writer, one, item);
            }
            writer.WriteEndObject();
        }
    }
}
