namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>Reads one query's series as they would have been scraped.</summary>
/// <param name="query">Which.</param>
/// <param name="plan">When they were scraped.</param>
/// <param name="now">Nothing has been scraped after it.</param>
internal sealed class SeriesReader(SeriesQuery query, ScrapePlan plan, DateTimeOffset now)
{
    private readonly Dictionary<LabelSet, Scraped> _series = [];
    private readonly IReadOnlyList<LabelCondition> _names = [.. query.Conditions.Where(c => c.Label == LabelSet.NameLabel)];
    private readonly IReadOnlyList<LabelCondition> _labels = [.. query.Conditions.Where(c => c.Label != LabelSet.NameLabel)];
    private long _samples;

    /// <summary>A table may hold series that are wanted.</summary>
    public bool Wants(MetricTable table) => table.Names.Any(n => _names.All(c => c.Fits(n)));

    /// <summary>Adds the samples of those groups of a source that have the table.</summary>
    public void Add(SourceSpan source, MetricTable table)
    {
        foreach (var condition in _labels)
        {
            if (source.Scope.Find(condition.Label) is { } value && !table.RowLabels.Contains(condition.Label) && !condition.Fits(value))
                return;
        }
        foreach (var group in source.Groups)
        {
            if (group.Table != table || !_labels.All(c => table.RowLabels.Contains(c.Label) || c.Fits(group.Label(c.Label))))
                continue;
            for (var row = 0; row < table.Series.Count; row++)
            {
                if (Fits(group, table.Series[row]))
                    Scrape(source, group, row);
            }
        }
    }

    /// <summary>Labels of those series of a source that are wanted.</summary>
    public IEnumerable<LabelSet> Found(SourceSpan source, MetricTable table)
    {
        foreach (var group in source.Groups.Where(g => g.Table == table))
        {
            for (var row = 0; row < table.Series.Count; row++)
            {
                if (Fits(group, table.Series[row]) && _labels.All(c => table.RowLabels.Contains(c.Label) || c.Fits(group.Label(c.Label))))
                    yield return group.LabelsOf(row);
            }
        }
    }

    /// <summary>What was added.</summary>
    public IReadOnlyList<SampledSeries> Result => [.. _series.Where(s => s.Value.Times.Count > 0).Select(s => new SampledSeries(s.Key, s.Value.Times, s.Value.Values))];

    private bool Fits(MetricGroup group, MetricSeries series) => _names.All(c => c.Fits(series.Name))
        && _labels.All(c => !group.Table.RowLabels.Contains(c.Label) || c.Fits(series.Labels.Find(c.Label) ?? group.Label(c.Label)));

    private void Scrape(SourceSpan source, MetricGroup group, int row)
    {
        var scrapes = plan.Of(group.Target, query.From, query.To);
        Scraped? line = null;
        bool Take(Scrape scrape)
        {
            var moment = scrape.Moment;
            if (moment < source.From)
                return true;
            if (moment > now && moment != ScrapePlan.Gone)
                return false;
            // A target that does not answer ends all its series but the one that says so.
            var isOver = scrape.HasFailed ? group.IsExposed : moment >= source.To;
            line ??= Line(group.LabelsOf(row));
            line.Add(scrape.Time, isOver ? SampledSeries.Stale : scrape.HasFailed ? 0 : group.Value(row, moment));
            return ++_samples <= query.Limit ? scrape.HasFailed || !isOver : throw new SampleLimitException();
        }
        if (query.Moments is { } moments)
        {
            Newest(scrapes, moments, Take);
            return;
        }
        foreach (var scrape in scrapes)
        {
            if (!Take(scrape))
                break;
        }
    }

    private static void Newest(IReadOnlyList<Scrape> scrapes, IReadOnlyList<long> moments, Func<Scrape, bool> take)
    {
        var (next, last) = (0, -1);
        foreach (var moment in moments)
        {
            while (next < scrapes.Count && scrapes[next].Time <= moment)
                next++;
            if (next - 1 == last)
                continue;
            last = next - 1;
            if (!take(scrapes[last]))
                break;
        }
    }

    private Scraped Line(LabelSet labels)
    {
        if (!_series.TryGetValue(labels, out var line))
            _series[labels] = line = new Scraped();
        return line;
    }

    // A state that follows another one at once takes the place of the marker.
    private sealed class Scraped
    {
        public List<long> Times { get; } = [];

        public List<double> Values { get; } = [];

        public void Add(long time, double value)
        {
            if (Times.Count == 0 || Times[^1] < time)
            {
                Times.Add(time);
                Values.Add(value);
            }
            else if (Times[^1] == time && SampledSeries.IsStale(Values[^1]))
            {
                Values[^1] = value;
            }
        }
    }
}
