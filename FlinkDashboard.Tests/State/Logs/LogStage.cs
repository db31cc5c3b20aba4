using System.Text.Json.Nodes;
using Amazon.Runtime;
using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.CloudWatchLogs;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.State;
using FlinkDashboard.State.Logs;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Tests.State.Logs;

/// <summary>A sandbox that nothing moves in, pods put into it by hand, and the app's own way to their logs, over HTTP.</summary>
public sealed class LogStage : IAsyncDisposable
{
    private readonly List<ResourceWatch<Pod>> watches = [];
    private readonly ResourceCache<Pod> pods = new(Pod.Info);
    private readonly ResourceCache<FlinkDeployment> deployments = new(FlinkDeployment.Info);

    private LogStage(SandboxStage sandbox, DashboardOptions options, TimeProvider? real)
    {
        var time = real ?? sandbox.Cluster.World.Clock;
        (Sandbox, Options) = (sandbox, options);
        State = new([pods, deployments], TimeProvider.System);
        options.Logs.Endpoint = sandbox.Cluster.LogsAddress.ToString();
        options.Aws.Region = AwsAccount.Region;
        Logs = new(options.Logs, new(options.Aws, new BasicAWSCredentials(AwsKey.Reader.Id, AwsKey.Reader.Secret)), time);
        Sources = new(State, Logs, new(Logs, options, time), options);
        Hub = new(sandbox.Api, State, Logs, Sources, options, time, NullLogger<LogHub>.Instance);
    }

    public SandboxStage Sandbox { get; }

    public SandboxWorld World => Sandbox.Cluster.World;

    public DashboardOptions Options { get; }

    public ClusterState State { get; }

    public CloudWatchLogsApi Logs { get; }

    public LogSources Sources { get; }

    public ResourceCache<Pod> Pods => pods;

    public LogHub Hub { get; }

    /// <summary>Starts one.</summary>
    /// <param name="lines">Lines that a view keeps.</param>
    /// <param name="speed">How fast the world's clock goes.</param>
    /// <param name="options">Settings of the app; null for none.</param>
    /// <param name="real">What AWS and the app take for the time; null for real time, and the world's clock.</param>
    public static async Task<LogStage> StartAsync(int lines = 20_000, double speed = 0, DashboardOptions? options = null, TimeProvider? real = null)
    {
        var settings = options ?? new();
        settings.Logs.Lines = lines;
        var stage = new LogStage(await SandboxStage.StartAsync("empty", speed, real: real), settings, real);
        var watch = new ResourceWatch<Pod>(stage.Sandbox.Api, stage.pods, new ClusterOptions(), TimeProvider.System, NullLogger<ResourceWatch<Pod>>.Instance);
        stage.watches.Add(watch);
        await watch.StartAsync(default);
        await stage.pods.UntilAsync(() => stage.pods.Status.State == WatchState.Live);
        return stage;
    }

    /// <summary>A running pod of an application, and the cache knows it.</summary>
    public async Task<string> PodAsync(string name, string application = "orders", string component = "taskmanager")
    {
        var uid = Sandbox.Put(ResourceTypes.Pods, $$"""
            {"metadata":{"namespace":"team","name":"{{name}}","labels":{"app":"{{application}}","type":"flink-native-kubernetes"} },
             "spec":{"nodeName":"node-1","containers":[{"name":"flink-main-container"},{"name":"sidecar"}]},
             "status":{"phase":"Running","containerStatuses":[{"name":"flink-main-container","restartCount":0,"state":{"running":{"startedAt":"2026-11-24T16:00:00Z"} } },{"name":"sidecar","restartCount":0,"state":{"running":{} } }]} }
            """).Uid;
        World.Logs.Open(uid, PodChoice.FlinkContainer, 0);
        // Only now: a pod that is made as a Flink process writes to standard error before it logs.
        Sandbox.Change(ResourceTypes.Pods, "team", name, o => o["metadata"]!["labels"]!["component"] = component);
        await pods.UntilAsync(() => pods.Current.Find("team", name)?.Metadata.Labels["component"] == component);
        return uid;
    }

