using System.Collections.Concurrent;
using FlinkDashboard.Configuration;

namespace FlinkDashboard.Gateways.CloudWatchLogs;

/// <summary>
/// CloudWatch Logs, for reading, with the dashboard's own credentials. Operations and their types are named as the AWS SDK names them, so that it could stand
/// here. All askers together stay below half of the account's quotas. Every failure is a <see cref="CloudWatchLogsException"/>.
/// </summary>
public sealed partial class CloudWatchLogsApi(LogsOptions options, AwsAccess aws, TimeProvider time, GatewayMeter? meter = null) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, TokenBucket> buckets = new(StringComparer.Ordinal);
    private readonly Random random = new(options.GetHashCode());
    private readonly Lock making = new();
    private HttpMessageInvoker? invoker;
    private string? region;

    /// <summary>How the service fares.</summary>
    public GatewayCalls Calls { get; } = meter?.Of("logs") ?? new("logs", time);

    /// <summary>How Live Tail fares.</summary>
    public GatewayCalls TailCalls { get; } = meter?.Of("livetail") ?? new("livetail", time);

    /// <summary>The region that is asked; null when none is set or known.</summary>
    public string? Region => region ??= aws.RegionOf(options.Region);

    /// <summary>Groups, a page.</summary>
    public Task<DescribeLogGroupsResponse> DescribeLogGroupsAsync(DescribeLogGroupsRequest request, CancellationToken stop) =>
        AskAsync("DescribeLogGroups", request, LogsJson.Default.DescribeLogGroupsRequest, LogsJson.Default.DescribeLogGroupsResponse, stop);

    /// <summary>Streams of a group, a page.</summary>
    public Task<DescribeLogStreamsResponse> DescribeLogStreamsAsync(DescribeLogStreamsRequest request, CancellationToken stop) =>
        AskAsync("DescribeLogStreams", request, LogsJson.Default.DescribeLogStreamsRequest, LogsJson.Default.DescribeLogStreamsResponse, stop);

    /// <summary>Events of many streams, a page; it may be empty and not the last.</summary>
    public Task<FilterLogEventsResponse> FilterLogEventsAsync(FilterLogEventsRequest request, CancellationToken stop) =>
        AskAsync("FilterLogEvents", request, LogsJson.Default.FilterLogEventsRequest, LogsJson.Default.FilterLogEventsResponse, stop);

    /// <summary>Events of one stream, a page.</summary>
    public Task<GetLogEventsResponse> GetLogEventsAsync(GetLogEventsRequest request, CancellationToken stop) =>
        AskAsync("GetLogEvents", request, LogsJson.Default.GetLogEventsRequest, LogsJson.Default.GetLogEventsResponse, stop);

    /// <summary>Starts a query; billed by what it scans.</summary>
    public Task<StartQueryResponse> StartQueryAsync(StartQueryRequest request, CancellationToken stop) =>
        AskAsync("StartQuery", request, LogsJson.Default.StartQueryRequest, LogsJson.Default.StartQueryResponse, stop);

    /// <summary>Where a query stands, with the rows found so far.</summary>
    public Task<GetQueryResultsResponse> GetQueryResultsAsync(QueryRequest request, CancellationToken stop) =>
        AskAsync("GetQueryResults", request, LogsJson.Default.QueryRequest, LogsJson.Default.GetQueryResultsResponse, stop);

    /// <summary>Stops a query.</summary>
    public Task<StopQueryResponse> StopQueryAsync(QueryRequest request, CancellationToken stop) =>
        AskAsync("StopQuery", request, LogsJson.Default.QueryRequest, LogsJson.Default.StopQueryResponse, stop);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (making)
        {
            invoker?.Dispose();
            invoker = null;
        }
    }

    // Made at the first request: a dashboard without AWS never asks for a region or credentials.
    private (HttpMessageInvoker Signer, Uri Address, string Region) Way
    {
        get
        {
            var at = Region ?? throw new CloudWatchLogsException(LogsFault.NotConfigured, "", "No AWS region is set: set Logs:Region or Aws:Region, or the variable AWS_REGION.");
            lock (making)
                invoker ??= new(aws.Signing("logs", at, new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    ConnectTimeout = TimeSpan.FromSeconds(10),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(10),
                    AutomaticDecompression = System.Net.DecompressionMethods.All,
                }));
            return (invoker, options.Endpoint is { } own ? new(own) : new($"https://logs.{at}.{Suffix(at)}/"), at);
        }
    }

    private TokenBucket BucketOf(string operation, string at) => buckets.GetOrAdd(operation, o => new(TokenBucket.QuotaOf(o, at) / 2, time));

    private static string Suffix(string region) => region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";
}
