namespace FlinkDashboard.Model.Logs;

/// <summary>How severe a line is.</summary>
public enum LogSeverity
{
    /// <summary>The layout does not say.</summary>
    Unknown,

    /// <summary>TRACE.</summary>
    Trace,

    /// <summary>DEBUG.</summary>
    Debug,

    /// <summary>INFO.</summary>
    Info,

    /// <summary>WARN.</summary>
    Warn,

    /// <summary>ERROR and FATAL.</summary>
    Error,
}

/// <summary>What an entry of a log view is.</summary>
public enum LogEntryKind
{
    /// <summary>Something was written.</summary>
    Line,

    /// <summary>Lines are missing here: the text says how many and why.</summary>
    Gap,

    /// <summary>The source began, ended, changed or was sampled: the text says what.</summary>
    Note,
}

/// <summary>One entry of a log view: a line with the lines that belong to it (a stack trace), or a mark.</summary>
/// <param name="Id">The same line has the same id whenever and by whatever way it is read: stands in permalinks.</param>
/// <param name="Time">When it was written: the layout's own time, else the source's.</param>
/// <param name="Source">Pod, or stream.</param>
/// <param name="Kind">Line or mark.</param>
/// <param name="Severity">As the layout says.</param>
/// <param name="Logger">Name of the logger; null when the layout has none.</param>
/// <param name="Text">What was said, without time, severity and logger; secrets are masked; colours of terminals are still in it.</param>
/// <param name="More">The lines that follow and belong to it, masked.</param>
public sealed record LogEntry(string Id, DateTimeOffset Time, string Source, LogEntryKind Kind, LogSeverity Severity, string? Logger, string Text, IReadOnlyList<string> More);
