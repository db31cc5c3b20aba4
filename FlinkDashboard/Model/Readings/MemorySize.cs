using System.Globalization;

namespace FlinkDashboard.Model.Readings;

/// <summary>Flink's memory sizes: a whole number and a unit, 1024 based (MemorySize).</summary>
public static class MemorySize
{
    /// <summary>Bytes; null for what is no size.</summary>
    public static long? Parse(string? text)
    {
        var trimmed = (text ?? "").Trim();
        var digits = trimmed.TakeWhile(char.IsAsciiDigit).Count();
        if (digits == 0 || !long.TryParse(trimmed.AsSpan(0, digits), CultureInfo.InvariantCulture, out var number))
            return null;
        var shift = trimmed[digits..].Trim().ToLowerInvariant() switch
        {
            "" or "b" or "bytes" => 0,
            "k" or "kb" or "kibibytes" => 10,
            "m" or "mb" or "mebibytes" => 20,
            "g" or "gb" or "gibibytes" => 30,
            "t" or "tb" or "tebibytes" => 40,
            _ => -1,
        };
        return shift < 0 || number > long.MaxValue >> shift ? null : number << shift;
    }
}
