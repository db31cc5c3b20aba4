using System.Globalization;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.Ui.Logs;

/// <summary>Entries as plain text: for the clipboard, for files, for those who hear the page. Without colours; secrets are masked already.</summary>
public static class LineText
{
    /// <summary>Time in UTC, severity, source, logger, text, and the lines that follow.</summary>
    public static string Of(LogEntry entry)
    {
        var more = entry.More.Count == 0 ? "" : "\n" + string.Join('\n', entry.More.Select(AnsiText.Strip));
        return entry.Kind != LogEntryKind.Line
            ? $"{Time(entry)} ---- {entry.Text} ----"
            : $"{Time(entry)} {Word(entry.Severity),-5} {entry.Source} {(entry.Logger is null ? "" : entry.Logger + " - ")}{AnsiText.Strip(entry.Text)}{more}";
    }

    /// <summary>What the narrow columns of a row stand for.</summary>
    public static string Facts(LogEntry entry) => string.Join(" · ", ((string?[])[Time(entry), Word(entry.Severity), entry.Source, entry.Logger]).Where(fact => !string.IsNullOrEmpty(fact)));

    /// <summary>One sentence for a line.</summary>
    public static string Spoken(LogEntry entry) => $"{Word(entry.Severity)} {entry.Source} {AnsiText.Strip(entry.Text)}{(entry.More.Count > 0 ? $", {entry.More.Count} more lines" : "")}";

    /// <summary>The severity as loggers write it.</summary>
    public static string Word(LogSeverity severity) => severity == LogSeverity.Unknown ? "" : severity.ToString().ToUpperInvariant();

    private static string Time(LogEntry entry) => entry.Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
