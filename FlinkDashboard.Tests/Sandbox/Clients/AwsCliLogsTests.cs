using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.Sandbox.Aws;

namespace FlinkDashboard.Tests.Sandbox.Clients;

/// <summary>What one does with <c>aws logs</c>, done on the sandbox.</summary>
public class AwsCliLogsTests : IAsyncLifetime
{
    private const string Stream = "orders/orders-1/STDOUT";
    private static readonly string[] Group = ["--log-group-name", AwsAccount.LogGroup];
    private SandboxCluster _cluster = null!;
    private AwsCli _aws = null!;

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "empty", Speed = 0 });
        _aws = new AwsCli(_cluster);
        var (a, b) = (MonitoredPod.Add(_cluster.World, "orders", "orders-1", null), MonitoredPod.Add(_cluster.World, "orders", "orders-taskmanager-1-1", null));
        MonitoredPod.Write(_cluster.World, a, string.Join('\n', Enumerable.Range(0, 3_000).Select(i => $"{(i % 1000 == 0 ? "ERROR" : "INFO")} line {i}")));
        MonitoredPod.Write(_cluster.World, b, "WARN slow");
    }

    public async Task DisposeAsync()
    {
        _aws.Dispose();
        await _cluster.DisposeAsync();
    }

    [AwsCliFact]
    public async Task Descriptions_ListGroupsAndStreams()
    {
        var groups = JsonNode.Parse(await _aws.RunAsync("logs", "describe-log-groups", "--log-group-name-prefix", "/aws/emr"))!["logGroups"]!.AsArray();
        Assert.Equal(AwsAccount.LogGroup, (string?)groups.Single()!["logGroupName"]);
        var streams = JsonNode.Parse(await _aws.RunAsync(["logs", "describe-log-streams", .. Group]))!["logStreams"]!.AsArray();
        Assert.Equal([Stream, "orders/orders-taskmanager-1-1/STDOUT"], streams.Select(s => (string)s!["logStreamName"]!));
        Assert.Contains("taskmanager", await _aws.RunAsync(["logs", "describe-log-streams", .. Group, "--log-stream-name-prefix", "orders/orders-t", "--max-items", "1"]), StringComparison.Ordinal);
        Assert.Contains("(InvalidParameterException)", await _aws.FailAsync(["logs", "describe-log-streams", .. Group, "--log-stream-name-prefix", "o", "--order-by", "LastEventTime"]), StringComparison.Ordinal);
    }

    [AwsCliFact]
    public async Task Events_AreFilteredAndRead()
    {
        var errors = JsonNode.Parse(await _aws.RunAsync(["logs", "filter-log-events", .. Group, "--filter-pattern", "ERROR"]))!["events"]!.AsArray();
        Assert.Equal(["ERROR line 0", "ERROR line 1000", "ERROR line 2000"], errors.Select(e => (string)e!["message"]!));
        Assert.Contains("WARN slow", await _aws.RunAsync(["logs", "filter-log-events", .. Group, "--log-stream-name-prefix", "orders/orders-t"]), StringComparison.Ordinal);
        var newest = JsonNode.Parse(await _aws.RunAsync(["logs", "get-log-events", .. Group, "--log-stream-name", Stream, "--limit", "2"]))!;
        Assert.Equal(["INFO line 2998", "INFO line 2999"], newest["events"]!.AsArray().Select(e => (string)e!["message"]!));
        var older = JsonNode.Parse(await _aws.RunAsync(["logs", "get-log-events", .. Group, "--log-stream-name", Stream, "--limit", "1", "--next-token", (string)newest["nextBackwardToken"]!]))!;
        Assert.Equal("INFO line 2997", (string?)older["events"]![0]!["message"]);
        var tail = await _aws.RunAsync("logs", "tail", AwsAccount.LogGroup, "--since", "1h", "--format", "short", "--filter-pattern", "?ERROR ?WARN");
        Assert.Equal(4, tail.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [AwsCliFact]
    public async Task Refusals_HaveTheirCodes()
    {
        string[] filter = ["logs", "filter-log-events", .. Group, "--filter-pattern", "WARN"];
        Assert.Contains("(ResourceNotFoundException)", await _aws.FailAsync("logs", "filter-log-events", "--log-group-name", "none"), StringComparison.Ordinal);
        Assert.Contains("(UnknownOperationException)", await _aws.FailAsync("logs", "describe-metric-filters"), StringComparison.Ordinal);
        _cluster.LogsFaults.ThrottleNext(1);
        Assert.Contains("WARN slow", await _aws.RunAsync(filter), StringComparison.Ordinal); // tries again
        _cluster.LogsFaults.ThrottleNext(9);
        Assert.Contains("(ThrottlingException)", await _aws.FailAsync(filter), StringComparison.Ordinal);
        _cluster.LogsFaults.ThrottleNext(0);
        _aws.Key = AwsKey.Outsider;
        Assert.Contains("(AccessDeniedException)", await _aws.FailAsync(filter), StringComparison.Ordinal);
        _aws.Key = AwsKey.Admin with { Secret = "wrong" };
        Assert.Contains("(InvalidSignatureException)", await _aws.FailAsync(filter), StringComparison.Ordinal);
        (_aws.Key, _aws.Region) = (AwsKey.Admin, "us-east-1");
        Assert.Contains("(InvalidSignatureException)", await _aws.FailAsync(filter), StringComparison.Ordinal);
    }
}
