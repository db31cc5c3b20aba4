using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.LiveTail;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.Sandbox.Aws;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Sandbox.CloudWatchLogs;

/// <summary>Live Tail on the wire. Real time stands still but for the clock's own advance, so that each second is there when a test says so.</summary>
public class LiveTailTests : IAsyncLifetime
{
    private const string Arn = "arn:aws:logs:us-west-2:111122223333:log-group:" + AwsAccount.LogGroup;
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private SandboxCluster _cluster = null!;
    private LogsClient _client = null!;
    private string _pod = "";

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "empty", Speed = 0, Time = _time });
        _client = new LogsClient(_cluster);
        _pod = MonitoredPod.Add(_cluster.World, "orders", "orders-1", null);
        Write("before the session");
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public void Frame_IsByteExact() => Assert.Equal(
        "0000009c0000005383b615360d3a6d6573736167652d747970650700056576656e740b3a6576656e742d7479706507000d73657373696f6e5570646174650d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b2273657373696f6e4d65746164617461223a7b2273616d706c6564223a66616c73657d2c2273657373696f6e526573756c7473223a5b5d7d8b9f0a13",
        Convert.ToHexStringLower(EventStreamFrame.Event("sessionUpdate", new LiveTailUpdate([], false).Json())));

    [Fact]
    public async Task Session_BeginsAndTellsEachSecondWhatCame()
    {
        using var answer = await _client.SendAsync("StartLiveTail", Input(("logStreamNamePrefixes", new JsonArray("orders/")), ("logEventFilterPattern", "?ERROR ?WARN")));
        Assert.Equal("application/vnd.amazon.eventstream", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.TransferEncodingChunked);
        using var tail = new EventStreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("{}", (await tail.ExpectAsync("initial-response")).Payload.ToJsonString());
        var start = (await tail.ExpectAsync("sessionStart")).Payload;
        Assert.Equal(answer.Headers.GetValues("x-amzn-RequestId").Single(), (string?)start["requestId"]);
        Assert.True(Guid.TryParse((string?)start["sessionId"], out _));
        Assert.Equal([Arn], start["logGroupIdentifiers"]!.AsArray().Select(a => (string)a!));
        Assert.Equal(("[]", "[\"orders/\"]", "?ERROR ?WARN"), (start["logStreamNames"]!.ToJsonString(), start["logStreamNamePrefixes"]!.ToJsonString(), (string?)start["logEventFilterPattern"]));
        var empty = await NextAsync(tail);
        Assert.Equal("""{"sessionMetadata":{"sampled":false},"sessionResults":[]}""", empty.Payload.ToJsonString());
        Write("WARN one\nINFO two\nERROR three <ü>");
        MonitoredPod.Write(_cluster.World, MonitoredPod.Add(_cluster.World, "late", "late-1", null), "ERROR of another prefix");
        var update = await NextAsync(tail);
        Assert.Equal(["WARN one", "ERROR three <ü>"], update.Messages);
        var e = update.Payload["sessionResults"]![0]!;
        var now = _cluster.World.Now.ToUnixTimeMilliseconds();
        Assert.Equal(("orders/orders-1/STDOUT", "111122223333:" + AwsAccount.LogGroup, now, now + 500), ((string?)e["logStreamName"], (string?)e["logGroupIdentifier"], (long?)e["timestamp"], (long?)e["ingestionTime"]));
        Assert.Empty((await NextAsync(tail)).Messages);
    }

    [Fact]
    public async Task Session_OfNamedStreams_FollowsOnlyThese()
    {
        using var tail = await StartAsync(("logStreamNames", new JsonArray("orders/orders-2/STDOUT")));
        Write("one");
        MonitoredPod.Write(_cluster.World, MonitoredPod.Add(_cluster.World, "orders", "orders-2", null), "two");
        Assert.Equal(["two"], (await NextAsync(tail)).Messages);
    }

    [Fact]
    public async Task Updates_AboveTheRate_AreSampled()
    {
        using var tail = await StartAsync();
        Write(string.Join('\n', Enumerable.Range(0, 500)));
        var all = await NextAsync(tail);
        Assert.Equal((500, false), (all.Messages.Count, (bool)all.Payload["sessionMetadata"]!["sampled"]!));
        Write(string.Join('\n', Enumerable.Range(0, 1_500)));
        var sample = await NextAsync(tail);
        Assert.Equal((500, true), (sample.Messages.Count, (bool)sample.Payload["sessionMetadata"]!["sampled"]!));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => $"{i * 3}"), sample.Messages);
        _cluster.LiveTailFaults.EventsPerSecond = 2_000;
        Write(string.Join('\n', Enumerable.Range(0, 1_500)));
        Assert.Equal(1_500, (await NextAsync(tail)).Messages.Count);
    }

    [Fact]
    public async Task Session_EndsAfterThreeHours()
    {
        using var tail = await StartAsync();
        _time.Advance(TimeSpan.FromHours(3) - TimeSpan.FromSeconds(2));
        await tail.ExpectAsync("sessionUpdate");
        Write("the last");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["the last"], await tail.MessagesAsync(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        EventStreamMessage end;
        do
            end = (await tail.ReadAsync())!;
        while (end.Type == "sessionUpdate");
        Assert.Equal("SessionTimeoutException", end.Type);
        Assert.Equal(("exception", "application/json"), (end.Headers[":message-type"], end.Headers[":content-type"]));
        Assert.NotNull((string?)end.Payload["message"]);
        Assert.Null(await tail.ReadAsync());
    }

    [Fact]
    public async Task Troubles_EndSessionsInTheirOwnWays()
    {
        using var expired = await StartAsync();
        _cluster.LiveTailFaults.ExpireSessions();
        await expired.ExpectAsync("SessionTimeoutException");
        Assert.Null(await expired.ReadAsync());
        using var broken = await StartAsync();
        _cluster.LiveTailFaults.BreakSessions();
        await broken.ExpectAsync("SessionStreamingException");
        using var corrupt = await StartAsync();
        _cluster.LiveTailFaults.CorruptNext(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<InvalidDataException>(corrupt.ReadAsync);
        Assert.Empty((await NextAsync(corrupt)).Messages);
        _cluster.LiveTailFaults.CutNext(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<IOException>(corrupt.ReadAsync);
        Assert.Equal(3, _cluster.LiveTailFaults.Opened);
    }

    [Fact]
    public async Task Session_ThatStalls_SaysNothingUntilItGoesOn()
    {
        using var tail = await StartAsync();
        _cluster.LiveTailFaults.IsStalled = true;
        Write("meanwhile");
        var next = tail.ReadAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(next.IsCompleted);
        _cluster.LiveTailFaults.IsStalled = false;
        // A tick that was stalled and one that was not may fall into one.
        while (!next.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System));
        }
        Assert.Equal(["meanwhile"], (await next)!.Messages);
    }

    [Fact]
    public async Task Sessions_AreLimited_AndCounted()
    {
        var open = new List<EventStreamReader>();
        for (var i = 0; i < 15; i++)
            open.Add(await StartAsync());
        Assert.StartsWith("400 LimitExceededException", await _client.RefusalAsync("StartLiveTail", Input()), StringComparison.Ordinal);
        open[0].Dispose();
        await LogsClient.UntilAsync(() => _cluster.LiveTailFaults.Open == 14);
        open.Add(await StartAsync());
        Assert.Equal((15, 16), (_cluster.LiveTailFaults.Open, _cluster.LiveTailFaults.Opened));
        open.ForEach(o => o.Dispose());
        await LogsClient.UntilAsync(() => _cluster.LiveTailFaults.Open == 0);
    }

    [Theory]
    [InlineData("""{}""", "InvalidParameterException")]
    [InlineData("""{"logGroupIdentifiers":["/aws/emr-flink/flink-team-a"]}""", "InvalidParameterException")]
    [InlineData("""{"logGroupIdentifiers":["ARN:*"]}""", "InvalidParameterException")]
    [InlineData("""{"logGroupIdentifiers":["ARN"],"logStreamNames":["a"],"logStreamNamePrefixes":["b"]}""", "InvalidParameterException")]
    [InlineData("""{"logGroupIdentifiers":["ARN","ARN"],"logStreamNames":["a"]}""", "InvalidParameterException")]
    [InlineData("""{"logGroupIdentifiers":["ARN"],"logEventFilterPattern":"a.b"}""", "InvalidParameterException Invalid character(s) in term '.'")]
    [InlineData("""{"logGroupIdentifiers":["ARN-none"]}""", "ResourceNotFoundException The specified log group does not exist.")]
    public async Task Request_ThatIsWrong_IsRefusedBeforeTheStream(string input, string refusal)
    {
        Assert.StartsWith("400 " + refusal, await _client.RefusalAsync("StartLiveTail", JsonNode.Parse(input.Replace("ARN", Arn, StringComparison.Ordinal))!.AsObject()), StringComparison.Ordinal);
        Assert.Equal(0, _cluster.LiveTailFaults.Opened);
    }

    [Fact]
    public async Task SlowReader_LosesTheOldestUpdates()
    {
        var stream = _cluster.World.ShippedLogs.All[0];
        var lines = Enumerable.Range(0, 1_000).Select(i => new TailedLine(stream, new ShippedLine(i, _cluster.World.Now, ""))).ToList();
        var buffer = new LiveTailBuffer();
        Assert.Equal(2, Enumerable.Range(0, 12).Sum(_ => buffer.Add(new([], false))));
        Assert.Equal(5, Enumerable.Range(0, 5).Sum(_ => buffer.Add(new(lines, false))));
        Assert.Equal(6, buffer.Add(new(lines[..500], false))); // the five empty ones, and the first of 1,000 events
        for (var i = 0; i < 4; i++)
            Assert.Equal(1_000, (await buffer.TakeAsync(default))!.Lines.Count);
        Assert.Equal(500, (await buffer.TakeAsync(default))!.Lines.Count);
        buffer.Close();
        Assert.Null(await buffer.TakeAsync(default));
    }

    private void Write(string text) => MonitoredPod.Write(_cluster.World, _pod, text);

    private async Task<EventStreamReader> StartAsync(params (string Name, JsonNode Value)[] more)
    {
        var answer = await _client.SendAsync("StartLiveTail", Input(more));
        var reader = new EventStreamReader(await answer.Content.ReadAsStreamAsync());
        await reader.ExpectAsync("initial-response");
        await reader.ExpectAsync("sessionStart");
        return reader;
    }

    private Task<EventStreamMessage> NextAsync(EventStreamReader tail)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return tail.ExpectAsync("sessionUpdate");
    }

    private static JsonObject Input(params (string Name, JsonNode Value)[] more)
    {
        var input = new JsonObject { ["logGroupIdentifiers"] = new JsonArray(Arn) };
        foreach (var (name, value) in more)
            input[name] = value;
        return input;
    }
}
