using System.Diagnostics;
using System.Globalization;
using System.Text;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Sandbox;
using FlinkDashboard.State.Metrics;

namespace FlinkDashboard.Benchmarks;

/// <summary>How long the sandbox's Prometheus takes to answer, the questions of the lists and the overview among others, in the worlds <c>busy</c> and <c>thousand</c>, and what its series cost in memory.</summary>
internal static class MetricsReport
{
    private const int Rounds = 5;

    private static readonly (string What, string Query)[] Questions =
    [
        ("one application, instant", "sum by (task_name) (flink_taskmanager_job_task_numRecordsOutPerSecond{namespace=\"$namespace\",app=\"$app\"})"),
        ("one application, rate over 5 min", "sum by (task_name) (rate(flink_taskmanager_job_task_numRecordsOut{namespace=\"$namespace\",app=\"$app\"}[5m]))"),
        ("fleet, instant", "sum by (namespace, app) (flink_taskmanager_job_task_numRecordsOutPerSecond)"),
        ("fleet, rate over 5 min", "sum by (namespace, app) (rate(flink_taskmanager_job_task_numRecordsOut[5m]))"),
        ("pods by node", "count by (node) (kube_pod_info)"),
        ("CPU of all nodes", "avg by (node) (1 - rate(node_cpu_seconds_total{mode=\"idle\"}[5m]))"),
    ];

    /// <summary>Runs it and writes a Markdown table.</summary>
    public static async Task<string> WriteAsync()
    {
        var report = new StringBuilder("| world | what | first | median of the next | series |\n|---|---|--:|--:|--:|\n");
        foreach (var (world, ns, app) in new[] { ("busy", "flink-team-a-ns", "orders-healthy"), ("thousand", "flink-team-03-ns", "stream-123") })
        {
            var start = Stopwatch.GetTimestamp();
            await using var cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = world, Speed = 0 });
            report.AppendLine(CultureInfo.InvariantCulture, $"| {world} | to start | {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N0} ms | | |");
            cluster.World.Timeline.Advance(TimeSpan.FromSeconds(5));
            var before = GC.GetTotalMemory(true);
            using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
            foreach (var (what, query) in Questions)
                await AskAsync(report, http, cluster, world, what, "query?query=" + Uri.EscapeDataString(query.Replace("$namespace", ns, StringComparison.Ordinal).Replace("$app", app, StringComparison.Ordinal)));
            var end = cluster.World.Now.ToUnixTimeSeconds();
            var range = Uri.EscapeDataString(Questions[0].Query.Replace("$namespace", ns, StringComparison.Ordinal).Replace("$app", app, StringComparison.Ordinal));
            await AskAsync(report, http, cluster, world, "one application, 6 h in 360 points", $"query_range?start={end - 21_600}&end={end}&step=60&query={range}");
            foreach (var (what, text) in FleetPaths(cluster.World.Now))
                await AskAsync(report, http, cluster, world, what, text);
            report.AppendLine(CultureInfo.InvariantCulture, $"| {world} | memory that the answers left behind | {(GC.GetTotalMemory(true) - before) / 1024.0 / 1024:N0} MiB | | |");
        }
        return report.ToString();
    }

    private static IEnumerable<(string What, string Path)> FleetPaths(DateTimeOffset now)
    {
        var range = FleetQueries.Trend(now);
        string Text(ChartQuery query) => Uri.EscapeDataString(FleetQueries.Text(query, SeriesLabels.Usual, range, TimeSpan.FromSeconds(15)));
        foreach (var (what, query) in new[] { ("throughput", FleetQueries.Throughput), ("backlog", FleetQueries.Backlog) })
            yield return ($"list: {what}, an hour in {range.Points} points", $"query_range?start={range.From.ToUnixTimeSeconds()}&end={range.To.ToUnixTimeSeconds()}&step={range.Step.TotalSeconds}&query={Text(query)}");
        foreach (var (what, query) in new[] { ("jobs", FleetQueries.Jobs), ("restarts", FleetQueries.Restarts), ("back pressure", FleetQueries.BackPressure) })
            yield return ("list: " + what, $"query?query={Text(query)}");
    }

    private static async Task AskAsync(StringBuilder report, HttpMessageInvoker http, SandboxCluster cluster, string world, string what, string path)
    {
        var times = new List<double>();
        var count = 0;
        for (var round = 0; round <= Rounds; round++)
        {
            // What the world looks like is looked at again at each moment.
            cluster.World.Clock.Advance(TimeSpan.FromMilliseconds(100));
            var start = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(cluster.PrometheusAddress, "/api/v1/" + path));
            using var answer = await http.SendAsync(request, CancellationToken.None);
            var text = await answer.Content.ReadAsStringAsync();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            count = text.Split("\"metric\":").Length - 1;
        }
        report.AppendLine(CultureInfo.InvariantCulture, $"| {world} | {what} | {times[0]:N0} ms | {times.Skip(1).Order().ElementAt(Rounds / 2):N0} ms | {count} |");
    }
}
