using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.State.Metrics;

/// <summary>Answer to a query that somebody wrote.</summary>
/// <param name="Answer">Its value, no more than <see cref="ExploreSource.MostSeries"/> series; null when it failed.</param>
/// <param name="Frame">The same as a chart; null for what is no range.</param>
/// <param name="AllSeries">How many series there were.</param>
/// <param name="Problem">Why there is no answer and what to do; null when there is one.</param>
/// <param name="At">When it was asked.</param>
/// <param name="Took">How long it took.</param>
public sealed record ExploreAnswer(QueryAnswer? Answer, ChartFrame? Frame, int AllSeries, string? Problem, DateTimeOffset At, TimeSpan Took)
{
    /// <summary>Some series are not in the answer.</summary>
    public bool IsCut => Answer is not null && AllSeries > Answer.Series.Count;
}

/// <summary>
/// PromQL that somebody writes: its answers, and what may be written. Whoever asks may read any series; that is for the caller to know. One for the
/// whole server.
/// </summary>
public sealed class ExploreSource(PrometheusApi api, SeriesNames names, TimeProvider time)
{
    /// <summary>Most series of an answer.</summary>
    public const int MostSeries = 200;

    /// <summary>Longest query.</summary>
    public const int LongestQuery = 20_000;

    private const int MostNames = 10_000;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly Lock gate = new();
    private readonly Dictionary<string, (Task<IReadOnlyList<string>> Values, long At)> lists = new(StringComparer.Ordinal);
    private (Task<IReadOnlyDictionary<string, MetricMetadata>> Values, long At)? metadata;

    /// <summary>An address is set.</summary>
    public bool IsConfigured => api.Target is not null;

    /// <summary>The value at a moment.</summary>
    public Task<ExploreAnswer> InstantAsync(string query, DateTimeOffset? at, CancellationToken stop) =>
        AskAsync(query, null, () => api.QueryAsync(query, at ?? time.GetUtcNow(), stop, MostSeries + 1));

    /// <summary>The values over a range.</summary>
    public Task<ExploreAnswer> RangeAsync(string query, ChartRange range, CancellationToken stop) => AskAsync(query, range, () => api.RangeAsync(query, range, stop, MostSeries + 1));

    /// <summary>Names of metrics, sorted. Empty when they cannot be asked for.</summary>
    public async Task<IReadOnlyList<string>> MetricNamesAsync(CancellationToken stop)
    {
        try
        {
            return [.. (await names.GetAsync(stop)).Names.Order(StringComparer.Ordinal)];
        }
        catch (PrometheusException)
        {
            return []; // a completion that is not there; the query itself says why
        }
    }

    /// <summary>Type and help by metric. Empty when they cannot be asked for.</summary>
    public async Task<IReadOnlyDictionary<string, MetricMetadata>> MetadataAsync(CancellationToken stop)
    {
        Task<IReadOnlyDictionary<string, MetricMetadata>> asked;
        lock (gate)
        {
            if (metadata is not { } held || !IsGood(held.Values, held.At))
                metadata = held = (api.MetadataAsync(null, MostNames, CancellationToken.None), time.GetTimestamp());
            asked = held.Values;
        }
        return await OrAsync(asked, new Dictionary<string, MetricMetadata>(), stop);
    }

    /// <summary>Names of labels, of one metric or of all. Empty when they cannot be asked for.</summary>
    public Task<IReadOnlyList<string>> LabelNamesAsync(string? metric, CancellationToken stop) =>
        ListAsync("names " + metric, async () => (await api.LabelNamesAsync(Selector(metric), time.GetUtcNow().AddHours(-1), time.GetUtcNow(), MostNames, CancellationToken.None)).Items, stop);

    /// <summary>Values of a label, of one metric or of all. Empty when they cannot be asked for.</summary>
    public Task<IReadOnlyList<string>> LabelValuesAsync(string label, string? metric, CancellationToken stop) =>
        ListAsync($"values {label} {metric}", async () => (await api.LabelValuesAsync(label, Selector(metric), time.GetUtcNow().AddHours(-1), time.GetUtcNow(), MostNames, CancellationToken.None)).Items, stop);

    private async Task<ExploreAnswer> AskAsync(string query, ChartRange? range, Func<Task<QueryAnswer>> ask)
    {
        var (began, at) = (time.GetTimestamp(), time.GetUtcNow());
        ExploreAnswer Failed(string problem) => new(null, null, 0, problem, at, time.GetElapsedTime(began));
        if (string.IsNullOrWhiteSpace(query))
            return Failed("There is no query yet. Write one, for instance: sum by (namespace) (flink_jobmanager_numRunningJobs)");
        if (query.Length > LongestQuery)
            return Failed($"The query has {query.Length:N0} characters; {LongestQuery:N0} are the most.");
        try
        {
            var answer = await ask();
            var cut = answer.Series.Count <= MostSeries ? answer : answer with
            {
                Series = [.. answer.Series.Take(MostSeries)],
                Warnings = [.. answer.Warnings.Where(w => !w.Contains("truncated due to limit", StringComparison.Ordinal)), $"Only the first {MostSeries} series are shown. Aggregate them (sum by …), or take the greatest (topk)."],
            };
            var frame = range is null ? null : ChartFrames.Of(range, [(new ChartQuery(query, ""), cut)], SeriesLabels.Usual);
            return new(cut, frame is null ? null : frame with { Lines = [.. frame.Lines.Select(l => l with { Name = SeriesText(l.Labels) })] }, answer.Series.Count, null, at, time.GetElapsedTime(began));
        }
        catch (PrometheusException e)
        {
            return Failed(e.Message);
        }
    }

    /// <summary>A series as PromQL writes it: <c>up{job="flink"}</c>.</summary>
    public static string SeriesText(IReadOnlyDictionary<string, string> labels)
    {
        var rest = string.Join(", ", labels.Where(l => l.Key != "__name__").OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}=\"{ChartQueryText.Quoted(l.Value)}\""));
        return labels.GetValueOrDefault("__name__", "") + (rest.Length > 0 || !labels.ContainsKey("__name__") ? $"{{{rest}}}" : "");
    }

    private async Task<IReadOnlyList<string>> ListAsync(string key, Func<Task<IReadOnlyList<string>>> ask, CancellationToken stop)
    {
        Task<IReadOnlyList<string>> asked;
        lock (gate)
        {
            if (!lists.TryGetValue(key, out var held) || !IsGood(held.Values, held.At))
            {
                if (lists.Count >= 200)
                    lists.Remove(lists.MinBy(l => l.Value.At).Key);
                lists[key] = held = (ask(), time.GetTimestamp());
            }
            asked = held.Values;
        }
        return await OrAsync(asked, [], stop);
    }

    private bool IsGood(Task asked, long at) => !asked.IsFaulted && !asked.IsCanceled && time.GetElapsedTime(at) < Life;

    private static async Task<T> OrAsync<T>(Task<T> asked, T otherwise, CancellationToken stop)
    {
        try
        {
            return await asked.WaitAsync(stop);
        }
        catch (PrometheusException)
        {
            return otherwise; // a completion that is not there; the query itself says why
        }
    }

    private static IReadOnlyList<string> Selector(string? metric) => metric is null ? [] : [$"{{__name__=\"{ChartQueryText.Quoted(metric)}\"}}"];
}
