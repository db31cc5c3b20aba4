using System.Collections.Concurrent;
using FlinkDashboard.Sandbox.World.Metrics.Flink;

namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>
/// All series of the world, now and before. Values are functions of the moment; what is kept is which state lasted from when to when,
/// so the same span always has the same samples. The newest 60,000 states that ended are remembered.
/// </summary>
public sealed class MetricJournal
{
    private const int Remembered = 60_000;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private readonly SandboxWorld _world;
    private readonly FlinkMetricSources _flink;
    private readonly ObjectMetricSources _objects;
    private readonly ConcurrentQueue<(DateTimeOffset At, Change? Change, ScalingNote? Note)> _changes = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SourceSpan> _open = [];
    private readonly Dictionary<string, string> _slots = [];
    private readonly HashSet<string> _flinkKeys = [];
    private readonly Dictionary<MetricTable, List<SourceSpan>> _byTable = [];
    private int _ended;
    private bool _isStarted;
    private DateTimeOffset _observed = DateTimeOffset.MinValue;

    internal MetricJournal(SandboxWorld world) => (_world, _flink, _objects) = (world, new FlinkMetricSources(world), new ObjectMetricSources(world));

    /// <summary>Begins to look at the world every 5 s, so that nothing that lasts longer is missed; what happens to objects is never missed.</summary>
    public void Start()
    {
        _isStarted = true;
        _world.Objects.Committed += change =>
        {
            if (ObjectMetricSources.Sees(change.Object.Type))
                _changes.Enqueue((_world.Now, change, null));
        };
        _world.Timeline.Every(Pace, () => Observe());
    }

    /// <summary>kube-state-metrics and node exporters are there without being pods of the world.</summary>
    public bool IsWatchedFromOutside { get; set; }

    /// <summary>Takes what the autoscaler found out.</summary>
    public void Note(ScalingNote note)
    {
        if (_isStarted)
            _changes.Enqueue((_world.Now, null, note));
    }

    /// <summary>Targets that are there now.</summary>
    public IReadOnlyList<MetricTarget> Targets => [.. Present().Groups.Select(g => g.Target).DistinctBy(t => t.Path).OrderBy(t => t.Path, StringComparer.Ordinal)];

    /// <summary>Series that are exposed now, and the moment that is now.</summary>
    public (DateTimeOffset Moment, IReadOnlyList<MetricGroup> Groups) Present()
    {
        lock (_world.Flink.Gate)
        {
            lock (_lock)
            {
                Observe();
                return (_observed, [.. _open.Values.SelectMany(s => s.Groups)]);
            }
        }
    }

    /// <summary>Series as they would have been scraped.</summary>
    /// <exception cref="SampleLimitException">There are more samples than the query allows.</exception>
    public IReadOnlyList<SampledSeries> Read(SeriesQuery query, ScrapePlan plan)
    {
        var reader = new SeriesReader(query, plan, _world.Now);
        foreach (var (source, table) in Wanted(reader, query.From - (long)plan.Margin.TotalMilliseconds, query.To))
            reader.Add(source, table);
        return reader.Result;
    }

    /// <summary>Labels of the series that there were in a span.</summary>
    public IEnumerable<LabelSet> Find(SeriesQuery query)
    {
        var reader = new SeriesReader(query, ScrapePlan.Every(Pace), _world.Now);
        return Wanted(reader, query.From, query.To).SelectMany(w => reader.Found(w.Source, w.Table)).Distinct();
    }

    private List<(SourceSpan Source, MetricTable Table)> Wanted(SeriesReader reader, long from, long to)
    {
        var (first, last) = (DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to));
        lock (_world.Flink.Gate)
        {
            lock (_lock)
            {
                Observe();
                return [.. _byTable.Where(t => reader.Wants(t.Key)).SelectMany(t => t.Value.Where(s => s.Overlaps(first, last)).Select(s => (s, t.Key)))];
            }
        }
    }

    /// <summary>Notes what has begun and ended. What is found out later cannot have been before.</summary>
    private void Observe()
    {
        lock (_world.Flink.Gate)
        {
            lock (_lock)
            {
                var now = _world.Now;
                var last = now;
                while (_changes.TryDequeue(out var next))
                {
                    last = Late(next.At, now);
                    if (next.Change is { } change)
                        Take(_objects.Of(change, last), last);
                    else
                        _objects.Follow(next.Note!);
                }
                Take(_objects.Flush(last), last);
                ObserveFlink(now);
                _observed = now;
                if (_ended > Remembered)
                    Forget();
            }
        }
    }

    private DateTimeOffset Late(DateTimeOffset at, DateTimeOffset now) => at > now ? now : at > _observed ? at : now > _observed ? now : _observed.AddTicks(1);

    private void Take(IEnumerable<(string Slot, MetricSource? Source)> sources, DateTimeOffset at)
    {
        foreach (var (slot, source) in sources)
        {
            var key = source is null ? null : slot + " " + source.Key;
            if (_slots.TryGetValue(slot, out var old))
            {
                if (old == key)
                    continue;
                End(old, at);
                _slots.Remove(slot);
            }
            if (source is null)
                continue;
            _slots[slot] = key!;
            // An object may be older than the world that shows it.
            Begin(source with { Key = key! }, source.Since < at && source.Since > _observed ? source.Since : at);
        }
    }

    private void ObserveFlink(DateTimeOffset now)
    {
        var sources = _flink.Now().DistinctBy(s => s.Key).ToDictionary(s => s.Key);
        foreach (var key in _flinkKeys.Where(k => !sources.ContainsKey(k)).ToList())
        {
            End(key, Late(now, now));
            _flinkKeys.Remove(key);
        }
        foreach (var source in sources.Values)
        {
            if (_flinkKeys.Add(source.Key))
                Begin(source, Late(source.Since, now));
        }
    }

    private void Begin(MetricSource source, DateTimeOffset at)
    {
        var span = _open[source.Key] = new SourceSpan(source.Freeze?.Invoke(source) ?? source, at);
        foreach (var table in span.Tables.Distinct())
        {
            if (!_byTable.TryGetValue(table, out var list))
                _byTable[table] = list = [];
            list.Add(span);
        }
    }

    private void End(string key, DateTimeOffset at)
    {
        if (!_open.Remove(key, out var span))
            return;
        span.To = at;
        _ended++;
    }

    // The older half of what has ended goes.
    private void Forget()
    {
        var ended = _byTable.Values.SelectMany(l => l).Where(s => s.To is not null).Distinct().OrderBy(s => s.To).ToList();
        var gone = ended.Take(ended.Count / 2).ToHashSet();
        foreach (var list in _byTable.Values)
            list.RemoveAll(gone.Contains);
        _ended = ended.Count - gone.Count;
    }
}
