using System.Collections.Immutable;
using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.State.Metrics;

/// <summary>
/// Throughput, backlog, checkpoint age, restarts and back pressure of all applications at once, by five queries every 30 s while somebody looks. It holds
/// all namespaces: whoever shows it filters by what the viewer may see. One for the whole server.
/// </summary>
public sealed partial class FleetNumbers(PrometheusApi api, SeriesNames names, TimeProvider time, ILogger<FleetNumbers> logger) : IDisposable
{
    /// <summary>Between two rounds.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly CancellationTokenSource end = new();
    private ImmutableArray<Action> listeners = [];
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

    /// <summary>When they were asked for; null before the first answer.</summary>
    public DateTimeOffset? At => now.At;

    /// <summary>Why the newest round failed, at least in part; null when it did not.</summary>
    public string? Problem => now.Problem;

    /// <summary>How many look.</summary>
    public int Watchers => listeners.Length;

    /// <summary>Keeps asking until disposed. <paramref name="changed"/> is called after each round, from any thread: it only marks its owner dirty.</summary>
    public IDisposable Subscribe(Action changed)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(end.IsCancellationRequested, this);
            listeners = listeners.Add(changed);
            if (loop.IsCompleted)
                loop = Task.Run(RunAsync, CancellationToken.None);
        }
        return new Subscription(() => { lock (gate) listeners = listeners.Remove(changed); });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
    }

    private async Task RunAsync()
    {
        var stop = end.Token;
        while (true)
        {
            await RoundAsync(stop);
            foreach (var listener in listeners)
                listener();
            await Task.Delay(Pace, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (gate)
            {
                if (!listeners.IsEmpty && !stop.IsCancellationRequested)
                    continue;
                loop = Task.CompletedTask;
                return;
            }
        }
    }

    /// <summary>Asks once. What fails keeps its old values.</summary>
    internal async Task RoundAsync(CancellationToken stop)
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
            var (throughput, backlog) = (Trend(FleetQueries.Throughput), Trend(FleetQueries.Backlog));
            var (age, restarts, pressure) = (Value(FleetQueries.CheckpointAge), Value(FleetQueries.Restarts), Value(FleetQueries.BackPressure));
            parts = new(await throughput ?? parts.Throughput, await backlog ?? parts.Backlog, await age ?? parts.Age, await restarts ?? parts.Restarts, await pressure ?? parts.Pressure);
            now = new(parts.Join(), problem is null || now.At is null ? time.GetUtcNow() : now.At, problem);
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
        Dictionary<(string, string), double[]> Throughput, Dictionary<(string, string), double[]> Backlog, Dictionary<(string, string), double> Age,
        Dictionary<(string, string), double> Restarts, Dictionary<(string, string), double> Pressure)
    {
        public Parts() : this([], [], [], [], []) { }

        public IReadOnlyDictionary<(string, string), FleetNumber> Join()
        {
            var all = new Dictionary<(string, string), FleetNumber>();
            foreach (var key in Throughput.Keys.Concat(Backlog.Keys).Concat(Age.Keys).Concat(Restarts.Keys).Concat(Pressure.Keys).Distinct())
            {
                var (throughput, backlog) = (Throughput.GetValueOrDefault(key, []), Backlog.GetValueOrDefault(key, []));
                all[key] = new(Known(throughput is [.., var t] ? t : double.NaN), throughput, Known(backlog is [.., var b] ? b : double.NaN), backlog,
                    Of(Age, key) is { } age ? TimeSpan.FromSeconds(Math.Clamp(age, 0, 1e9)) : null, Of(Restarts, key) is { } count ? Math.Round(count) : null, Of(Pressure, key));
            }
            return all;
        }

        private static double? Of(Dictionary<(string, string), double> values, (string, string) key) => values.TryGetValue(key, out var value) ? Known(value) : null;

        private static double? Known(double value) => double.IsFinite(value) ? value : null;
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        private Action? end = end;

        public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke();
    }
}
