using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Filters;

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
        var pattern = FilterPattern.Parse(call.Text("filterPattern"), "filterPattern");
        var limit = call.Limit(MostEvents);
        if (call.IsOff("startFromHead"))
            throw LogsCall.Invalid("The sandbox reads FilterLogEvents from its head only.");
        var (events, bytes, looked, last, more) = (new JsonArray(), 0, 0, default(EventPlace), false);
        foreach (var e in Rest(call))
        {
            var matches = pattern.Matches(e.Message);
            if (looked == Searched || events.Count == limit || (matches && bytes + e.Message.Length > MostBytes))
            {
                more = true;
                break;
            }
            (looked, last) = (looked + 1, e.Place);
            if (!matches)
                continue;
            bytes += e.Message.Length;
            var written = Written(e);
            written["logStreamName"] = e.Stream.Name;
            written["eventId"] = e.Place.Id;
            events.Add(written);
        }
        var answer = new JsonObject { ["events"] = events, ["searchedLogStreams"] = new JsonArray() };
        if (more)
            answer["nextToken"] = PageToken.Write(last.Id, call.Now);
        return answer;
    }

    private static IEnumerable<LogEvent> Rest(LogsCall call)
    {
        var group = call.Group();
        var (names, prefix) = (call.Texts("logStreamNames"), call.Text("logStreamNamePrefix"));
        if (names.Count > 0 && prefix is not null)
            throw LogsCall.Invalid("logStreamNames and logStreamNamePrefix are mutually exclusive.");
        if (names.Any(n => group.Streams.All(s => s.Name != n)))
            throw new AwsFailure("ResourceNotFoundException", "The specified log stream does not exist.", 400);
        var after = call.Place() is not { } place ? (EventPlace?)null : EventPlace.Parse(place) ?? throw LogsCall.BadToken();
        var (start, end) = Span(call);
        return MergedEvents.Of(group.Streams.Where(s => names.Count > 0 ? names.Contains(s.Name) : s.Name.StartsWith(prefix ?? "", StringComparison.Ordinal)), start, end, after);
    }

    /// <summary>Events of one stream. A token names a place between two events; at the end the token that was sent comes back.</summary>
    public static JsonObject Get(LogsCall call)
    {
        var stream = call.Group().Streams.FirstOrDefault(s => s.Name == call.Text("logStreamName"))
            ?? throw new AwsFailure("ResourceNotFoundException", "The specified log stream does not exist.", 400);
        var limit = call.Limit(MostEvents);
        var (start, end) = Span(call);
        var (low, high) = (stream.Lines.NumberAt(start), end == long.MaxValue ? long.MaxValue : stream.Lines.NumberAt(end));
        var token = call.Text("nextToken");
        var place = Place(token, call.Now);
        var forward = place?.Forward ?? call.Flag("startFromHead");
        var page = forward ? Forward(stream, Math.Max(low, place?.Number ?? 0), high, limit) : Backward(stream, low, Math.Min(high, place?.Number ?? long.MaxValue), limit);
        var (first, next) = page.Count > 0 ? (page[0].Number, page[^1].Number + 1) : place is { } same ? (same.Number, same.Number) : (0, 0);
        return new JsonObject
        {
            ["events"] = new JsonArray([.. page.Select(e => (JsonNode)Written(e))]),
            ["nextForwardToken"] = Token('f', next),
            ["nextBackwardToken"] = Token('b', first),
        };

        // The token that was sent comes back unchanged from the place that it names, and does not become younger.
        string Token(char way, long number) =>
            token?[0] == way && place?.Number == number ? token : string.Create(CultureInfo.InvariantCulture, $"{way}/{number:d28}{call.Now:d28}/s");
    }

    private static List<LogEvent> Forward(LogStream stream, long from, long to, int limit) =>
        Fitting(stream.Events(from, (int)Math.Clamp(to - from, 0, limit)).Where(e => e.Number < to));

    private static List<LogEvent> Backward(LogStream stream, long from, long to, int limit)
    {
        to = Math.Min(to, stream.Lines.Written);
        from = Math.Max(from, to - limit);
        var page = Fitting(stream.Events(from, (int)Math.Clamp(to - from, 0, limit)).Where(e => e.Number < to).Reverse());
        page.Reverse();
        return page;
    }

    private static List<LogEvent> Fitting(IEnumerable<LogEvent> events)
    {
        var page = new List<LogEvent>();
        var bytes = 0;
        foreach (var e in events.TakeWhile(e => (bytes += e.Message.Length) <= MostBytes))
            page.Add(e);
        return page;
    }

    private static (long Start, long End) Span(LogsCall call) => (call.Number("startTime") ?? 0, call.Number("endTime") ?? long.MaxValue);

    // 56 digits, as the service's: a number, and when it was told.
    private static (bool Forward, long Number)? Place(string? token, long now)
    {
        if (token is null)
            return null;
        if (token.Split('/') is ["f" or "b", { Length: 56 } digits, "s"] && long.TryParse(digits.AsSpan(0, 28), NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            && long.TryParse(digits.AsSpan(28), NumberStyles.None, CultureInfo.InvariantCulture, out var told) && now < told + PageToken.Life)
            return (token[0] == 'f', place);
        throw LogsCall.BadToken();
    }

    private static JsonObject Written(LogEvent e) => new() { ["timestamp"] = e.Timestamp, ["message"] = e.Message, ["ingestionTime"] = e.IngestionTime };
}
