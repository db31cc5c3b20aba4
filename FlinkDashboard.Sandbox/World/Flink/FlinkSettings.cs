using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace FlinkDashboard.Sandbox.World.Flink;

/// <summary>Reads Flink configuration: the files <c>flink-conf.yaml</c> (flat, one key a line) and <c>config.yaml</c> (real YAML, nested or flat), and values with units.</summary>
public static class FlinkSettings
{
    /// <summary>All keys of a <c>flink-conf.yaml</c>. Lines that are no <c>key: value</c> are passed over, as Flink does.</summary>
    public static Dictionary<string, string> ParseLines(string text)
    {
        var settings = new Dictionary<string, string>();
        foreach (var line in text.Split('\n'))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0 && !line.StartsWith('#'))
                settings[line[..colon].Trim()] = line[(colon + 2)..].Trim();
        }
        return settings;
    }

    /// <summary>All keys of a <c>config.yaml</c>, nested ones joined with dots, lists with semicolons.</summary>
    public static Dictionary<string, string> ParseYaml(string text)
    {
        var settings = new Dictionary<string, string>();
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        if (stream.Documents.Count > 0)
            Flatten("", stream.Documents[0].RootNode, settings);
        return settings;
    }

    /// <summary>The first of these keys that is set and not empty, or null.</summary>
    public static string? Text(this IReadOnlyDictionary<string, string> settings, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (settings.GetValueOrDefault(key) is { Length: > 0 } value)
                return value;
        }
        return null;
    }

    /// <summary>A whole number.</summary>
    public static int Number(this IReadOnlyDictionary<string, string> settings, string key, int otherwise) =>
        int.TryParse(settings.Text(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>A number with decimals.</summary>
    public static double Decimal(this IReadOnlyDictionary<string, string> settings, string key, double otherwise) =>
        double.TryParse(settings.Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>A duration such as <c>10 s</c>, <c>3000 ms</c>, <c>1 min</c>; a bare number is milliseconds.</summary>
    public static TimeSpan? Duration(this IReadOnlyDictionary<string, string> settings, params ReadOnlySpan<string> keys)
    {
        if (settings.Text(keys) is not { } text || Split(text) is not { } parts)
            return null;
        return parts.Unit switch
        {
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.FromMilliseconds(parts.Number),
            "s" or "sec" or "secs" or "second" or "seconds" => TimeSpan.FromSeconds(parts.Number),
            "m" or "min" or "mins" or "minute" or "minutes" => TimeSpan.FromMinutes(parts.Number),
            "h" or "hour" or "hours" => TimeSpan.FromHours(parts.Number),
            "d" or "day" or "days" => TimeSpan.FromDays(parts.Number),
            _ => null,
        };
    }

    /// <summary>A memory size such as <c>1 gb</c>, <c>1024m</c>, <c>64 mb</c>; a bare number is bytes. Units are powers of 1024.</summary>
    public static long? Bytes(this IReadOnlyDictionary<string, string> settings, params ReadOnlySpan<string> keys)
    {
        if (settings.Text(keys) is not { } text || Split(text) is not { } parts)
            return null;
        var shift = parts.Unit switch
        {
            "" or "b" or "bytes" => 0,
            "k" or "kb" or "kibibytes" => 10,
            "m" or "mb" or "mebibytes" => 20,
            "g" or "gb" or "gibibytes" => 30,
            "t" or "tb" or "tebibytes" => 40,
            _ => -1,
        };
        return shift < 0 ? null : (long)(parts.Number * Math.Pow(2, shift));
    }

    /// <summary>A flag.</summary>
    public static bool Flag(this IReadOnlyDictionary<string, string> settings, string key, bool otherwise = false) =>
        bool.TryParse(settings.Text(key), out var flag) ? flag : otherwise;

    /// <summary>A list of <c>key:value</c> pairs joined with commas, as labels and annotations are given.</summary>
    public static IReadOnlyDictionary<string, string> Map(this IReadOnlyDictionary<string, string> settings, string key) =>
        (settings.Text(key) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split(':', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0].Trim())
            .ToDictionary(g => g.Key, g => g.Last()[1].Trim());

    private static (double Number, string Unit)? Split(string text)
    {
        var digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.'))
            digits++;
        return double.TryParse(text.AsSpan(0, digits), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (number, text[digits..].Trim().ToLowerInvariant())
            : null;
    }

    private static void Flatten(string prefix, YamlNode node, Dictionary<string, string> settings)
    {
        switch (node)
        {
            case YamlMappingNode map:
                foreach (var (key, value) in map.Children)
                    Flatten(prefix.Length == 0 ? key.ToString() : $"{prefix}.{key}", value, settings);
                break;
            case YamlSequenceNode list:
                settings[prefix] = string.Join(';', list.Children.Select(c => c.ToString()));
                break;
            case YamlScalarNode scalar:
                settings[prefix] = scalar.Value ?? "";
                break;
        }
    }
}
