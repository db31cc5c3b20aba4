using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.State.Metrics;

/// <summary>The last samples of one cluster; older ones are overwritten. Not for several threads.</summary>
internal sealed class RestRing(int size)
{
    private static readonly TimeSpan RestartWindow = TimeSpan.FromMinutes(15);
    private readonly DateTimeOffset[] times = new DateTimeOffset[size];
    private readonly Dictionary<(string Job, string Chart, string Line), double[]> lines = [];
    private readonly Dictionary<string, string> jobNames = new(StringComparer.Ordinal);
    private long count;

    /// <summary>When sampling began; null before the first sample.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>Newest sample.</summary>
    public DateTimeOffset? Last => count == 0 ? null : times[(count - 1) % size];

    /// <summary>Numbers held.</summary>
    public int Weight => lines.Count * size;

    public void Add(RestMoment moment)
    {
        Since ??= moment.At;
        var slot = (int)(count++ % size);
        times[slot] = moment.At;
        foreach (var values in lines.Values)
            values[slot] = double.NaN;
        foreach (var job in moment.Jobs)
            jobNames[job.Id] = job.Name;
        foreach (var (job, chart, line, value) in moment.Values())
        {
            if (!lines.TryGetValue((job, chart, line), out var values))
            {
                lines[(job, chart, line)] = values = new double[size];
                Array.Fill(values, double.NaN);
            }
            values[slot] = value;
        }
        foreach (var gone in lines.Where(l => Array.TrueForAll(l.Value, double.IsNaN)).Select(l => l.Key).ToList())
            lines.Remove(gone);
        foreach (var gone in jobNames.Keys.Where(id => !lines.Keys.Any(l => l.Job == id)).ToList())
            jobNames.Remove(gone);
    }

    /// <summary>The samples of a chart, at each moment the newest of the step before it; of one job, or of all with their names where there are several.</summary>
    public ChartFrame Frame(string chart, ChartRange range, string? job = null)
    {
        var found = new List<ChartLine>();
        foreach (var ((owner, _, line), values) in lines.Where(l => l.Key.Chart == chart && (job is null || l.Key.Job == job)))
        {
            var name = job is null && jobNames.Count > 1 && jobNames.TryGetValue(owner, out var ofJob) && ofJob != line ? $"{ofJob}: {line}" : line;
            var drawn = new double[range.Points];
            Array.Fill(drawn, double.NaN);
            foreach (var slot in Slots())
            {
                var at = times[slot];
                var value = chart == "restarts" ? Rise(values, slot) : values[slot];
                if (at > range.From - range.Step && at <= range.To && !double.IsNaN(value))
                    drawn[(int)Math.Ceiling((at - range.From) / range.Step)] = value;
            }
            if (drawn.Any(v => !double.IsNaN(v)))
                found.Add(new(name, new Dictionary<string, string> { ["name"] = name }, drawn));
        }
        return new(range, [.. found.OrderBy(l => l.Name, StringComparer.Ordinal)], []);
    }

    // Flink counts restarts since the start of the job; the chart shows those of a quarter of an hour, as far back as there are samples.
    private double Rise(double[] values, int slot) =>
        Slots().Where(s => times[s] <= times[slot] && times[s] >= times[slot] - RestartWindow && values[s] <= values[slot]).Select(s => values[s]).DefaultIfEmpty(values[slot]).Min() is var least
            ? values[slot] - least : double.NaN;

    private IEnumerable<int> Slots()
    {
        for (var i = Math.Max(0, count - size); i < count; i++)
            yield return (int)(i % size);
    }
}
