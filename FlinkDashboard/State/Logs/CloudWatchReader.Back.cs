using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

internal sealed partial class CloudWatchReader
{
    private static readonly TimeSpan FirstPiece = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ShortestPiece = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(14); // of a view that names no beginning
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(90);

    private TimeSpan longest = TimeSpan.FromDays(2);

    private long Beginning => (view.From ?? time.GetUtcNow() - Farthest).ToUnixTimeMilliseconds();

    // Reads pieces before the oldest read until there are enough lines, the window is read, or the time is over.
    private async Task ReadBackAsync(LogFeed feed, int wanted, TimeSpan patience, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var lines = 0L;
        while (oldest > Beginning && lines < wanted && time.GetElapsedTime(began) < patience && feed.Room > 0)
        {
            var start = Math.Max(Beginning, oldest - (long)piece.TotalMilliseconds);
            var (events, readTo) = await scope.ReadAsync(api, view.Pattern, start, oldest, CloudScope.Pages, stop);
            if (readTo < oldest && piece > ShortestPiece)
            {
                longest = piece = Shorter(piece / 4);
                continue;
            }
            var taken = Take(feed, events, start, oldest - readTo);
            lines += taken;
            oldest = start;
            piece = taken < wanted / 4 ? Longer(piece * 4) : taken > wanted ? Shorter(piece / 2) : piece;
        }
        feed.Say(s => s with { Older = oldest <= Beginning ? OlderLines.None : feed.Room > 0 ? OlderLines.Possible : OlderLines.NoRoom, SearchedTo = DateTimeOffset.FromUnixTimeMilliseconds(oldest) });
    }

    private long Take(LogFeed feed, List<CloudEvent> events, long start, long unread)
    {
        List<FoldedEntry> entries = [];
        if (unread > 0)
            entries.Add(Marked(LogMark.Gap(DateTimeOffset.FromUnixTimeMilliseconds(start), "", "More was written in this second than is read at once: lines are missing here, in unknown number.")));
        var older = new Dictionary<string, EntryFold>(StringComparer.Ordinal);
        List<LogEntry> adopted = [];
        lock (ledger)
        {
            var known = ledger.Begin();
            Fold(older, events.Where(known.IsNew), entries);
            foreach (var (stream, fold) in older)
                folds.TryAdd(stream, fold); // the newest piece of a stream is what live lines go on from
        }
        foreach (var (stream, fold) in older)
        {
            if (orphans.Remove(stream, out var orphan) && fold.Adopt(orphan, entries))
                adopted.Add(orphan);
            if (fold.Orphan is { } head)
                orphans[stream] = head;
        }
        var at = DateTimeOffset.FromUnixTimeMilliseconds(start);
        feed.PutOlder(entries, adopted, s => s with { SearchedTo = at });
        return entries.Sum(e => e.Entry.Kind == LogEntryKind.Line ? 1L + e.Entry.More.Count : 0);
    }

    private TimeSpan Longer(TimeSpan wished) => wished > longest ? longest : wished;

    private static TimeSpan Shorter(TimeSpan piece) => piece < ShortestPiece ? ShortestPiece : piece;
}
