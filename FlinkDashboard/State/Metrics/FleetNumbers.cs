using System.Collections.Immutable;
using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.State.Metrics;

/// <summary>
/// Throughput, backlog, restarts and back pressure of all applications at once, by four queries every 30 s while somebody looks at them, and by one more, also while
/// somebody looks at verdicts only, the <see cref="JobNumbers"/> of all jobs. It holds all namespaces: whoever shows it filters by what the viewer may see. One for
/// the whole server.
/// </summary>
public sealed partial class FleetNumbers(PrometheusApi api, SeriesNames names, TimeProvider time, ILogger<FleetNumbers> logger) : IDisposable
{
    /// <summary>Between two rounds.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource end = new();
    private ImmutableArray<Listener> listeners = [];
    private TaskCompletionSource wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task loop = Task.CompletedTask;
    private volatile FleetAnswer now = FleetAnswer.Nothing;
    private Parts parts = new();

    /// <summary>What is known now. Asks nothing by itself: <see cref="Subscribe"/> does.</summary>
    public FleetAnswer Now => now;

    /// <summary>The numbers of one application; all null where nothing is known.</summary>
    public FleetNumber Of(string ns, string name)
    {
        var all = now.ByApplication;
        return all.TryGetValue((ns, name), out var number) || all.TryGetValue((ns, ChartQueryText.Filtered(name)), out number) ? number : FleetNumber.Nothing;
    }

    /// <summary>What the series say of one job; null when nothing is known of it.</summary>
    /// <param name="ns">Namespace.</param>
    /// <param name="cluster">The application or session cluster.</param>
    /// <param name="job">Flink's id of the job.</param>
    /// <param name="alone">It is the only job of its cluster: what the series say of the cluster is about it.</param>
    public JobNumbers? Job(string ns, string cluster, string? job, bool alone)
    {
        var all = now.ByJob;
        if (all.Count == 0 || string.IsNullOrEmpty(job))
            return null;
        JobNumbers? Under(string name) => all.GetValueOrDefault((ns, name, job)) ?? (alone ? all.GetValueOrDefault((ns, name, "")) : null);
        return Under(cluster) ?? Under(ChartQueryText.Filtered(cluster));
    }

    /// <summary>A Prometheus is set.</summary>
    public bool IsConfigured => api.Target is not null;

    /// <summary>When they were asked for; null before the first answer.</summary>
    public DateTimeOffset? At => now.At;

    /// <summary>Why the newest round failed, at least in part; null when it did not.</summary>
    public string? Problem => now.Problem;

    /// <summary>How many look.</summary>
    public int Watchers => listeners.Length;

    /// <summary>Keeps asking until disposed. <paramref name="changed"/> is called after each round, from any thread: it only marks its owner dirty.</summary>
    public IDisposable Subscribe(Action changed) => Add(new(changed, All: true));

    /// <summary>The same for who only looks at <see cref="Job"/>.</summary>
    public IDisposable SubscribeJobs(Action changed) => Add(new(changed, All: false));

