using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.CloudWatchLogs;

namespace FlinkDashboard.State.Logs;

/// <summary>Live events of CloudWatch: one session for each group, choice of streams and pattern, however many views it has.</summary>
internal sealed class TailHub(CloudWatchLogsApi api, LogGroups groups, TimeProvider time, ILogger logger)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, TailSession> sessions = new(StringComparer.Ordinal);

    /// <summary>Sessions that are open.</summary>
    public int Count { get { lock (gate) return sessions.Count; } }

    /// <summary>Takes part in the session; dispose to leave. The last one ends it: it is billed by the minute.</summary>
    public IDisposable Join(CloudScope scope, string? pattern, Action<TailNews> told)
    {
        // What the session itself does not choose is chosen by each view.
        var wide = scope with { Pods = [], Output = null };
        var key = string.Join('\n', wide.Group, string.Join('\t', wide.Prefixes), pattern, wide.Application);
        lock (gate)
        {
            if (!sessions.TryGetValue(key, out var session))
            {
                sessions[key] = session = new(wide, pattern, api, groups, time, logger);
                LogTally.Tails.Add(1);
            }
            session.Add(told);
            return new Membership(() => Leave(key, session, told));
        }
    }

    private void Leave(string key, TailSession session, Action<TailNews> told)
    {
        lock (gate)
        {
            if (session.Remove(told) > 0 || sessions.GetValueOrDefault(key) != session)
                return;
            sessions.Remove(key);
            LogTally.Tails.Add(-1);
        }
        session.End();
    }

    private sealed class Membership(Action leave) : IDisposable
    {
        private Action? leave = leave;

        public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
    }
}

/// <summary>What a session tells its views.</summary>
/// <param name="Events">New events, by time.</param>
/// <param name="State">How well it is known.</param>
/// <param name="Problem">What is wrong; null while all is well.</param>
/// <param name="IsSampled">Only a part is delivered now.</param>
/// <param name="Mark">Something to be written between the lines; null: nothing.</param>
internal sealed record TailNews(IReadOnlyList<CloudEvent> Events, LogFeedState State, string? Problem, bool IsSampled, TailMark? Mark);

/// <summary>Something to be written between the lines.</summary>
internal sealed record TailMark(bool IsGap, DateTimeOffset At, string Text);

/// <summary>Log groups of the account: names, and the ARNs that Live Tail wants.</summary>
public sealed class LogGroups(CloudWatchLogsApi api, DashboardOptions options, TimeProvider time)
{
    private const int MostPages = 20;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim asking = new(1);
    private IReadOnlyList<LogGroup>? known;
    private long knownAt;

    /// <summary>Groups to choose from: those of <c>Logs:Groups</c>, else all of the account (the first 1,000).</summary>
    /// <exception cref="CloudWatchLogsException">The account cannot be asked.</exception>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken stop) =>
        options.Logs.Groups.Count > 0 ? options.Logs.Groups : [.. (await AllAsync(stop)).Select(g => g.LogGroupName)];

    /// <summary>The ARN of a group, without <c>:*</c>.</summary>
    /// <exception cref="CloudWatchLogsException">There is no such group, or the account cannot be asked.</exception>
    internal async Task<string> ArnAsync(string name, CancellationToken stop)
    {
        if (options.Logs.Account is { } account && api.Region is { } region)
            return $"arn:{(region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn" : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws")}:logs:{region}:{account}:log-group:{name}";
        return (await FindAsync(name, stop))?.Identifier
            ?? throw new CloudWatchLogsException(LogsFault.NotFound, "DescribeLogGroups", $"There is no log group {name}: it may be in another region or account.");
    }

    /// <summary>Bytes that a group holds, as CloudWatch counts them; null when there is no such group.</summary>
    /// <exception cref="CloudWatchLogsException">The account cannot be asked.</exception>
    public async Task<long?> HeldAsync(string name, CancellationToken stop) => (await FindAsync(name, stop))?.StoredBytes;

    private async Task<LogGroup?> FindAsync(string name, CancellationToken stop) =>
        known?.FirstOrDefault(g => g.LogGroupName == name)
            ?? (await api.DescribeLogGroupsAsync(new(LogGroupNamePrefix: name), stop)).LogGroups?.FirstOrDefault(g => g.LogGroupName == name);

    private async Task<IReadOnlyList<LogGroup>> AllAsync(CancellationToken stop)
    {
        await asking.WaitAsync(stop);
        try
        {
            if (known is not null && time.GetElapsedTime(knownAt) < Memory)
                return known;
            List<LogGroup> all = [];
            string? token = null;
            for (var page = 0; page < MostPages; page++)
            {
                var answer = await api.DescribeLogGroupsAsync(new(Limit: 50, NextToken: token), stop);
                all.AddRange(answer.LogGroups ?? []);
                if ((token = answer.NextToken) is null)
                    break;
            }
            (known, knownAt) = (all, time.GetTimestamp());
            return all;
        }
        finally
        {
            asking.Release();
        }
    }
}
