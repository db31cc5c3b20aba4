using System.Globalization;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs;

/// <summary>Where an event stands among all events of a group: by time, within a millisecond by stream, within a stream by number.</summary>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Stream">Hash of the stream's name.</param>
/// <param name="Number">Position in the stream.</param>
internal readonly record struct EventPlace(long Timestamp, uint Stream, long Number) : IComparable<EventPlace>
{
    /// <summary>56 digits that grow with time, as the service's event ids do.</summary>
    public string Id => $"{Timestamp:d20}{Stream:d16}{Number:d20}";

    /// <summary>The place that an id names, or null.</summary>
    public static EventPlace? Parse(string id) =>
        id.Length == 56 && id.All(char.IsAsciiDigit)
            && long.TryParse(id.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            && uint.TryParse(id.AsSpan(20, 16), NumberStyles.None, CultureInfo.InvariantCulture, out var stream)
            && long.TryParse(id.AsSpan(36), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(time, stream, number) : null;

    /// <inheritdoc />
    public int CompareTo(EventPlace other) =>
        Timestamp != other.Timestamp ? Timestamp.CompareTo(other.Timestamp) : Stream != other.Stream ? Stream.CompareTo(other.Stream) : Number.CompareTo(other.Number);
}

/// <summary>The events of several streams in one order, read piece by piece.</summary>
internal static class MergedEvents
{
    private const int Piece = 500;

    /// <summary>Events of a span of time, after a place.</summary>
    /// <param name="streams">The streams.</param>
    /// <param name="start">First millisecond.</param>
    /// <param name="end">The millisecond after the last.</param>
    /// <param name="after">Null to begin with the oldest.</param>
    public static IEnumerable<LogEvent> Of(IEnumerable<LogStream> streams, long start, long end, EventPlace? after)
    {
        var heads = new PriorityQueue<IEnumerator<LogEvent>, EventPlace>();
        foreach (var stream in streams)
            Push(heads, Events(stream, First(stream, start, after), end).GetEnumerator());
        while (heads.TryDequeue(out var head, out _))
        {
            yield return head.Current;
            Push(heads, head);
        }
    }

    private static void Push(PriorityQueue<IEnumerator<LogEvent>, EventPlace> heads, IEnumerator<LogEvent> head)
    {
        if (head.MoveNext())
            heads.Enqueue(head, head.Current.Place);
        else
            head.Dispose();
    }

    private static IEnumerable<LogEvent> Events(LogStream stream, long from, long end)
    {
        while (true)
        {
            var read = 0;
            foreach (var e in stream.Events(from, Piece))
            {
                if (e.Timestamp >= end)
                    yield break;
                (read, from) = (read + 1, e.Number + 1);
                yield return e;
            }
            if (read < Piece)
                yield break;
        }
    }

    private static long First(LogStream stream, long start, EventPlace? after)
    {
        if (after is not { } place || place.Timestamp < start)
            return stream.Lines.NumberAt(start);
        return stream.Hash == place.Stream ? place.Number + 1 : stream.Lines.NumberAt(place.Timestamp + (stream.Hash < place.Stream ? 1 : 0));
    }
}
