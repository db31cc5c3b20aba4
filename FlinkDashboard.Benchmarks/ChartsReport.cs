using System.Diagnostics;
using System.Globalization;
using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Sandbox;
using FlinkDashboard.State.Flink;
using FlinkDashboard.State.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Benchmarks;

/// <summary>How long 30 charts of one application take to read over HTTP from the sandbox's Prometheus: the first time, again, and when a live range has moved on.</summary>
internal static class ChartsReport
{
    private const int Charts = 30;

    /// <summary>Runs it and writes a Markdown table.</summary>
    public static async Task<string> WriteAsync()
    {
        await using var cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "busy", Speed = 0 });
        cluster.World.Timeline.Advance(TimeSpan.FromHours(1));
        var clock = cluster.World.Clock;
        using var api = new PrometheusApi(new PrometheusOptions { Url = cluster.PrometheusAddress.ToString() }, new AwsAccess(new()), clock);
        using var names = new SeriesNames(api, clock);
        await using var feeds = new JobManagerFeeds(new FlinkRestApi(new ServiceNameRoute(), clock), clock, NullLogger<JobManagerFeeds>.Instance);
        using var rest = new RestCharts(feeds, clock, NullLogger<RestCharts>.Instance);
        using var source = new ChartSource(api, names, rest, clock, NullLogger<ChartSource>.Instance);
        await names.GetAsync(default);
        var subject = ChartSubject.Application("flink-team-a-ns", "orders-healthy");
        var charts = MetricCatalog.About(ChartSubjectKind.Application).Take(Charts).ToList();
        ChartRange Range() => ChartRange.Of(clock.GetUtcNow().AddHours(-1), clock.GetUtcNow(), 600, api.ScrapeInterval);

        async Task<string> RoundAsync(string what, int viewers)
        {
            var (requests, start, memory) = (api.Describe().Requests, Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
            await Task.WhenAll(Enumerable.Range(0, viewers).SelectMany(_ => charts.Select(c => source.ReadAsync(c, subject, Range(), default))));
            return string.Create(CultureInfo.InvariantCulture,
                $"| {what} | {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N0} ms | {api.Describe().Requests - requests} | {(GC.GetTotalAllocatedBytes() - memory) / 1024.0 / 1024:N1} MiB |\n");
        }

        var report = "| 30 charts of an hour | time | requests | allocated, the sandbox's part included |\n|---|--:|--:|--:|\n";
        report += await RoundAsync("the first time", 1);
        clock.Advance(TimeSpan.FromMinutes(1));
        report += await RoundAsync("a minute later: what is new", 1);
        report += await RoundAsync("again at once, 20 viewers", 20);
        clock.Advance(TimeSpan.FromMinutes(1));
        report += await RoundAsync("a minute later, 20 viewers at once", 20);
        return report + string.Create(CultureInfo.InvariantCulture, $"Numbers held: {source.Numbers:N0} (8 bytes each).");
    }
}
