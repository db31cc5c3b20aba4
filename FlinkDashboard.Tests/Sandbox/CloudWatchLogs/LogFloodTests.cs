using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.Sandbox.Aws;

namespace FlinkDashboard.Tests.Sandbox.CloudWatchLogs;

/// <summary>Very many lines in a short time.</summary>
public class LogFloodTests : IAsyncLifetime
{
    private SandboxCluster _cluster = null!;
    private LogsClient _client = null!;

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "empty", Speed = 1 });
        _client = new LogsClient(_cluster);
        MonitoredPod.Add(_cluster.World, "orders", "orders-taskmanager-1-1", null);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Flood_TenThousandASecond_IsFoundToTheLastLine()
    {
        Assert.Equal(20_000, await FloodAsync(10_000, 2));
        var found = new List<long>();
        string? token = null;
        do
        {
            var page = await _client.CallAsync("FilterLogEvents", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["nextToken"] = token });
            found.AddRange(page["events"]!.AsArray().Select(e => LogFlood.NumberOf((string)e!["message"]!)!.Value));
            token = (string?)page["nextToken"];
        }
        while (token is not null);
        Assert.Equal(Enumerable.Range(1, 20_000).Select(i => (long)i), found);
    }

    [Fact]
    public async Task Flood_KeepsNoMoreThanItShould()
    {
        _cluster.World.ShippedLogs.LinesPerStream = 1_000;
        Assert.Equal(30_000, await FloodAsync(30_000, 1));
        var stream = Assert.Single(_cluster.World.ShippedLogs.All);
        Assert.Equal((30_000, 1_000, 29_001L, 30_000L), (stream.Written, stream.Lines.Count, LogFlood.NumberOf(stream.Oldest!.Text), LogFlood.NumberOf(stream.Newest!.Text)));
    }

    [Fact]
    public async Task Flood_TailedLive_TellsWhatWasLeftOut()
    {
        using var answer = await _client.SendAsync("StartLiveTail", new JsonObject { ["logGroupIdentifiers"] = new JsonArray($"arn:aws:logs:us-west-2:111122223333:log-group:{AwsAccount.LogGroup}") });
        using var tail = new EventStreamReader(await answer.Content.ReadAsStreamAsync());
        var flood = FloodAsync(4_000, 2);
        var (numbers, sampled) = (new List<long>(), false);
        for (var reads = 0; numbers.Count == 0 || numbers[^1] < 7_000; reads++)
        {
            Assert.InRange(reads, 0, 60);
            var message = (await tail.ReadAsync())!;
            if (message.Type != "sessionUpdate")
                continue;
            Assert.InRange(message.Messages.Count, 0, 500);
            sampled |= (bool)message.Payload["sessionMetadata"]!["sampled"]!;
            numbers.AddRange(message.Messages.Select(m => LogFlood.NumberOf(m)!.Value));
        }
        Assert.Equal(8_000, await flood);
        Assert.True(sampled);
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
    }

    private Task<long> FloodAsync(int linesPerSecond, int seconds) =>
        new LogFlood(_cluster.World, TimeProvider.System).RunAsync("orders-taskmanager-1-1", linesPerSecond, TimeSpan.FromSeconds(seconds));
}