    /// <inheritdoc/>
    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
    }

    private IDisposable Add(Listener listener)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(end.IsCancellationRequested, this);
            // The first who wants all need not wait for the next round of those who do not.
            if (listener.All && !listeners.Any(l => l.All))
                wake.TrySetResult();
            listeners = listeners.Add(listener);
            if (loop.IsCompleted)
                loop = Task.Run(RunAsync, CancellationToken.None);
        }
        return new Subscription(() => { lock (gate) listeners = listeners.Remove(listener); });
    }

    private async Task RunAsync()
    {
        var stop = end.Token;
        while (true)
        {
            Task woken;
            bool all;
            lock (gate)
            {
                if (wake.Task.IsCompleted)
                    wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
                (woken, all) = (wake.Task, listeners.Any(l => l.All));
            }
            await RoundAsync(stop, all);
            foreach (var listener in listeners)
                listener.Changed();
            await Task.WhenAny(Task.Delay(Pace, time, stop), woken);
            lock (gate)
            {
                if (!listeners.IsEmpty && !stop.IsCancellationRequested)
                    continue;
                loop = Task.CompletedTask;
                return;
            }
        }
    }

    /// <summary>Asks once. What fails, or is not asked, keeps its old values.</summary>
    internal async Task RoundAsync(CancellationToken stop, bool all = true)
    {
        try
        {
            var labels = (await names.GetAsync(stop)).Labels;
            var range = FleetQueries.Trend(time.GetUtcNow());
            string? problem = null;
            async Task<T?> TryAsync<T>(Task<QueryAnswer> asked, Func<QueryAnswer, T> read) where T : class
            {
                try
                {
                    return read(await asked);
                }
                catch (PrometheusException e)
                {
                    problem = e.Message;
                    return null;
                }
            }
            string Text(ChartQuery query) => FleetQueries.Text(query, labels, range, api.ScrapeInterval);
            Task<Dictionary<(string, string), double>?> Value(ChartQuery query) => TryAsync(api.QueryAsync(Text(query), time.GetUtcNow(), stop), a => FleetQueries.Values(a, labels));
            Task<Dictionary<(string, string), double[]>?> Trend(ChartQuery query) => TryAsync(api.RangeAsync(Text(query), range, stop), a => FleetQueries.Trends(a, labels, range));
            var moment = time.GetUtcNow();
            var jobs = TryAsync(api.QueryAsync(Text(FleetQueries.Jobs), moment, stop), a => FleetQueries.NumbersOf(a, labels, moment));
            if (all)
            {
                var (throughput, backlog) = (Trend(FleetQueries.Throughput), Trend(FleetQueries.Backlog));
                var (restarts, pressure) = (Value(FleetQueries.Restarts), Value(FleetQueries.BackPressure));
                parts = new(await throughput ?? parts.Throughput, await backlog ?? parts.Backlog, await restarts ?? parts.Restarts, await pressure ?? parts.Pressure);
            }
            var byJob = await jobs ?? now.ByJob;
            now = all ? new(parts.Join(byJob), byJob, problem is null || now.At is null ? time.GetUtcNow() : now.At, problem) : now with { ByJob = byJob };
        }
        catch (PrometheusException e)
        {
            now = now with { Problem = e.Message };
        }
        catch (Exception e)
        {
            if (!stop.IsCancellationRequested)
                LogRound(e);
        }
    }

    [LoggerMessage(LogLevel.Error, "The numbers of all applications could not be worked out")]
    private partial void LogRound(Exception e);

    private sealed record Parts(
        Dictionary<(string, string), double[]> Throughput, Dictionary<(string, string), double[]> Backlog,
        Dictionary<(string, string), double> Restarts, Dictionary<(string, string), double> Pressure)
    {
        public Parts() : this([], [], [], []) { }

        public IReadOnlyDictionary<(string, string), FleetNumber> Join(IReadOnlyDictionary<(string Namespace, string Cluster, string Job), JobNumbers> jobs)
        {
            var all = new Dictionary<(string, string), FleetNumber>();
            var ages = jobs.Where(j => j.Value.CheckpointAt is not null).GroupBy(j => (j.Key.Namespace, j.Key.Cluster)).ToDictionary(g => g.Key, g => g.Min(j => j.Value.At - j.Value.CheckpointAt!.Value));
            foreach (var key in Throughput.Keys.Concat(Backlog.Keys).Concat(ages.Keys).Concat(Restarts.Keys).Concat(Pressure.Keys).Distinct())
            {
                var (throughput, backlog) = (Throughput.GetValueOrDefault(key, []), Backlog.GetValueOrDefault(key, []));
                all[key] = new(Known(throughput is [.., var t] ? t : double.NaN), throughput, Known(backlog is [.., var b] ? b : double.NaN), backlog,
                    ages.TryGetValue(key, out var age) ? age : null, Of(Restarts, key) is { } count ? Math.Round(count) : null, Of(Pressure, key));
            }
            return all;
        }

        private static double? Of(Dictionary<(string, string), double> values, (string, string) key) => values.TryGetValue(key, out var value) ? Known(value) : null;

        private static double? Known(double value) => double.IsFinite(value) ? value : null;
    }

    private sealed record Listener(Action Changed, bool All);

    private sealed class Subscription(Action end) : IDisposable
    {
        private Action? end = end;

        public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke();
    }
}
