using System.Globalization;

namespace FlinkDashboard.Model.Readings;

/// <summary>
/// <c>resource.memory</c> of a Flink component. The operator reads it as a Flink MemorySize first (<c>2048m</c> and <c>2g</c> count in
/// powers of 1024) and only then, in upper case and without a trailing B, as a Kubernetes quantity (<c>2Gi</c>).
/// </summary>
public static class FlinkMemory
{
    /// <summary>Bytes, or null when the text is neither.</summary>
    public static long? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        text = text.Trim();
        return AsFlink(text) ?? AsKubernetes(text);
    }

    private static long? AsFlink(string text)
    {
        var end = 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        if (!long.TryParse(text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var shift = text[end..].Trim().ToLowerInvariant() switch
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

    private static long? AsKubernetes(string text)
    {
        var upper = text.ToUpperInvariant();
        if (upper.EndsWith('B'))
            upper = upper[..^1];
        if (upper.EndsWith('I'))
            upper = upper[..^1] + 'i';
        return Quantity.Parse(upper) is { } value and >= 0 and <= long.MaxValue ? (long)value : null;
    }
}
