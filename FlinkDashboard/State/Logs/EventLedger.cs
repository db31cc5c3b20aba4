using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

/// <summary>
/// Which events have been delivered, when several readings overlap: a session and the one that follows it, a look back, a poll. Events of a session have no
/// ids, and equal ones do occur: of equal events as many are delivered as the reading that saw most of them saw. Bounded: the oldest are forgotten.
/// </summary>
/// <param name="room">Different events remembered.</param>
internal sealed class EventLedger(int room)
{
    private readonly Counts delivered = new(room);

    /// <summary>A reading begins.</summary>
    /// <param name="isLookBack">It reads what may have been delivered: an event older than what is remembered counts as delivered.</param>
    public Pass Begin(bool isLookBack = false) => new(this, room, isLookBack);

    /// <summary>One reading, which sees each event at most once.</summary>
    internal sealed class Pass(EventLedger all, int room, bool isLookBack)
    {
        private readonly Counts seen = new(room);

        /// <summary>The event is one that no reading has delivered; it counts as delivered then.</summary>
        public bool IsNew(CloudEvent e)
        {
            var key = (e.Timestamp, LogId.Hash(e.Stream, e.Message));
            var nth = seen.Add(key);
            if (nth <= all.delivered[key] || (isLookBack && e.Timestamp <= all.delivered.Forgotten))
                return false;
            all.delivered.Add(key);
            return true;
        }
    }

    private sealed class Counts(int room)
    {
        private readonly Dictionary<(long, ulong), int> counts = [];
        private readonly Queue<(long, ulong)> order = [];

        /// <summary>The latest time of what has been forgotten.</summary>
        public long Forgotten { get; private set; } = long.MinValue;

        public int this[(long, ulong) key] => counts.GetValueOrDefault(key);

        public int Add((long, ulong) key)
        {
            if (counts.TryGetValue(key, out var count))
                return counts[key] = count + 1;
            counts[key] = 1;
            order.Enqueue(key);
            if (order.Count > room && order.TryDequeue(out var old))
            {
                counts.Remove(old);
                Forgotten = Math.Max(Forgotten, old.Item1);
            }
            return 1;
        }
    }
}

/// <summary>An event of CloudWatch, by whatever way it came.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Message">Text.</param>
internal readonly record struct CloudEvent(string Stream, long Timestamp, string Message);
