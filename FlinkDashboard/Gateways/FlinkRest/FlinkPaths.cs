using System.Buffers;

namespace FlinkDashboard.Gateways.FlinkRest;

/// <summary>
/// The only paths that are ever sent to a JobManager, all with GET. What is not in this table is refused before anything is sent: commands that Flink
/// offers as GET (<c>yarn-cancel</c>), jars, datasets, static pages.
/// </summary>
public static class FlinkPaths
{
    private const int Longest = 8_192;
    private static readonly SearchValues<char> FileCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");
    private static readonly SearchValues<char> QueryCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-,:%$()!*@");

    /// <summary>The table: template and the query keys it takes.</summary>
    public static IReadOnlyList<FlinkPath> All { get; } =
    [
        new("/overview"),
        new("/config"),
        new("/jobs"),
        new("/jobs/overview"),
        new("/jobs/metrics", "get", "agg", "jobs"),
        new("/jobs/{jobid}"),
        new("/jobs/{jobid}/status"),
        new("/jobs/{jobid}/plan"),
        new("/jobs/{jobid}/config"),
        new("/jobs/{jobid}/exceptions", "maxExceptions"),
        new("/jobs/{jobid}/accumulators"),
        new("/jobs/{jobid}/execution-result"),
        new("/jobs/{jobid}/metrics", "get"),
        new("/jobs/{jobid}/resource-requirements"),
        new("/jobs/{jobid}/checkpoints"),
        new("/jobs/{jobid}/checkpoints/config"),
        new("/jobs/{jobid}/checkpoints/{triggerid}"),
        new("/jobs/{jobid}/checkpoints/details/{checkpointid}"),
        new("/jobs/{jobid}/checkpoints/details/{checkpointid}/subtasks/{vertexid}"),
        new("/jobs/{jobid}/savepoints/{triggerid}"),
        new("/jobs/{jobid}/jobmanager/config"),
        new("/jobs/{jobid}/jobmanager/environment"),
        new("/jobs/{jobid}/jobmanager/log-url"),
        new("/jobs/{jobid}/taskmanagers/{taskmanagerid}/log-url"),
        new("/jobs/{jobid}/vertices/{vertexid}"),
        new("/jobs/{jobid}/vertices/{vertexid}/subtasktimes"),
        new("/jobs/{jobid}/vertices/{vertexid}/taskmanagers"),
        new("/jobs/{jobid}/vertices/{vertexid}/backpressure"),
        new("/jobs/{jobid}/vertices/{vertexid}/watermarks"),
        new("/jobs/{jobid}/vertices/{vertexid}/accumulators"),
        new("/jobs/{jobid}/vertices/{vertexid}/flamegraph", "type", "subtaskindex"),
        new("/jobs/{jobid}/vertices/{vertexid}/metrics", "get"),
        new("/jobs/{jobid}/vertices/{vertexid}/jm-operator-metrics", "get"),
        new("/jobs/{jobid}/vertices/{vertexid}/subtasks/accumulators"),
        new("/jobs/{jobid}/vertices/{vertexid}/subtasks/metrics", "get", "agg", "subtasks"),
        new("/jobs/{jobid}/vertices/{vertexid}/subtasks/{subtaskindex}"),
        new("/jobs/{jobid}/vertices/{vertexid}/subtasks/{subtaskindex}/metrics", "get"),
        new("/jobs/{jobid}/vertices/{vertexid}/subtasks/{subtaskindex}/attempts/{attempt}"),
        new("/jobs/{jobid}/vertices/{vertexid}/subtasks/{subtaskindex}/attempts/{attempt}/accumulators"),
        new("/jobmanager/config"),
        new("/jobmanager/environment"),
        new("/jobmanager/metrics", "get"),
        new("/jobmanager/logs"),
        new("/jobmanager/logs/{filename}"),
        new("/jobmanager/log"),
        new("/jobmanager/stdout"),
        new("/jobmanager/thread-dump"),
        new("/jobmanager/profiler"),
        new("/taskmanagers"),
        new("/taskmanagers/metrics", "get", "agg", "taskmanagers"),
        new("/taskmanagers/{taskmanagerid}"),
        new("/taskmanagers/{taskmanagerid}/metrics", "get"),
        new("/taskmanagers/{taskmanagerid}/logs"),
        new("/taskmanagers/{taskmanagerid}/logs/{filename}"),
        new("/taskmanagers/{taskmanagerid}/log"),
        new("/taskmanagers/{taskmanagerid}/stdout"),
        new("/taskmanagers/{taskmanagerid}/thread-dump"),
        new("/taskmanagers/{taskmanagerid}/profiler"),
        new("/savepoint-disposal/{triggerid}"),
    ];

