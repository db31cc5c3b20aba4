using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.State.Metrics;

/// <summary>
/// Reads charts from Prometheus for all viewers together: one question at a time for a chart, an answer shared for 15 s, of a live range only what is new.
/// A source that fails leaves the last frame; where there is none, or no Prometheus at all, Flink's REST API stands in. One for the whole server.
/// </summary>
public sealed partial class ChartSource(PrometheusApi api, SeriesNames names, RestCharts rest, TimeProvider time, ILogger<ChartSource> logger) : IDisposable
{
    /// <summary>Most numbers that all frames hold together (8 bytes each); the ones nobody looked at for longest are forgotten first.</summary>
    public const int MostNumbers = 4_000_000;

    /// <summary>Most charts remembered.</summary>
    public const int MostStrips = 2_000;

    private static readonly TimeSpan Past = TimeSpan.FromMinutes(10);
    private readonly Lock gate = new();
    private readonly Dictionary<string, ChartStrip> strips = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource end = new();

    /// <summary>An address is set.</summary>
    public bool IsConfigured => api.Target is not null;

    /// <summary>Time between two scrapes: no step of a chart is shorter.</summary>
    public TimeSpan ScrapeInterval => api.ScrapeInterval;

    /// <summary>How the source stands, for the settings page. Asks nothing.</summary>
    public MetricSourceStatus Describe() => api.Describe();

    /// <summary>Asks the source what it is; what went wrong is in <see cref="Describe"/>.</summary>
    public async Task<MetricSourceStatus> ProbeAsync(CancellationToken stop)
    {
        try
        {
            await api.ProbeAsync(stop);
        }
        catch (PrometheusException e)
        {
            LogProbe(e);
        }
        return api.Describe();
    }

    /// <summary>How the series name things; the usual names before they were looked at.</summary>
    public SeriesLabels Labels => names.Last?.Labels ?? SeriesLabels.Usual;

    /// <summary>Numbers held now.</summary>
    public long Numbers { get { lock (gate) return strips.Values.Sum(s => (long)s.Weight); } }

    /// <summary>Reads a chart. Never throws but for <paramref name="stop"/>: what went wrong is in the answer.</summary>
    /// <param name="chart">Of the catalogue.</param>
    /// <param name="subject">Whom it is asked for; whether the viewer may see that is for the caller to know.</param>
    /// <param name="range">Made by <see cref="ChartRange.Of"/>, so that viewers share.</param>
    /// <param name="stop">Ends the waiting; the question goes on for others.</param>
    public async Task<ChartAnswer> ReadAsync(MetricChart chart, ChartSubject subject, ChartRange range, CancellationToken stop)
    {
        if (subject is { Kind: ChartSubjectKind.Fleet, Everywhere: false, Namespaces.Count: 0 })
            return new(new(range, [], []), time.GetUtcNow(), null, "There is no namespace whose applications you may see.", Source);
        if (api.Target is null)
            return rest.Read(chart, subject, range, null);
        var isPast = range.To < time.GetUtcNow() - Past - range.Step;
        while (true)
        {
            Task asking;
            lock (gate)
            {
                var strip = StripOf(chart, subject, range, isPast);
                if (strip.Asking is null or { IsCompleted: true })
                {
                    if (strip.Serves(range, isPast, time))
                        return strip is { Frame: null, Problem: { } problem } && chart.RestId is not null ? rest.Read(chart, subject, range, problem) : strip.Answer(Source);
                    strip.Asking = Task.Run(() => AskAsync(strip, chart, subject, range, end.Token), CancellationToken.None);
                }
                asking = strip.Asking;
            }
            await asking.WaitAsync(stop);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
    }

    private string Source => api.Target?.Name ?? "Prometheus";

    private async Task AskAsync(ChartStrip strip, MetricChart chart, ChartSubject subject, ChartRange range, CancellationToken stop)
    {
        try
        {
            var series = await names.GetAsync(stop);
            ChartRange part;
            lock (gate)
                part = strip.Unknown(range);
            var answers = await Task.WhenAll(chart.Queries.Select(async q =>
                (q, await api.RangeAsync(ChartQueryText.Of(q, subject, series.Labels, range, api.ScrapeInterval), part, stop))));
            var frame = ChartFrames.Of(part, answers, series.Labels);
            lock (gate)
            {
                if (part != range && strip.Frame is { } known)
                    frame = ChartFrames.Join(known, frame, range);
                strip.Answered(frame, frame.Lines.Count > 0 ? null : MissingOf(chart, subject, series), time);
                ForgetOld();
            }
        }
        catch (PrometheusException e)
        {
            lock (gate)
                strip.Failed(e, time);
        }
    }

    private static string MissingOf(MetricChart chart, ChartSubject subject, KnownSeries series) => chart.Needs.Any(series.Has)
        ? subject.Kind is ChartSubjectKind.Application or ChartSubjectKind.SessionJob
            ? $"Others have these series, {subject.Namespace}/{subject.Name} has none in this range. It did not run, or: {chart.Missing}"
            : "There are such series, but none with values in this range."
        : chart.Missing;

    // Live ranges of one length share a strip that moves on; a past one has a strip of its own.
    private ChartStrip StripOf(MetricChart chart, ChartSubject subject, ChartRange range, bool isPast)
    {
        var key = $"{chart.Id}|{subject.Key}|{range.Step.Ticks}|{range.Points}|{(isPast ? range.To.Ticks : 0)}";
        if (!strips.TryGetValue(key, out var strip))
            strips[key] = strip = new(key);
        strip.LastLook = time.GetTimestamp();
        return strip;
    }

    private void ForgetOld()
    {
        var held = strips.Values.Sum(s => (long)s.Weight);
        if (held <= MostNumbers && strips.Count <= MostStrips)
            return;
        foreach (var old in strips.Values.Where(s => s.Asking is null or { IsCompleted: true }).OrderBy(s => s.LastLook).ToList())
        {
            if (held <= MostNumbers * 3L / 4 && strips.Count <= MostStrips * 3 / 4)
                break;
            strips.Remove(old.Key);
            held -= old.Weight;
        }
    }

    [LoggerMessage(LogLevel.Information, "Prometheus could not be asked what it is")]
    private partial void LogProbe(Exception e);
}
