using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

internal sealed partial class PodFollower
{
    private int atFirst;
    private bool isExhausted;
    private LogEntry? orphan;

    /// <summary>Time of the oldest line read; null before the first.</summary>
    public DateTimeOffset? First { get; private set; }

    /// <summary>There may be lines before the oldest that was read.</summary>
    public bool MayHaveOlder => !isExhausted && First is not null && (First > view.From || view.From is null) && (Older > 0 || taken >= view.Tail);

    private int Older { get; set; }

    /// <summary>Reads up to so many lines before the oldest. The kubelet only knows how to count from the end: what is known is read again.</summary>
    /// <returns>The entry that turned out to belong to an older one; null when there is none.</returns>
    public async Task<LogEntry?> OlderAsync(int count, List<FoldedEntry> into, CancellationToken stop)
    {
        if (First is not { } first)
            return null;
        var asked = (int)Math.Min(int.MaxValue, taken + Older + count);
        var query = new LogQuery(container, TailLines: asked, Previous: place.Previous, SinceTime: view.From);
        Queue<SourceLine> before = [];
        var (same, read) = (new List<SourceLine>(), 0);
        await foreach (var text in api.LogLinesAsync(pod.Metadata.Namespace, Name, query, user, stop))
        {
            read++;
            var line = LogStamp.Split(text);
            if (line.Time is null)
                continue;
            if (line.Time > first)
                break;
            if (line.Time == first)
                same.Add(line);
            else
                before.Enqueue(line);
        }
        same.RemoveRange(Math.Max(0, same.Count - atFirst), Math.Min(atFirst, same.Count));
        List<SourceLine> older = [.. before.Concat(same).TakeLast(count)];
        isExhausted = older.Count == 0 || (older.Count < count && read < asked);
        if (older.Count == 0)
            return null;
        var fold = new EntryFold(Name);
        foreach (var line in older)
            fold.Read(line, into);
        fold.Flush(into);
        var adopted = (orphan ?? Fold.Orphan) is { } head && fold.Adopt(head, into) ? head : null;
        orphan = fold.Orphan;
        Older += older.Count;
        atFirst = older.Count(l => l.Time == older[0].Time);
        First = older[0].Time;
        return adopted;
    }

    private void NoteFirst(DateTimeOffset at)
    {
        First ??= at;
        if (at == First)
            atFirst++;
    }
}
