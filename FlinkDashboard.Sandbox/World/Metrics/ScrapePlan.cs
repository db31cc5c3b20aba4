namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>A target was asked for its metrics.</summary>
/// <param name="Time">When, milliseconds since 1970; the samples carry it.</param>
/// <param name="Moment">Which moment of the world the answer shows.</param>
/// <param name="HasFailed">There was no answer, or it came too late.</param>
public readonly record struct Scrape(long Time, DateTimeOffset Moment, bool HasFailed = false);

/// <summary>When targets are asked for their metrics.</summary>
public abstract class ScrapePlan
{
    /// <summary>Those of a target in a span, in order; both ends included.</summary>
    public abstract IReadOnlyList<Scrape> Of(MetricTarget target, long from, long to);

    /// <summary>Index of a scrape before which none shows a moment, so that these need not be looked at; in the order that <see cref="Of"/> gives.</summary>
    public virtual int First(ReadOnlySpan<Scrape> scrapes, DateTimeOffset moment) => 0;

    /// <summary>The moment of a scrape that found no target any more.</summary>
    public static readonly DateTimeOffset Gone = DateTimeOffset.MaxValue;

    /// <summary>How much earlier than its time the moment of a scrape may be; a marker follows the end of a series by as much as one interval.</summary>
    public virtual TimeSpan Margin => TimeSpan.FromMinutes(1);

    /// <summary>All targets at whole multiples of an interval.</summary>
    public static ScrapePlan Every(TimeSpan interval) => new Regular((long)interval.TotalMilliseconds);

    private sealed class Regular(long step) : ScrapePlan
    {
        private (long From, long To, Scrape[] Scrapes) _last = (0, -1, []);

        // Each shows the moment at which it is made.
        public override int First(ReadOnlySpan<Scrape> scrapes, DateTimeOffset moment)
        {
            var (low, high) = (0, scrapes.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = scrapes[middle].Moment < moment ? (middle + 1, high) : (low, middle);
            }
            return low;
        }

        public override IReadOnlyList<Scrape> Of(MetricTarget target, long from, long to)
        {
            var last = _last;
            if (last.From == from && last.To == to)
                return last.Scrapes;
            var first = (from + step - 1) / step * step;
            var scrapes = new Scrape[Math.Max(0, ((to - first) / step) + (to >= first ? 1 : 0))];
            for (var i = 0; i < scrapes.Length; i++)
                scrapes[i] = new(first + (i * step), DateTimeOffset.FromUnixTimeMilliseconds(first + (i * step)));
            _last = (from, to, scrapes);
            return scrapes;
        }
    }
}
