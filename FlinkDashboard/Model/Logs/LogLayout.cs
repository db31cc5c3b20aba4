namespace FlinkDashboard.Model.Logs;

/// <summary>What the layout of a line says.</summary>
/// <param name="Time">The layout's own time, without a zone taken as UTC; null when it has none.</param>
/// <param name="Severity">As it says.</param>
/// <param name="Logger">Name of the logger; null when it has none.</param>
/// <param name="Text">The rest.</param>
public readonly record struct LogHead(DateTimeOffset? Time, LogSeverity Severity, string? Logger, string Text);

/// <summary>
/// Recognises lines that begin an entry: Flink's own <c>%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p %-60c %x - %m</c> and its logback form, the operator's coloured
/// layout, klog, JSON lines, and whatever else begins with a time.
/// </summary>
public static class LogLayout
{
    private const int LongestHead = 300; // characters before the message

    /// <summary>The head of an entry; null for a line that belongs to none or has no layout.</summary>
    /// <param name="line">One line.</param>
    /// <param name="near">When its source had it: gives the date to layouts that have only a time of day.</param>
    public static LogHead? Of(string line, DateTimeOffset near)
    {
        if (line.Length == 0)
            return null;
        if (line[0] == '{')
            return LogJson.Of(line);
        var cursor = new LogCursor(line);
        cursor.SkipColour();
        if (cursor.IsAtEnd)
            return null;
        if (char.IsAsciiLetterUpper(cursor.Current) && Klog(cursor, near) is { } klog)
            return klog;
        cursor.Skip('[');
        if (cursor.Current is (< '0' or > '9') || cursor.Time(near) is not { } time)
            return null;
        cursor.Skip(']');
        return AfterTime(cursor, time);
    }

    // "I1129 09:31:00.123456       1 file.go:123] text": the Kubernetes world's own.
    private static LogHead? Klog(LogCursor cursor, DateTimeOffset near)
    {
        var severity = cursor.Current switch { 'I' => LogSeverity.Info, 'W' => LogSeverity.Warn, 'E' or 'F' => LogSeverity.Error, _ => LogSeverity.Unknown };
        if (severity == LogSeverity.Unknown || cursor.KlogTime(near) is not { } time)
            return null;
        var close = cursor.Rest.IndexOf("] ", StringComparison.Ordinal);
        if (close is < 0 or > 120)
            return null;
        var place = cursor.Rest[..close].Trim();
        var file = place[(place.LastIndexOf(' ') + 1)..].ToString();
        return new(time, severity, file, cursor.Rest[(close + 2)..].ToString());
    }

    private static LogHead AfterTime(LogCursor cursor, DateTimeOffset time)
    {
        var afterTime = cursor;
        string? before = null;
        for (var words = 0; words < 4; words++)
        {
            cursor.SkipBlank();
            var word = cursor.Word();
            if (SeverityOf(word) is var severity and not LogSeverity.Unknown)
                return AfterSeverity(cursor, time, severity, before);
            if (word.Length == 0)
                break;
            if (word[0] != '[' && IsLogger(word))
                before ??= word.ToString();
        }
        afterTime.SkipBlank();
        return new(time, LogSeverity.Unknown, null, afterTime.Rest.ToString());
    }

    private static LogHead AfterSeverity(LogCursor cursor, DateTimeOffset time, LogSeverity severity, string? before)
    {
        var rest = cursor;
        rest.SkipBlank();
        // The operator writes the logger before the level, and the resource in brackets after it.
        if (before is not null)
            return new(time, severity, before, rest.Rest.ToString());
        var head = rest.Rest[..Math.Min(rest.Rest.Length, LongestHead)];
        var dash = head.IndexOf(" - ", StringComparison.Ordinal);
        if (dash < 0 && head.EndsWith(" -", StringComparison.Ordinal))
            dash = head.Length - 2;
        if (dash > 0 && rest.Word() is var logger && IsLogger(logger))
        {
            var text = head.Length < dash + 3 ? "" : cursor.From(rest, logger, dash + 3);
            return new(time, severity, logger.ToString(), text);
        }
        return Spring(time, severity, cursor) ?? new(time, severity, null, Trimmed(cursor));
    }

    // "INFO 1 --- [main] o.s.Application : text".
    private static LogHead? Spring(DateTimeOffset time, LogSeverity severity, LogCursor cursor)
    {
        var head = cursor.Rest[..Math.Min(cursor.Rest.Length, LongestHead)];
        var (dashes, colon) = (head.IndexOf(" --- [", StringComparison.Ordinal), head.IndexOf(" : ", StringComparison.Ordinal));
        if (dashes < 0 || colon < dashes)
            return null;
        var between = head[dashes..colon].TrimEnd();
        return new(time, severity, between[(between.LastIndexOfAny(' ', ']') + 1)..].ToString(), cursor.Rest[(colon + 3)..].ToString());
    }

    private static string Trimmed(LogCursor cursor)
    {
        cursor.SkipBlank();
        return cursor.Rest.ToString();
    }

    private static bool IsLogger(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
            if (!char.IsLetterOrDigit(c) && c is not ('.' or '_' or '$' or '-' or '/' or ':' or '#'))
                return false;
        return word.Length > 0 && char.IsLetter(word[0]);
    }

    /// <summary>The severity that a word names, whatever brackets stand around it.</summary>
    public static LogSeverity SeverityOf(ReadOnlySpan<char> word)
    {
        word = word.Trim("[](): ");
        return word.Length is < 3 or > 8 ? LogSeverity.Unknown
            : Is(word, "INFO") || Is(word, "NOTICE") ? LogSeverity.Info
            : Is(word, "WARN") || Is(word, "WARNING") ? LogSeverity.Warn
            : Is(word, "ERROR") || Is(word, "FATAL") || Is(word, "SEVERE") || Is(word, "CRITICAL") || Is(word, "PANIC") || Is(word, "DPANIC") ? LogSeverity.Error
            : Is(word, "DEBUG") || Is(word, "FINE") ? LogSeverity.Debug
            : Is(word, "TRACE") || Is(word, "FINER") || Is(word, "FINEST") ? LogSeverity.Trace
            : LogSeverity.Unknown;
    }

    private static bool Is(ReadOnlySpan<char> word, string level) => word.Equals(level, StringComparison.OrdinalIgnoreCase);
}
