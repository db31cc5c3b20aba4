using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;

namespace FlinkDashboard.Tests.Sandbox.Prometheus;

/// <summary>A fact that needs a real Prometheus.</summary>
public sealed class PrometheusFactAttribute : FactAttribute
{
    public const string Program = "/usr/bin/prometheus";

    public PrometheusFactAttribute() => Skip = File.Exists(Program) ? null : "No Prometheus here: apt-get install prometheus.";
}

/// <summary>A real Prometheus scrapes the sandbox's pods; it must answer queries with the same numbers as the sandbox does itself.</summary>
public sealed class RealPrometheusTests
{
    private const double Window = 20;

    // Query, and what may differ beside one percent: counters are whole numbers, and both look at slightly different moments.
    private static readonly (string Query, double Slack)[] Queries =
    [
        ("count by (__name__) ({__name__=~\"flink_.+\"})", 0),
        ("sum by (app, component) (up)", 0),
        ("max by (job_id) (flink_jobmanager_job_numRestarts)", 1),
        ("min by (task_id) (flink_taskmanager_job_task_currentInputWatermark > -9e18) / 1000", 10),
        ("sum by (app, task_name) (rate(flink_taskmanager_job_task_numRecordsOut[20s]))", 0.3),
        ("sum by (app) (rate(flink_taskmanager_job_task_numBytesIn[20s]))", 50),
        ("sum by (app) (increase(flink_taskmanager_job_task_operator_numRecordsIn[15s]))", 8),
        ("sum by (app, task_name) (flink_taskmanager_job_task_numRecordsInPerSecond)", 0.1),
        ("max by (job_id, task_id) (flink_taskmanager_job_task_busyTimeMsPerSecond >= 0) / 1000", 0.0011),
        ("avg by (job_id) (avg_over_time(flink_taskmanager_job_task_idleTimeMsPerSecond[10s]))", 1),
        ("max by (job_id) (flink_jobmanager_job_lastCheckpointDuration >= 0) / 1000", 0),
        ("max by (job_id) (flink_jobmanager_job_lastCheckpointFullSize)", 0),
        ("max by (job_id) (flink_jobmanager_job_uptime) / 1000", 1.1),
        ("sum by (app) (flink_jobmanager_taskSlotsTotal - flink_jobmanager_taskSlotsAvailable)", 0),
        ("stddev by (app) ({__name__=~\"flink_.*_Status_JVM_Memory_Heap_Max\"})", 0),
        ("topk(3, sum by (app) (flink_taskmanager_Status_JVM_Memory_Heap_Max))", 0),
        ("max by (pod) (flink_taskmanager_Status_Shuffle_Netty_UsedMemory / (flink_taskmanager_Status_Shuffle_Netty_TotalMemory > 0))", 0),
        ("sum by (pod) (rate(flink_taskmanager_Status_JVM_CPU_Time[15s])) / 1e9", 0.001),
        ("quantile(0.9, flink_taskmanager_job_task_buffers_inPoolUsage)", 0.001),
        ("sum by (app) (up) * on (app) group_left () count by (app) (flink_jobmanager_numRunningJobs == 1)", 0),
        ("absent(flink_nothing{app=\"x\"})", 0),
        ("label_replace(count by (component) (up), \"side\", \"$1\", \"component\", \"(.*)manager\")", 0),
    ];

    [PrometheusFact]
    public async Task Queries_GiveTheSameNumbers()
    {
        await using var cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "busy", Speed = 1, ScrapeInterval = TimeSpan.FromSeconds(1) });
        var folder = Directory.CreateTempSubdirectory("prometheus-");
        using var process = Start(cluster, folder.FullName, out var address);
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            await ScrapedAsync(http, address);
            // The sandbox's clock began with its world and is behind ours by the time that took to build.
            var behind = TimeProvider.System.GetUtcNow() - cluster.World.Now;
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
            foreach (var (query, slack) in Queries)
            {
                var real = await AskAsync(http, address, query, now);
                var own = await AskAsync(http, cluster.PrometheusAddress, query, now - behind.TotalSeconds);
                Assert.NotEmpty(real);
                Assert.True(real.Keys.Order().SequenceEqual(own.Keys.Order()), $"{query}: {string.Join(", ", real.Keys.Except(own.Keys))} | {string.Join(", ", own.Keys.Except(real.Keys))}");
                foreach (var (labels, value) in real)
                    Assert.True(Math.Abs(own[labels] - value) <= Math.Max(Math.Abs(value) * 0.01, slack), $"{query} {labels}: {value} and {own[labels]}");
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    private static async Task ScrapedAsync(HttpClient http, Uri address)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        for (var i = 0; i < 120 && await timer.WaitForNextTickAsync(); i++)
        {
            try
            {
                var counts = await AskAsync(http, address, "count_over_time(up[40s])", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
                if (counts.Count > 0 && counts.Values.Min() > Window + 5)
                    return;
            }
            catch (HttpRequestException)
            {
                // It still starts.
            }
        }
        Assert.Fail("Prometheus scraped nothing.");
    }

    private static async Task<Dictionary<string, double>> AskAsync(HttpClient http, Uri address, string query, double at)
    {
        using var form = new FormUrlEncodedContent([new("query", query), new("time", at.ToString("F3", CultureInfo.InvariantCulture))]);
        using var answer = await http.PostAsync(new Uri(address, "/api/v1/query"), form);
        var json = JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
        return json["data"]!["result"]!.AsArray().ToDictionary(
            r => string.Join(",", r!["metric"]!.AsObject().OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}")),
            r => double.Parse((string)r!["value"]![1]!, CultureInfo.InvariantCulture));
    }

    private static Process Start(SandboxCluster cluster, string folder, out Uri address)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        address = new Uri($"http://127.0.0.1:{port}");
        var file = Path.Combine(folder, "prometheus.yml");
        File.WriteAllText(file, $$"""
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
            - job_name: pods
              http_sd_configs: [{url: "{{cluster.PrometheusAddress}}sd", refresh_interval: 5s}]
            """);
        return Process.Start(new ProcessStartInfo(PrometheusFactAttribute.Program,
            [$"--config.file={file}", $"--storage.tsdb.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }
}
