using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>How the operator's JVM writes values and orders maps; event texts depend on both.</summary>
internal static class JavaText
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A value as <c>String.valueOf</c> writes it; objects as JSON, arrays as <c>[a, b]</c>.</summary>
    public static string Of(JsonNode? value) => value switch
    {
        null => "null",
        JsonArray list => $"[{string.Join(", ", list.Select(Of))}]",
        JsonObject map => map.ToJsonString(Relaxed),
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => value.ToJsonString(),
        },
    };

    /// <summary><c>Double.toString</c>: at least one digit after the point, exponents outside 10^-3 to 10^7.</summary>
    public static string Of(double value)
    {
        var size = Math.Abs(value);
        if (size is not 0 and (< 1e-3 or >= 1e7))
        {
            var text = value.ToString("E16", CultureInfo.InvariantCulture);
            var exponent = int.Parse(text[(text.IndexOf('E', StringComparison.Ordinal) + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            var mantissa = (value / Math.Pow(10, exponent)).ToString("R", CultureInfo.InvariantCulture);
            return $"{(mantissa.Contains('.', StringComparison.Ordinal) ? mantissa : mantissa + ".0")}E{exponent}";
        }
        var plain = value.ToString("R", CultureInfo.InvariantCulture);
        return plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
    }

    /// <summary>Keys in the order in which a <c>java.util.HashSet</c> that they were added to one by one gives them back.</summary>
    public static IEnumerable<string> HashOrder(IEnumerable<string> keys)
    {
        var distinct = keys.Distinct().ToList();
        var buckets = 16;
        while (distinct.Count > buckets * 3 / 4)
            buckets *= 2;
        return distinct.OrderBy(k => Spread(k) & (uint)(buckets - 1));
    }

    private static uint Spread(string key)
    {
        var hash = 0u;
        foreach (var c in key)
            hash = unchecked((31 * hash) + c);
        return hash ^ (hash >> 16);
    }
}
