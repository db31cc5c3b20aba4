using System.Globalization;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi.Query;

/// <summary>Numbers as Prometheus writes them: shortest form without exponent, except for very small and very great ones.</summary>
internal static class SampleText
{
    /// <summary>The text of a value.</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "+Inf" : "-Inf";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (Math.Abs(value) is not 0 and (< 1e-6 or >= 1e21))
            return text.ToLowerInvariant();
        // 17 digits are enough to write what is exact in 28.
        return text.Contains('E', StringComparison.Ordinal)
            ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : text;
    }
}
