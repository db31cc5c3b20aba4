namespace FlinkDashboard.Model.Logs;

/// <summary>A place in a line while its layout is read. Colour sequences of terminals count as blanks here; they stay in the text.</summary>
internal struct LogCursor(string line)
{
    private const char Escape = '\e';
    private int at;

    public readonly bool IsAtEnd => at >= line.Length;

    public readonly char Current => at < line.Length ? line[at] : '\0';

    public readonly ReadOnlySpan<char> Rest => line.AsSpan(Math.Min(at, line.Length));

    public void Skip(char c)
    {
        if (Current == c)
            at++;
    }

    /// <summary>Past colour sequences, but not past blanks.</summary>
    public void SkipColour()
    {
        while (at + 1 < line.Length && line[at] == Escape && line[at + 1] == '[')
        {
            var end = at + 2;
            while (end < line.Length && (char.IsAsciiDigit(line[end]) || line[end] == ';'))
                end++;
            at = Math.Min(end + 1, line.Length);
        }
    }

    public void SkipBlank()
    {
        int before;
        do
        {
            before = at;
            while (Current is ' ' or '\t')
                at++;
            SkipColour();
        }
        while (at != before);
    }

    /// <summary>The next word; one that begins with a bracket reaches to its end.</summary>
    public ReadOnlySpan<char> Word()
    {
        var start = at;
        if (Current == '[' && line.AsSpan(at).IndexOf(']') is > 0 and < 120 and var close)
            at += close + 1;
        else
            while (at < line.Length && line[at] is not (' ' or '\t' or Escape))
                at++;
        return line.AsSpan(start, at - start);
    }

    /// <summary>What stands <paramref name="offset"/> characters after the beginning of a word that another cursor has just read.</summary>
    public readonly string From(LogCursor after, ReadOnlySpan<char> word, int offset) => line[Math.Min(after.at - word.Length + offset, line.Length)..];

    /// <summary><c>2026-11-29 09:31:00,123</c>, with T, with point, without fraction, with zone; or only <c>09:31:00.123</c>.</summary>
    public DateTimeOffset? Time(DateTimeOffset near)
    {
        var here = at;
        var date = DateOnly.FromDateTime(near.UtcDateTime);
        if (Digits(4) is { } year && Is('-') && Digits(2) is { } month && Is('-') && Digits(2) is { } day && (Is(' ') || Is('T')) && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(Math.Max(year, 1), month))
            date = new(Math.Max(year, 1), month, day);
        else if (at != here)
            at = here;
        var dated = at != here;
        if (TimeOfDay() is not { } clock)
        {
            at = here;
            return null;
        }
        var time = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + clock;
        if (!dated)
            time = Closest(time, near);
        return dated && Zone() is { } zone ? time - zone : time;
    }

    /// <summary><c>I1129 09:31:00.123456</c>: the year is the one that brings it near.</summary>
    public DateTimeOffset? KlogTime(DateTimeOffset near)
    {
        at++;
        if (Digits(2) is not (>= 1 and <= 12 and var month) || Digits(2) is not (>= 1 and <= 31 and var day) || !Is(' ') || TimeOfDay() is not { } clock)
            return null;
        var year = near.Year;
        if (day > DateTime.DaysInMonth(year, month))
            return null;
        var time = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero) + clock;
        return time - near > TimeSpan.FromDays(180) && year > 1 ? time.AddYears(-1) : near - time > TimeSpan.FromDays(180) ? time.AddYears(1) : time;
    }

    private static DateTimeOffset Closest(DateTimeOffset time, DateTimeOffset near) =>
        time - near > TimeSpan.FromHours(12) ? time.AddDays(-1) : near - time > TimeSpan.FromHours(12) ? time.AddDays(1) : time;

    private TimeSpan? TimeOfDay()
    {
        if (Digits(2) is not (<= 23 and var hour) || !Is(':') || Digits(2) is not (<= 59 and var minute) || !Is(':') || Digits(2) is not (<= 60 and var second))
            return null;
        var clock = new TimeSpan(hour, minute, Math.Min(second, 59));
        if (Current is not ('.' or ',') || at + 1 >= line.Length || !char.IsAsciiDigit(line[at + 1]))
            return clock;
        at++;
        long ticks = 0;
        for (var scale = TimeSpan.TicksPerSecond / 10; at < line.Length && char.IsAsciiDigit(line[at]); at++, scale /= 10)
            ticks += (line[at] - '0') * scale;
        return clock + TimeSpan.FromTicks(ticks);
    }

    private TimeSpan? Zone()
    {
        if (Is('Z'))
            return TimeSpan.Zero;
        var here = at;
        if (Current is '+' or '-')
        {
            var sign = line[at++] == '-' ? -1 : 1;
            if (Digits(2) is <= 14 and var hours)
            {
                Is(':');
                if (Digits(2) is <= 59 and var minutes)
                    return sign * new TimeSpan(hours, minutes, 0);
            }
        }
        at = here;
        return null;
    }

    private bool Is(char c)
    {
        if (Current != c)
            return false;
        at++;
        return true;
    }

    private int? Digits(int count)
    {
        if (at + count > line.Length)
            return null;
        var number = 0;
        for (var i = 0; i < count; i++)
        {
            if (!char.IsAsciiDigit(line[at + i]))
                return null;
            number = (number * 10) + line[at + i] - '0';
        }
        at += count;
        return number;
    }
}
