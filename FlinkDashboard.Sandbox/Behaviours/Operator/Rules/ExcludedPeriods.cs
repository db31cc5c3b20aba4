using System.Globalization;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

/// <summary>job.autoscaler.excluded.periods: times of day (<c>9:30-10:30</c>, UTC) and Quartz expressions, each perhaps one of both joined by <c>&amp;&amp;</c> (CalendarUtils).</summary>
public static class ExcludedPeriods
{
    private const string Key = "job.autoscaler.excluded.periods";

    /// <summary>The first error, or null.</summary>
    public static string? Error(string? text) => Expressions(text).Select(ErrorOf).FirstOrDefault(e => e is not null);

    /// <summary>A moment lies in one of the periods.</summary>
    public static bool Contain(string? text, DateTimeOffset moment) => Expressions(text).Any(e => Parts(e).All(p => Contains(p, moment)));

    private static IEnumerable<string> Expressions(string? text) => (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string[] Parts(string expression) => expression.Split("&&", StringSplitOptions.TrimEntries);

    private static string? ErrorOf(string expression)
    {
        var parts = Parts(expression);
        if (parts.Length > 2)
            return $"Invalid value {expression} in the autoscaler config {Key}";
        if (parts.Any(p => Daily(p) is null && CronExpression.Parse(p) is null))
            return $"Invalid value {expression} in the autoscaler config {Key}, the value is neither a valid daily expression nor a valid cron expression";
        return parts.Length == 2 && parts.Count(p => Daily(p) is not null) != 1
            ? $"Invalid value {expression} in the autoscaler config {Key}, the value can not be configured as dailyExpression && dailyExpression or cronExpression && cronExpression"
            : null;
    }

    private static bool Contains(string part, DateTimeOffset moment)
    {
        if (Daily(part) is { } span)
            return moment.UtcDateTime.TimeOfDay >= span.From && moment.UtcDateTime.TimeOfDay <= span.To;
        return CronExpression.Parse(part)?.After(moment.AddSeconds(-1)) is { } match && match <= moment;
    }

    private static (TimeSpan From, TimeSpan To)? Daily(string text) =>
        text.Split('-') is [var from, var to] && Time(from) is { } start && Time(to) is { } end && start < end ? (start, end) : null;

    private static TimeSpan? Time(string text) => text.Split(':') is { Length: >= 2 and <= 4 } parts
        && TimeSpan.TryParseExact(string.Join(':', parts.Take(3)), parts.Length == 2 ? @"h\:m" : @"h\:m\:s", CultureInfo.InvariantCulture, out var time) ? time : null;
}
