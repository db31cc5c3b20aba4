using System.Globalization;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Logs;

/// <summary>A line as its source gave it.</summary>
/// <param name="Time">When the source had it; null when it does not say (archives).</param>
/// <param name="Text">Without line break.</param>
public readonly record struct SourceLine(DateTimeOffset? Time, string Text);

/// <summary>An entry and its place among others.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Order">Ticks by which entries of several sources are ordered; never goes back within one source.</param>
/// <param name="Grown">Lines that it has more than the entry with the same id that was told before, and that it replaces; 0 for a new one.</param>
public readonly record struct FoldedEntry(LogEntry Entry, long Order, int Grown = 0);

/// <summary>
/// Makes entries of one source's lines in their order: what belongs to the entry before (stack traces, causes, further lines of a message) is folded into it,
/// also when it comes much later. Masks secrets. Not thread-safe: one for each source and reading.
/// </summary>
public sealed class EntryFold(string source)
{
    /// <summary>Most characters of a line.</summary>
    public const int LongestLine = 16 << 10;

    /// <summary>Most lines that are folded into one entry.</summary>
    public const int MostLines = 1_000;

    // Lines in a row that do not look like a stack trace: a message has some, a program that prints has thousands.
    private const int MostLoose = 50;

    private static readonly TimeSpan Close = TimeSpan.FromMinutes(2);
    private readonly Dictionary<(long, ulong), int> same = [];
    private readonly List<string> more = [];
    private LogEntry? open;
    private long order = long.MinValue;
    private DateTimeOffset lastTime = DateTimeOffset.MinValue;
    private int loose;
    private bool hasLayout;
    private bool isTold;
    private bool isChanged;
    private int told;

    /// <summary>The first line of this reading began no entry: its head stands in older lines.</summary>
    public LogEntry? Orphan { get; private set; }

    /// <summary>Ticks that the last entry is ordered by.</summary>
    public long Order => order;

    /// <summary>Takes a line; an entry that it ends goes to <paramref name="into"/>.</summary>
    public void Read(SourceLine line, List<FoldedEntry> into)
    {
        var raw = line.Text.EndsWith('\r') ? line.Text[..^1] : line.Text;
        var head = raw.Length <= LongestLine * 4 ? LogLayout.Of(raw, line.Time ?? lastTime) : null;
        if (head is null && open is not null && Belongs(raw))
        {
            more.Add(Shown(raw));
            isChanged = true;
            return;
        }
        Flush(into);
        more.Clear();
        loose = 0;
        var time = TimeOf(head?.Time, line.Time);
        order = Math.Max(order, time.UtcTicks);
        hasLayout = head is not null;
        var text = head?.Text ?? raw;
        var lines = text.Contains('\n', StringComparison.Ordinal) ? text.Split('\n') : null;
        more.AddRange(lines?.Skip(1).Take(MostLines).Select(l => Shown(l.TrimEnd('\r'))) ?? []);
        open = new(Id(time, raw), time, source, LogEntryKind.Line, head?.Severity ?? LogSeverity.Unknown, head?.Logger, Shown(lines?[0] ?? text), []);
        (isTold, isChanged) = (false, true);
        if (lastTime == DateTimeOffset.MinValue && head is null && LooksFolded(raw))
            Orphan = open;
        lastTime = time;
    }

    /// <summary>The entry that may still grow goes to <paramref name="into"/>, when it is new or has grown since it last did.</summary>
    public void Flush(List<FoldedEntry> into)
    {
        if (open is null || !isChanged)
            return;
        if (more.Count > 0)
        {
            open = open with { More = [.. more] };
            if (Orphan?.Id == open.Id)
                Orphan = open;
        }
        into.Add(new(open, order, isTold ? more.Count - told : 0));
        (isTold, isChanged, told) = (true, false, more.Count);
    }

    /// <summary>Entry and lines that were split by the edge of two readings are one.</summary>
    /// <param name="orphan">The first entry of the newer reading.</param>
    /// <param name="into">Gets the grown entry.</param>
    /// <returns>False when there is nothing that the orphan could belong to.</returns>
    public bool Adopt(LogEntry orphan, List<FoldedEntry> into)
    {
        if (open is null)
            return false;
        more.Add(orphan.Text);
        more.AddRange(orphan.More);
        isChanged = true;
        Flush(into);
        return true;
    }

    private bool Belongs(string raw)
    {
        if (more.Count >= MostLines)
            return false;
        if (LooksFolded(raw))
            return true;
        if (!hasLayout || loose >= MostLoose || LooksPrinted(raw))
            return false;
        loose++;
        return true;
    }

    private static bool LooksFolded(string raw) =>
        raw.Length == 0 || char.IsWhiteSpace(raw[0]) || raw[0] is '}' or ')' or ']' || raw.StartsWith("Caused by:", StringComparison.Ordinal) || raw.StartsWith("Suppressed:", StringComparison.Ordinal)
        || (raw.StartsWith("... ", StringComparison.Ordinal) && raw.EndsWith(" more", StringComparison.Ordinal)) || LooksThrown(raw);

    // "java.lang.IllegalStateException: no": the line after the message, before the first "at".
    private static bool LooksThrown(string raw)
    {
        var end = 0;
        while (end < raw.Length && (char.IsLetterOrDigit(raw[end]) || raw[end] is '.' or '$' or '_'))
            end++;
        var word = raw.AsSpan(0, end);
        return word.IndexOf('.') > 0 && (end == raw.Length || raw[end] == ':') && (word.EndsWith("Exception", StringComparison.Ordinal) || word.EndsWith("Error", StringComparison.Ordinal) || word.EndsWith("Throwable", StringComparison.Ordinal));
    }

    // What Flink's print sink writes: "3> word", "sink:1> +I[1, a]", "+I[1, a]".
    private static bool LooksPrinted(string raw) =>
        (raw.Length > 2 && raw[0] is '+' or '-' && raw[1] is 'I' or 'U' or 'D') || (raw.AsSpan(0, Math.Min(raw.Length, 100)).IndexOf("> ") is > 0 and var at && char.IsAsciiDigit(raw[at - 1]));

    // The layout's clock may be that of another zone, or wrong: the source's is right but for its delay.
    private DateTimeOffset TimeOf(DateTimeOffset? own, DateTimeOffset? source)
    {
        if (own is null || source is null)
            return own ?? source ?? (lastTime == DateTimeOffset.MinValue ? DateTimeOffset.UnixEpoch : lastTime);
        var off = source.Value - own.Value;
        if (off.Duration() <= Close)
            return own.Value;
        var zone = TimeSpan.FromMinutes(Math.Round(off.TotalMinutes / 15) * 15);
        return zone.Duration() <= TimeSpan.FromHours(14) && (off - zone).Duration() <= Close ? own.Value + zone : source.Value;
    }

    private string Id(DateTimeOffset time, string raw)
    {
        if ((time - lastTime).Duration() > TimeSpan.FromSeconds(2) || same.Count > 10_000)
            same.Clear();
        var hash = LogId.Hash(source, raw);
        var key = (time.ToUnixTimeMilliseconds(), hash);
        return LogId.Of(time, hash, same[key] = same.GetValueOrDefault(key) + 1);
    }

    private static string Shown(string text) => RedactionOfText.OfLine(text.Length <= LongestLine ? text
        : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, LongestLine)} … ({text.Length - LongestLine:N0} more characters are not shown)"));
}
