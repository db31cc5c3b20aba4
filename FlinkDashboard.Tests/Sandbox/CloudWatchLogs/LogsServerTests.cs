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
    [InlineData("", "a ERROR Checkpoint failed", true)]
    [InlineData("ERROR Checkpoint", "a Checkpoint ERROR", true)]
    [InlineData("ERROR Checkpoint", "a ERROR", false)]
    [InlineData("error", "a ERROR", false)]
    [InlineData("?ERROR ?WARN", "a WARN", true)]
    [InlineData("?ERROR ?WARN", "a INFO", false)]
    [InlineData("ERROR -noise", "ERROR noise", false)]
    [InlineData("\"say \\\"hi\\\"\"", "they say \"hi\"", true)]
    [InlineData("%[Ee]xception: \\d+%", "exception: 17", true)]
    [InlineData("%^ERROR%", "an ERROR", false)]
    public async Task Filter_Pattern_Selects(string pattern, string line, bool matches)
    {
        MonitoredPod.Write(_cluster.World, MonitoredPod.Add(_cluster.World, "orders", "orders-1", null), line);
        var page = await CallAsync("FilterLogEvents", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["filterPattern"] = pattern });
        Assert.Equal(matches ? [line] : [], Messages(page));
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("\"open")]
    [InlineData("%(a)%")]
    [InlineData("%a% %b% %c%")]
    [InlineData("{ $.level = 1 }")]
    public async Task Filter_BadPattern_IsRefused(string pattern) => Assert.Equal("400 InvalidParameterException Invalid filter pattern",
        await RefusalAsync("FilterLogEvents", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["filterPattern"] = pattern }));

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
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"line {i}"), Messages(await GetAsync($"f/{0:d56}/s", ("limit", 20))));
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
    public async Task Requests_ThatAreWrong_AreRefused()
    {
        Assert.Equal("400 ResourceNotFoundException The specified log group does not exist.", await RefusalAsync("FilterLogEvents", new JsonObject { ["logGroupName"] = "none" }));
        Assert.Equal("400 ResourceNotFoundException The specified log stream does not exist.", await RefusalAsync("GetLogEvents", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["logStreamName"] = "none" }));
        Assert.Equal("400 UnknownOperationException ", await RefusalAsync("DeleteLogGroup", new JsonObject()));
        Assert.StartsWith("400 InvalidParameterException", await RefusalAsync("DescribeLogGroups", new JsonObject { ["limit"] = 51 }), StringComparison.Ordinal);
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
