using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Json;

/// <summary>
/// Reads a flat or nested object into a <see cref="StringMap"/>. Nested keys are joined by dots and arrays by <c>;</c>, as the operator
/// flattens <c>flinkConfiguration</c> (its ConfigObjectNode); flat objects such as labels come out as they are. Equal maps are shared.
/// </summary>
internal class StringMapConverter : JsonConverter<StringMap>
{
    private static readonly StringMap?[] Shared = new StringMap?[1 << 12];

    public override bool HandleNull => true;

    /// <summary>Which entries are kept.</summary>
    protected virtual bool Keep(string key, string value) => true;

    public override StringMap Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var entries = new List<KeyValuePair<string, string>>();
        if (reader.TokenType == JsonTokenType.StartObject)
            ReadObject(ref reader, "", entries);
        else if (reader.TokenType == JsonTokenType.StartArray)
            entries.Add(new("", Joined(ref reader)));
        if (entries.Count == 0)
            return StringMap.Empty;
        var map = StringMap.From(entries);
        ref var slot = ref Shared[map.GetHashCode() & (Shared.Length - 1)];
        var found = slot;
        return found is not null && found.Equals(map) ? found : slot = map;
    }

    public override void Write(Utf8JsonWriter writer, StringMap value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, text) in value)
            writer.WriteString(key, text);
        writer.WriteEndObject();
    }

    private void ReadObject(ref Utf8JsonReader reader, string prefix, List<KeyValuePair<string, string>> entries)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = prefix.Length == 0 ? StringPool.Read(ref reader) : StringPool.Get($"{prefix}.{reader.GetString()}");
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    ReadObject(ref reader, key, entries);
                    break;
                case JsonTokenType.StartArray:
                    Add(entries, key, Joined(ref reader));
                    break;
                case JsonTokenType.Null:
                    break;
                default:
                    Add(entries, key, Scalar(ref reader));
                    break;
            }
        }
    }

    private void Add(List<KeyValuePair<string, string>> entries, string key, string value)
    {
        if (Keep(key, value))
            entries.Add(new(key, value));
    }

    private static string Scalar(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String
        ? StringPool.Read(ref reader)
        : StringPool.Get(JsonElement.ParseValue(ref reader).GetRawText());

    private static string Joined(ref Utf8JsonReader reader)
    {
        var parts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            parts.Add(Scalar(ref reader));
        return string.Join(';', parts);
    }
}

/// <summary>
/// Annotations without <c>last-applied-configuration</c> (a second copy of the object, secrets included) and without values of more than
/// a kilobyte, which no screen shows.
/// </summary>
internal sealed class AnnotationsConverter : StringMapConverter
{
    protected override bool Keep(string key, string value) =>
        key != "kubectl.kubernetes.io/last-applied-configuration" && value.Length <= 1024;
}
