namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>
/// All series of the world, now and before. Values are functions of the moment; what is kept is which state lasted from when to when,
/// so the same span always has the same samples.
/// </summary>
public sealed class MetricJournal
{
    private const int Remembered = 100_000;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private readonly SandboxWorld _world;
    private readonly FlinkMetricSources _flink;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, IReadOnlyList<MetricGroup>> _open = [];
    private readonly List<MetricGroup> _groups = [];
    private DateTimeOffset _observed = DateTimeOffset.MinValue;

    internal MetricJournal(SandboxWorld world) => (_world, _flink) = (world, new FlinkMetricSources(world));

    /// <summary>Begins to look at the world every 5 s, so that nothing that lasts longer is missed.</summary>
    public void Start() => _world.Timeline.Every(Pace, Observe);

    /// <summary>Targets that are there now.</summary>
    public IReadOnlyList<MetricTarget> Targets => [.. Present().Select(g => g.Target).DistinctBy(t => t.Path).OrderBy(t => t.Path, StringComparer.Ordinal)];

    /// <summary>Series that are exposed now.</summary>
    public IReadOnlyList<MetricGroup> Present()
    {
        Observe();
        lock (_lock)
            return [.. _open.Values.SelectMany(g => g)];
    }

    /// <summary>Series that there were in a span, in order of their beginning; milliseconds since 1970.</summary>
    public IReadOnlyList<MetricGroup> Overlapping(long from, long to)
    {
        Observe();
        lock (_lock)
            return [.. _groups.Where(g => g.From.ToUnixTimeMilliseconds() <= to && !(g.To?.ToUnixTimeMilliseconds() < from))];
    }

    /// <summary>Series as they would have been scraped in a span.</summary>
    /// <param name="fits">Which series.</param>
    /// <param name="from">Milliseconds since 1970, itself included.</param>
    /// <param name="to">As well.</param>
    /// <param name="interval">Time between scrapes; they fall on whole multiples.</param>
    public IReadOnlyList<SampledSeries> Read(Func<LabelSet, bool> fits, long from, long to, TimeSpan interval)
    {
        var step = (long)interval.TotalMilliseconds;
        to = Math.Min(to, _world.Now.ToUnixTimeMilliseconds());
        var series = new Dictionary<LabelSet, Scraped>();
        // A marker may follow the end by as much as one interval.
        foreach (var group in Overlapping(from - step, to))
        {
            var wanted = group.Series.Where(s => fits(s.Labels)).ToList();
            if (wanted.Count > 0)
                Scrape(group, wanted, series, (from, to, step));
        }
        return [.. series.Select(s => new SampledSeries(s.Key, s.Value.Times, s.Value.Values))];
    }

    private static void Scrape(MetricGroup group, List<(string Id, LabelSet Labels)> wanted, Dictionary<LabelSet, Scraped> series, (long From, long To, long Step) span)
    {
        var end = group.To?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        var lines = wanted.Select(w => series.TryGetValue(w.Labels, out var known) ? known : series[w.Labels] = new Scraped()).ToList();
        var first = Up(Math.Max(span.From, group.From.ToUnixTimeMilliseconds()), span.Step);
        for (var t = first; t <= span.To && t < end; t += span.Step)
        {
            var values = group.At(DateTimeOffset.FromUnixTimeMilliseconds(t));
            for (var i = 0; i < lines.Count; i++)
                lines[i].Add(t, values.GetValueOrDefault(wanted[i].Id, double.NaN));
        }
        if (group.To is null)
            return;
        var gone = Up(end, span.Step);
        foreach (var line in lines)
        {
            if (gone >= span.From && gone <= span.To)
                line.Add(gone, SampledSeries.Stale);
        }
    }

    private static long Up(long moment, long step) => (moment + step - 1) / step * step;

    /// <summary>Notes what has begun and ended.</summary>
    public void Observe()
    {
        lock (_world.Flink.Gate)
        {
            lock (_lock)
            {
                var now = _world.Now;
                var sources = _flink.Now().DistinctBy(s => s.Key).ToDictionary(s => s.Key);
                var changed = sources.Values.Where(s => !_open.ContainsKey(s.Key)).ToList();
                foreach (var key in _open.Keys.Where(k => !sources.ContainsKey(k)).ToList())
                {
                    foreach (var group in _open[key])
                        group.To = now;
                    _open.Remove(key);
                }
                foreach (var source in changed)
                {
                    var since = source.Since < _observed ? now : source.Since;
                    _groups.AddRange(_open[source.Key] = [.. source.Open(since > now ? now : since)]);
                }
                if (_groups.Count > Remembered)
                    _groups.RemoveAll(g => g.To < now - TimeSpan.FromHours(1));
                _observed = now;
            }
        }
    }

    // A state that follows another one at once takes the place of the marker.
    private sealed class Scraped
    {
        public List<long> Times { get; } = [];

        public List<double> Values { get; } = [];

        public void Add(long time, double value)
        {
            if (Times.Count > 0 && Times[^1] >= time)
            {
                if (Times[^1] == time && SampledSeries.IsStale(Values[^1]))
                    Values[^1] = value;
                return;
            }
            Times.Add(time);
            Values.Add(value);
        }
    }
}
