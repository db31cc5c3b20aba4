using System.Diagnostics;
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
    private string _worker = "";

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "empty", Speed = 0 });
        _cluster.LogsQuotas.AreCounted = false;
        _aws = new AwsCli(_cluster);
        _worker = MonitoredPod.Add(_cluster.World, "orders", "orders-taskmanager-1-1", null);
        MonitoredPod.Write(_cluster.World, MonitoredPod.Add(_cluster.World, "orders", "orders-1", null), string.Join('\n', Enumerable.Range(0, 3_000).Select(i => $"{(i % 1000 == 0 ? "ERROR" : "INFO")} line {i}")));
        MonitoredPod.Write(_cluster.World, _worker, "WARN slow");
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
    }

    [AwsCliFact]
    public async Task Pages_OfEvents_CanBeTakenOneByOne()
    {
        // The client joins the service's pages, also empty ones, and cuts them anew.
        var first = JsonNode.Parse(await _aws.RunAsync(["logs", "filter-log-events", .. Group, "--filter-pattern", "ERROR", "--max-items", "2"]))!;
        Assert.Equal(["ERROR line 0", "ERROR line 1000"], Messages(first));
        var second = JsonNode.Parse(await _aws.RunAsync(["logs", "filter-log-events", .. Group, "--filter-pattern", "ERROR", "--max-items", "2", "--starting-token", (string)first["NextToken"]!]))!;
        Assert.Equal(["ERROR line 2000"], Messages(second));
        Assert.Null(second["NextToken"]);
        var own = JsonNode.Parse(await _aws.RunAsync(["logs", "filter-log-events", .. Group, "--limit", "3", "--no-paginate"]))!;
        Assert.Equal(3, Messages(own).Count);
        Assert.NotEmpty((string)own["nextToken"]!);
        Assert.Equal(3_001, Messages(JsonNode.Parse(await _aws.RunAsync(["logs", "filter-log-events", .. Group, "--page-size", "700"]))!).Count);
    }

    [AwsCli2Fact]
    public async Task Tail_ShowsTheLast()
    {
        var tail = await _aws.RunAsync("logs", "tail", AwsAccount.LogGroup, "--since", "1h", "--format", "short", "--filter-pattern", "?ERROR ?WARN");
        Assert.Equal(4, tail.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal("", await _aws.RunAsync("logs", "tail", AwsAccount.LogGroup, "--since", "1h", "--filter-pattern", "nothing"));
    }

    [AwsCli2Fact]
    public async Task Tail_Follows()
    {
        using var tail = _aws.Start("logs", "tail", AwsAccount.LogGroup, "--since", "1h", "--follow", "--log-stream-name-prefix", "orders/orders-taskmanager");
        Assert.EndsWith("orders/orders-taskmanager-1-1/STDOUT WARN slow", await LineAsync(tail), StringComparison.Ordinal);
        MonitoredPod.Write(_cluster.World, _worker, "ERROR late");
        Assert.EndsWith("ERROR late", await LineAsync(tail), StringComparison.Ordinal);
        tail.Kill(entireProcessTree: true);
        await tail.WaitForExitAsync();
    }

    [AwsCliFact]
    public async Task Insights_AreAskedAndTold()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        string[] start = ["logs", "start-query", .. Group, "--start-time", $"{now - 3600}", "--end-time", $"{now + 3600}", "--query-string"];
        var id = (string)JsonNode.Parse(await _aws.RunAsync([.. start, "filter @message like 'ERROR' | stats count(*) as errors by @logStream"]))!["queryId"]!;
        JsonNode results;
        do
            results = JsonNode.Parse(await _aws.RunAsync("logs", "get-query-results", "--query-id", id))!;
        while ((string?)results["status"] is "Scheduled" or "Running");
        Assert.Equal(("Complete", 3_001.0), ((string?)results["status"], (double)results["statistics"]!["recordsScanned"]!));
        Assert.Equal(["@logStream=" + Stream, "errors=3"], results["results"]![0]!.AsArray().Select(c => $"{c!["field"]}={c["value"]}"));
        Assert.Contains(id, await _aws.RunAsync("logs", "describe-queries", "--status", "Complete"), StringComparison.Ordinal);
        Assert.Contains("(InvalidParameterException)", await _aws.FailAsync("logs", "stop-query", "--query-id", id), StringComparison.Ordinal);
        _cluster.InsightsFaults.Running = TimeSpan.FromHours(1);
        var slow = (string)JsonNode.Parse(await _aws.RunAsync([.. start, "limit 1"]))!["queryId"]!;
        Assert.True((bool)JsonNode.Parse(await _aws.RunAsync("logs", "stop-query", "--query-id", slow))!["success"]!);
        Assert.Equal("Cancelled", (string?)JsonNode.Parse(await _aws.RunAsync("logs", "get-query-results", "--query-id", slow))!["status"]);
        Assert.Contains("(MalformedQueryException)", await _aws.FailAsync([.. start, "filtr a"]), StringComparison.Ordinal);
        Assert.Contains("\"@message\"", await _aws.RunAsync(["logs", "get-log-group-fields", .. Group]), StringComparison.Ordinal);
    }

    [AwsCli2Fact]
    public async Task Failures_HaveTheirExitCodes()
    {
        Assert.Equal(254, (await _aws.EndAsync("logs", "filter-log-events", "--log-group-name", "none")).Code);
        Assert.Equal(252, (await _aws.EndAsync("logs", "get-query-results")).Code); // refused by the client itself
        _cluster.LogsFaults.FailNext(9);
        var (code, _, error) = await _aws.EndAsync(["logs", "describe-log-streams", .. Group]);
        Assert.Equal(254, code);
        Assert.Contains("(ServiceUnavailableException)", error, StringComparison.Ordinal);
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

    private static List<string> Messages(JsonNode page) => [.. page["events"]!.AsArray().Select(e => (string)e!["message"]!)];

    private static async Task<string> LineAsync(Process process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException("the client has ended");
    }
}
