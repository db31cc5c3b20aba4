using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.State.Metrics;

/// <summary>The five questions behind <see cref="FleetNumbers"/> and what is read from their answers; pure.</summary>
internal static class FleetQueries
{
    /// <summary>Points of a trend.</summary>
    public const int TrendPoints = 40;

    private static readonly TimeSpan TrendStep = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    public static readonly ChartQuery Throughput = new("sum by ($by) ($each(flink_taskmanager_job_task_operator_numRecordsOutPerSecond{$app,operator_name=~\"Source:.*\"}))", "");
    public static readonly ChartQuery Backlog = new("sum by ($by) ($each(flink_taskmanager_job_task_operator_pendingRecords{$app} >= 0))", "");
    public static readonly ChartQuery Restarts = new("sum by ($by) ($each(increase(flink_jobmanager_job_numRestarts{$app}[1d])))", "");
    public static readonly ChartQuery BackPressure = new("max by ($by) ($each(flink_taskmanager_job_task_backPressuredTimeMsPerSecond{$app})) / 1000", "");

    public static readonly ChartQuery CheckpointAge = new(
        "time() - max by ($by) ($each(flink_jobmanager_job_lastCheckpointCompletedTimestamp{$app} > 0)) / 1000"
        + " or time() - max by ($by) ($each(max_over_time(timestamp(increase(flink_jobmanager_job_numberOfCompletedCheckpoints{$app}[$scrapes]) > 0)[1h:$pair]))) + $halfscrapes", "");

    /// <summary>The last hour. Its end lies on half minutes: all who look at the same time see the same.</summary>
    public static ChartRange Trend(DateTimeOffset now)
    {
        var to = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Pace.Ticks), TimeSpan.Zero);
        return new(to - (TrendStep * (TrendPoints - 1)), to, TrendStep);
    }

    /// <summary>Text of a question about all namespaces.</summary>
    public static string Text(ChartQuery query, SeriesLabels labels, ChartRange range, TimeSpan scrape) => ChartQueryText.Of(query, ChartSubject.Fleet(null), labels, range with { Step = scrape }, scrape);

    /// <summary>Newest value by application.</summary>
    public static Dictionary<(string, string), double> Values(QueryAnswer answer, SeriesLabels labels) => Read(answer, labels, s => s.Points.Count > 0 ? s.Points[^1].Value : double.NaN);

    /// <summary>Values over a range by application.</summary>
    public static Dictionary<(string, string), double[]> Trends(QueryAnswer answer, SeriesLabels labels, ChartRange range) =>
        Read(answer, labels, s => ChartFrames.Of(range, [(new("", ""), new(QueryValueKind.Matrix, [s], null, [], []))], labels).Lines is [var line] ? line.Values : []);

    private static Dictionary<(string, string), T> Read<T>(QueryAnswer answer, SeriesLabels labels, Func<MetricSeries, T> value)
    {
        var all = new Dictionary<(string, string), T>();
        foreach (var series in answer.Series)
        {
            var names = labels.Rename(series.Labels);
            if (names.TryGetValue("namespace", out var ns) && names.TryGetValue("app", out var app) && app.Length > 0)
                all[(ns, app)] = value(series);
        }
        return all;
    }
}
