namespace FlinkDashboard.Model.Logs;

/// <summary>Makes the entries that are no lines.</summary>
public static class LogMark
{
    /// <summary>Lines are missing here.</summary>
    public static LogEntry Gap(DateTimeOffset time, string source, string text) => Of(LogEntryKind.Gap, time, source, text);

    /// <summary>The source began, ended or changed.</summary>
    public static LogEntry Note(DateTimeOffset time, string source, string text) => Of(LogEntryKind.Note, time, source, text);

    private static LogEntry Of(LogEntryKind kind, DateTimeOffset time, string source, string text) =>
        new($"{LogId.Of(source, time, text)}-{(kind == LogEntryKind.Gap ? "gap" : "note")}", time, source, kind, LogSeverity.Unknown, null, text, []);
}
