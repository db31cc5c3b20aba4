using System.Globalization;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

/// <summary>
/// A Quartz cron expression: seconds, minutes, hours, day of month, month, day of week, and perhaps year; in UTC. Lists, ranges, steps,
/// names, <c>?</c>, <c>L</c> (last day of the month) and <c>n#k</c> (k-th weekday of the month) are understood.
/// </summary>
public sealed class CronExpression
{
    private const int LastYear = 2099;
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly HashSet<int> _seconds, _minutes, _hours, _months, _years;
    private readonly Func<DateTime, bool> _isDay;

    private CronExpression(string[] fields)
    {
        _seconds = Values(fields[0], 0, 59);
        _minutes = Values(fields[1], 0, 59);
        _hours = Values(fields[2], 0, 23);
        _months = Values(fields[4], 1, 12, Months);
        _years = fields.Length == 7 ? Values(fields[6], 1970, LastYear) : [];
        // Exactly one of the two kinds of day is left open.
        if ((fields[3] == "?") == (fields[5] == "?"))
            throw new FormatException("Day of month or day of week has to be ?.");
        _isDay = fields[3] == "?" ? DayOfWeek(fields[5]) : DayOfMonth(fields[3]);
    }

    /// <summary>Reads an expression; null when it is none.</summary>
    public static CronExpression? Parse(string text)
    {
        var fields = text.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        try
        {
            return fields.Length is 6 or 7 ? new CronExpression(fields) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The first matching second after a moment; null when there is none any more.</summary>
    public DateTimeOffset? After(DateTimeOffset moment)
    {
        var start = moment.UtcDateTime;
        start = start.AddTicks(-(start.Ticks % TimeSpan.TicksPerSecond)).AddSeconds(1);
        for (var day = start.Date; day.Year <= LastYear && day.Year <= start.Year + 100; day = day.AddDays(1))
        {
            if (!_months.Contains(day.Month) || (_years.Count > 0 && !_years.Contains(day.Year)) || !_isDay(day))
                continue;
            if (TimeOn(day, day == start.Date ? start.TimeOfDay : TimeSpan.Zero) is { } time)
                return new DateTimeOffset(day + time, TimeSpan.Zero);
        }
        return null;
    }

    private TimeSpan? TimeOn(DateTime day, TimeSpan from)
    {
        foreach (var hour in _hours.Where(h => h >= from.Hours).Order())
        {
            foreach (var minute in _minutes.Order())
            {
                foreach (var second in _seconds.Order())
                {
                    var time = new TimeSpan(hour, minute, second);
                    if (time >= from)
                        return time;
                }
            }
        }
        return null;
    }

    private static Func<DateTime, bool> DayOfMonth(string field)
    {
        if (field == "L")
            return d => d.Day == DateTime.DaysInMonth(d.Year, d.Month);
        var days = Values(field, 1, 31);
        return d => days.Contains(d.Day);
    }

    private static Func<DateTime, bool> DayOfWeek(string field)
    {
        var hash = field.IndexOf('#', StringComparison.Ordinal);
        if (hash > 0)
        {
            var (weekday, which) = (Number(field[..hash], Weekdays, 1), Number(field[(hash + 1)..], [], 0));
            return d => (int)d.DayOfWeek + 1 == weekday && (d.Day + 6) / 7 == which;
        }
        if (field.Length > 1 && field.EndsWith('L'))
        {
            var weekday = Number(field[..^1], Weekdays, 1);
            return d => (int)d.DayOfWeek + 1 == weekday && d.Day + 7 > DateTime.DaysInMonth(d.Year, d.Month);
        }
        var days = field == "L" ? [7] : Values(field, 1, 7, Weekdays);
        return d => days.Contains((int)d.DayOfWeek + 1);
    }

    private static HashSet<int> Values(string field, int least, int most, string[]? names = null)
    {
        var result = new HashSet<int>();
        foreach (var part in field.Split(','))
        {
            var step = part.Split('/');
            var range = step[0].Split('-');
            var all = range[0] is "*" or "?";
            var from = all ? least : Number(range[0], names ?? [], least);
            var to = all || (step.Length > 1 && range.Length == 1) ? most : Number(range[^1], names ?? [], least);
            var by = step.Length > 1 ? Number(step[1], [], 0) : 1;
            if (step.Length > 2 || range.Length > 2 || by < 1 || from < least || to > most)
                throw new FormatException($"\"{field}\" is no field of a cron expression.");
            // A range may run over the end: FRI-MON.
            for (var value = from; value <= (to < from ? to + most - least + 1 : to); value += by)
                result.Add(value > most ? value - most + least - 1 : value);
        }
        return result;
    }

    private static int Number(string text, string[] names, int first)
    {
        var at = Array.IndexOf(names, text);
        return at >= 0 ? at + first : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
