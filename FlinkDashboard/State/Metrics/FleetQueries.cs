using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.State.Metrics;

/// <summary>The questions behind <see cref="FleetNumbers"/> and what is read from their answers; pure.</summary>
internal static class FleetQueries
{
    /// <summary>Points of a trend.</summary>
    public const int TrendPoints = 40;

    private const double Long = 1e9;

    private static readonly TimeSpan TrendStep = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    public static readonly ChartQuery Throughput = new("sum by ($by) ($each(flink_taskmanager_job_task_operator_numRecordsOutPerSecond{$app,operator_name=~\"Source:.*\"}))", "");
    public static readonly ChartQuery Backlog = new("sum by ($by) ($each(flink_taskmanager_job_task_operator_pendingRecords{$app} >= 0))", "");
    public static readonly ChartQuery Restarts = new("sum by ($by) ($each(increase(flink_jobmanager_job_numRestarts{$app}[1d])))", "");
    public static readonly ChartQuery BackPressure = new("max by ($by) ($each(flink_taskmanager_job_task_backPressuredTimeMsPerSecond{$app})) / 1000", "");

    /// <summary>What <see cref="JobNumbers"/> holds, as one question: the label "fact" says which.</summary>
    public static readonly ChartQuery Jobs = new(string.Join(" or ", new[]
    {
        ("restarts", "sum by ($by, job_id) ($each(increase(flink_jobmanager_job_numRestarts{$app}[1h])))"),
        ("rescales", "sum by ($by, job_id) ($each(increase(flink_jobmanager_job_numRescales{$app}[1h])))"),
        ("runs", "max by ($by, job_id) ($each(flink_jobmanager_job_runningTime{$app} > 0)) / 1000"),
        ("failures", "sum by ($by, job_id) ($each(increase(flink_jobmanager_job_numberOfFailedCheckpoints{$app}[1h])))"),
        ("checkpoint", "max by ($by, job_id) ($each(flink_jobmanager_job_lastCheckpointCompletedTimestamp{$app} > 0)) / 1000"
            + " or max by ($by, job_id) ($each(max_over_time(timestamp(increase(flink_jobmanager_job_numberOfCompletedCheckpoints{$app}[$scrapes]) > 0)[1h:$pair]))) - $halfscrapes"),
    }.Select(one => $"label_replace({one.Item2}, \"fact\", \"{one.Item1}\", \"job_id\", \".*\")")), "");

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

    /// <summary>The numbers of each job; under an empty id where the series do not tell jobs apart.</summary>
    public static Dictionary<(string, string, string), JobNumbers> NumbersOf(QueryAnswer answer, SeriesLabels labels, DateTimeOffset at)
    {
        var all = new Dictionary<(string, string, string), JobNumbers>();
        foreach (var series in answer.Series)
        {
            var names = labels.Rename(series.Labels);
            if (!names.TryGetValue("namespace", out var ns) || !names.TryGetValue("app", out var app) || app.Length == 0 || series.Points is not [.., { Value: var value }] || !double.IsFinite(value))
                continue;
            var key = (ns, app, names.GetValueOrDefault("job_id", ""));
            var one = all.GetValueOrDefault(key) ?? new(at);
            all[key] = names.GetValueOrDefault("fact") switch
            {
                "restarts" => one with { Restarts = value },
                "rescales" => one with { Rescales = value },
                "runs" => one with { RunningSince = at - TimeSpan.FromSeconds(Math.Clamp(value, 0, Long)) },
                "failures" => one with { FailedCheckpoints = value },
                "checkpoint" => one with { CheckpointAt = at - TimeSpan.FromSeconds(Math.Clamp((at - DateTimeOffset.UnixEpoch).TotalSeconds - value, 0, Long)) },
                _ => one,
            };
        }
        return all;
    }

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
