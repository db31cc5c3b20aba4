using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.CloudWatchLogs;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.State;
using FlinkDashboard.State.Logs;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Benchmarks;

/// <summary>
/// Ten thousand lines a second for a minute through Live Tail, looked at by twenty viewers; the sandbox that writes them runs in the same process. Every line is
/// numbered: those kept and those counted as dropped must be all.
/// </summary>
internal static class LogFloodReport
{
    private const int LinesPerSecond = 10_000;
    private const string PodName = "orders-taskmanager-1-1";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    /// <summary>A Markdown table.</summary>
    public static async Task<string> WriteAsync()
    {
        await using var cluster = await SandboxCluster.StartAsync(new() { World = "empty" });
        cluster.World.ShippedLogs.LinesPerStream = 100_000;
        cluster.LiveTailFaults.EventsPerSecond = int.MaxValue;
        Put(cluster.World);
        var options = new DashboardOptions { Logs = { Endpoint = cluster.LogsAddress.ToString() }, Aws = { Region = AwsAccount.Region } };
        using var connector = new ClusterConnector(new() { Source = ClusterSource.Sandbox, Server = cluster.Address, Token = "admin" });
        var kubernetes = new KubernetesApi(connector, TimeProvider.System);
        using var logs = new CloudWatchLogsApi(options.Logs, new(options.Aws, new BasicAWSCredentials(AwsKey.Reader.Id, AwsKey.Reader.Secret)), cluster.World.Clock);
        var state = new ClusterState([new ResourceCache<Pod>(Pod.Info), new ResourceCache<FlinkDeployment>(FlinkDeployment.Info)], TimeProvider.System);
        var sources = new LogSources(state, logs, new(logs, options, cluster.World.Clock), options);
        await using var hub = new LogHub(kubernetes, state, logs, sources, options, cluster.World.Clock, NullLogger<LogHub>.Instance);
        var place = new LogPlace(LogWay.CloudWatch, Group: AwsAccount.LogGroup, StreamPrefix: "orders/");
        List<LogFeed> feeds = [.. Enumerable.Range(0, 20).Select(_ => hub.Open(sources.TargetOf(place), new(), null))];
        var looks = feeds.ConvertAll(f => f.Subscribe(() => { }));
        await UntilAsync(() => cluster.LiveTailFaults.Opened == 1 && feeds[0].Now.State == LogFeedState.Live);
        var report = await MeasureAsync(cluster, feeds[0]);
        looks.ForEach(l => l.Dispose());
        return report;
    }

    private static async Task<string> MeasureAsync(SandboxCluster cluster, LogFeed feed)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var flood = new LogFlood(cluster.World, TimeProvider.System).RunAsync(PodName, LinesPerSecond, Duration);
        long peak = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!flood.IsCompleted && await timer.WaitForNextTickAsync())
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
        var written = await flood;
        await QuietAsync(feed, written);
        var now = feed.Now;
        var kept = now.Entries.Where(e => e.Kind == LogEntryKind.Line).Select(e => LogFlood.NumberOf($" [] - {e.Text}")).OfType<long>().ToList();
        var unsent = written - now.Read - now.Missed;
        var whole = kept.Zip(kept.Skip(1)).All(p => p.First < p.Second) && (unsent > 0 || kept.SequenceEqual(Enumerable.Range(0, kept.Count).Select(i => written - kept.Count + 1 + i)));
        var report = new StringBuilder("| what | value |\n|---|--:|\n");
        Row("lines written by the sandbox", written);
        Row("lines read", now.Read);
        Row("lines kept (`Logs:Lines` 20,000)", kept.Count);
        Row("lines dropped and counted in the mark", now.Dropped);
        Row("lines that came too fast to be taken", now.Missed);
        Row("lines never sent: the service keeps 5,000 for a slow reader, half a second of this flood", unsent);
        report.AppendLine(CultureInfo.InvariantCulture, $"| kept + dropped + missed = read, in order, each once | {(whole && kept.Count + now.Dropped == now.Read ? "yes" : "NO")} |");
        Row("viewers", feed.Viewers);
        Row("Live Tail sessions", cluster.LiveTailFaults.Opened);
        report.AppendLine(CultureInfo.InvariantCulture, $"| managed memory, before / highest during / after, sandbox included | {before >> 20} / {peak >> 20} / {GC.GetTotalMemory(forceFullCollection: true) >> 20} MiB |");
        return report.ToString();

        void Row(string what, long value) => report.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {value:N0} |");
    }

    // Until all have come, or nothing more does.
    private static async Task QuietAsync(LogFeed feed, long written)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        long before;
        do
            before = feed.Now.Read;
        while (feed.Now.Read + feed.Now.Missed < written && await timer.WaitForNextTickAsync() && feed.Now.Read != before);
    }

    private static async Task UntilAsync(Func<bool> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!reached() && await timer.WaitForNextTickAsync(patience.Token))
        {
            // Not yet.
        }
    }

    private static void Put(SandboxWorld world)
    {
        world.Objects.Create(ResourceTypes.FlinkDeployments, JsonNode.Parse($$$"""
            {"metadata":{"namespace":"team","name":"orders"},"spec":{"monitoringConfiguration":{"cloudWatchMonitoringConfiguration":{"logGroupName":"{{{AwsAccount.LogGroup}}}","logStreamNamePrefix":"orders"} } } }
            """)!.AsObject(), part: WritePart.All);
        world.Objects.Create(ResourceTypes.Pods, JsonNode.Parse($$"""{"metadata":{"namespace":"team","name":"{{PodName}}","labels":{"app":"orders"} },"spec":{} }""")!.AsObject(), part: WritePart.All);
    }
}
