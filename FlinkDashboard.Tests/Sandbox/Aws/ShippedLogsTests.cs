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
        Assert.Equal("orders/orders-taskmanager-1-1/STDOUT", _world.ShippedLogs.All.Single().Name);
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
        Assert.Equal(("10", "12", 1), (shipped.Oldest!.Text, shipped.Read(12, 1)[0].Text, shipped.Read(20_009, 10).Count));
    }

    [Fact]
    public void Lines_OfANameThatComesAgain_GoOnInTheSameStream()
    {
        MonitoredPod.Write(_world, MonitoredPod.Add(_world, "orders", "orders-taskmanager-1-1", logUri: null), "one");
        _world.Objects.Delete(ResourceTypes.Pods, "team", "orders-taskmanager-1-1");
        MonitoredPod.Write(_world, MonitoredPod.Add(_world, "orders", "orders-taskmanager-1-1", logUri: null), "two");
        Assert.Equal(["one", "two"], _world.ShippedLogs.All.Single().Lines.Select(l => l.Text));
    }
}

/// <summary>Standard error of Flink containers, carried away beside standard output.</summary>
public class ShippedErrorsTests
{
    private readonly SandboxWorld _world = MonitoredPod.World();

    [Theory]
    [InlineData("flink:1.20", 9)]
    [InlineData("flink:1.20-java17", 4)]
    [InlineData("public.ecr.aws/emr-on-eks/flink/emr-7.12.0-flink:latest", 4)]
    public void Errors_BeginWithWhatTheJvmWarnsOf_AgainForEachProcess(string image, int warnings)
    {
        var pod = Add(image);
        MonitoredPod.Write(_world, pod, "one\ntwo");
        var errors = Errors();
        Assert.Equal(("orders/orders-taskmanager-1-1/STDERR", warnings), (errors.Name, errors.Lines.Count));
        Assert.Contains("Read-only file system", errors.Lines[0].Text, StringComparison.Ordinal);
        _world.Logs.Append(pod, "flink-main-container", 1, _world.Now, "after a restart");
        Assert.Equal(2 * warnings, errors.Lines.Count);
        using var reader = new StreamReader(new GZipStream(_world.Buckets.Find("bucket", "logs/orders-taskmanager-1-1/STDERR.gz")!.Open(), CompressionMode.Decompress));
        Assert.Equal(errors.Lines.Select(l => l.Text), reader.ReadToEnd().TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(137, false)]
    public void Process_ThatFailsBeforeItLogs_LeavesAStackTrace(int exitCode, bool trace)
    {
        Add("flink:1.20");
        for (var i = 0; i < 2; i++) // the same end is told twice
        {
            _world.Objects.Update(ResourceTypes.Pods, "team", "orders-taskmanager-1-1", o =>
            {
                o["status"] = JsonNode.Parse("""
                    {"message":"TIMES","containerStatuses":[{"name":"flink-main-container","restartCount":0,"state":{"terminated":{"exitCode":CODE,"startedAt":"2026-01-02T03:04:06Z","finishedAt":"2026-01-02T03:04:08Z"}}}]}
                    """.Replace("TIMES", $"{i}", StringComparison.Ordinal).Replace("CODE", $"{exitCode}", StringComparison.Ordinal));
                return o;
            }, WritePart.Status);
        }
        Assert.Equal(trace ? 1 : 0, _world.ShippedLogs.All.SelectMany(s => s.Lines).Count(l => l.Text.Contains("BashJavaUtils.main", StringComparison.Ordinal)));
    }

    private ShippedStream Errors() => Assert.Single(_world.ShippedLogs.All, s => s.Output == ShippedStream.StandardError);

    private string Add(string image)
    {
        MonitoredPod.Add(_world, "orders", "orders-1", "bucket/logs");
        return _world.Objects.Create(ResourceTypes.Pods, JsonNode.Parse("""
            {"metadata":{"namespace":"team","name":"orders-taskmanager-1-1","labels":{"app":"orders","component":"taskmanager"}},"spec":{"containers":[{"name":"flink-main-container","image":"IMAGE"}]}}
            """.Replace("IMAGE", image, StringComparison.Ordinal))!.AsObject()).Uid;
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
