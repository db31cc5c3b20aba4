namespace FlinkDashboard.Gateways.CloudWatchLogs;

/// <summary>Lists groups.</summary>
/// <param name="LogGroupNamePrefix">Names that begin so; not with a pattern.</param>
/// <param name="LogGroupNamePattern">Names that contain it.</param>
/// <param name="Limit">1 to 50.</param>
/// <param name="NextToken">Of the page before.</param>
public sealed record DescribeLogGroupsRequest(string? LogGroupNamePrefix = null, string? LogGroupNamePattern = null, int? Limit = null, string? NextToken = null);

/// <summary>Lists streams.</summary>
/// <param name="LogGroupName">Group.</param>
/// <param name="LogStreamNamePrefix">Names that begin so; not with an order by time.</param>
/// <param name="OrderBy"><c>LogStreamName</c> or <c>LastEventTime</c>.</param>
/// <param name="Descending">Last first.</param>
/// <param name="Limit">1 to 50.</param>
/// <param name="NextToken">Of the page before.</param>
public sealed record DescribeLogStreamsRequest(string LogGroupName, string? LogStreamNamePrefix = null, string? OrderBy = null, bool? Descending = null, int? Limit = null, string? NextToken = null);

/// <summary>Reads events of many streams.</summary>
/// <param name="LogGroupName">Group.</param>
/// <param name="LogStreamNames">At most 100; not with a prefix.</param>
/// <param name="LogStreamNamePrefix">Streams that begin so.</param>
/// <param name="StartTime">First millisecond since 1970.</param>
/// <param name="EndTime">First millisecond no more.</param>
/// <param name="FilterPattern">At most 1,024 characters.</param>
/// <param name="Limit">1 to 10,000.</param>
/// <param name="NextToken">Of the page before.</param>
public sealed record FilterLogEventsRequest(string LogGroupName, IReadOnlyList<string>? LogStreamNames = null, string? LogStreamNamePrefix = null, long? StartTime = null, long? EndTime = null, string? FilterPattern = null, int? Limit = null, string? NextToken = null);

/// <summary>Reads events of one stream in either direction.</summary>
/// <param name="LogGroupName">Group.</param>
/// <param name="LogStreamName">Stream.</param>
/// <param name="StartTime">First millisecond since 1970.</param>
/// <param name="EndTime">First millisecond no more.</param>
/// <param name="StartFromHead">Oldest page first; else newest.</param>
/// <param name="Limit">1 to 10,000.</param>
/// <param name="NextToken">Forward or backward; the same comes back at the end.</param>
public sealed record GetLogEventsRequest(string LogGroupName, string LogStreamName, long? StartTime = null, long? EndTime = null, bool? StartFromHead = null, int? Limit = null, string? NextToken = null);

/// <summary>Starts a query.</summary>
/// <param name="LogGroupNames">At most 50.</param>
/// <param name="StartTime">First second since 1970.</param>
/// <param name="EndTime">Last second.</param>
/// <param name="QueryString">In CloudWatch Logs Insights' language.</param>
/// <param name="Limit">1 to 10,000 rows.</param>
public sealed record StartQueryRequest(IReadOnlyList<string> LogGroupNames, long StartTime, long EndTime, string QueryString, int? Limit = null);

/// <summary>Names a query.</summary>
/// <param name="QueryId">Its id.</param>
public sealed record QueryRequest(string QueryId);

/// <summary>Opens a session.</summary>
/// <param name="LogGroupIdentifiers">ARNs without <c>:*</c>, at most 10.</param>
/// <param name="LogStreamNamePrefixes">Streams that begin so; with one group only.</param>
/// <param name="LogEventFilterPattern">At most 1,024 characters.</param>
public sealed record StartLiveTailRequest(IReadOnlyList<string> LogGroupIdentifiers, IReadOnlyList<string>? LogStreamNamePrefixes = null, string? LogEventFilterPattern = null);