    /// <summary>An application whose logs are shipped, and the cache knows it.</summary>
    public async Task MonitoredAsync(string name, string? prefix = null, string ns = "team", string? group = AwsAccount.LogGroup, string? logUri = null)
    {
        Sandbox.Put(ResourceTypes.FlinkDeployments, $$$"""
            {"metadata":{"namespace":"{{{ns}}}","name":"{{{name}}}"},"spec":{"monitoringConfiguration":{"cloudWatchMonitoringConfiguration":{"logGroupName":"{{{group}}}","logStreamNamePrefix":"{{{prefix ?? name}}}"},"s3MonitoringConfiguration":{"logUri":"{{{logUri}}}"} } } }
            """);
        deployments.Put(await Sandbox.Api.GetAsync(FlinkDeployment.Info, ns, name, null, default));
    }

    /// <summary>A feed, whoever may see it.</summary>
    public LogFeed Open(LogPlace place, LogView view, UserIdentity? user) => Hub.Open(Sources.TargetOf(place), view, user);

    /// <summary>A file, whoever may have it.</summary>
    public IAsyncEnumerable<string> DownloadAsync(LogPlace place, LogView view, UserIdentity? user, CancellationToken stop) => Hub.DownloadAsync(Sources.TargetOf(place), view, user, stop);

    /// <summary>The Flink container ends and begins again.</summary>
    public void Restart(string uid, string name, int exitCode)
    {
        World.Logs.Close(uid, PodChoice.FlinkContainer, 0);
        World.Logs.Open(uid, PodChoice.FlinkContainer, 1);
        Sandbox.Change(ResourceTypes.Pods, "team", name, o =>
        {
            var status = o["status"]!["containerStatuses"]![0]!;
            status["restartCount"] = 1;
            status["lastState"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = exitCode, ["reason"] = "Error" } };
        });
    }

    /// <summary>A pod is deleted, and its logs with it.</summary>
    public void Delete(string uid, string name)
    {
        World.Objects.Delete(ResourceTypes.Pods, "team", name, new() { GraceSeconds = 0 });
        World.Logs.Forget(uid);
    }

    /// <summary>A container writes a text, a millisecond after the last.</summary>
    public void Write(string uid, string text, int restart = 0)
    {
        World.Clock.Advance(TimeSpan.FromMilliseconds(1));
        World.Logs.Append(uid, PodChoice.FlinkContainer, restart, World.Now, text);
    }

    /// <summary>A line in Flink's layout, of the moment it is written.</summary>
    public void Line(string uid, string text, string level = "INFO ", int restart = 0) =>
        Write(uid, $"{World.Now.AddMilliseconds(1).UtcDateTime:yyyy-MM-dd HH:mm:ss,fff} {level} org.apache.flink.Some [] - {text}", restart);

    /// <summary>All pods of an application.</summary>
    public static LogPlace Application(string name = "orders") => new(LogWay.Pods, "team", name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        foreach (var watch in watches)
        {
            await watch.StopAsync(default);
            watch.Dispose();
        }
        Logs.Dispose();
        await Sandbox.DisposeAsync();
    }
}

/// <summary>Short ways to look at a feed.</summary>
internal static class FeedReading
{
    /// <summary>Waits until a feed shows something.</summary>
    public static Task UntilAsync(this LogFeed feed, Func<LogSnapshot, bool> reached, int seconds = 30) =>
        Eventually.UntilAsync(feed.Subscribe, () => reached(feed.Now), seconds, () => $"{feed.Now.State}, {feed.Now.Problem}, {feed.Now.Count} entries: {string.Join(" | ", feed.Now.Entries.TakeLast(12).Select(e => e.Text))}");

    /// <summary>Texts of the lines, without marks.</summary>
    public static IReadOnlyList<string> Lines(this LogFeed feed) => [.. feed.Now.Entries.Where(e => e.Kind == LogEntryKind.Line).Select(e => e.Text)];

    /// <summary>Texts of the marks.</summary>
    public static IReadOnlyList<string> Marks(this LogFeed feed) => [.. feed.Now.Entries.Where(e => e.Kind != LogEntryKind.Line).Select(e => e.Text)];
}
