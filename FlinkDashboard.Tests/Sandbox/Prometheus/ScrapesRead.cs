using FlinkDashboard.Sandbox.World.Metrics;

namespace FlinkDashboard.Tests.Sandbox.Prometheus;

/// <summary>The scrapes that a real Prometheus has made, read back from what it stored.</summary>
internal sealed class ScrapesRead : ScrapePlan
{
    private readonly Dictionary<LabelSet, List<Scrape>> _all = [];
    private readonly List<long> _ends = [];

    /// <summary>How many targets.</summary>
    public int Targets => _all.Count;

    /// <summary>How many scrapes.</summary>
    public int Count => _all.Values.Sum(s => s.Count);

    /// <summary>How many of these failed.</summary>
    public int Failed => _all.Values.Sum(s => s.Count(x => x.HasFailed));

    /// <summary>Reads them.</summary>
    /// <param name="prometheus">Who made them.</param>
    /// <param name="active">Targets that were there to the end.</param>
    /// <param name="until">The end, milliseconds.</param>
    public static async Task<ScrapesRead> ReadAsync(RealPrometheus prometheus, IReadOnlySet<LabelSet> active, long until)
    {
        var read = new ScrapesRead();
        var seconds = await MomentsAsync(prometheus, "sandbox_moment_seconds", until);
        var ticks = await MomentsAsync(prometheus, "sandbox_moment_ticks", until);
        // The world's clock stands behind by what it took to build it.
        var behind = seconds.Select(s => DateTimeOffset.FromUnixTimeMilliseconds(s.Key.Time) - MomentOf(s.Value, ticks[s.Key])).Order().ElementAt(seconds.Count / 2);
        foreach (var series in await prometheus.SamplesAsync("up[10m]", until))
        {
            var target = series.Labels.Nameless;
            var scrapes = read._all[target] = [.. series.Times.Zip(series.Values, (time, up) => up == 1 && seconds.TryGetValue((target, time), out var s)
                ? new Scrape(time, MomentOf(s, ticks[(target, time)]))
                : new Scrape(time, DateTimeOffset.FromUnixTimeMilliseconds(time) - behind, HasFailed: true))];
            if (active.Contains(target))
                continue;
            // What is no longer found ends about an interval after its last scrape.
            read._ends.Add(scrapes[^1].Time);
            scrapes.Add(new(scrapes[^1].Time + (long)RealPrometheus.Interval.TotalMilliseconds, Gone));
        }
        return read;
    }

    /// <summary>Those of these moments near which no target went.</summary>
    public IEnumerable<long> Quiet(IEnumerable<long> moments) => moments.Where(m => _ends.TrueForAll(e => m < e || m > e + (4 * (long)RealPrometheus.Interval.TotalMilliseconds)));

    /// <inheritdoc />
    public override TimeSpan Margin => TimeSpan.FromMinutes(15);

    /// <inheritdoc />
    public override IReadOnlyList<Scrape> Of(MetricTarget target, long from, long to) =>
        _all.TryGetValue(target.Labels, out var scrapes) ? [.. scrapes.Where(s => s.Time >= from && s.Time <= to)] : [];

    private static DateTimeOffset MomentOf(double seconds, double ticks) => new(((long)seconds * TimeSpan.TicksPerSecond) + (long)ticks, TimeSpan.Zero);

    private static async Task<Dictionary<(LabelSet Target, long Time), double>> MomentsAsync(RealPrometheus prometheus, string metric, long until) =>
        (await prometheus.SamplesAsync(metric + "[10m]", until)).SelectMany(s => s.Times.Zip(s.Values, (time, value) => (Key: (Target: s.Labels.Nameless, Time: time), value))).ToDictionary(p => p.Key, p => p.value);
}
