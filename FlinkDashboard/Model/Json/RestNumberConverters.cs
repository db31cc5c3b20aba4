using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlinkDashboard.Model.Json;

/// <summary>
/// Whole numbers of Flink's REST API: a number, its text, or nothing. What is no number (null, <c>NaN</c>, an object of a later version) is 0.
/// </summary>
internal abstract class WholeNumberConverter<T> : JsonConverter<T> where T : struct, IBinaryInteger<T>
{
    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var whole) ? T.CreateSaturating(whole) : T.CreateSaturating(reader.GetDouble());
            case JsonTokenType.String:
                return long.TryParse(reader.GetString(), CultureInfo.InvariantCulture, out var text) ? T.CreateSaturating(text) : T.Zero;
            default:
                reader.Skip();
                return T.Zero;
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(long.CreateSaturating(value));
}

/// <summary>64 bits.</summary>
internal sealed class LongNumberConverter : WholeNumberConverter<long>;

/// <summary>32 bits.</summary>
internal sealed class IntNumberConverter : WholeNumberConverter<int>;

/// <summary>Numbers with decimals, which Flink writes as the texts <c>NaN</c> and <c>Infinity</c> where they are none. Null is NaN.</summary>
internal sealed class RealNumberConverter : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.GetDouble();
            case JsonTokenType.String:
                return RealText.Parse(reader.GetString());
            default:
                reader.Skip();
                return double.NaN;
        }
    }

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }
}

/// <summary>Yes or no; anything else is no.</summary>
internal sealed class FlagConverter : JsonConverter<bool>
{
    public override bool HandleNull => true;

    public override bool Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
            return reader.GetBoolean();
        if (reader.TokenType == JsonTokenType.String)
            return bool.TryParse(reader.GetString(), out var flag) && flag;
        reader.Skip();
        return false;
    }

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}

/// <summary>Epoch milliseconds; null for what Flink writes as -1, 0 or null (it has not happened).</summary>
internal sealed class EpochConverter : JsonConverter<DateTimeOffset?>
{
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public override bool HandleNull => true;

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var ms))
            return ms > 0 && ms <= Last ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } time)
            writer.WriteNumberValue(time.ToUnixTimeMilliseconds());
        else
            writer.WriteNumberValue(-1);
    }
}

/// <summary>Milliseconds; null for -1 (not known yet) and for <c>Long.MAX_VALUE</c> (never).</summary>
internal sealed class MillisecondsConverter : JsonConverter<TimeSpan?>
{
    private const long Longest = long.MaxValue / TimeSpan.TicksPerMillisecond;

    public override bool HandleNull => true;

    public override TimeSpan? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.TryGetInt64(out var ms)
                ? ms is >= 0 and < Longest ? TimeSpan.FromTicks(ms * TimeSpan.TicksPerMillisecond) : null
                : reader.GetDouble() is >= 0 and < Longest and var part ? TimeSpan.FromMilliseconds(part) : null;
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
    {
        if (value is { } span)
            writer.WriteNumberValue(span.Ticks / TimeSpan.TicksPerMillisecond);
        else
            writer.WriteNumberValue(-1);
    }
}

/// <summary>Numbers as texts.</summary>
internal static class RealText
{
    /// <summary>The number; NaN for what is none.</summary>
    public static double Parse(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
