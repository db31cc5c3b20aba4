using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.State.Metrics;

/// <summary>Which metrics there are and how their series name things.</summary>
/// <param name="Names">Names of all metrics of the last hour.</param>
/// <param name="Labels">How Flink's series name namespace, cluster and pod.</param>
public sealed record KnownSeries(IReadOnlySet<string> Names, SeriesLabels Labels)
{
    /// <summary>There is a metric of this name; <c>*</c> stands for any part of it.</summary>
    public bool Has(string name)
    {
        // The catalogue writes flink_; these series may begin otherwise.
        if (Labels.Prefix != SeriesLabels.Usual.Prefix && (name.StartsWith("flink_jobmanager_", StringComparison.Ordinal) || name.StartsWith("flink_taskmanager_", StringComparison.Ordinal)))
            name = Labels.Prefix + name["flink_".Length..];
        if (name.IndexOf('*', StringComparison.Ordinal) is not (>= 0 and var star))
            return Names.Contains(name);
        var (head, tail) = (name[..star], name[(star + 1)..]);
        return Names.Any(n => n.Length >= head.Length + tail.Length && n.StartsWith(head, StringComparison.Ordinal) && n.EndsWith(tail, StringComparison.Ordinal));
    }
}

/// <summary>
/// Asks for names and labels once and remembers them for minutes: the managed service allows ten such questions a second for everybody together. One for
/// the whole server.
/// </summary>
public sealed class SeriesNames(PrometheusApi api, TimeProvider time) : IDisposable
{
    /// <summary>How long they are believed.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    // A server that has just been set up has no series of Flink yet: look again soon.
    private static readonly TimeSpan LifeOfNothing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Reach = TimeSpan.FromHours(1);
    private const int MostNames = 50_000;
    private readonly SemaphoreSlim one = new(1, 1);
    private volatile Known? known;

    /// <summary>What was found last; null before the first time. Asks nothing.</summary>
    public KnownSeries? Last => known?.Series;

    /// <summary>What there is; asked anew when it is old. While the server does not answer, what was known is believed on.</summary>
    /// <exception cref="PrometheusException">The server did not answer, and nothing is known.</exception>
    public async Task<KnownSeries> GetAsync(CancellationToken stop)
    {
        if (Fresh() is { } fresh)
            return fresh;
        await one.WaitAsync(stop);
        try
        {
            if (Fresh() is { } meanwhile)
                return meanwhile;
            try
            {
                var series = await AskAsync(stop);
                known = new(series, time.GetTimestamp(), series.Labels.IsSeen ? Life : LifeOfNothing);
                return series;
            }
            catch (PrometheusException) when (known is { } old)
            {
                known = old with { At = time.GetTimestamp(), Life = LifeOfNothing };
                return old.Series;
            }
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private KnownSeries? Fresh() => known is { } held && time.GetElapsedTime(held.At) < held.Life ? held.Series : null;

    private async Task<KnownSeries> AskAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        if (api.Kind.Length == 0)
            await ProbeAsync(stop);
        var names = (await api.LabelValuesAsync("__name__", [], now - Reach, now, MostNames, stop)).Items.ToHashSet(StringComparer.Ordinal);
        async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> SeriesOf(string ending) =>
            names.Where(n => n.EndsWith(ending, StringComparison.Ordinal)).MinBy(n => n.Length) is { } name
                ? (await api.SeriesAsync([name], now - Reach, now, 200, stop)).Items
                : [];
        var series = await SeriesOf("jobmanager_numRunningJobs");
        if (series.Count == 0)
            series = await SeriesOf("taskmanager_Status_JVM_CPU_Load");
        return new(names, SeriesLabels.Of(series, await SeriesOf("jobmanager_job_numRestarts")));
    }

    private async Task ProbeAsync(CancellationToken stop)
    {
        try
        {
            await api.ProbeAsync(stop);
        }
        catch (PrometheusException e) when (!e.IsTransient && e.Fault is not (PrometheusFault.Forbidden or PrometheusFault.NotPrometheus))
        {
            // It is something that answers, but will not say what it is: series may be had all the same.
        }
    }

    private sealed record Known(KnownSeries Series, long At, TimeSpan Life);
}
