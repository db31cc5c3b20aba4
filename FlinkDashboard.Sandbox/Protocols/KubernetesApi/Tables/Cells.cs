using System.Globalization;
using System.Text.Json;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;

/// <summary>Readings of JSON objects that several columns share.</summary>
internal static class Cells
{
    /// <summary>The value at a path; an undefined element when a step is missing.</summary>
    public static JsonElement At(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element))
                return default;
        }
        return element;
    }

    /// <summary>A text at a path, empty when missing.</summary>
    public static string Text(JsonElement element, params ReadOnlySpan<string> path) => Show(At(element, path));

    /// <summary>A whole number at a path, 0 when missing.</summary>
    public static long Number(JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.Number } n && n.TryGetInt64(out var value) ? value : 0;

    /// <summary>The items of an array at a path, none when missing.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>The properties of an object at a path, none when missing.</summary>
    public static IEnumerable<JsonProperty> Properties(JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject() : [];

    /// <summary>A scalar as text; empty for anything else.</summary>
    public static string Show(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => "",
    };

    /// <summary>Texts joined, or <c>&lt;none&gt;</c>.</summary>
    public static string OrNone(IEnumerable<string> texts, string separator = ",") => string.Join(separator, texts) is { Length: > 0 } joined ? joined : "<none>";

    /// <summary>A text, or <c>&lt;none&gt;</c>.</summary>
    public static string OrNone(string text) => text.Length > 0 ? text : "<none>";

    /// <summary><c>a=b,c=d</c> of a map, or <c>&lt;none&gt;</c>.</summary>
    public static string Labels(JsonElement map) => map.ValueKind != JsonValueKind.Object ? "<none>"
        : OrNone(map.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}={Show(p.Value)}"));

    /// <summary>A LabelSelector as text (metav1.FormatLabelSelector).</summary>
    public static string Selector(JsonElement selector)
    {
        var terms = Properties(selector, "matchLabels").OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}={Show(p.Value)}")
            .Concat(Items(selector, "matchExpressions").Select(e => Text(e, "operator") switch
            {
                "Exists" => Text(e, "key"),
                "DoesNotExist" => "!" + Text(e, "key"),
                var op => $"{Text(e, "key")} {op.ToLowerInvariant()} ({string.Join(',', Items(e, "values").Select(Show))})",
            }));
        return OrNone(terms);
    }

    /// <summary>Time since creation.</summary>
    public static string Age(JsonElement o, DateTimeOffset now) => Since(Text(o, "metadata", "creationTimestamp"), now);

    /// <summary>Time since a timestamp as kubectl writes it, or <c>&lt;unknown&gt;</c>.</summary>
    public static string Since(string timestamp, DateTimeOffset now) =>
        DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then) ? Duration(now - then) : "<unknown>";

    /// <summary>A duration with at most two units (apimachinery duration.HumanDuration).</summary>
    public static string Duration(TimeSpan d)
    {
        var seconds = (long)d.TotalSeconds;
        if (seconds < -1)
            return "<invalid>";
        if (seconds < 0)
            return "0s";
        long minutes = seconds / 60, hours = seconds / 3600, days = hours / 24, years = days / 365;
        static string Two(long big, string unit, long small, string sub) => small == 0 ? $"{big}{unit}" : $"{big}{unit}{small}{sub}";
        return seconds < 120 ? $"{seconds}s"
            : minutes < 10 ? Two(minutes, "m", seconds % 60, "s")
            : minutes < 180 ? $"{minutes}m"
            : hours < 8 ? Two(hours, "h", minutes % 60, "m")
            : hours < 48 ? $"{hours}h"
            : days < 8 ? Two(days, "d", hours % 24, "h")
            : days < 365 * 2 ? $"{days}d"
            : years < 8 ? Two(years, "y", days % 365, "d")
            : $"{years}y";
    }
}
