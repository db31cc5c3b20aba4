using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.CloudWatchLogs;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

/// <summary>All log views that somebody looks at. One for the whole server.</summary>
public sealed partial class LogHub : IAsyncDisposable
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, (LogFeed Feed, long LastAsked)> feeds = [];
    private readonly KubernetesApi api;
    private readonly ClusterState state;
    private readonly CloudWatchLogsApi cloud;
    private readonly TailHub tails;
    private readonly int lines;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    /// <summary>Takes the ways to all logs.</summary>
    public LogHub(KubernetesApi api, ClusterState state, CloudWatchLogsApi cloud, LogSources sources, DashboardOptions options, TimeProvider time, ILogger<LogHub> logger)
    {
        (this.api, this.state, this.cloud, this.time, this.logger, lines) = (api, state, cloud, time, logger, options.Logs.Lines);
        tails = new(cloud, sources.Groups, time, logger);
    }

    /// <summary>Live Tail sessions that are open.</summary>
    public int TailSessions => tails.Count;

    /// <summary>Views that are being read.</summary>
    public IReadOnlyList<LogFeed> Running { get { lock (gate) return [.. feeds.Values.Select(f => f.Feed).Where(f => f.IsRunning)]; } }

    /// <summary>
    /// The feed of a view, one for all who look at the same; of pods, for all who are the same user. Costs nothing until somebody subscribes. Whether the
    /// user may read from CloudWatch must be decided before: it is read with the dashboard's own credentials.
    /// </summary>
    /// <param name="target">Which log; not an archive: see <see cref="OpenArchive"/>.</param>
    /// <param name="view">Which part of it.</param>
    /// <param name="user">As whom pods are read; null: as the dashboard.</param>
    public LogFeed Open(LogTarget target, LogView view, UserIdentity? user)
    {
        var (shared, place) = (view.Shared(), target.Place);
        return Shared(target, shared, user, () => place.Way switch
        {
            LogWay.Pods => new PodsReader(place, shared, user, api, state, time, lines),
            LogWay.CloudWatch when target.Scope is { } scope => new CloudWatchReader(scope, shared, cloud, tails, time, lines),
            LogWay.CloudWatch => new NoReader($"{place.Name} names no log group: its spec has no monitoringConfiguration.cloudWatchMonitoringConfiguration. A group can be chosen by name."),
            _ => new NoReader("An archive needs somebody who opens it.")
        });
    }

    /// <summary>The feed of an archive, one for all who look at the same.</summary>
    /// <param name="place">Names the archive.</param>
    /// <param name="view">Which part of it.</param>
    /// <param name="open">Opens its content as it is stored: compressed.</param>
    public LogFeed OpenArchive(LogPlace place, LogView view, Func<CancellationToken, Task<Stream>> open)
    {
        var fixedView = view with { IsLive = false };
        return Shared(new(place, null), fixedView, null, () => new ArchiveReader(place.Address ?? "", fixedView, open, time, lines));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<LogFeed> all;
        lock (gate)
            all = [.. feeds.Values.Select(f => f.Feed)];
        foreach (var feed in all)
            await feed.StopAsync();
    }

    private LogFeed Shared(LogTarget target, LogView view, UserIdentity? user, Func<LogReader> open)
    {
        var key = Key(target, view, user);
        lock (gate)
        {
            foreach (var old in feeds.Where(f => !f.Value.Feed.IsRunning && f.Key != key && time.GetElapsedTime(f.Value.LastAsked) > Memory).ToList())
                feeds.Remove(old.Key);
            var feed = feeds.TryGetValue(key, out var known) ? known.Feed : new(target.Place, view, open, lines, time, logger, _ => Forget(key));
            feeds[key] = (feed, time.GetTimestamp());
            return feed;
        }
    }

    private void Forget(string key)
    {
        lock (gate)
            feeds.Remove(key);
    }

    // What is read belongs to the key: an application that names another group is another log.
    private static string Key(LogTarget target, LogView view, UserIdentity? user) => string.Join('\n',
        target.Place with { Pods = null }, string.Join(' ', (target.Place.Pods ?? []).Order(StringComparer.Ordinal)), view, target.Place.Way == LogWay.Pods ? user?.Key : "", target.Scope?.Group, string.Join(' ', target.Scope?.Prefixes ?? []));
}
