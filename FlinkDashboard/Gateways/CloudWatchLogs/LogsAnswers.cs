using System.Text.Json.Serialization;

namespace FlinkDashboard.Gateways.CloudWatchLogs;

/// <summary>A log group.</summary>
/// <param name="LogGroupName">Name.</param>
/// <param name="LogGroupArn">ARN, as Live Tail wants it.</param>
/// <param name="Arn">ARN with <c>:*</c> at its end.</param>
/// <param name="CreationTime">Milliseconds since 1970.</param>
/// <param name="RetentionInDays">Null: for ever.</param>
/// <param name="StoredBytes">Bytes held.</param>
/// <param name="LogGroupClass">STANDARD, INFREQUENT_ACCESS or DELIVERY.</param>
public sealed record LogGroup(string LogGroupName, string? LogGroupArn, string? Arn, long CreationTime, int? RetentionInDays, long StoredBytes, string? LogGroupClass)
{
    /// <summary>ARN without <c>:*</c>, whichever of the two came.</summary>
    [JsonIgnore]
    public string? Identifier => LogGroupArn ?? (Arn?.EndsWith(":*", StringComparison.Ordinal) == true ? Arn[..^2] : Arn);
}

/// <summary>A log stream.</summary>
/// <param name="LogStreamName">Name.</param>
/// <param name="CreationTime">Milliseconds since 1970.</param>
/// <param name="FirstEventTimestamp">Of its first event.</param>
/// <param name="LastEventTimestamp">Of its last event; known only some time later.</param>
/// <param name="LastIngestionTime">When its last event came in.</param>
public sealed record LogStream(string LogStreamName, long CreationTime, long? FirstEventTimestamp, long? LastEventTimestamp, long? LastIngestionTime);

/// <summary>An event of a filter.</summary>
/// <param name="LogStreamName">Its stream.</param>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Message">Text, of one line or several.</param>
/// <param name="IngestionTime">When it came in.</param>
/// <param name="EventId">Its id.</param>
public sealed record FilteredLogEvent(string LogStreamName, long Timestamp, string Message, long IngestionTime, string EventId);

/// <summary>An event of one stream.</summary>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="Message">Text.</param>
/// <param name="IngestionTime">When it came in.</param>
public sealed record OutputLogEvent(long Timestamp, string Message, long IngestionTime);

/// <summary>A page of groups.</summary>
public sealed record DescribeLogGroupsResponse(IReadOnlyList<LogGroup>? LogGroups, string? NextToken);

/// <summary>A page of streams.</summary>
public sealed record DescribeLogStreamsResponse(IReadOnlyList<LogStream>? LogStreams, string? NextToken);

/// <summary>A page of events; empty ones in between are normal, the end is where no token comes.</summary>
public sealed record FilterLogEventsResponse(IReadOnlyList<FilteredLogEvent>? Events, string? NextToken);

/// <summary>A page of one stream, oldest first. At the end the token that was sent comes back.</summary>
public sealed record GetLogEventsResponse(IReadOnlyList<OutputLogEvent>? Events, string? NextForwardToken, string? NextBackwardToken);

/// <summary>A query has started.</summary>
public sealed record StartQueryResponse(string? QueryId);

/// <summary>A query has been told to stop.</summary>
public sealed record StopQueryResponse(bool Success);

/// <summary>Where a query stands.</summary>
/// <param name="Status">Scheduled, Running, Complete, Failed, Cancelled, Timeout or Unknown.</param>
/// <param name="Results">Rows of fields; grows while it runs.</param>
/// <param name="Statistics">What was searched.</param>
public sealed record GetQueryResultsResponse(string? Status, IReadOnlyList<IReadOnlyList<ResultField>>? Results, QueryStatistics? Statistics);

/// <summary>A field of a row.</summary>
public sealed record ResultField(string? Field, string? Value);

/// <summary>What a query has searched.</summary>
public sealed record QueryStatistics(double RecordsMatched, double RecordsScanned, double BytesScanned);

/// <summary>An event of a Live Tail session.</summary>
/// <param name="LogStreamName">Its stream.</param>
/// <param name="LogGroupIdentifier">Its group.</param>
/// <param name="Message">Text.</param>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="IngestionTime">When it came in.</param>
public sealed record LiveTailSessionLogEvent(string LogStreamName, string? LogGroupIdentifier, string Message, long Timestamp, long IngestionTime);

/// <summary>What a Live Tail session says every second.</summary>
public sealed record LiveTailSessionUpdate(LiveTailSessionMetadata? SessionMetadata, IReadOnlyList<LiveTailSessionLogEvent>? SessionResults);

/// <summary>About an update.</summary>
/// <param name="Sampled">More was written than is delivered.</param>
public sealed record LiveTailSessionMetadata(bool Sampled);

internal sealed record LogsErrorBody(
    [property: JsonPropertyName("__type")] string? Type, [property: JsonPropertyName("code")] string? Code, [property: JsonPropertyName("message")] string? Message,
    [property: JsonPropertyName("Message")] string? CapitalMessage, QueryCompileError? QueryCompileError);

internal sealed record QueryCompileError(QueryCompileErrorLocation? Location, string? Message);

internal sealed record QueryCompileErrorLocation(int? StartCharOffset, int? EndCharOffset);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DescribeLogGroupsRequest))]
[JsonSerializable(typeof(DescribeLogStreamsRequest))]
[JsonSerializable(typeof(FilterLogEventsRequest))]
[JsonSerializable(typeof(GetLogEventsRequest))]
[JsonSerializable(typeof(StartQueryRequest))]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(StartLiveTailRequest))]
[JsonSerializable(typeof(DescribeLogGroupsResponse))]
[JsonSerializable(typeof(DescribeLogStreamsResponse))]
[JsonSerializable(typeof(FilterLogEventsResponse))]
[JsonSerializable(typeof(GetLogEventsResponse))]
[JsonSerializable(typeof(StartQueryResponse))]
[JsonSerializable(typeof(StopQueryResponse))]
[JsonSerializable(typeof(GetQueryResultsResponse))]
[JsonSerializable(typeof(LiveTailSessionUpdate))]
[JsonSerializable(typeof(LogsErrorBody))]
internal sealed partial class LogsJson : JsonSerializerContext;
