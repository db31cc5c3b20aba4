using System.Collections;
using System.Collections.Immutable;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

/// <summary>Entries of one moment, by time. A view of an immutable tree: nothing is copied.</summary>
public sealed class LogEntries : IReadOnlyList<LogEntry>
{
    /// <summary>None.</summary>
    public static readonly LogEntries None = new(null, []);

    private readonly LogEntry? first;
    private readonly ImmutableList<PlacedEntry> rest;

    internal LogEntries(LogEntry? first, ImmutableList<PlacedEntry> rest) => (this.first, this.rest) = (first, rest);

    /// <inheritdoc/>
    public int Count => rest.Count + (first is null ? 0 : 1);

    /// <inheritdoc/>
    public LogEntry this[int index] => first is null ? rest[index].Entry : index == 0 ? first : rest[index - 1].Entry;

    /// <summary>Index of the entry with this id; -1 when it is not there.</summary>
    public int IndexOf(string id)
    {
        foreach (var (i, entry) in this.Index())
            if (entry.Id == id)
                return i;
        return -1;
    }

    /// <summary>Index of the first entry that is not before a moment; <see cref="Count"/> when all are.</summary>
    public int IndexAt(DateTimeOffset time)
    {
        var (low, high) = (0, rest.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (rest[middle].Order < time.UtcTicks)
                low = middle + 1;
            else
                high = middle;
        }
        return low + (first is null ? 0 : 1);
    }

    /// <inheritdoc/>
    public IEnumerator<LogEntry> GetEnumerator()
    {
        if (first is not null)
            yield return first;
        foreach (var placed in rest)
            yield return placed.Entry;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An entry and the ticks it is ordered by.</summary>
internal readonly record struct PlacedEntry(LogEntry Entry, long Order);
