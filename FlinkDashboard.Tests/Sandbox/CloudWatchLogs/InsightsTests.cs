using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.Sandbox.Aws;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Sandbox.CloudWatchLogs;

/// <summary>The course of Logs Insights queries on the wire; real time moves when a test says so.</summary>
public class InsightsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private SandboxCluster _cluster = null!;
    private LogsClient _client = null!;

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "empty", Speed = 0, Time = _time });
        _client = new LogsClient(_cluster);
        var pod = MonitoredPod.Add(_cluster.World, "orders", "orders-1", null);
        MonitoredPod.Write(_cluster.World, pod, string.Join('\n', Enumerable.Range(0, 1_000).Select(i => $"{(i % 10 == 0 ? "ERROR" : "INFO")} line {i:d3}")));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Query_IsScheduled_Runs_AndIsComplete()
    {
        var id = await StartAsync("fields @message | filter @message like 'ERROR'", ("limit", 90));
        var scheduled = await ResultsAsync(id);
        Assert.Equal(("Scheduled", 0, 0.0), (Status(scheduled), Rows(scheduled), Statistic(scheduled, "recordsScanned")));
        _time.Advance(TimeSpan.FromMilliseconds(500));
        var running = await ResultsAsync(id);
        Assert.Equal(("Running", 50, 500.0), (Status(running), Rows(running), Statistic(running, "recordsScanned")));
        _time.Advance(TimeSpan.FromMilliseconds(500));
        var complete = await ResultsAsync(id);
        Assert.Equal(("Complete", 90, 100.0, 1_000.0, 1.0), (Status(complete), Rows(complete), Statistic(complete, "recordsMatched"), Statistic(complete, "recordsScanned"), Statistic(complete, "logGroupsScanned")));
        Assert.Equal((900 * 13) + (100 * 14) + (1_000 * 26), Statistic(complete, "bytesScanned"));
        Assert.Equal("ERROR line 990", (string?)complete["results"]![0]![0]!["value"]);
        var page = await _client.CallAsync("GetQueryResults", new JsonObject { ["queryId"] = id, ["maxItems"] = 60 });
        var rest = await _client.CallAsync("GetQueryResults", new JsonObject { ["queryId"] = id, ["maxItems"] = 60, ["nextToken"] = (string?)page["nextToken"] });
        Assert.Equal((60, 30, null), (Rows(page), Rows(rest), (string?)rest["nextToken"]));
        var pointer = complete["results"]![0]!.AsArray().Single(c => (string?)c!["field"] == "@ptr")!["value"]!.DeepClone();
        var record = (await _client.CallAsync("GetLogRecord", new JsonObject { ["logRecordPointer"] = pointer }))["logRecord"]!;
        Assert.Equal(("ERROR line 990", "orders/orders-1/STDOUT", $"{_cluster.World.Now.ToUnixTimeMilliseconds()}"), ((string?)record["@message"], (string?)record["@logStream"], (string?)record["@timestamp"]));
    }

    [Fact]
    public async Task Query_IsStoppedOnce_AndListed()
    {
        var id = await StartAsync("stats count(*)");
        _time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.True((bool)(await _client.CallAsync("StopQuery", new JsonObject { ["queryId"] = id }))["success"]!);
        Assert.Equal("Cancelled", Status(await ResultsAsync(id)));
        Assert.StartsWith("400 InvalidParameterException", await _client.RefusalAsync("StopQuery", new JsonObject { ["queryId"] = id }), StringComparison.Ordinal);
        _cluster.InsightsFaults.FailNext(1);
        var second = await StartAsync("limit 1");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Failed", Status(await ResultsAsync(second)));
        var all = (await _client.CallAsync("DescribeQueries", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup }))["queries"]!.AsArray();
        var now = _cluster.World.Now.ToUnixTimeSeconds();
        var source = $"SOURCE \"{AwsAccount.LogGroup}\" START={now - 3600}000 END={now}999 | ";
        Assert.Equal([(source + "limit 1", "Failed"), (source + "stats count(*)", "Cancelled")], all.Select(q => ((string)q!["queryString"]!, (string)q["status"]!)));
        Assert.Equal(id, (string?)(await _client.CallAsync("DescribeQueries", new JsonObject { ["status"] = "Cancelled" }))["queries"]!.AsArray().Single()!["queryId"]);
    }

    [Fact]
    public async Task Query_TimesAreSecondsAndBelongToTheSpan()
    {
        var now = _cluster.World.Now.ToUnixTimeSeconds();
        foreach (var (start, end, rows) in new[] { (now, now, 1_000), (now + 1, now + 2, 0), (now - 2, now - 1, 0) })
        {
            var id = await StartAsync("", ("startTime", start), ("endTime", end));
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(rows, Rows(await ResultsAsync(id)));
        }
    }

    [Fact]
    public async Task Queries_AtOnce_AreLimited()
    {
        for (var i = 0; i < 30; i++)
            await StartAsync("limit 1");
        Assert.StartsWith("400 LimitExceededException", await _client.RefusalAsync("StartQuery", Input("limit 1")), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(1));
        await StartAsync("limit 1");
    }

    [Theory]
    [InlineData("""{"logGroupName":"none"}""", "ResourceNotFoundException")]
    [InlineData("""{"logGroupName":null}""", "InvalidParameterException Exactly one of")]
    [InlineData("""{"logGroupNames":["a"]}""", "InvalidParameterException Exactly one of")]
    [InlineData("""{"endTime":1}""", "InvalidParameterException End time")]
    [InlineData("""{"endTime":1767323045000}""", "InvalidParameterException startTime and endTime are seconds")]
    [InlineData("""{"startTime":null}""", "InvalidParameterException startTime and endTime are required")]
    [InlineData("""{"limit":100001}""", "InvalidParameterException 1 validation error")]
    [InlineData("""{"limit":0}""", "InvalidParameterException 1 validation error")]
    [InlineData("""{"queryLanguage":"SQL"}""", "InvalidParameterException")]
    [InlineData("""{"queryString":"fields a |"}""", "MalformedQueryException unexpected symbol found <EOF> at line 1 and position 10")]
    public async Task Start_ThatIsWrong_IsRefused(string change, string refusal)
    {
        var input = Input("limit 1");
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
            input[name] = value?.DeepClone();
        Assert.StartsWith("400 " + refusal, await _client.RefusalAsync("StartQuery", input), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Malformed_TellsThePlace()
    {
        using var answer = await _client.SendAsync("StartQuery", Input("fields @timestamp | filtr a"));
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(("MalformedQueryException", 20, 25), ((string?)error["__type"], (int?)error["queryCompileError"]!["location"]!["startCharOffset"], (int?)error["queryCompileError"]!["location"]!["endCharOffset"]));
        Assert.Equal((string?)error["message"], (string?)error["queryCompileError"]!["message"]);
    }

    [Fact]
    public async Task Start_TooLong_OrOfManyGroups_IsRefused()
    {
        Assert.StartsWith("400 InvalidParameterException", await _client.RefusalAsync("StartQuery", Input(new string(' ', 10_001))), StringComparison.Ordinal);
        var many = Input("limit 1");
        many.Remove("logGroupName");
        many["logGroupNames"] = new JsonArray([.. Enumerable.Range(0, 51).Select(i => (JsonNode)$"group-{i}")]);
        Assert.StartsWith("400 InvalidParameterException", await _client.RefusalAsync("StartQuery", many), StringComparison.Ordinal);
        Assert.StartsWith("400 ResourceNotFoundException", await _client.RefusalAsync("GetQueryResults", new JsonObject { ["queryId"] = "none" }), StringComparison.Ordinal);
        Assert.StartsWith("400 InvalidParameterException", await _client.RefusalAsync("GetLogRecord", new JsonObject { ["logRecordPointer"] = "none" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_OfAGroup_AreCountedInPercent()
    {
        var pod = MonitoredPod.Add(_cluster.World, "other", "other-1", null);
        MonitoredPod.Write(_cluster.World, pod, string.Join('\n', Enumerable.Repeat("""{"level":"INFO"}""", 250)));
        var fields = (await _client.CallAsync("GetLogGroupFields", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup }))["logGroupFields"]!.AsArray();
        Assert.Equal((100, 20), (Percent("@message"), Percent("level")));
        Assert.Empty((await _client.CallAsync("GetLogGroupFields", new JsonObject { ["logGroupName"] = AwsAccount.LogGroup, ["time"] = 1 }))["logGroupFields"]!.AsArray());

        int Percent(string name) => (int)fields.Single(f => (string?)f!["name"] == name)!["percent"]!;
    }

    private async Task<string> StartAsync(string query, params (string Name, JsonNode Value)[] more)
    {
        var input = Input(query);
        foreach (var (name, value) in more)
            input[name] = value;
        return (string)(await _client.CallAsync("StartQuery", input))["queryId"]!;
    }

    private JsonObject Input(string query) => new()
    {
        ["logGroupName"] = AwsAccount.LogGroup,
        ["startTime"] = _cluster.World.Now.ToUnixTimeSeconds() - 3600,
        ["endTime"] = _cluster.World.Now.ToUnixTimeSeconds(),
        ["queryString"] = query,
    };

    private Task<JsonObject> ResultsAsync(string id) => _client.CallAsync("GetQueryResults", new JsonObject { ["queryId"] = id });

    private static string? Status(JsonNode results) => (string?)results["status"];

    private static int Rows(JsonNode results) => results["results"]!.AsArray().Count;

    private static double Statistic(JsonNode results, string name) => (double)results["statistics"]![name]!;
}
