using System.Globalization;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Model;

/// <summary>
/// The range of time that charts, logs and tabs show, as <c>from</c> and <c>to</c> of the query string say it: each an instant in ISO 8601
/// (<c>2026-11-29T09:31:00Z</c>) or relative to now (<c>-1h</c>, <c>-15m</c>, <c>-2d</c>, <c>now</c>). Without <c>to</c> it ends now and moves on.
/// </summary>
/// <param name="From">First moment.</param>
/// <param name="To">Last moment, after the first.</param>
/// <param name="IsLive">Ends now, whenever now is.</param>
/// <param name="FromText">As the query string has it; null for the usual hour.</param>
/// <param name="ToText">As the query string has it; null when it ends now.</param>
public sealed partial record TimeWindow(DateTimeOffset From, DateTimeOffset To, bool IsLive, string? FromText, string? ToText)
{
    /// <summary>What is shown when nothing is said.</summary>
    public const string Usual = "-1h";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(95);

    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;

    /// <summary>Reads both texts. What cannot be read counts as not said; a range that ends before it begins is turned round; it is at least 10 s and at most 95 days long.</summary>
    public static TimeWindow Of(string? from, string? to, DateTimeOffset now)
    {
        var end = Read(to, now);
        var isLive = end is null || to is "now";
        var last = isLive ? now : end!.Value;
        var start = Read(from, now);
        var first = start ?? last - Span(Usual)!.Value;
        if (first > last)
            (first, last, isLive) = (last, first, false);
        if (last - first < Shortest)
            first = last - Shortest;
        if (last - first > Longest)
            first = last - Longest;
        return new(first, last, isLive, start is null ? null : from, isLive ? null : to);
    }

    /// <summary>From one instant to another, standing still.</summary>
    public static TimeWindow Between(DateTimeOffset from, DateTimeOffset to) => Of(Text(from), Text(to), to);

    /// <summary>The instant that a text means; null when it cannot be read. An instant without a zone is taken in <paramref name="zone"/>, UTC when that is null.</summary>
    public static DateTimeOffset? Read(string? text, DateTimeOffset now, TimeZoneInfo? zone = null)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        text = text.Trim();
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase))
            return now;
        if (text.StartsWith("now-", StringComparison.OrdinalIgnoreCase))
            text = text[3..];
        if (Span(text) is { } span)
            return now - span;
        if (!Instant().IsMatch(text) || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var moment))
            return null;
        if (moment.Kind == DateTimeKind.Utc)
            return new DateTimeOffset(moment);
        var offset = (zone ?? TimeZoneInfo.Utc).GetUtcOffset(moment);
        return new DateTimeOffset(moment, offset).ToUniversalTime();
    }

    /// <summary>An instant as the query string writes it, in whole seconds.</summary>
    public static string Text(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Half its length earlier; stands still then.</summary>
    public TimeWindow Earlier() => Between(From - (Length / 2), To - (Length / 2));

    /// <summary>Half its length later; live again when it would reach now.</summary>
    public TimeWindow Later(DateTimeOffset now) => To + (Length / 2) >= now ? LiveFor(Length, now) : Between(From + (Length / 2), To + (Length / 2));

    /// <summary>Twice as long round the same middle, but not beyond now: live then when it was live.</summary>
    public TimeWindow Wider(DateTimeOffset now)
    {
        var length = TimeSpan.FromTicks(Math.Min(Length.Ticks * 2, Longest.Ticks));
        if (IsLive || To + (Length / 2) >= now)
            return LiveFor(length, now);
        var middle = From + (Length / 2);
        return Between(middle - (length / 2), middle + (length / 2));
    }

    /// <summary>The same range standing still.</summary>
    public TimeWindow Paused() => Between(From, To);

    /// <summary>The last so-and-so long, moving on.</summary>
    public static TimeWindow LiveFor(TimeSpan length, DateTimeOffset now) => Of(Relative(length), null, now);

    /// <summary>A length as relative text: <c>-90s</c>, <c>-15m</c>, <c>-6h</c>, <c>-7d</c>.</summary>
    public static string Relative(TimeSpan length)
    {
        var seconds = Math.Max(1, (long)Math.Round(length.TotalSeconds));
        return seconds % 86_400 == 0 ? $"-{seconds / 86_400}d" : seconds % 3600 == 0 ? $"-{seconds / 3600}h" : seconds % 60 == 0 ? $"-{seconds / 60}m" : $"-{seconds}s";
    }

    private static TimeSpan? Span(string text)
    {
        var match = Ago().Match(text);
        if (!match.Success || !int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        return match.Groups[2].Value switch
        {
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            "d" when count < 36_500 => TimeSpan.FromDays(count),
            "w" when count < 5200 => TimeSpan.FromDays(count * 7),
            _ => null,
        };
    }

    [GeneratedRegex(@"^-(\d{1,7})([smhdw])$")]
    private static partial Regex Ago();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?)?(Z|[+-]\d{2}:?\d{2})?$")]
    private static partial Regex Instant();
}
