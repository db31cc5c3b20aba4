using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs;

/// <summary>DescribeLogGroups and DescribeLogStreams.</summary>
internal static class Descriptions
{
    private const int PageSize = 50;

    public static JsonObject Groups(LogsCall call, LogGroups groups)
    {
        var (prefix, pattern) = (call.Text("logGroupNamePrefix"), call.Text("logGroupNamePattern"));
        if (prefix is not null && pattern is not null)
            throw LogsCall.Invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        var found = groups.All().Where(g => g.Name.StartsWith(prefix ?? "", StringComparison.Ordinal) && g.Name.Contains(pattern ?? "", StringComparison.Ordinal));
        return Page(call, found, "logGroups", g =>
        {
            var written = new JsonObject
            {
                ["logGroupName"] = g.Name,
                ["creationTime"] = groups.Created,
                ["retentionInDays"] = 7,
                ["metricFilterCount"] = 0,
                ["arn"] = g.Arn + ":*",
                ["logGroupClass"] = "STANDARD",
                ["logGroupArn"] = g.Arn,
            };
            // A search by pattern does not look into the groups.
            if (pattern is null)
                (written["storedBytes"], written["deletionProtectionEnabled"]) = (g.Streams.Sum(s => s.Lines.Size), false);
            return written;
        });
    }

    public static JsonObject Streams(LogsCall call)
    {
        var group = call.Group();
        var prefix = call.Text("logStreamNamePrefix");
        var byTime = call.Text("orderBy") == "LastEventTime";
        if (byTime && prefix is not null)
            throw LogsCall.Invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        var found = group.Streams.Where(s => s.Name.StartsWith(prefix ?? "", StringComparison.Ordinal));
        if (byTime)
            found = found.OrderBy(s => s.Lines.Newest!.Time).ThenBy(s => s.Name, StringComparer.Ordinal);
        return Page(call, call.Flag("descending") ? found.Reverse() : found, "logStreams", s => new JsonObject
        {
            ["logStreamName"] = s.Name,
            ["creationTime"] = s.Lines.Oldest!.Time.ToUnixTimeMilliseconds(),
            ["firstEventTimestamp"] = s.Lines.Oldest!.Time.ToUnixTimeMilliseconds(),
            ["lastEventTimestamp"] = s.Lines.Newest!.Time.ToUnixTimeMilliseconds(),
            ["lastIngestionTime"] = s.Lines.Newest!.Time.ToUnixTimeMilliseconds() + 500,
            ["uploadSequenceToken"] = "1",
            ["arn"] = $"{group.Arn}:log-stream:{s.Name}",
            ["storedBytes"] = 0,
        });
    }

    private static JsonObject Page<T>(LogsCall call, IEnumerable<T> all, string name, Func<T, JsonObject> written)
    {
        var start = call.Skip();
        var limit = call.Limit(PageSize);
        var rest = all.Skip(start).Take(limit + 1).ToList();
        var answer = new JsonObject { [name] = new JsonArray([.. rest.Take(limit).Select(x => (JsonNode)written(x))]) };
        if (rest.Count > limit)
            answer["nextToken"] = call.TokenAfter(start + limit);
        return answer;
    }
}
