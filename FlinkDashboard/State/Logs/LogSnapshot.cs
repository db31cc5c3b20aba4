namespace FlinkDashboard.State.Logs;

/// <summary>How well a log is known.</summary>
public enum LogFeedState
{
    /// <summary>Nothing read yet.</summary>
    Connecting,

    /// <summary>What is written is added as it comes.</summary>
    Live,

    /// <summary>The source is not reached now, or says nothing: <see cref="LogSnapshot.Problem"/> tells why. It is tried again.</summary>
    Paused,

    /// <summary>Everything of the window is read, or its sources have ended.</summary>
    Ended,

    /// <summary>It cannot be read: <see cref="LogSnapshot.Problem"/> tells why.</summary>
    Failed
}

/// <summary>Whether there is more before the oldest entry.</summary>
public enum OlderLines
{
    /// <summary>Not known: ask with <see cref="LogFeed.OlderAsync"/>.</summary>
    Possible,

    /// <summary>Being read.</summary>
    Loading,

    /// <summary>The oldest entry is the first of the window or of the log.</summary>
    None,

    /// <summary>There may be, but the view holds as many lines as it may (<c>Logs:Lines</c>).</summary>
    NoRoom
}

/// <summary>One of several sources of a view.</summary>
/// <param name="Name">Pod, or stream.</param>
/// <param name="State">How well it is known.</param>
/// <param name="Problem">What is wrong with it; null while all is well.</param>
public sealed record LogSourceState(string Name, LogFeedState State, string? Problem);

/// <summary>A log view at one moment. Immutable.</summary>
public sealed record LogSnapshot
{
    /// <summary>Nothing is known yet.</summary>
    public static readonly LogSnapshot Empty = new();

    /// <summary>The entries by time, marks among them; reading one by its index is cheap, and nothing is copied.</summary>
    public LogEntries Entries { get; init; } = LogEntries.None;

    /// <summary>
    /// Number of the first of <see cref="Entries"/>. An entry keeps its number while lines are added after and dropped or loaded before it (numbers of
    /// loaded older lines may be negative); a line that arrives late moves those after it by one.
    /// </summary>
    public long FirstNumber { get; init; }

    /// <summary>How many entries.</summary>
    public int Count => Entries.Count;

    /// <summary>Lines that were read and are no longer kept; the first entry is then a mark that says so.</summary>
    public long Dropped { get; init; }

    /// <summary>Lines that came and could not be taken; the marks between the entries say where.</summary>
    public long Missed { get; init; }

    /// <summary>Lines that were read since the view was opened, kept or dropped; folded lines count each.</summary>
    public long Read { get; init; }

    /// <summary>How well it is known.</summary>
    public LogFeedState State { get; init; }

    /// <summary>What is wrong and what to do, in a sentence; null while all is well. What was read before stays.</summary>
    public string? Problem { get; init; }

    /// <summary>Back to here everything is read; null when that is not known.</summary>
    public DateTimeOffset? SearchedTo { get; init; }

    /// <summary>The source delivers only a part of what is written (Live Tail above 500 lines a second).</summary>
    public bool IsSampled { get; init; }

    /// <summary>Where the lines come from, in words.</summary>
    public string Source { get; init; } = "";

    /// <summary>The single sources.</summary>
    public IReadOnlyList<LogSourceState> Sources { get; init; } = [];

    /// <summary>Whether there is more before the oldest entry.</summary>
    public OlderLines Older { get; init; }
}
