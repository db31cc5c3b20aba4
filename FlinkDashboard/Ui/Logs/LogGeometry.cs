using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.Ui.Logs;

/// <summary>How rows are laid out in a browser, as it measured.</summary>
/// <param name="Columns">Characters that fit beside the time, severity and source of a row.</param>
/// <param name="Lead">Lines that time, severity and source take above the text: 0 beside it, 1 on a narrow screen.</param>
/// <param name="Wrap">Long lines go on below.</param>
public sealed record LogSheet(int Columns, int Lead, bool Wrap)
{
    /// <summary>Until the browser has measured.</summary>
    public static LogSheet Wide { get; } = new(140, 0, false);
}

/// <summary>
/// Where each row stands, counted in lines of text: what is needed to draw only the rows in sight with the right empty space above and below. Letters are of one width, and lines
/// break anywhere, so the height of a row follows from its length.
/// </summary>
public sealed class LogGeometry
{
    /// <summary>Lines that follow an entry are shown without being opened up to so many.</summary>
    public const int FewLines = 2;

    private readonly IReadOnlyList<LogEntry> _entries;
    private readonly int[] _ends;

    /// <param name="entries">What is shown, in order.</param>
    /// <param name="sheet">As the browser measured.</param>
    /// <param name="open">Ids of entries whose further lines are shown.</param>
    public LogGeometry(IReadOnlyList<LogEntry> entries, LogSheet sheet, IReadOnlySet<string> open)
    {
        (_entries, _ends) = (entries, new int[entries.Count]);
        var end = 0;
        for (var i = 0; i < entries.Count; i++)
            _ends[i] = end += Height(entries[i], sheet, entries[i].More.Count > FewLines && open.Contains(entries[i].Id));
    }

    /// <summary>Lines of text in all.</summary>
    public int Lines => _ends.Length == 0 ? 0 : _ends[^1];

    /// <summary>Lines above a row.</summary>
    public int Above(int row) => row == 0 ? 0 : _ends[row - 1];

    /// <summary>The row that holds a line; the last one behind the end.</summary>
    public int RowAt(int line)
    {
        if (line < 0 || _ends.Length == 0)
            return 0;
        var found = Array.BinarySearch(_ends, line + 1);
        return Math.Min(found < 0 ? ~found : found, _ends.Length - 1);
    }

    /// <summary>The rows from one line to another.</summary>
    /// <param name="top">First line in sight.</param>
    /// <param name="lines">Lines in sight.</param>
    /// <param name="margin">Lines drawn beyond, above and below.</param>
    public LogWindow Window(int top, int lines, int margin)
    {
        if (_ends.Length == 0)
            return LogWindow.Empty;
        top = Math.Clamp(top, 0, Math.Max(0, Lines - lines));
        var (first, last) = (RowAt(top - margin), RowAt(top + lines + margin - 1));
        return new(first, last - first + 1, Above(first), Lines - _ends[last]);
    }

    /// <summary>Lines of text that an entry takes.</summary>
    public static int Height(LogEntry entry, LogSheet sheet, bool open)
    {
        if (entry.Kind != LogEntryKind.Line)
            return 1 + sheet.Lead;
        var (all, folded) = (entry.More.Count <= FewLines || open, entry.More.Count > FewLines);
        var lines = sheet.Lead + (folded ? 1 : 0) + Wrapped(entry.Text, LoggerLength(entry.Logger), sheet);
        if (!sheet.Wrap)
            return lines + (all ? entry.More.Count : 0);
        if (all)
            foreach (var line in entry.More)
                lines += Wrapped(line, 0, sheet);
        return lines;
    }

    // With the gap behind it.
    private static int LoggerLength(string? logger) => logger is null ? 0 : logger.Length - logger.LastIndexOf('.') - 1 + 2;

    private static int Wrapped(string line, int before, LogSheet sheet)
    {
        if (!sheet.Wrap)
            return 1;
        var length = AnsiText.Strip(line).Length + before;
        return length > sheet.Columns ? (length + sheet.Columns - 1) / sheet.Columns : 1;
    }
}

/// <summary>The rows that are drawn.</summary>
/// <param name="First">The first one.</param>
/// <param name="Count">How many.</param>
/// <param name="Above">Lines of text above them.</param>
/// <param name="Below">Lines of text below them.</param>
public readonly record struct LogWindow(int First, int Count, int Above, int Below)
{
    /// <summary>No row.</summary>
    public static LogWindow Empty { get; } = new(0, 0, 0, 0);
}