    /// <summary>Why a path with its query may not be sent; null when it may. It is sent exactly as it was checked.</summary>
    public static string? Refusal(string? pathAndQuery)
    {
        if (string.IsNullOrEmpty(pathAndQuery) || pathAndQuery[0] != '/')
            return "A path begins with a slash.";
        if (pathAndQuery.Length > Longest)
            return $"A path has at most {Longest} characters.";
        var question = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? pathAndQuery : pathAndQuery[..question];
        var segments = path[1..].Split('/');
        // Literal names first: /taskmanagers/metrics is not the TaskManager "metrics".
        return All.Where(p => p.Matches(segments)).MinBy(p => p.Parameters) is not { } known
            ? "This path is not on the dashboard's list of readable paths."
            : question < 0 ? null : QueryRefusal(pathAndQuery[(question + 1)..], known);
    }

    /// <summary>A segment is a good value for a placeholder.</summary>
    internal static bool Fits(string placeholder, string value) => placeholder switch
    {
        "{jobid}" or "{vertexid}" or "{triggerid}" => value.Length == 32 && value.All(char.IsAsciiHexDigit),
        "{checkpointid}" or "{subtaskindex}" or "{attempt}" => value.Length is > 0 and <= 19 && value.All(char.IsAsciiDigit),
        "{filename}" => value.Length is > 0 and <= 255 && value[0] != '.' && !value.AsSpan().ContainsAnyExcept(FileCharacters) && !value.Contains("..", StringComparison.Ordinal),
        "{taskmanagerid}" => value.Length is > 0 and <= 253 && char.IsAsciiLetterOrDigit(value[0]) && !value.AsSpan().ContainsAnyExcept(IdCharacters) && !value.Contains("..", StringComparison.Ordinal),
        _ => false
    };

    private static string? QueryRefusal(string query, FlinkPath known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !known.QueryKeys.Contains(pair[..equals]))
                return "This path does not take that query.";
            if (!seen.Add(pair[..equals]))
                return "A query key stands twice.";
            if (!IsPlain(pair[(equals + 1)..]))
                return "A query value has characters that no metric name has.";
        }
        return null;
    }

    // Percent-encoding must be whole, and hide no control character, quote or backslash.
    private static bool IsPlain(string value)
    {
        if (value.Length == 0 || value.AsSpan().ContainsAnyExcept(QueryCharacters))
            return false;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '%')
                continue;
            if (i + 2 >= value.Length || !char.IsAsciiHexDigit(value[i + 1]) || !char.IsAsciiHexDigit(value[i + 2]))
                return false;
            if (Convert.FromHexString(value.AsSpan(i + 1, 2))[0] is < 0x20 or 0x7f or (byte)'\\' or (byte)'"' or (byte)'<')
                return false;
        }
        return true;
    }
}

/// <summary>One line of the allow-list.</summary>
/// <param name="Template">Path with <c>{placeholders}</c>, named as in Flink's OpenAPI description.</param>
/// <param name="QueryKeys">Query keys it takes.</param>
public sealed record FlinkPath(string Template, params string[] QueryKeys)
{
    private readonly string[] parts = Template[1..].Split('/');

    /// <summary>How many placeholders.</summary>
    public int Parameters { get; } = Template.Count(c => c == '{');

    internal bool Matches(string[] segments)
    {
        if (segments.Length != parts.Length)
            return false;
        for (var i = 0; i < parts.Length; i++)
            if (parts[i][0] == '{' ? !FlinkPaths.Fits(parts[i], segments[i]) : parts[i] != segments[i])
                return false;
        return true;
    }
}
