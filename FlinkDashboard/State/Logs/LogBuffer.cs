using System.Collections.Immutable;
using System.Globalization;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

/// <summary>
/// The entries of one view, ordered by time, bounded by lines and characters: the oldest go first and are counted. Written by the view's own reader, one
/// batch at a time; read by anybody through immutable snapshots.
/// </summary>
/// <param name="room">Lines kept.</param>
internal sealed class LogBuffer(int room)
{
    // A line of 1,000 characters on the average is long; some have megabytes.
    private readonly long characterRoom = room * 1_000L;
    private readonly Lock gate = new();
    private ImmutableList<PlacedEntry> entries = [];
    private long first;
    private long lines;
    private long characters;
    private long dropped;
    private long read;
    private DateTimeOffset droppedUntil;

    /// <summary>Lines that still fit before something is dropped.</summary>
    public long Room { get { lock (gate) return dropped > 0 ? 0 : Math.Max(0, room - lines); } }

    /// <summary>Writes what is kept into a snapshot.</summary>
    public LogSnapshot Into(LogSnapshot snapshot)
    {
        lock (gate)
            return snapshot with { Entries = new(Mark(), entries), FirstNumber = first - (dropped > 0 ? 1 : 0), Dropped = dropped, Read = read };
    }

    /// <summary>Adds entries where they belong by time.</summary>
    /// <returns>Lines dropped to make room.</returns>
    public long Add(List<FoldedEntry> batch)
    {
        lock (gate)
        {
            var builder = entries.ToBuilder();
            foreach (var item in batch)
                Put(builder, item, isOlder: false);
            var before = dropped;
            Trim(builder);
            entries = builder.ToImmutable();
            return dropped - before;
        }
    }

    /// <summary>Adds entries from before the beginning: those that are there keep their numbers. Not more than there is room for.</summary>
    /// <param name="batch">Older entries.</param>
    /// <param name="adopted">Entries that have become part of others.</param>
    public void AddOlder(List<FoldedEntry> batch, IReadOnlyCollection<LogEntry> adopted)
    {
        lock (gate)
        {
            var builder = entries.ToBuilder();
            foreach (var orphan in adopted)
                Remove(builder, orphan);
            foreach (var item in batch)
                Put(builder, item, isOlder: true);
            Trim(builder);
            entries = builder.ToImmutable();
        }
    }

    private void Put(ImmutableList<PlacedEntry>.Builder builder, FoldedEntry item, bool isOlder)
    {
        var (size, length) = (Size(item.Entry), Length(item.Entry));
        if (item.Grown > 0)
        {
            Grow(builder, item, length);
            return;
        }
        Count(size, length);
        var at = builder.Count == 0 || builder[^1].Order <= item.Order ? builder.Count : After(builder, item.Order);
        builder.Insert(at, new(item.Entry, item.Order));
        if (isOlder)
            first--;
    }

    private void Grow(ImmutableList<PlacedEntry>.Builder builder, FoldedEntry item, long length)
    {
        if (Find(builder, item.Order, item.Entry.Id) is >= 0 and var there)
        {
            Count(item.Grown, length - Length(builder[there].Entry));
            builder[there] = new(item.Entry, item.Order);
            return;
        }
        // Its beginning is dropped already: so is what follows.
        read += item.Grown;
        dropped += item.Grown;
    }

    private void Remove(ImmutableList<PlacedEntry>.Builder builder, LogEntry orphan)
    {
        var at = builder.FindIndex(p => p.Entry.Id == orphan.Id);
        if (at < 0)
            return;
        Count(-Size(builder[at].Entry), -Length(builder[at].Entry));
        builder.RemoveAt(at);
        first++;
    }

    private void Count(long size, long length)
    {
        lines += size;
        read += size;
        characters += length;
    }

    private void Trim(ImmutableList<PlacedEntry>.Builder builder)
    {
        var gone = 0;
        while (gone < builder.Count - 1 && (lines > room || characters > characterRoom))
        {
            var old = builder[gone++];
            lines -= Size(old.Entry);
            characters -= Length(old.Entry);
            dropped += Size(old.Entry);
            droppedUntil = new(old.Order, TimeSpan.Zero);
        }
        if (gone == 0)
            return;
        builder.RemoveRange(0, gone);
        first += gone;
    }

    private LogEntry? Mark() => dropped == 0 ? null : LogMark.Gap(droppedUntil, "",
        string.Create(CultureInfo.InvariantCulture, $"{dropped:N0} older {(dropped == 1 ? "line is" : "lines are")} no longer kept: a view holds {room:N0} lines (Logs:Lines). A window of time shows them again.")) with
    { Id = "dropped" };

    // First index whose order is greater.
    private static int After(ImmutableList<PlacedEntry>.Builder builder, long order)
    {
        var (low, high) = (0, builder.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (builder[middle].Order <= order)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static int Find(ImmutableList<PlacedEntry>.Builder builder, long order, string id)
    {
        for (var at = After(builder, order) - 1; at >= 0 && builder[at].Order == order; at--)
            if (builder[at].Entry.Id == id)
                return at;
        return -1;
    }

    // Marks are no lines.
    private static long Size(LogEntry entry) => entry.Kind == LogEntryKind.Line ? 1 + entry.More.Count : 0;

    private static long Length(LogEntry entry) => entry.Text.Length + entry.More.Sum(l => (long)l.Length);
}
