using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.Aws;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>StartQuery, GetQueryResults, StopQuery, DescribeQueries, GetLogRecord and GetLogGroupFields.</summary>
/// <param name="groups">The log groups.</param>
/// <param name="time">Real time, in which queries run.</param>
/// <param name="faults">Troubles to make, and the pace.</param>
internal sealed class InsightsAnswers(LogGroups groups, TimeProvider time, InsightsFaults faults)
{
    private const int Kept = 200;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);
    private const int MostGroups = 50;
    private const int MostText = 10_000;
    private const int DefaultRows = 10_000;
    private const int MostRows = 100_000;

    // In seconds: what is greater must have been meant as milliseconds.
    private const long MostSeconds = 100_000_000_000;
    private readonly Lock _lock = new();
    private readonly List<InsightsRun> _runs = [];

    /// <summary>Starts a query.</summary>
    /// <exception cref="InsightsSyntaxException">It cannot be read.</exception>
    public JsonObject Start(LogsCall call)
    {
        var text = call.Text("queryString") ?? throw LogsCall.Invalid("queryString is required.");
        if (text.Length > MostText)
            throw LogsCall.Invalid($"1 validation error detected: Value at 'queryString' failed to satisfy constraint: Member must have length less than or equal to {MostText}");
        if ((call.Text("queryLanguage") ?? "CWLI") != "CWLI")
            throw LogsCall.Invalid("The sandbox plays the query language CWLI only.");
        var (start, end) = Span(call);
        var limit = call.Number("limit") is null ? DefaultRows : call.Limit(MostRows);
        var query = InsightsCommands.Read(text, groups.Now / 1000);
        var found = Groups(call);
        var begin = time.GetTimestamp();
        var run = new InsightsRun(new Guid(RandomNumberGenerator.GetBytes(16)).ToString(), Told(found, start, end, text), [.. found.Select(g => g.Name)], groups.Now)
        {
            Query = query,
            Events = Events(found, start, end),
            Limit = limit,
            Age = () => time.GetElapsedTime(begin),
            Pace = (faults.Scheduled, faults.Running),
            Fails = faults.TakeFailure(),
        };
        lock (_lock)
        {
            if (_runs.Count(r => r.IsOpen) >= faults.MostQueries)
                throw new AwsFailure("LimitExceededException", $"The maximum of {faults.MostQueries} concurrent queries is reached.", 400);
            _runs.Add(run);
            if (_runs.Count > Kept)
                _runs.RemoveAt(0);
        }
        return new JsonObject { ["queryId"] = run.Id };
    }

    /// <summary>What a query has found.</summary>
    public JsonObject Results(LogsCall call)
    {
        var run = Find(call);
        var most = call.Number("maxItems") ?? MostRows;
        if (most is < 1 or > MostRows)
            throw LogsCall.Invalid("The value of maxItems is not valid.");
        return run.Results(call, (int)most);
    }

    /// <summary>Stops a query.</summary>
    public JsonObject Stop(LogsCall call)
    {
        var run = Find(call);
        return run.Stop() ? new JsonObject { ["success"] = true } : throw LogsCall.Invalid($"Query {run.Id} is not running: its status is {run.Status}.");
    }

    /// <summary>The newest queries.</summary>
    public JsonObject Describe(LogsCall call)
    {
        var (status, group, most, skip) = (call.Text("status"), call.Text("logGroupName"), (int)Math.Clamp(call.Number("maxResults") ?? 1000, 1, 1000), call.Skip());
        List<InsightsRun> runs;
        lock (_lock)
            runs = [.. Enumerable.Reverse(_runs).Where(r => r.Age() < KeptFor)];
        var found = runs.Where(r => (status is null || r.Status == status) && (group is null || r.Groups.Contains(group))).ToList();
        var answer = new JsonObject { ["queries"] = new JsonArray([.. found.Skip(skip).Take(most).Select(r => (JsonNode)r.Summary())]) };
        if (skip + most < found.Count)
            answer["nextToken"] = call.TokenAfter(skip + most);
        return answer;
    }

    /// <summary>All fields of the event that a row points at.</summary>
    public JsonObject Record(LogsCall call)
    {
        if (InsightsPointer.Read(call.Text("logRecordPointer") ?? "") is not { } pointer)
            throw LogsCall.Invalid("The specified log record pointer is invalid.");
        var e = groups.Find(pointer.Group)?.Streams.FirstOrDefault(s => s.Name == pointer.Stream)?.Events(pointer.Number, 1).FirstOrDefault();
        if (e is null || e.Number != pointer.Number)
            throw new AwsFailure("ResourceNotFoundException", "The specified log record does not exist.", 400);
        var (record, answer) = (new InsightsRecord(e, pointer.Group), new JsonObject());
        foreach (var name in InsightsRecord.Common.Concat(record.Discovered.Keys))
            answer[name] = name is "@timestamp" or "@ingestionTime" ? InsightsValues.Number(record[name])!.Value.ToString("0", CultureInfo.InvariantCulture) : InsightsValues.Text(record[name]);
        return new JsonObject { ["logRecord"] = answer };
    }

    /// <summary>In how many of the events around a time a field is.</summary>
    public JsonObject Fields(LogsCall call)
    {
        var group = call.Group();
        var (start, end) = call.Number("time") is { } seconds ? (Math.Clamp(seconds, 0, MostSeconds) * 1000 - 480_000, Math.Clamp(seconds, 0, MostSeconds) * 1000 + 480_000) : (groups.Now - 900_000, groups.Now + 1);
        var records = Events([group], start, end).Select(e => new InsightsRecord(e.Event, e.Group)).ToList();
        var fields = records.SelectMany(r => r.Discovered.Keys).GroupBy(n => n).Select(g => (Name: g.Key, Count: g.Count()))
            .Concat(records.Count == 0 ? [] : InsightsRecord.Common.Select(n => (Name: n, records.Count)));
        return new JsonObject
        {
            ["logGroupFields"] = new JsonArray([.. fields.OrderByDescending(f => f.Count).ThenBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => (JsonNode)new JsonObject { ["name"] = f.Name, ["percent"] = 100 * f.Count / records.Count })]),
        };
    }

    private static List<(string Group, LogEvent Event)> Events(IEnumerable<LogGroup> found, long start, long end)
    {
        var events = found.SelectMany(g => MergedEvents.Of(g.Streams, start, end, null).Select(e => (Group: g.Name, Event: e))).ToList();
        return [.. events.OrderByDescending(e => e.Event.Place)];
    }

    // A query is kept with what it was asked of, in milliseconds.
    private static string Told(IEnumerable<LogGroup> found, long start, long end, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join(" | ", found.Select(g => $"SOURCE \"{g.Name}\""))} START={start} END={end - 1} | {text}");

    private List<LogGroup> Groups(LogsCall call)
    {
        List<IReadOnlyList<string>> given = [call.Text("logGroupName") is { } name ? [name] : [], call.Texts("logGroupNames"), call.Texts("logGroupIdentifiers")];
        if (given.Count(g => g.Count > 0) != 1)
            throw LogsCall.Invalid("Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be given.");
        var names = given.SelectMany(g => g).Distinct().ToList();
        if (names.Count > MostGroups)
            throw LogsCall.Invalid($"At most {MostGroups} log groups can be queried.");
        return [.. names.Select(n => groups.Find(n) ?? throw new AwsFailure("ResourceNotFoundException", $"Log group '{n}' does not exist for account ID '{World.Aws.AwsAccount.Id}'", 400))];
    }

    // Both ends are seconds and belong to the span.
    private static (long Start, long End) Span(LogsCall call)
    {
        var (start, end) = (call.Number("startTime"), call.Number("endTime"));
        if (start is null || end is null)
            throw LogsCall.Invalid("startTime and endTime are required.");
        if (start < 0 || start > MostSeconds || end > MostSeconds)
            throw LogsCall.Invalid("startTime and endTime are seconds since 1970-01-01.");
        return end >= start ? (start.Value * 1000, (end.Value + 1) * 1000) : throw LogsCall.Invalid("End time should not be before start time.");
    }

    private InsightsRun Find(LogsCall call)
    {
        var id = call.Text("queryId");
        lock (_lock)
            return _runs.Find(r => r.Id == id && r.Age() < KeptFor) ?? throw new AwsFailure("ResourceNotFoundException", $"The query {id} does not exist.", 400);
    }
}
