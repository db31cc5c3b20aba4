using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Filters;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.LiveTail;

/// <summary>What a session follows.</summary>
/// <param name="Arns">ARNs of its groups.</param>
/// <param name="Groups">Names of its groups.</param>
/// <param name="Names">Names of streams; empty for all.</param>
/// <param name="Prefixes">What names of streams begin with; empty for all.</param>
/// <param name="PatternText">Filter pattern, or null.</param>
/// <param name="Pattern">The same, read.</param>
internal sealed record LiveTailRequest(IReadOnlyList<string> Arns, IReadOnlyList<string> Groups, IReadOnlyList<string> Names, IReadOnlyList<string> Prefixes, string? PatternText, FilterPattern Pattern)
{
    private const int MostGroups = 10;
    private const int MostStreams = 100;

    /// <summary>Reads and checks a request.</summary>
    /// <exception cref="AwsFailure">It is wrong.</exception>
    public static LiveTailRequest Read(LogsCall call, LogGroups groups)
    {
        var (arns, names, prefixes, pattern) = (call.Texts("logGroupIdentifiers"), call.Texts("logStreamNames"), call.Texts("logStreamNamePrefixes"), call.Text("logEventFilterPattern"));
        if (arns.Count is 0 or > MostGroups)
            throw LogsCall.Invalid($"1 validation error detected: Value at 'logGroupIdentifiers' failed to satisfy constraint: Member must have length between 1 and {MostGroups}");
        if (arns.FirstOrDefault(a => !a.StartsWith(LogGroup.ArnOf(""), StringComparison.Ordinal) || a.EndsWith('*')) is { } wrong)
            throw LogsCall.Invalid($"The log group identifier '{wrong}' is not a valid log group ARN.");
        if (names.Count > 0 && prefixes.Count > 0)
            throw LogsCall.Invalid("LogStreamNames and LogStreamNamePrefixes cannot both be specified.");
        if (names.Count + prefixes.Count > MostStreams)
            throw LogsCall.Invalid($"At most {MostStreams} log stream names or prefixes may be specified.");
        if (names.Count + prefixes.Count > 0 && arns.Count != 1)
            throw LogsCall.Invalid("Log stream names and prefixes can only be specified with exactly one log group.");
        var found = arns.Select(a => groups.Find(a) ?? throw new AwsFailure("ResourceNotFoundException", "The specified log group does not exist.", 400)).ToList();
        return new(arns, [.. found.Select(g => g.Name)], names, prefixes, pattern, FilterPattern.Parse(pattern, "logEventFilterPattern"));
    }

    /// <summary>A stream belongs to it.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="stream">Its name.</param>
    public bool Follows(string? group, string stream) => group is not null && Groups.Contains(group)
        && (Names.Count == 0 || Names.Contains(stream)) && (Prefixes.Count == 0 || Prefixes.Any(p => stream.StartsWith(p, StringComparison.Ordinal)));

    /// <summary>The first thing a session says.</summary>
    public JsonObject Start(string requestId, string sessionId) => new()
    {
        ["requestId"] = requestId,
        ["sessionId"] = sessionId,
        ["logGroupIdentifiers"] = List(Arns),
        ["logStreamNames"] = List(Names),
        ["logStreamNamePrefixes"] = List(Prefixes),
        ["logEventFilterPattern"] = PatternText ?? "",
    };

    private static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(t => (JsonNode)t)];
}
