using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.Ui.Logs;

/// <summary>The entries that a filter shows, kept from one look to the next: only entries that were not there before are judged, and nothing is copied anew.</summary>
public sealed class LogSieve
{
    private readonly List<Judged> _seen = [];
    private readonly List<LogEntry> _shown = [];
    private LogFilter? _filter;

    /// <summary>What is shown, in order. The same list with each look.</summary>
    public IReadOnlyList<LogEntry> Shown => _shown;

    /// <summary>Whatever wrote a line since the filter was chosen.</summary>
    public HashSet<string> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Lines among all entries; marks are none.</summary>
    public int Lines { get; private set; }

    /// <summary>Lines that are shown.</summary>
    public int ShownLines { get; private set; }

    /// <summary>Reads entries through a filter.</summary>
    public void Take(IReadOnlyList<LogEntry> entries, LogFilter filter)
    {
        if (filter != _filter)
            Clear();
        _filter = filter;
        var head = Behead(entries);
        var at = 0;
        foreach (var entry in entries)
        {
            if (at < _seen.Count && ReferenceEquals(_seen[at].Entry, entry))
            {
                at++;
                continue;
            }
            if (at < head)
            {
                Put(at, entry, filter);
            }
            else
            {
                Cut(at);
                Put(at, entry, filter);
            }
            at++;
        }
        Cut(at);
    }

    private void Clear()
    {
        _seen.Clear();
        _shown.Clear();
        Sources.Clear();
        (Lines, ShownLines) = (0, 0);
    }

    // Entries that have gone before the oldest one. A mark that tells of them may be new each time: then the entry behind it tells where the known ones begin.
    // Answers how many entries stand before the known ones.
    private int Behead(IReadOnlyList<LogEntry> entries)
    {
        for (var head = 0; head < Math.Min(2, entries.Count); head++)
        {
            var first = entries[head];
            var place = _seen.FindIndex(one => ReferenceEquals(one.Entry, first));
            if (place < 0)
                continue;
            var shown = 0;
            for (var i = 0; i < place; i++)
                shown += Forget(_seen[i]);
            _seen.RemoveRange(0, place);
            _shown.RemoveRange(0, shown);
            return head;
        }
        return 0;
    }

    private void Put(int at, LogEntry entry, LogFilter filter)
    {
        var one = new Judged(entry, filter.Shows(entry));
        var isLine = entry.Kind == LogEntryKind.Line ? 1 : 0;
        Lines += isLine;
        if (isLine > 0)
            Sources.Add(entry.Source);
        if (one.Shows)
        {
            ShownLines += isLine;
            _shown.Insert(at == _seen.Count ? _shown.Count : _seen.Take(at).Count(before => before.Shows), entry);
        }
        _seen.Insert(at, one);
    }

    private void Cut(int at)
    {
        if (at >= _seen.Count)
            return;
        var shown = 0;
        for (var i = at; i < _seen.Count; i++)
            shown += Forget(_seen[i]);
        _seen.RemoveRange(at, _seen.Count - at);
        _shown.RemoveRange(_shown.Count - shown, shown);
    }

    private int Forget(Judged one)
    {
        var isLine = one.Entry.Kind == LogEntryKind.Line ? 1 : 0;
        Lines -= isLine;
        if (!one.Shows)
            return 0;
        ShownLines -= isLine;
        return 1;
    }

    private readonly record struct Judged(LogEntry Entry, bool Shows);
}
