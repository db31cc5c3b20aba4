using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.Sandbox.Aws;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Sandbox.CloudWatchLogs;

/// <summary>How many calls an account may make in a second; real time moves when the test says so.</summary>
public class LogsQuotaTests
{
    [Theory]
    [InlineData("FilterLogEvents", 10)]
    [InlineData("DescribeLogStreams", 25)]
    [InlineData("StartLiveTail", 5)]
    public async Task Calls_AboveTheQuota_AreThrottled_UntilTimeHasPassed(string operation, int perSecond)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "empty", Speed = 0, Time = time });
        MonitoredPod.Write(cluster.World, MonitoredPod.Add(cluster.World, "orders", "orders-1", null), "one");
        using var client = new LogsClient(cluster);
        cluster.LogsQuotas.AreCounted = true;
        // A request that is refused for its content counts too.
        var input = operation == "StartLiveTail" ? new JsonObject() : new JsonObject { ["logGroupName"] = AwsAccount.LogGroup };
        var answers = new List<int>();
        for (var i = 0; i < perSecond + 3; i++)
            answers.Add(await ThrottledAsync());
        Assert.Equal([.. Enumerable.Repeat(0, perSecond), 1, 1, 1], answers);
        time.Advance(TimeSpan.FromMilliseconds(2_500.0 / perSecond));
        Assert.Equal((0, 0, 1), (await ThrottledAsync(), await ThrottledAsync(), await ThrottledAsync()));
        Assert.Equal("200", await client.StatusAsync("DescribeLogGroups", new JsonObject()));

        async Task<int> ThrottledAsync() => await client.StatusAsync(operation, input) == "400 ThrottlingException Rate exceeded" ? 1 : 0;
    }
}
