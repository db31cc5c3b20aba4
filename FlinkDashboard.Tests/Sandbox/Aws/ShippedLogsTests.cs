using System.IO.Compression;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Tests.Sandbox.Aws;

/// <summary>Logs that the sidecar of EMR on EKS carries away.</summary>
public class ShippedLogsTests
{
    private readonly SandboxWorld _world = MonitoredPod.World();

    [Fact]
    public void Lines_StayWhenThePodIsGone()
    {
        var pod = MonitoredPod.Add(_world, "orders", "orders-taskmanager-1-1", logUri: "bucket/logs");
        MonitoredPod.Write(_world, pod, "one\ntwo");
        _world.Logs.Forget(pod);
        Assert.Equal(["one", "two"], _world.ShippedLogs.All.Single().Lines.Select(l => l.Text));
        Assert.Equal("orders/orders-taskmanager-1-1/STDOUT", _world.ShippedLogs.All.Single().Destination.Stream);
        var archived = _world.Buckets.Find("bucket", "logs/orders-taskmanager-1-1/STDOUT.gz")!;
        using var reader = new StreamReader(new GZipStream(archived.Open(), CompressionMode.Decompress));
        Assert.Equal("one\ntwo\n", reader.ReadToEnd());
    }

    [Fact]
    public void Lines_OfPodsWithoutMonitoring_AreNotShipped()
    {
        _world.Objects.Create(ResourceTypes.FlinkDeployments, JsonNode.Parse("""{"metadata":{"namespace":"team","name":"plain"},"spec":{}}""")!.AsObject());
        var pod = _world.Objects.Create(ResourceTypes.Pods, JsonNode.Parse("""{"metadata":{"namespace":"team","name":"plain-1","labels":{"app":"plain"}},"spec":{}}""")!.AsObject());
        MonitoredPod.Write(_world, pod.Uid, "one");
        Assert.Empty(_world.ShippedLogs.All);
    }

    [Fact]
    public void Lines_AreBounded()
    {
        var pod = MonitoredPod.Add(_world, "orders", "orders-1", logUri: null);
        MonitoredPod.Write(_world, pod, string.Join('\n', Enumerable.Range(0, 20_010)));
        var shipped = _world.ShippedLogs.All.Single();
        Assert.Equal((20_000, 20_010L, "20009"), (shipped.Lines.Count, shipped.Written, shipped.Lines[^1].Text));
    }
}

/// <summary>Pods whose logs are shipped.</summary>
internal static class MonitoredPod
{
    public static SandboxWorld World() => new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), 1, 0, TimeProvider.System, e => throw e);

    /// <summary>Adds a pod of an application with monitoring.</summary>
    /// <returns>Its UID.</returns>
    public static string Add(SandboxWorld world, string application, string name, string? logUri)
    {
        if (world.Objects.Find(ResourceTypes.FlinkDeployments, "team", application) is null)
        {
            var monitoring = new JsonObject { ["cloudWatchMonitoringConfiguration"] = new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["logStreamNamePrefix"] = application } };
            if (logUri is not null)
                monitoring["s3MonitoringConfiguration"] = new JsonObject { ["logUri"] = logUri };
            world.Objects.Create(ResourceTypes.FlinkDeployments, new JsonObject
            {
                ["metadata"] = new JsonObject { ["namespace"] = "team", ["name"] = application },
                ["spec"] = new JsonObject { ["monitoringConfiguration"] = monitoring },
            });
        }
        return world.Objects.Create(ResourceTypes.Pods, new JsonObject
        {
            ["metadata"] = new JsonObject { ["namespace"] = "team", ["name"] = name, ["labels"] = new JsonObject { ["app"] = application } },
            ["spec"] = new JsonObject(),
        }).Uid;
    }

    /// <summary>Lets the Flink container of a pod write now.</summary>
    public static void Write(SandboxWorld world, string podUid, string text) => world.Logs.Append(podUid, "flink-main-container", 0, world.Now, text);
}
