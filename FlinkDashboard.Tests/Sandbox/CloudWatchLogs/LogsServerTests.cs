using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.Sandbox.Aws;

namespace FlinkDashboard.Tests.Sandbox.CloudWatchLogs;

/// <summary>The sandbox's CloudWatch Logs on the wire.</summary>
public class LogsServerTests : IAsyncLifetime
{
    private const string Stream = "orders/orders-taskmanager-1-1/STDOUT";
    private SandboxCluster _cluster = null!;
    private AwsClient _client = null!;

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "empty", Speed = 0 });
        _cluster.LogsQuotas.AreCounted = false;
        _client = new AwsClient(_cluster.LogsAddress, "logs");
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Filter_RarePattern_GivesEmptyPagesAndFindsAll()
    {
        Write("orders-taskmanager-1-1", 12_000);
        Write("orders-1", 12_000);
        var (pages, empty, found) = (0, 0, new List<JsonNode>());
        string? token = null;
        do
        {
            var input = new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["filterPattern"] = "\"line 11999\"", ["nextToken"] = token };
            var page = await CallAsync("FilterLogEvents", input);
            found.AddRange(page["events"]!.AsArray().Select(e => e!.DeepClone()));
            (pages, empty) = (pages + 1, empty + (page["events"]!.AsArray().Count == 0 ? 1 : 0));
            token = (string?)page["nextToken"];
        }
        while (token is not null);
        Assert.Equal(2, found.Select(e => (string)e["eventId"]!).Distinct().Count());
        Assert.InRange(empty, 5, pages - 1);
    }

    [Fact]
    public async Task Filter_SeveralStreams_InterleavesThemByTime()
    {
        var (a, b) = (MonitoredPod.Add(_cluster.World, "orders", "orders-1", null), MonitoredPod.Add(_cluster.World, "orders", "orders-2", null));
        for (var i = 0; i < 4; i++)
        {
            MonitoredPod.Write(_cluster.World, i % 2 == 0 ? a : b, $"line {i}");
            _cluster.World.Timeline.Advance(TimeSpan.FromSeconds(1));
        }
        var all = await CallAsync("FilterLogEvents", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup });
        Assert.Equal(["line 0", "line 1", "line 2", "line 3"], Messages(all));
        var start = (long)all["events"]![1]!["timestamp"]!;
        var some = await CallAsync("FilterLogEvents", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["startTime"] = start, ["endTime"] = start + 2000 });
        Assert.Equal(["line 1", "line 2"], Messages(some));
        var one = await CallAsync("FilterLogEvents", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["logStreamNames"] = new JsonArray("orders/orders-2/STDOUT") });
        Assert.Equal(["line 1", "line 3"], Messages(one));
    }

    [Theory]
    [InlineData("\"line 2\"", "line 2")]
    [InlineData("{ $.n > 2 }", "{\"n\":3}")]
    [InlineData("[word, number = 2]", "line 2")]
    public async Task Filter_Pattern_Selects(string pattern, string line)
    {
        MonitoredPod.Write(_cluster.World, MonitoredPod.Add(_cluster.World, "orders", "orders-1", null), "line 1\nline 2\n{\"n\":2}\n{\"n\":3}");
        Assert.Equal([line], Messages(await CallAsync("FilterLogEvents", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["filterPattern"] = pattern })));
    }

    [Fact]
    public async Task Filter_BadPattern_IsRefused() => Assert.Equal("400 InvalidParameterException Invalid character(s) in term '.'",
        await RefusalAsync("FilterLogEvents", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["filterPattern"] = "a.b" }));

    [Fact]
    public async Task Get_Forward_EndsWithTheSameTokenAndGoesOn()
    {
        Write("orders-taskmanager-1-1", 25);
        var read = new List<string>();
        string? token = null;
        while (true)
        {
            var page = await GetAsync(token, ("startFromHead", true), ("limit", 10));
            read.AddRange(Messages(page));
            if ((string?)page["nextForwardToken"] == token)
                break;
            token = (string?)page["nextForwardToken"];
        }
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"line {i}"), read);
        Write("orders-taskmanager-1-1", 1);
        var next = await GetAsync(token, ("limit", 10));
        Assert.Equal(["line 0"], Messages(next));
        Assert.NotEqual(token, (string?)next["nextForwardToken"]);
    }

    [Fact]
    public async Task Get_Backward_BeginsAtTheNewest()
    {
        Write("orders-taskmanager-1-1", 25);
        var newest = await GetAsync(null, ("limit", 10));
        Assert.Equal(Enumerable.Range(15, 10).Select(i => $"line {i}"), Messages(newest));
        var older = await GetAsync((string?)newest["nextBackwardToken"], ("limit", 20));
        Assert.Equal(Enumerable.Range(0, 15).Select(i => $"line {i}"), Messages(older));
        var end = await GetAsync((string?)older["nextBackwardToken"], ("limit", 20));
        Assert.Empty(Messages(end));
        Assert.Equal((string?)older["nextBackwardToken"], (string?)end["nextBackwardToken"]);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"line {i}"), Messages(await GetAsync((string?)end["nextForwardToken"], ("limit", 20))));
    }

    [Fact]
    public async Task Streams_AreOrderedAndPaged()
    {
        foreach (var pod in new[] { "orders-3", "orders-1", "orders-2" })
        {
            Write(pod, 1);
            _cluster.World.Timeline.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal("orders-1 orders-2 orders-3", await StreamsAsync(new JsonObject()));
        Assert.Equal("orders-2 orders-1 orders-3", await StreamsAsync(new JsonObject { ["orderBy"] = "LastEventTime", ["descending"] = true }));
        Assert.Equal("orders-2", await StreamsAsync(new JsonObject { ["logStreamNamePrefix"] = "orders/orders-2" }));
        var page = await CallAsync("DescribeLogStreams", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["limit"] = 2 });
        Assert.Equal("orders-3", await StreamsAsync(new JsonObject { ["nextToken"] = (string?)page["nextToken"] }));
        Assert.StartsWith("400 InvalidParameterException", await RefusalAsync("DescribeLogStreams", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["orderBy"] = "LastEventTime", ["logStreamNamePrefix"] = "o" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_AreGoodForADay()
    {
        const string Refusal = "400 InvalidParameterException The specified nextToken is invalid.";
        Write("orders-taskmanager-1-1", 25);
        Write("orders-1", 1);
        JsonObject With(string name, JsonNode? value, string? token) => new() { ["logGroupName"] = AwsAccount.LogGroup, [name] = value, ["nextToken"] = token };
        var events = (string?)(await CallAsync("FilterLogEvents", With("limit", 10, null)))["nextToken"];
        var streams = (string?)(await CallAsync("DescribeLogStreams", With("limit", 1, null)))["nextToken"];
        var forward = (string?)(await GetAsync(null, ("startFromHead", true), ("limit", 25)))["nextForwardToken"];
        _cluster.World.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(16, Messages(await CallAsync("FilterLogEvents", With("limit", 100, events))).Count);
        Assert.Single((await CallAsync("DescribeLogStreams", With("limit", 1, streams)))["logStreams"]!.AsArray());
        // At the end the same token comes back, and it does not become younger.
        Assert.Equal(forward, (string?)(await GetAsync(forward))["nextForwardToken"]);
        _cluster.World.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Refusal, await RefusalAsync("FilterLogEvents", With("limit", 100, events)));
        Assert.Equal(Refusal, await RefusalAsync("DescribeLogStreams", With("limit", 1, streams)));
        Assert.Equal(Refusal, await RefusalAsync("GetLogEvents", With("logStreamName", Stream, forward)));
        foreach (var bad in new[] { "", "x", "f/1/s", $"f/{0:d56}/s", events![..^4], forward! })
        {
            Assert.Equal(Refusal, await RefusalAsync("FilterLogEvents", With("limit", 1, bad)));
            Assert.Equal(Refusal, await RefusalAsync("DescribeLogStreams", With("limit", 1, bad)));
            Assert.Equal(Refusal, await RefusalAsync("GetLogEvents", With("logStreamName", Stream, bad)));
        }
    }

    [Fact]
    public async Task Requests_ThatAreWrong_AreRefused()
    {
        Assert.Equal("400 ResourceNotFoundException The specified log group does not exist.", await RefusalAsync("FilterLogEvents", new JsonObject { ["logGroupName"] = "none" }));
        Assert.Equal("400 ResourceNotFoundException The specified log stream does not exist.", await RefusalAsync("GetLogEvents", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["logStreamName"] = "none" }));
        Assert.Equal("400 UnknownOperationException ", await RefusalAsync("DeleteLogGroup", new JsonObject()));
        Assert.StartsWith("400 InvalidParameterException", await RefusalAsync("DescribeLogGroups", new JsonObject { ["limit"] = 51 }), StringComparison.Ordinal);
        Assert.Equal("400 ValidationException LogGroup name and LogGroup ARN are mutually exclusive parameters.",
            await RefusalAsync("DescribeLogStreams", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["logGroupIdentifier"] = AwsAccount.LogGroup }));
        _cluster.LogsFaults.ThrottleNext(1);
        Assert.Equal("400 ThrottlingException Rate exceeded", await RefusalAsync("DescribeLogGroups", new JsonObject()));
        _cluster.LogsFaults.FailNext(1);
        Assert.StartsWith("500 ServiceUnavailableException", await RefusalAsync("DescribeLogGroups", new JsonObject()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signature_Wrong_IsRefusedByKind()
    {
        _client.Key = AwsKey.Outsider;
        Assert.StartsWith("400 AccessDeniedException User: arn:aws:iam::111122223333:user/outsider is not authorized to perform: logs:DescribeLogGroups", await RefusalAsync("DescribeLogGroups", new JsonObject()), StringComparison.Ordinal);
        _client.Key = AwsKey.Admin with { Secret = "wrong" };
        Assert.StartsWith("403 InvalidSignatureException", await RefusalAsync("DescribeLogGroups", new JsonObject()), StringComparison.Ordinal);
        _client.Key = AwsKey.Admin with { Id = "AKIANOBODY" };
        Assert.StartsWith("403 UnrecognizedClientException", await RefusalAsync("DescribeLogGroups", new JsonObject()), StringComparison.Ordinal);
        _client.Key = AwsKey.Admin;
        _client.Region = "us-east-1";
        Assert.StartsWith("403 InvalidSignatureException Credential should be scoped to a valid region", await RefusalAsync("DescribeLogGroups", new JsonObject()), StringComparison.Ordinal);
        (_client.Region, _client.Skew) = (AwsAccount.Region, TimeSpan.FromMinutes(6));
        Assert.StartsWith("403 InvalidSignatureException Signature expired", await RefusalAsync("DescribeLogGroups", new JsonObject()), StringComparison.Ordinal);
    }

    private void Write(string pod, int lines)
    {
        var uid = _cluster.World.Objects.Find(FlinkDashboard.Sandbox.World.ResourceTypes.Pods, "team", pod)?.Uid ?? MonitoredPod.Add(_cluster.World, "orders", pod, null);
        MonitoredPod.Write(_cluster.World, uid, string.Join('\n', Enumerable.Range(0, lines).Select(i => $"line {i}")));
    }

    private Task<JsonObject> GetAsync(string? token, params (string Name, JsonNode Value)[] more)
    {
        var input = new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["logStreamName"] = Stream, ["nextToken"] = token };
        foreach (var (name, value) in more)
            input[name] = value;
        return CallAsync("GetLogEvents", input);
    }

    private async Task<string> StreamsAsync(JsonObject input)
    {
        input["logGroupName"] = AwsAccount.LogGroup;
        return string.Join(' ', (await CallAsync("DescribeLogStreams", input))["logStreams"]!.AsArray().Select(s => ((string)s!["logStreamName"]!).Split('/')[1]));
    }

    private async Task<JsonObject> CallAsync(string operation, JsonObject input)
    {
        var (status, answer) = await SendAsync(operation, input);
        Assert.True(status == 200, answer.ToJsonString());
        return answer;
    }

    private async Task<string> RefusalAsync(string operation, JsonObject input)
    {
        var (status, answer) = await SendAsync(operation, input);
        return $"{status} {answer["__type"]} {answer["message"]}";
    }

    private async Task<(int Status, JsonObject Answer)> SendAsync(string operation, JsonObject input)
    {
        using var answer = await _client.SendAsync("POST", "/", "", Encoding.UTF8.GetBytes(input.ToJsonString()), r => r.Headers.Add("x-amz-target", "Logs_20140328." + operation));
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }

    private static List<string> Messages(JsonNode page) => [.. page["events"]!.AsArray().Select(e => (string)e!["message"]!)];
}
