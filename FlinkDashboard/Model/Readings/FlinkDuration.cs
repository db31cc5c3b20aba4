using System.Globalization;
using System.Xml;

namespace FlinkDashboard.Model.Readings;

/// <summary>Durations in Flink's configuration: <c>10 s</c>, <c>5min</c>, <c>1500</c> (milliseconds), or ISO-8601 <c>PT10S</c>.</summary>
public static class FlinkDuration
{
    /// <summary>The duration, or null when the text is none.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        text = text.Trim();
        if (text[0] is 'P' or 'p')
            return AsIso(text.ToUpperInvariant());
        var end = 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        if (!long.TryParse(text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        double? milliseconds = text[end..].Trim().ToLowerInvariant() switch
        {
            "d" or "day" or "days" => 86_400_000,
            "h" or "hour" or "hours" => 3_600_000,
            "m" or "min" or "minute" or "minutes" => 60_000,
            "s" or "sec" or "secs" or "second" or "seconds" => 1000,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => 1,
            "µs" or "micro" or "micros" or "microsecond" or "microseconds" => 0.001,
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.000001,
            _ => null,
        };
        return milliseconds is { } unit && number * unit <= TimeSpan.MaxValue.TotalMilliseconds / 2 ? TimeSpan.FromMilliseconds(number * unit) : null;
    }

    private static TimeSpan? AsIso(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }
}
