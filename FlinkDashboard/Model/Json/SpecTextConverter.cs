using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Json;

/// <summary>Shares the last long text read on this thread: lastStableSpec usually repeats lastReconciledSpec, kilobytes of it.</summary>
internal sealed class SpecTextConverter : JsonConverter<string>
{
    [ThreadStatic]
    private static string? _last;

    public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.String)
            return JsonElement.ParseValue(ref reader).GetRawText();
        return _last is not null && reader.ValueTextEquals(_last) ? _last : _last = reader.GetString();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
