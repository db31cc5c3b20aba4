using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.LiveTail;

/// <summary>One event as Live Tail tells it.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Line">Its line.</param>
internal readonly record struct TailedLine(ShippedStream Stream, ShippedLine Line);

/// <summary>What came in one second.</summary>
/// <param name="Lines">Oldest first.</param>
/// <param name="Sampled">There were more than these.</param>
internal sealed record LiveTailUpdate(IReadOnlyList<TailedLine> Lines, bool Sampled)
{
    /// <summary>Payload of its frame.</summary>
    public JsonObject Json() => new()
    {
        ["sessionMetadata"] = new JsonObject { ["sampled"] = Sampled },
        ["sessionResults"] = new JsonArray([.. Lines.Select(l => (JsonNode)new JsonObject
        {
            ["logStreamName"] = l.Stream.Name,
            ["logGroupIdentifier"] = $"{AwsAccount.Id}:{l.Stream.Destination.LogGroup}",
            ["message"] = l.Line.Text,
            ["timestamp"] = l.Line.Time.ToUnixTimeMilliseconds(),
            ["ingestionTime"] = l.Line.Time.ToUnixTimeMilliseconds() + 500,
        })]),
    };
}

/// <summary>Reads what was shipped since the last look: nothing of what was there before the session.</summary>
internal sealed class LiveTailCursor
{
    private readonly ShippedLogs _logs;
    private readonly LiveTailRequest _request;
    private Dictionary<ShippedStream, long> _places;

    public LiveTailCursor(ShippedLogs logs, LiveTailRequest request)
    {
        (_logs, _request) = (logs, request);
        _places = Followed().ToDictionary(s => s, s => s.Written);
    }

    /// <summary>The lines since the last look that match; of more than <paramref name="most"/>, evenly chosen ones.</summary>
    public LiveTailUpdate Next(int most)
    {
        var (found, places, lost) = (new List<TailedLine>(), new Dictionary<ShippedStream, long>(), false);
        foreach (var stream in Followed())
        {
            var from = _places.GetValueOrDefault(stream);
            var lines = stream.Read(from, int.MaxValue);
            lost |= lines.Count > 0 && lines[0].Number > from;
            places[stream] = lines.Count > 0 ? lines[^1].Number + 1 : from;
            found.AddRange(lines.Where(l => _request.Pattern.Matches(l.Text)).Select(l => new TailedLine(stream, l)));
        }
        _places = places;
        if (places.Count > 1)
            found = [.. found.OrderBy(l => l.Line.Time)];
        return found.Count <= most ? new(found, lost) : new([.. Enumerable.Range(0, most).Select(i => found[(int)((long)i * found.Count / most)])], true);
    }

    private IEnumerable<ShippedStream> Followed() => _logs.All.Where(s => _request.Follows(s.Destination.LogGroup, s.Name));
}

/// <summary>Updates that a reader has not taken yet: at most 10, and at most 5,000 events; the oldest go.</summary>
internal sealed class LiveTailBuffer
{
    private const int MostUpdates = 10;
    private const int MostEvents = 5_000;
    private readonly Lock _lock = new();
    private readonly Queue<LiveTailUpdate> _updates = new();
    private TaskCompletionSource _changed = New();
    private int _events;
    private bool _closed;

    /// <summary>Adds one.</summary>
    /// <returns>How many old ones were given up for it.</returns>
    public int Add(LiveTailUpdate update)
    {
        var dropped = 0;
        lock (_lock)
        {
            _updates.Enqueue(update);
            _events += update.Lines.Count;
            for (; _updates.Count > 1 && (_updates.Count > MostUpdates || _events > MostEvents); dropped++)
                _events -= _updates.Dequeue().Lines.Count;
        }
        Wake();
        return dropped;
    }

    /// <summary>No more will come.</summary>
    public void Close()
    {
        lock (_lock)
            _closed = true;
        Wake();
    }

    /// <summary>The oldest one, as soon as there is one; null at the end.</summary>
    public async Task<LiveTailUpdate?> TakeAsync(CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_updates.TryDequeue(out var update))
                {
                    _events -= update.Lines.Count;
                    return update;
                }
                if (_closed)
                    return null;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    private void Wake()
    {
        TaskCompletionSource old;
        lock (_lock)
            (old, _changed) = (_changed, New());
        old.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
