using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;

/// <summary>One started query. It is worked out when it is asked for: the part that would have been scanned by then.</summary>
/// <param name="id">Its id.</param>
/// <param name="text">The query as it is told of.</param>
/// <param name="groups">The log groups.</param>
/// <param name="created">Simulated, in milliseconds.</param>
internal sealed class InsightsRun(string id, string text, IReadOnlyList<string> groups, long created)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<(string Group, LogEvent Event)> _events = [];
    private (IReadOnlyList<IReadOnlyList<(string Field, string Value)>> Rows, int Matched) _last = ([], 0);
    private (int Records, double Bytes) _scanned;
    private string? _end;

    /// <summary>The query, read.</summary>
    public required InsightsQuery Query { get; init; }

    /// <summary>What it scans, newest first.</summary>
    public required IReadOnlyList<(string Group, LogEvent Event)> Events { init => _events = value; }

    /// <summary>Rows at most.</summary>
    public required int Limit { get; init; }

    /// <summary>Real time since it was started.</summary>
    public required Func<TimeSpan> Age { get; init; }

    /// <summary>How long it is scheduled, and how long it runs.</summary>
    public required (TimeSpan Scheduled, TimeSpan Running) Pace { get; init; }

    /// <summary>It fails at its end.</summary>
    public required bool Fails { get; init; }

    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>The log groups.</summary>
    public IReadOnlyList<string> Groups => groups;

    /// <summary>It is scheduled or runs; seen without working it out.</summary>
    public bool IsOpen { get { lock (_lock) return _end is null && Age() < Pace.Scheduled + Pace.Running; } }

    /// <summary>In the service's words.</summary>
    public string Status { get { lock (_lock) return Look(); } }

    /// <summary>As DescribeQueries tells of it.</summary>
    public JsonObject Summary() => new()
    {
        ["queryLanguage"] = "CWLI",
        ["queryId"] = id,
        ["queryString"] = text,
        ["status"] = Status,
        ["createTime"] = created,
        ["logGroupName"] = groups[0],
    };

    /// <summary>What has been found so far.</summary>
    /// <param name="call">Which page.</param>
    /// <param name="most">Rows of the page.</param>
    public JsonObject Results(LogsCall call, int most)
    {
        var skip = call.Skip();
        lock (_lock)
        {
            var status = Look();
            var answer = new JsonObject
            {
                ["queryLanguage"] = "CWLI",
                ["results"] = new JsonArray([.. _last.Rows.Skip(skip).Take(most).Select(row => (JsonNode)new JsonArray([.. row.Select(c => (JsonNode)new JsonObject { ["field"] = c.Field, ["value"] = c.Value })]))]),
                ["statistics"] = new JsonObject
                {
                    ["recordsMatched"] = (double)_last.Matched,
                    ["recordsScanned"] = (double)_scanned.Records,
                    ["estimatedRecordsSkipped"] = 0.0,
                    ["bytesScanned"] = _scanned.Bytes,
                    ["estimatedBytesSkipped"] = 0.0,
                    ["logGroupsScanned"] = (double)groups.Count,
                },
                ["status"] = status,
            };
            if (skip + most < _last.Rows.Count)
                answer["nextToken"] = call.TokenAfter(skip + most);
            return answer;
        }
    }

    /// <summary>Stops it.</summary>
    /// <returns>False when it had ended.</returns>
    public bool Stop()
    {
        lock (_lock)
        {
            if (Look() is not ("Scheduled" or "Running"))
                return false;
            End("Cancelled");
            return true;
        }
    }

    private string Look()
    {
        if (_end is not null)
            return _end;
        var running = Age() - Pace.Scheduled;
        if (running < TimeSpan.Zero)
            return "Scheduled";
        var isOver = running >= Pace.Running;
        try
        {
            Scan(isOver ? _events.Count : (int)(running / Pace.Running * _events.Count));
        }
        catch (RegexMatchTimeoutException)
        {
            return End("Timeout"); // as a query that takes an hour
        }
        return isOver ? End(Fails ? "Failed" : "Complete") : "Running";
    }

    private void Scan(int count)
    {
        if (count == _scanned.Records && count < _events.Count)
            return;
        _last = Query.Run(_events.Take(count).Select(e => new InsightsRecord(e.Event, e.Group)), Limit);
        _scanned = (count, _events.Take(count).Sum(e => (double)e.Event.Message.Length + 26));
    }

    private string End(string status)
    {
        _events = [];
        return _end = status;
    }
}
