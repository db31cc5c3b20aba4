using System.Globalization;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

/// <summary>Memory sizes as Flink and the operator read and write them (org.apache.flink.configuration.MemorySize).</summary>
public static class MemoryText
{
    private static readonly (string[] Names, string Display, long Bytes)[] Units =
    [
        (["b", "bytes"], "bytes", 1),
        (["k", "kb", "kibibytes"], "kb", 1L << 10),
        (["m", "mb", "mebibytes"], "mb", 1L << 20),
        (["g", "gb", "gibibytes"], "gb", 1L << 30),
        (["t", "tb", "tebibytes"], "tb", 1L << 40),
    ];

    private static readonly Dictionary<string, decimal> KubernetesUnits = new()
    {
        ["Ki"] = 1L << 10,
        ["Mi"] = 1L << 20,
        ["Gi"] = 1L << 30,
        ["Ti"] = 1L << 40,
        ["Pi"] = 1L << 50,
        ["Ei"] = 1L << 60,
        ["K"] = 1_000,
        ["M"] = 1_000_000,
        ["G"] = 1_000_000_000,
        ["T"] = 1_000_000_000_000,
    };

    /// <summary>Bytes of a text in Flink's units ("2048m", "1 gb") or in Kubernetes' ("2Gi").</summary>
    /// <exception cref="ArgumentException">With Flink's message.</exception>
    public static long Parse(string text)
    {
        var trimmed = text.Trim();
        var digits = trimmed.TakeWhile(char.IsAsciiDigit).Count();
        var unit = trimmed[digits..].Trim();
        if (digits == 0)
            throw new ArgumentException("text does not start with a number");
        if (KubernetesUnits.TryGetValue(unit, out var factor) && unit.EndsWith('i'))
            return (long)(long.Parse(trimmed[..digits], CultureInfo.InvariantCulture) * factor);
        if (unit.Length == 0)
            return long.Parse(trimmed[..digits], CultureInfo.InvariantCulture);
        var known = Units.FirstOrDefault(u => u.Names.Contains(unit.ToLowerInvariant()));
        return known.Names is not null
            ? long.Parse(trimmed[..digits], CultureInfo.InvariantCulture) * known.Bytes
            : throw new ArgumentException($"Memory size unit '{unit.ToLowerInvariant()}' does not match any of the recognized units: {string.Join(" / ", Units.Select(u => $"({string.Join(" | ", u.Names)})"))}");
    }

    /// <summary>As Flink writes it into a configuration: the largest unit that divides it, "1 gb".</summary>
    public static string Write(long bytes)
    {
        var unit = Units.Last(u => bytes % u.Bytes == 0 && (bytes >= u.Bytes || u.Bytes == 1));
        return $"{(bytes / unit.Bytes).ToString(CultureInfo.InvariantCulture)} {unit.Display}";
    }

    /// <summary>As fabric8 writes it into a container's resources: whole mebibytes, canonicalised by the API server.</summary>
    public static string Quantity(long bytes) =>
        bytes % (1L << 30) == 0 ? $"{bytes >> 30}Gi"
        : bytes % (1L << 20) == 0 ? $"{bytes >> 20}Mi"
        : bytes.ToString(CultureInfo.InvariantCulture);

    /// <summary>CPU as the API server canonicalises it: "100m", "1", "1500m".</summary>
    public static string Cpu(double cores)
    {
        var milli = (long)Math.Round(cores * 1000, MidpointRounding.AwayFromZero);
        return milli % 1000 == 0 ? (milli / 1000).ToString(CultureInfo.InvariantCulture) : $"{milli.ToString(CultureInfo.InvariantCulture)}m";
    }
}
