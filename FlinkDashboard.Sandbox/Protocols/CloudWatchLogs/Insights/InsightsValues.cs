using System.Globalization;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>A moment, which is written as a date and reckoned with as milliseconds.</summary>
/// <param name="Milliseconds">Since 1970.</param>
internal readonly record struct InsightsTime(long Milliseconds)
{
    /// <summary>Of a number; null when no calendar reaches there.</summary>
    public static InsightsTime? Of(double milliseconds) => milliseconds is > -6e13 and < 2.5e14 ? new((long)milliseconds) : null;

    /// <inheritdoc />
    public override string ToString() => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}

/// <summary>What values of a query are worth: text, double, bool, <see cref="InsightsTime"/>, or null for a field that is not there.</summary>
internal static class InsightsValues
{
    /// <summary>As it is written into a row; null is not written.</summary>
    public static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "1" : "0",
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>As a number, or null.</summary>
    public static double? Number(object? value) => value switch
    {
        double number => number,
        bool flag => flag ? 1 : 0,
        InsightsTime time => time.Milliseconds,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>As a condition.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        bool flag => flag,
        double number => number != 0,
        string text => text.Length > 0,
        _ => value is not null,
    };

    /// <summary>Order of two values: by number when both are numbers, else by text; what is not there comes first.</summary>
    public static int Compare(object? a, object? b) =>
        Number(a) is { } x && Number(b) is { } y ? x.CompareTo(y) : string.CompareOrdinal(Text(a), Text(b));

    /// <summary>The values are the same.</summary>
    public static bool AreEqual(object? a, object? b) => a is not null && b is not null && Compare(a, b) == 0;
}
