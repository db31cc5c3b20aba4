using FlinkDashboard.Gateways.CloudWatchLogs;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

/// <summary>Which streams of which group a place means.</summary>
/// <param name="Group">Log group.</param>
/// <param name="Prefixes">Streams that begin so; empty: all of the group.</param>
/// <param name="Application">Only pods of this application; null for streams chosen freely.</param>
/// <param name="Pods">Only these pods; empty: all.</param>
/// <param name="Output">Only streams of this output; null: all.</param>
internal sealed record CloudScope(string Group, IReadOnlyList<string> Prefixes, string? Application, IReadOnlyList<string> Pods, string? Output = null)
{
    /// <summary>Pages that one look may take.</summary>
    public const int Pages = 20;

    /// <summary>Prefixes to ask for one after the other; null alone: all streams.</summary>
    public IReadOnlyList<string?> Searches => Prefixes.Count > 0 ? [.. Prefixes] : [null];

    /// <summary>The pod that an event comes from, or its stream; null when it is none of this scope.</summary>
    public string? SourceOf(string stream)
    {
        if (Output is not null && StreamName.OutputOf(stream) != Output)
            return null;
        var pod = StreamName.PodOf(stream);
        if (Application is not null && (pod is null || !StreamName.BelongsTo(pod, Application)))
            return null;
        if (Pods.Count > 0 && (pod is null || !Pods.Contains(pod)))
            return null;
        return pod ?? stream;
    }

    /// <summary>Events of a time, oldest first, with the scope's streams only.</summary>
    /// <returns>The events, and until when everything is read: <paramref name="end"/> unless there were too many pages.</returns>
    public async Task<(List<CloudEvent> Events, long ReadTo)> ReadAsync(CloudWatchLogsApi api, string? pattern, long start, long end, int pages, CancellationToken stop)
    {
        List<CloudEvent> events = [];
        var readTo = end;
        foreach (var prefix in Searches)
        {
            string? token = null;
            var seen = start;
            for (var page = 0; ; page++)
            {
                var answer = await api.FilterLogEventsAsync(new(Group, LogStreamNamePrefix: prefix, StartTime: start, EndTime: end, FilterPattern: pattern, NextToken: token), stop);
                events.AddRange((answer.Events ?? []).Where(e => SourceOf(e.LogStreamName) is not null).Select(e => new CloudEvent(e.LogStreamName, e.Timestamp, e.Message)));
                seen = answer.Events is { Count: > 0 } some ? some[^1].Timestamp : seen;
                token = answer.NextToken;
                if (token is null)
                    break;
                if (page + 1 >= pages)
                {
                    readTo = Math.Min(readTo, seen);
                    break;
                }
            }
        }
        return ([.. events.OrderBy(e => e.Timestamp)], readTo); // stable: within a stream the service's order stays
    }
}
