using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.Ui.Logs;

/// <summary>Which of the lines that were read are shown. Marks (what is missing, what changed) are always shown.</summary>
/// <param name="Search">What is searched for.</param>
/// <param name="Only">Lines without it are hidden; else they are shown and the places marked.</param>
/// <param name="Least">Least severity. Lines that tell none count as INFO.</param>
/// <param name="Logger">Part of the logger's name; empty: any.</param>
public sealed record LogFilter(LogSearch Search, bool Only = true, LogSeverity Least = LogSeverity.Unknown, string Logger = "")
{
    /// <summary>Shows everything.</summary>
    public static LogFilter None { get; } = new(LogSearch.None);

    /// <summary>Hides something.</summary>
    public bool IsOn => (Only && !Search.IsEmpty) || Least > LogSeverity.Trace || Logger.Length > 0;

    /// <summary>The entry is shown.</summary>
    public bool Shows(LogEntry entry) =>
        entry.Kind != LogEntryKind.Line || (Weight(entry.Severity) >= Least && OfLogger(entry) && (!Only || IsMatch(entry)));

    /// <summary>The entry is a line that holds what is searched for.</summary>
    public bool IsMatch(LogEntry entry)
    {
        if (entry.Kind != LogEntryKind.Line || Search.IsEmpty)
            return Search.IsEmpty;
        if (Search.IsIn(AnsiText.Strip(entry.Text)) || (entry.Logger is { } logger && Search.IsIn(logger)))
            return true;
        foreach (var line in entry.More)
            if (Search.IsIn(AnsiText.Strip(line)))
                return true;
        return false;
    }

    private bool OfLogger(LogEntry entry) => Logger.Length == 0 || entry.Logger?.Contains(Logger, StringComparison.OrdinalIgnoreCase) == true;

    private static LogSeverity Weight(LogSeverity severity) => severity == LogSeverity.Unknown ? LogSeverity.Info : severity;
}
