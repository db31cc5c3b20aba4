using System.Globalization;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Ui.Logs;

/// <summary>The line, or lines, that the reader has picked. Immutable.</summary>
/// <param name="Entries">In order of time.</param>
/// <param name="Note">Said beside their number when not all of the chosen ones are among them.</param>
internal sealed record PickedLines(IReadOnlyList<LogEntry> Entries, string? Note = null)
{
    private const int Most = 5_000;

    /// <summary>None.</summary>
    public static PickedLines None { get; } = new([]);

    /// <summary>For the clipboard.</summary>
    public string Text => string.Join('\n', Entries.Select(LineText.Of));

    /// <summary>For those who hear the page.</summary>
    public string Spoken => Entries.Count == 1 ? LineText.Spoken(Entries[0]) : Amounts.Plural(Entries.Count, "line") + " picked";

    /// <summary>The lines from one place to another, both with it.</summary>
    public static PickedLines Of(IReadOnlyList<LogEntry> shown, int from, int to) =>
        new([.. shown.Skip(from).Take(Math.Min(to - from + 1, Most)).Where(entry => entry.Kind == LogEntryKind.Line)], to - from >= Most ? string.Create(CultureInfo.InvariantCulture, $"the first {Most:N0}") : null);

    /// <summary>The entry is among them.</summary>
    public bool Holds(LogEntry entry) => Entries.Any(one => one.Id == entry.Id);
}
