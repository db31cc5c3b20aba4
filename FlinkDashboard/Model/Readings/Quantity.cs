using System.Globalization;

namespace FlinkDashboard.Model.Readings;

/// <summary>Kubernetes quantities (apimachinery's resource.Quantity): <c>100m</c>, <c>1.5Gi</c>, <c>137402061n</c>, <c>1e3</c>. <c>m</c> is milli, <c>M</c> is mega.</summary>
public static class Quantity
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1024m), ("Mi", 1048576m), ("Gi", 1073741824m), ("Ti", 1099511627776m), ("Pi", 1125899906842624m), ("Ei", 1152921504606846976m),
        ("n", 0.000000001m), ("u", 0.000001m), ("m", 0.001m), ("k", 1000m), ("M", 1000000m), ("G", 1000000000m), ("T", 1000000000000m),
        ("P", 1000000000000000m), ("E", 1000000000000000000m),
    ];

    /// <summary>The value in units (cores, bytes, pieces), or null when the text is no quantity.</summary>
    public static decimal? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var factor = 1m;
        var digits = text.AsSpan();
        foreach (var (suffix, value) in Suffixes)
        {
            if (digits.EndsWith(suffix, StringComparison.Ordinal))
            {
                digits = digits[..^suffix.Length];
                factor = value;
                break;
            }
        }
        // An exponent and a suffix exclude each other.
        var style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | (factor == 1m ? NumberStyles.AllowExponent : 0);
        if (!decimal.TryParse(digits, style, CultureInfo.InvariantCulture, out var number))
            return null;
        try
        {
            return number * factor;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>The value of an entry of a resource list, or null.</summary>
    public static decimal? Of(StringMap resources, string name) => Parse(resources[name]);
}
