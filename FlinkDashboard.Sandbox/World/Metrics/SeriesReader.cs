namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>Reads one query's series as they would have been scraped.</summary>
/// <param name="query">Which.</param>
/// <param name="plan">When they were scraped.</param>
/// <param name="now">Nothing has been scraped after it.</param>
internal sealed class SeriesReader(SeriesQuery query, ScrapePlan plan, DateTimeOffset now)
{
    private readonly Dictionary<LabelSet, Scraped> _series = [];
    private readonly Dictionary<MetricTable, int[]> _rows = [];
    private readonly LabelCondition[] _names = [.. query.Conditions.Where(c => c.Label == LabelSet.NameLabel)];
    private readonly LabelCondition[] _labels = [.. query.Conditions.Where(c => c.Label != LabelSet.NameLabel)];
    private (IReadOnlyList<Scrape>? Of, Scrape[] Scrapes, long[] Times) _wanted = (null, [], []);
    private readonly long _now = now.UtcTicks;
    private double[] _values = [];
    private long[] _times = [];
    private long _samples;

    /// <summary>A table may hold series that are wanted.</summary>
    public bool Wants(MetricTable table) => RowsOf(table).Length > 0;

    /// <summary>Adds the samples of those groups of a source that have the table.</summary>
    public void Add(SourceSpan source, MetricTable table)
    {
        foreach (var condition in _labels)
        {
            if (source.Scope.Find(condition.Label) is { } value && !table.RowLabels.Contains(condition.Label) && !condition.Fits(value))
                return;
        }
        var rows = RowsOf(table);
        foreach (var group in source.Groups)
        {
            if (group.Table != table || !Fits(group))
                continue;
            foreach (var row in rows)
            {
                if (Fits(group, table.Series[row]))
                    Scrape(source, group, row);
            }
        }
    }

    /// <summary>Labels of those series of a source that are wanted.</summary>
    public IEnumerable<LabelSet> Found(SourceSpan source, MetricTable table) =>
        source.Groups.Where(g => g.Table == table && Fits(g)).SelectMany(g => RowsOf(table).Where(row => Fits(g, table.Series[row])).Select(g.LabelsOf));

    /// <summary>What was added.</summary>
    public IReadOnlyList<SampledSeries> Result => [.. _series.Select(s => s.Value.Series(s.Key))];

    // By names alone.
    private int[] RowsOf(MetricTable table)
    {
        if (!_rows.TryGetValue(table, out var rows))
            _rows[table] = rows = [.. table.Series.Index().Where(s => _names.All(c => c.Fits(s.Item.Name))).Select(s => s.Index)];
        return rows;
    }

    // What rows do not say.
    private bool Fits(MetricGroup group)
    {
        foreach (var condition in _labels)
        {
            if (!group.Table.RowLabels.Contains(condition.Label) && !condition.Fits(group.Label(condition.Label)))
                return false;
        }
        return true;
    }

    private bool Fits(MetricGroup group, MetricSeries series)
    {
        foreach (var condition in _labels)
        {
            if (group.Table.RowLabels.Contains(condition.Label) && !condition.Fits(series.Labels.Find(condition.Label) ?? group.Label(condition.Label)))
                return false;
        }
        return true;
    }

    private void Scrape(SourceSpan source, MetricGroup group, int row)
    {
        var scrapes = Wanted(group.Target);
        var (since, until) = (source.From.UtcTicks, source.To?.UtcTicks ?? long.MaxValue);
        var (isSteady, isExposed) = (group.IsSteady(row), group.IsExposed);
        var (count, value) = (0, double.NaN);
        for (var i = plan.First(scrapes, source.From); i < scrapes.Length; i++)
        {
            ref readonly var scrape = ref scrapes[i];
            var moment = scrape.Moment.UtcTicks;
            if (moment < since)
                continue;
            if (moment > _now && moment != ScrapePlan.Gone.UtcTicks)
                break;
            // A target that does not answer ends all its series but the one that says so.
            var isOver = scrape.HasFailed ? isExposed : moment >= until;
            if (!isOver && !scrape.HasFailed && (!isSteady || double.IsNaN(value)))
                value = group.Value(row, scrape.Moment);
            _times[count] = scrape.Time;
            _values[count++] = isOver ? SampledSeries.Stale : scrape.HasFailed ? 0 : value;
            if (isOver && !scrape.HasFailed)
                break;
        }
        if (count == 0)
            return;
        if ((_samples += count) > query.Limit)
            throw new SampleLimitException();
        var labels = group.LabelsOf(row);
        if (!_series.TryGetValue(labels, out var line))
            _series[labels] = line = new Scraped();
        // Most series were there all the time: they share the times.
        line.Add(count == scrapes.Length ? _wanted.Times : _times[..count], _values[..count]);
    }

    // Those of a target that matter: all, or the newest at each moment.
    private ReadOnlySpan<Scrape> Wanted(MetricTarget target)
    {
        var all = plan.Of(target, query.From, query.To);
        if (ReferenceEquals(all, _wanted.Of))
            return _wanted.Scrapes;
        Scrape[] wanted = query.Moments is { } moments ? [.. Newest(all, moments)] : [.. all];
        _wanted = (all, wanted, [.. wanted.Select(s => s.Time)]);
        if (_values.Length < wanted.Length)
            (_times, _values) = (new long[wanted.Length], new double[wanted.Length]);
        return wanted;
    }

    private static IEnumerable<Scrape> Newest(IReadOnlyList<Scrape> scrapes, IReadOnlyList<long> moments)
    {
        var (next, last) = (0, -1);
        foreach (var moment in moments)
        {
            while (next < scrapes.Count && scrapes[next].Time <= moment)
                next++;
            if (next - 1 == last)
                continue;
            last = next - 1;
            yield return scrapes[last];
        }
    }

    // The samples of one state after the other.
    private sealed class Scraped
    {
        private long[] _times = [];
        private double[] _values = [];
        private List<long>? _allTimes;
        private List<double>? _allValues;

        public void Add(long[] times, double[] values)
        {
            if (_times.Length == 0)
            {
                (_times, _values) = (times, values);
                return;
            }
            (_allTimes, _allValues) = (_allTimes ?? [.. _times], _allValues ?? [.. _values]);
            for (var i = 0; i < times.Length; i++)
            {
                if (_allTimes[^1] < times[i])
                {
                    _allTimes.Add(times[i]);
                    _allValues.Add(values[i]);
                }
                // A state that follows another one at once takes the place of the marker.
                else if (_allTimes[^1] == times[i] && SampledSeries.IsStale(_allValues[^1]))
                {
                    _allValues[^1] = values[i];
                }
            }
        }

        public SampledSeries Series(LabelSet labels) => _allTimes is null ? new(labels, _times, _values) : new(labels, _allTimes.ToArray(), _allValues!.ToArray());
    }
}
