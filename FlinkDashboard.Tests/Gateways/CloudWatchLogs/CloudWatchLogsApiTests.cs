using Amazon.Runtime;
using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.CloudWatchLogs;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Tests.Sandbox.Aws;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Gateways.CloudWatchLogs;

/// <summary>The gateway to CloudWatch Logs, against the sandbox's over HTTP.</summary>
public sealed class CloudWatchLogsApiTests : IAsyncLifetime
{
    private readonly List<CloudWatchLogsApi> made = [];
    private SandboxCluster cluster = null!;

    public async Task InitializeAsync() => cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "empty", Speed = 0 });

    public async Task DisposeAsync()
    {
        made.ForEach(a => a.Dispose());
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task Groups_AndStreams_AreListed()
    {
        Write("orders-taskmanager-1-1", "one");
        var api = Api();
        var group = Assert.Single((await api.DescribeLogGroupsAsync(new(LogGroupNamePrefix: "/aws"), default)).LogGroups!);
        Assert.Equal((AwsAccount.LogGroup, $"arn:aws:logs:us-west-2:111122223333:log-group:{AwsAccount.LogGroup}"), (group.LogGroupName, group.Identifier));
        var stream = Assert.Single((await api.DescribeLogStreamsAsync(new(AwsAccount.LogGroup, "orders/"), default)).LogStreams!);
        Assert.Equal("orders/orders-taskmanager-1-1/STDOUT", stream.LogStreamName);
        Assert.Equal((2L, 0L), (api.Calls.Now.Requests, api.Calls.Now.Errors));
    }

    [Fact]
    public async Task Filter_ReadsThroughEmptyPages()
    {
        Write("orders-1", string.Join('\n', Enumerable.Range(0, 9_000).Select(i => $"line {i}")));
        var api = Api();
        var (pages, empty, found) = (0, 0, new List<FilteredLogEvent>());
        string? token = null;
        do
        {
            var page = await api.FilterLogEventsAsync(new(AwsAccount.LogGroup, FilterPattern: "\"line 8999\"", NextToken: token), default);
            (pages, empty) = (pages + 1, empty + (page.Events!.Count == 0 ? 1 : 0));
            found.AddRange(page.Events);
            token = page.NextToken;
        }
        while (token is not null);
        Assert.Equal("line 8999", Assert.Single(found).Message);
        Assert.InRange(empty, 3, pages - 1);
    }

    [Fact]
    public async Task Get_WalksBothWays_AndEndsWithTheSameToken()
    {
        Write("orders-1", string.Join('\n', Enumerable.Range(0, 25).Select(i => $"line {i}")));
        var api = Api();
        var request = new GetLogEventsRequest(AwsAccount.LogGroup, "orders/orders-1/STDOUT", StartFromHead: true, Limit: 10);
        List<string> read = [];
        while (true)
        {
            var page = await api.GetLogEventsAsync(request, default);
            read.AddRange(page.Events!.Select(e => e.Message));
            if (page.NextForwardToken == request.NextToken)
                break;
            request = request with { NextToken = page.NextForwardToken };
        }
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"line {i}"), read);
        var newest = await api.GetLogEventsAsync(new(AwsAccount.LogGroup, "orders/orders-1/STDOUT", Limit: 3), default);
        var before = await api.GetLogEventsAsync(new(AwsAccount.LogGroup, "orders/orders-1/STDOUT", Limit: 3, NextToken: newest.NextBackwardToken), default);
        Assert.Equal(["line 19", "line 20", "line 21"], before.Events!.Select(e => e.Message));
    }

    [Fact]
    public async Task Throttled_AndFailing_AreTriedAgain()
    {
        var api = Api();
        cluster.LogsFaults.ThrottleNext(1);
        Assert.NotNull((await api.DescribeLogGroupsAsync(new(), default)).LogGroups);
        cluster.LogsFaults.FailNext(2);
        Assert.NotNull((await api.DescribeLogGroupsAsync(new(), default)).LogGroups);
        cluster.LogsFaults.CutNext(1);
        Assert.NotNull((await api.DescribeLogGroupsAsync(new(), default)).LogGroups);
        cluster.LogsFaults.ThrottleNext(3);
        var e = await FaultAsync(api);
        Assert.Equal((LogsFault.Throttled, "ThrottlingException", true), (e.Fault, e.Code, e.IsTransient));
        Assert.StartsWith("CloudWatch's requests of this account are used up for the moment", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingRight_IsNamed()
    {
        var e = await FaultAsync(Api(AwsKey.Outsider));
        Assert.Equal(LogsFault.Forbidden, e.Fault);
        Assert.Equal("The dashboard's role may not logs:DescribeLogGroups on arn:aws:logs:us-west-2:111122223333:log-group:*: add it to its policy.", e.Message);
        Assert.Contains("user/outsider", e.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongKey_WrongRegion_AndUnknownKey_AreTold()
    {
        var wrong = await FaultAsync(Api(AwsKey.Reader with { Secret = "wrong" }));
        Assert.Equal((LogsFault.Credentials, "InvalidSignatureException"), (wrong.Fault, wrong.Code));
        Assert.StartsWith("AWS does not take the dashboard's credentials: The request signature we calculated", wrong.Message, StringComparison.Ordinal);
        Assert.Equal("UnrecognizedClientException", (await FaultAsync(Api(AwsKey.Reader with { Id = "AKIANOBODYNOBODYNOBO" }))).Code);
        var region = await FaultAsync(Api(region: "eu-west-1"));
        Assert.Equal(LogsFault.Credentials, region.Fault);
        Assert.StartsWith("The request is signed for another region than the address answers for: check Logs:Region, Aws:Region and Logs:Endpoint.", region.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongClock_IsToldInMinutes()
    {
        await using var ahead = await SandboxCluster.StartAsync(new SandboxOptions { World = "empty", Speed = 0, Time = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(42)) });
        var e = await FaultAsync(Api(address: ahead.LogsAddress));
        Assert.Equal(LogsFault.ClockSkew, e.Fault);
        Assert.StartsWith("AWS does not take the time of the signature: the clock of this machine is 42 min behind AWS's.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoGroup_BadPattern_AndNoServer_AreTold()
    {
        var api = Api();
        var absent = await Assert.ThrowsAsync<CloudWatchLogsException>(() => api.FilterLogEventsAsync(new("/none"), default));
        Assert.Equal((LogsFault.NotFound, false), (absent.Fault, absent.IsTransient));
        Assert.StartsWith("CloudWatch does not have it: The specified log group does not exist.", absent.Message, StringComparison.Ordinal);
        var pattern = await Assert.ThrowsAsync<CloudWatchLogsException>(() => api.FilterLogEventsAsync(new(AwsAccount.LogGroup, FilterPattern: "a.b"), default));
        Assert.Equal((LogsFault.BadRequest, "CloudWatch Logs does not take the request: Invalid character(s) in term '.'."), (pattern.Fault, pattern.Message));
        var away = await FaultAsync(Api(address: new("http://127.0.0.1:9")));
        Assert.Equal(LogsFault.Unreachable, away.Fault);
        Assert.StartsWith("CloudWatch Logs cannot be reached at 127.0.0.1:9:", away.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bucket_HoldsBackTheElevenths()
    {
        var time = new FakeTimeProvider();
        var bucket = new TokenBucket(5, time);
        for (var i = 0; i < 5; i++)
            Assert.True(bucket.TakeAsync(default).IsCompleted);
        var sixth = bucket.TakeAsync(default);
        var seventh = bucket.TakeAsync(default);
        Assert.False(sixth.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(200));
        await sixth;
        Assert.False(seventh.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(200));
        await seventh;
    }

    private CloudWatchLogsApi Api(AwsKey? key = null, string region = AwsAccount.Region, Uri? address = null)
    {
        key ??= AwsKey.Reader;
        var api = new CloudWatchLogsApi(new LogsOptions { Endpoint = (address ?? cluster.LogsAddress).ToString(), Region = region }, new(new AwsOptions(), new BasicAWSCredentials(key.Id, key.Secret)), TimeProvider.System);
        made.Add(api);
        return api;
    }

    private static Task<CloudWatchLogsException> FaultAsync(CloudWatchLogsApi api) => Assert.ThrowsAsync<CloudWatchLogsException>(() => api.DescribeLogGroupsAsync(new(), default));

    private void Write(string pod, string text) =>
        MonitoredPod.Write(cluster.World, cluster.World.Objects.Find(ResourceTypes.Pods, "team", pod)?.Uid ?? MonitoredPod.Add(cluster.World, "orders", pod, null), text);
}
