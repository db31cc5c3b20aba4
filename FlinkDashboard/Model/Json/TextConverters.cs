using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Json;

/// <summary>Reads text of any scalar token; strings come from the <see cref="StringPool"/>. The default for every string.</summary>
internal sealed class PooledTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => StringPool.Read(ref reader),
        JsonTokenType.Null => null,
        _ => StringPool.Get(JsonElement.ParseValue(ref reader).GetRawText()),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Reads text that is different in every object (names, uids, messages) and would only push useful strings out of the pool.</summary>
internal sealed class UniqueTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        _ => JsonElement.ParseValue(ref reader).GetRawText(),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>
/// Times as Kubernetes (RFC 3339, up to nanoseconds) and the operator (epoch milliseconds as number or string) write them.
/// Unset (<c>null</c>, 0, the operator's 1970-01-01) and unreadable times are null.
/// </summary>
internal sealed class TimeConverter : JsonConverter<DateTimeOffset?>
{
    public override bool HandleNull => true;

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.TryGetInt64(out var number) ? FromMilliseconds(number) : null;
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }
        if (reader.TryGetDateTimeOffset(out var time))
            return time == DateTimeOffset.UnixEpoch ? null : time;
        return long.TryParse(reader.GetString(), out var text) ? FromMilliseconds(text) : null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } time)
            writer.WriteStringValue(time);
        else
            writer.WriteNullValue();
    }

    private static DateTimeOffset? FromMilliseconds(long value) =>
        value is > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
}
