namespace FlinkDashboard.Ui.Job;

/// <summary>A line of a log.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Level">error, warn, debug or nothing; a line of a stack trace has that of its first line.</param>
public sealed record LogLine(int Number, string Text, string Level)
{
    /// <summary>The lines that hold a text, or all.</summary>
    public static List<LogLine> Of(string text, string? filter)
    {
        var level = "";
        var lines = new List<LogLine>();
        foreach (var (i, line) in text.TrimEnd('\n').Split('\n').Index())
        {
            level = LevelOf(line) ?? level;
            if (line.Length > 0 && (string.IsNullOrEmpty(filter) || line.Contains(filter, StringComparison.OrdinalIgnoreCase)))
                lines.Add(new(i + 1, line.TrimEnd('\r'), level));
        }
        return lines;
    }

    // "2026-03-01 12:00:00,123 INFO  org…": the word stands near the beginning. A line that begins with a blank or "Caused by" belongs to the one before.
    private static string? LevelOf(string line)
    {
        if (line.Length == 0 || char.IsWhiteSpace(line[0]) || line.StartsWith("Caused by", StringComparison.Ordinal))
            return null;
        var head = line.Length > 48 ? line[..48] : line;
        foreach (var (word, level) in ((string, string)[])[(" ERROR ", "error"), (" FATAL ", "error"), (" WARN ", "warn"), (" INFO ", ""), (" DEBUG ", "debug"), (" TRACE ", "debug")])
            if (head.Contains(word, StringComparison.Ordinal))
                return level;
        return char.IsDigit(line[0]) ? "" : null;
    }
}
