using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Flink;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.State.Flink;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Support;

/// <summary>
/// A quiet sandbox with one application that its operator deployed, and the app's own way to its JobManager, over HTTP through the API server. The
/// cluster's clock and the app's both stand still until told.
/// </summary>
public sealed class JobManagerStage : IAsyncDisposable
{
    private readonly SandboxStage sandbox;

    private JobManagerStage(SandboxStage sandbox, TimeProvider? time)
    {
        this.sandbox = sandbox;
        Rest = new(new ServiceProxyRoute(sandbox.Api), time ?? Time);
        Feeds = new(Rest, time ?? Time, NullLogger<JobManagerFeeds>.Instance);
        World.Servers.Asking += r => Asked.Enqueue(r.Path + r.Query);
    }

    public static JobManagerAddress Address { get; } = new("default", "orders");

    public FakeTimeProvider Time { get; } = new(SandboxStage.Start);

    public FlinkRestApi Rest { get; }

    public KubernetesApi Api => sandbox.Api;

    public JobManagerFeeds Feeds { get; }

    public SandboxWorld World => sandbox.Cluster.World;

    /// <summary>Every path that reached a pod.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public FlinkCluster Cluster => World.Flink.Find(Address.Namespace, Address.Cluster)!;

    public string JobId => Cluster.Jobs.Single().Id;

    /// <summary>Starts the sandbox and lives on until the job has run for half a minute.</summary>
    public static async Task<JobManagerStage> StartAsync(string jar = "steady.jar", string args = "", string version = "v1_20", params string[] settings)
    {
        var stage = new JobManagerStage(await SandboxStage.StartAsync(), null);
        stage.World.Objects.Create(ResourceTypes.FlinkDeployments, Application(jar, args, version, settings));
        stage.Live(75);
        Assert.True(stage.Cluster?.Jobs.Count == 1, "the JobManager runs its job");
        return stage;
    }

    /// <summary>The application's REST requests go to a real JobManager, and the app's clock is the real one.</summary>
    public static async Task<JobManagerStage> StartWithRealFlinkAsync(Uri real)
    {
        var stage = new JobManagerStage(await SandboxStage.StartAsync(realFlink: $"{Address}={real}"), TimeProvider.System);
        stage.World.Objects.Create(ResourceTypes.FlinkDeployments, Application("steady.jar", "", "v1_20", []));
        stage.Live(60);
        return stage;
    }

    /// <summary>The cluster lives on.</summary>
    public void Live(double seconds) => World.Timeline.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>A second of the app's time at a time, each until all questions are answered.</summary>
    public async Task PassAsync(JobManagerFeed feed, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            await feed.SettleAsync().WaitAsync(TimeSpan.FromSeconds(20));
            Time.Advance(TimeSpan.FromSeconds(1));
        }
        await feed.SettleAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static JsonObject Application(string jar, string args, string version, string[] settings)
    {
        var configuration = new JsonObject { ["taskmanager.numberOfTaskSlots"] = "2", ["execution.checkpointing.interval"] = "10 s", ["state.checkpoints.dir"] = "file:///flink-data/checkpoints", ["rest.flamegraph.enabled"] = "true" };
        foreach (var setting in settings)
            configuration[setting.Split(": ")[0]] = setting.Split(": ")[1];
        return new JsonObject
        {
            ["apiVersion"] = "flink.apache.org/v1beta1",
            ["kind"] = "FlinkDeployment",
            ["metadata"] = new JsonObject { ["name"] = Address.Cluster, ["namespace"] = Address.Namespace },
            ["spec"] = new JsonObject
            {
                ["image"] = "flink:" + version[1..].Replace('_', '.'),
                ["flinkVersion"] = version,
                ["serviceAccount"] = "default",
                ["flinkConfiguration"] = configuration,
                ["jobManager"] = new JsonObject { ["resource"] = new JsonObject { ["memory"] = "1024m", ["cpu"] = 0.25 } },
                ["taskManager"] = new JsonObject { ["resource"] = new JsonObject { ["memory"] = "1024m", ["cpu"] = 0.25 } },
                ["job"] = new JsonObject
                {
                    ["jarURI"] = "local:///opt/flink/jobs/" + jar,
                    ["args"] = new JsonArray([.. args.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => (JsonNode)a)]),
                    ["parallelism"] = 2,
                    ["upgradeMode"] = "stateless",
                    ["state"] = "running"
                }
            }
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Feeds.DisposeAsync();
        await sandbox.DisposeAsync();
    }
}
