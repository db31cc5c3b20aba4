using System.Globalization;

namespace FlinkDashboard.Model.Logs;

/// <summary>
/// Ids of lines: the time, a hash of source and text, and which one it is among equals. The same line read from its pod and from CloudWatch has the same
/// id when its layout has a time; else the two sources' own times may differ.
/// </summary>
public static class LogId
{
    private const ulong Start = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The id of a line.</summary>
    /// <param name="source">Pod, or stream.</param>
    /// <param name="time">Its time; milliseconds count.</param>
    /// <param name="raw">The line as it was written, not masked.</param>
    /// <param name="ordinal">1 for the first of several equal ones.</param>
    public static string Of(string source, DateTimeOffset time, string raw, int ordinal = 1) => Of(time, Hash(source, raw), ordinal);

    internal static string Of(DateTimeOffset time, ulong hash, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.ToUnixTimeMilliseconds():x}-{hash:x16}{(ordinal > 1 ? "-" : "")}{(ordinal > 1 ? ordinal.ToString(CultureInfo.InvariantCulture) : "")}");

    /// <summary>When the line of an id was written: enough to open a window around it. Null for what is no id.</summary>
    public static DateTimeOffset? TimeOf(string? id) =>
        id?.IndexOf('-', StringComparison.Ordinal) is > 0 and <= 12 and var end && long.TryParse(id.AsSpan(0, end), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var time) && time < 253402300800000
            ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    // FNV-1a: for telling lines apart, not for hiding them.
    internal static ulong Hash(string source, string raw)
    {
        var hash = Start;
        foreach (var c in source)
            hash = (hash ^ c) * Prime;
        hash = (hash ^ '\n') * Prime;
        foreach (var c in raw)
            hash = (hash ^ c) * Prime;
        return hash;
    }
}
