using System.Net;
using System.Net.Sockets;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>A function of values.</summary>
/// <param name="Least">Arguments at least.</param>
/// <param name="Most">Arguments at most.</param>
/// <param name="Of">Its value.</param>
internal sealed record InsightsFunction(int Least, int Most, Func<object?[], object?> Of)
{
    private const int Any = 100;

    /// <summary>All that are known but those of time.</summary>
    public static readonly IReadOnlyDictionary<string, InsightsFunction> All = new Dictionary<string, InsightsFunction>(StringComparer.OrdinalIgnoreCase)
    {
        ["ispresent"] = new(1, 1, a => a[0] is not null),
        ["isempty"] = new(1, 1, a => string.IsNullOrEmpty(Text(a[0]))),
        ["isblank"] = new(1, 1, a => string.IsNullOrWhiteSpace(Text(a[0]))),
        ["coalesce"] = new(1, Any, a => a.FirstOrDefault(v => v is not null)),
        ["concat"] = new(1, Any, a => string.Concat(a.Select(Text))),
        ["strlen"] = OfText(t => (double)t.EnumerateRunes().Count()),
        ["toupper"] = OfText(t => t.ToUpperInvariant()),
        ["tolower"] = OfText(t => t.ToLowerInvariant()),
        ["trim"] = Trimmed((t, c) => t.Trim(c)),
        ["ltrim"] = Trimmed((t, c) => t.TrimStart(c)),
        ["rtrim"] = Trimmed((t, c) => t.TrimEnd(c)),
        // A third argument is for ignoring case by the guide, and without effect in truth.
        ["strcontains"] = new(2, 3, a => Text(a[0])?.Contains(Text(a[1]) ?? "", StringComparison.Ordinal) == true),
        ["startswith"] = new(2, 2, a => Text(a[0])?.StartsWith(Text(a[1]) ?? "", StringComparison.Ordinal) == true),
        ["endswith"] = new(2, 2, a => Text(a[0])?.EndsWith(Text(a[1]) ?? "", StringComparison.Ordinal) == true),
        ["replace"] = new(3, 3, a => Text(a[1]) is { Length: > 0 } old ? Text(a[0])?.Replace(old, Text(a[2]), StringComparison.Ordinal) : Text(a[0])),
        ["substr"] = new(2, 3, Substring),
        ["abs"] = OfNumber(Math.Abs),
        ["ceil"] = OfNumber(Math.Ceiling),
        ["floor"] = OfNumber(Math.Floor),
        ["round"] = OfNumber(n => Math.Round(n, MidpointRounding.AwayFromZero)),
        ["sqrt"] = OfNumber(Math.Sqrt),
        ["log"] = OfNumber(Math.Log),
        ["greatest"] = new(1, Any, a => a.Max(InsightsValues.Number)),
        ["least"] = new(1, Any, a => a.Min(InsightsValues.Number)),
        ["tonumber"] = OfNumber(n => n),
        ["todouble"] = OfNumber(n => n),
        ["toint"] = OfNumber(Math.Truncate),
        ["tolong"] = OfNumber(Math.Truncate),
        ["if"] = new(3, 3, a => InsightsValues.IsTrue(a[0]) ? a[1] : a[2]),
        ["case"] = new(2, Any, Case),
        ["isvalidip"] = new(1, 1, a => Address(a[0]) is not null),
        ["isvalidipv4"] = new(1, 1, a => Address(a[0])?.AddressFamily == AddressFamily.InterNetwork),
        ["isvalidipv6"] = new(1, 1, a => Address(a[0])?.AddressFamily == AddressFamily.InterNetworkV6),
        ["isipinsubnet"] = InSubnet(null),
        ["isipv4insubnet"] = InSubnet(AddressFamily.InterNetwork),
        ["isipv6insubnet"] = InSubnet(AddressFamily.InterNetworkV6),
        ["tomillis"] = new(1, 1, a => InsightsValues.Number(a[0])),
        ["frommillis"] = new(1, 1, a => InsightsValues.Number(a[0]) is { } n ? InsightsTime.Of(n) : null),
    };

    private static InsightsFunction OfText(Func<string, object> of) => new(1, 1, a => Text(a[0]) is { } text ? of(text) : null);

    private static InsightsFunction OfNumber(Func<double, double> of) => new(1, 1, a => InsightsValues.Number(a[0]) is { } number ? of(number) : null);

    private static InsightsFunction Trimmed(Func<string, char[]?, string> of) => new(1, 2, a => Text(a[0]) is { } text ? of(text, a.Length > 1 ? (Text(a[1]) ?? "").ToCharArray() : null) : null);

    private static InsightsFunction InSubnet(AddressFamily? family) => new(2, 2, a => Address(a[0]) is { } address && (family ?? address.AddressFamily) == address.AddressFamily
        && IPNetwork.TryParse(Text(a[1]), out var subnet) && subnet.Contains(address));

    // IPAddress takes "1" and "1.2" too.
    private static IPAddress? Address(object? value) => Text(value) is { } text && (text.Count(c => c == '.') == 3 || text.Contains(':', StringComparison.Ordinal)) && IPAddress.TryParse(text, out var address) ? address : null;

    // Conditions with their values, and perhaps a value for all other records.
    private static object? Case(object?[] a)
    {
        for (var i = 0; i + 1 < a.Length; i += 2)
        {
            if (InsightsValues.IsTrue(a[i]))
                return a[i + 1];
        }
        return a.Length % 2 == 1 ? a[^1] : null;
    }

    private static string? Text(object? value) => InsightsValues.Text(value);

    private static string? Substring(object?[] a)
    {
        if (Text(a[0]) is not { } text)
            return null;
        var start = (int)Math.Clamp(InsightsValues.Number(a[1]) ?? 0, 0, text.Length);
        var length = a.Length > 2 ? InsightsValues.Number(a[2]) ?? 0 : text.Length;
        return text.Substring(start, (int)Math.Clamp(length, 0, text.Length - start));
    }
}
