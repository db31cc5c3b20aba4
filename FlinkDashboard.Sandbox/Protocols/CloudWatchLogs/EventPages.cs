using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.Aws;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs;

/// <summary>FilterLogEvents and GetLogEvents.</summary>
internal static class EventPages
{
    private const int MostEvents = 10_000;
    private const int MostBytes = 1 << 20;

    // How many events one call of FilterLogEvents looks at: on a rare pattern most pages are empty, as the service's are.
    private const int Searched = 2_000;

    /// <summary>Events of all streams by time; pages end after a number of searched events, whether or not one matched.</summary>
    public static JsonObject Filter(LogsCall call)
    {
        var pattern = FilterPattern.Parse(call.Text("filterPattern") ?? "");
        var limit = call.Limit(MostEvents);
        var (events, bytes, looked, last, more) = (new JsonArray(), 0, 0, "", false);
        foreach (var (e, id) in Rest(call))
        {
            var matches = pattern.Matches(e.Message);
            if (looked == Searched || events.Count == limit || (matches && bytes + e.Message.Length > MostBytes))
            {
                more = true;
                break;
            }
            (looked, last) = (looked + 1, id);
            if (!matches)
                continue;
            bytes += e.Message.Length;
            var written = Written(e);
            written["logStreamName"] = e.Stream;
            written["eventId"] = id;
            events.Add(written);
        }
        var answer = new JsonObject { ["events"] = events, ["searchedLogStreams"] = new JsonArray() };
        if (more)
            answer["nextToken"] = last;
        return answer;
    }

    private static IEnumerable<(LogEvent Event, string Id)> Rest(LogsCall call)
    {
        var group = call.Group();
        var (names, prefix, after) = (call.Texts("logStreamNames"), call.Text("logStreamNamePrefix"), call.Text("nextToken"));
        if (names.Count > 0 && prefix is not null)
            throw LogsCall.Invalid("logStreamNames and logStreamNamePrefix are mutually exclusive.");
        if (names.Any(n => group.Streams.All(s => s.Name != n)))
            throw new AwsFailure("ResourceNotFoundException", "The specified log stream does not exist.", 400);
        if (after is not null && after.Length != 56)
            throw LogsCall.Invalid("The specified nextToken is invalid.");
        return group.Streams.Where(s => names.Count > 0 ? names.Contains(s.Name) : s.Name.StartsWith(prefix ?? "", StringComparison.Ordinal))
            .SelectMany(s => s.Events).Where(e => Within(call, e)).Select(e => (Event: e, e.Id)).OrderBy(e => e.Id, StringComparer.Ordinal)
            .SkipWhile(e => after is not null && string.CompareOrdinal(e.Id, after) <= 0);
    }

    /// <summary>Events of one stream. A token names a place between two events; at the end the token that was sent comes back.</summary>
    public static JsonObject Get(LogsCall call)
    {
        var stream = call.Group().Streams.FirstOrDefault(s => s.Name == call.Text("logStreamName"))
            ?? throw new AwsFailure("ResourceNotFoundException", "The specified log stream does not exist.", 400);
        var limit = call.Limit(MostEvents);
        var all = stream.Events.Where(e => Within(call, e)).ToList();
        var place = Place(call.Text("nextToken"));
        var forward = place?.Forward ?? call.Flag("startFromHead");
        var candidates = place is not { } at ? all : forward ? all.FindAll(e => e.Number >= at.Number) : all.FindAll(e => e.Number < at.Number);
        var page = Fitting(forward ? candidates : Enumerable.Reverse(candidates), limit);
        if (!forward)
            page.Reverse();
        var (first, next) = page.Count > 0 ? (page[0].Number, page[^1].Number + 1) : place is { } same ? (same.Number, same.Number) : (0, 0);
        return new JsonObject
        {
            ["events"] = new JsonArray([.. page.Select(e => (JsonNode)Written(e))]),
            ["nextForwardToken"] = $"f/{next:d56}/s",
            ["nextBackwardToken"] = $"b/{first:d56}/s",
        };
    }

    private static List<LogEvent> Fitting(IEnumerable<LogEvent> events, int limit)
    {
        var page = new List<LogEvent>();
        var bytes = 0;
        foreach (var e in events.Take(limit).TakeWhile(e => (bytes += e.Message.Length) <= MostBytes))
            page.Add(e);
        return page;
    }

    private static bool Within(LogsCall call, LogEvent e) => e.Timestamp >= (call.Number("startTime") ?? 0) && e.Timestamp < (call.Number("endTime") ?? long.MaxValue);

    private static (bool Forward, long Number)? Place(string? token)
    {
        if (token is null)
            return null;
        if (token.Split('/') is ["f" or "b", var number, "s"] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            return (token[0] == 'f', place);
        throw LogsCall.Invalid("The specified nextToken is invalid.");
    }

    private static JsonObject Written(LogEvent e) => new() { ["timestamp"] = e.Timestamp, ["message"] = e.Message, ["ingestionTime"] = e.IngestionTime };
}
