using System.Globalization;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.Ui.Logs;

/// <summary>An entry as it is drawn. Equal rows are not drawn again.</summary>
/// <param name="Entry">What it shows.</param>
/// <param name="Time">In the reader's time zone.</param>
/// <param name="Label">Short name of the source; null where there is only one.</param>
/// <param name="Gone">Its source is no longer there.</param>
/// <param name="Open">The lines that follow are shown.</param>
/// <param name="Search">Places to mark.</param>
/// <param name="Mark">"here" for the line of the address, "picked", "found" for the match one has gone to, or null.</param>
public sealed record LogRow(LogEntry Entry, string Time, string? Label, bool Gone, bool Open, LogSearch Search, string? Mark)
{
    /// <summary>One letter for the severity; a blank where none is known.</summary>
    public string Letter => LetterOf(Entry.Severity);

    /// <summary>Class of the row.</summary>
    public string Class => $"log-row{Tone}{(Gone ? " gone" : "")}{(Mark is null ? "" : " " + Mark)}";

    /// <summary>The last part of the logger's name.</summary>
    public string? Logger => Short(Entry.Logger);

    /// <summary>The lines that follow are folded away, or would be.</summary>
    public bool Folds => Entry.More.Count > LogGeometry.FewLines;

    /// <summary>Colours and matches of the text.</summary>
    public IReadOnlyList<TextPart> Parts => TextPart.Of(Entry.Text, Search);

    /// <summary>What stands on the folded line beside the count: the first match among the lines, else the deepest cause.</summary>
    public string? Hint => (Search.IsEmpty ? null : Entry.More.Select(AnsiText.Strip).FirstOrDefault(Search.IsIn)?.Trim()) ?? CauseOf(Entry);

    private string Tone => Entry.Severity switch { LogSeverity.Error => " e", LogSeverity.Warn => " w", LogSeverity.Debug or LogSeverity.Trace => " d", _ => "" };

    /// <summary>Reads an entry.</summary>
    /// <param name="entry">What it shows.</param>
    /// <param name="zone">The reader's.</param>
    /// <param name="withDate">More days than today are shown.</param>
    /// <param name="source">Its short name, and whether it is gone.</param>
    /// <param name="open">The lines that follow are shown.</param>
    /// <param name="search">Places to mark.</param>
    /// <param name="mark">See <see cref="Mark"/>.</param>
    public static LogRow From(LogEntry entry, TimeZoneInfo zone, bool withDate, LogSourceName? source, bool open, LogSearch search, string? mark) =>
        new(entry, TimeZoneInfo.ConvertTime(entry.Time, zone).ToString(withDate ? "MM-dd HH:mm:ss.fff" : "HH:mm:ss.fff", CultureInfo.InvariantCulture), source?.Label, source?.Gone == true, open, search, mark);

    /// <summary>"org.apache.flink.runtime.checkpoint.CheckpointCoordinator" as "CheckpointCoordinator".</summary>
    public static string? Short(string? logger) => logger is null ? null : logger[(logger.LastIndexOf('.') + 1)..];

    /// <summary>One letter for a severity.</summary>
    public static string LetterOf(LogSeverity severity) => severity switch { LogSeverity.Error => "E", LogSeverity.Warn => "W", LogSeverity.Info => "I", LogSeverity.Debug => "D", LogSeverity.Trace => "T", _ => "" };

    /// <summary>The deepest "Caused by" line of a stack trace: what began it. Null without one.</summary>
    public static string? CauseOf(LogEntry entry) => entry.More.LastOrDefault(line => line.TrimStart().StartsWith("Caused by:", StringComparison.Ordinal)) is { } cause ? AnsiText.Strip(cause).Trim() : null;
}
