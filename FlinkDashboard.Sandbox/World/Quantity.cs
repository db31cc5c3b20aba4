using System.Globalization;

namespace FlinkDashboard.Sandbox.World;

/// <summary>Kubernetes resource quantities: <c>500m</c>, <c>2</c>, <c>1536Mi</c> (API section "resource.Quantity").</summary>
public static class Quantity
{
    private static readonly (string Suffix, decimal Factor)[] Binary =
    [
        ("Ki", 1024m), ("Mi", 1024m * 1024), ("Gi", 1024m * 1024 * 1024), ("Ti", 1024m * 1024 * 1024 * 1024),
        ("Pi", 1024m * 1024 * 1024 * 1024 * 1024), ("Ei", 1024m * 1024 * 1024 * 1024 * 1024 * 1024),
    ];

    private static readonly (string Suffix, decimal Factor)[] Decimal =
    [
        ("n", 1e-9m), ("u", 1e-6m), ("m", 1e-3m), ("k", 1e3m), ("M", 1e6m), ("G", 1e9m), ("T", 1e12m), ("P", 1e15m), ("E", 1e18m),
    ];

    /// <summary>The number a quantity stands for; null when it is none.</summary>
    public static decimal? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        foreach (var (suffix, factor) in Binary.Concat(Decimal))
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
                return Number(text[..^suffix.Length]) * factor;
        }
        return Number(text);
    }

    /// <summary>Thousandths of a core; 0 when absent.</summary>
    public static long Millis(string? cpu) => (long)Math.Ceiling((Parse(cpu) ?? 0) * 1000);

    /// <summary>Bytes; 0 when absent.</summary>
    public static long Bytes(string? memory) => (long)Math.Ceiling(Parse(memory) ?? 0);

    /// <summary>Canonical text of a count of cores given in thousandths: <c>1500m</c>, <c>2</c>, <c>1k</c>.</summary>
    public static string Cores(long millis)
    {
        var (number, suffix) = millis % 1_000_000 == 0 && millis != 0 ? (millis / 1_000_000, "k") : millis % 1000 == 0 ? (millis / 1000, "") : (millis, "m");
        return number.ToString(CultureInfo.InvariantCulture) + suffix;
    }

    /// <summary>Canonical binary text of a number of bytes: an integer with the largest suffix that divides it.</summary>
    public static string Memory(long bytes)
    {
        if (bytes == 0)
            return "0";
        for (var i = Binary.Length - 1; i >= 0; i--)
        {
            if (bytes % Binary[i].Factor == 0)
                return (bytes / Binary[i].Factor).ToString(CultureInfo.InvariantCulture) + Binary[i].Suffix;
        }
        return bytes.ToString(CultureInfo.InvariantCulture);
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
