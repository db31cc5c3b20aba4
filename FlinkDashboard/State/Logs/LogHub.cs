using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

/// <summary>All log views that somebody looks at. One for the whole server.</summary>
public sealed class LogHub(KubernetesApi api, ClusterState state, DashboardOptions options, TimeProvider time, ILogger<LogHub> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, (LogFeed Feed, long LastAsked)> feeds = [];

    /// <summary>
    /// The feed of a view, one for all who look at the same; of pods, for all who are the same user. Costs nothing until somebody subscribes. Whether the
    /// user may read from CloudWatch must be decided before: it is read with the dashboard's own credentials.
    /// </summary>
    /// <param name="place">Which log.</param>
    /// <param name="view">Which part of it.</param>
    /// <param name="user">As whom pods are read; null: as the dashboard.</param>
    public LogFeed Open(LogPlace place, LogView view, UserIdentity? user)
    {
        var shared = view.Shared();
        var key = Key(place, shared, user);
        lock (gate)
        {
            foreach (var old in feeds.Where(f => !f.Value.Feed.IsRunning && f.Key != key && time.GetElapsedTime(f.Value.LastAsked) > Memory).ToList())
                feeds.Remove(old.Key);
            var feed = feeds.TryGetValue(key, out var known) ? known.Feed : new(place, shared, () => Reader(place, shared, user), options.Logs.Lines, time, logger, _ => Forget(key));
            feeds[key] = (feed, time.GetTimestamp());
            return feed;
        }
    }

    /// <summary>Views that are being read.</summary>
    public IReadOnlyList<LogFeed> Running { get { lock (gate) return [.. feeds.Values.Select(f => f.Feed).Where(f => f.IsRunning)]; } }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<LogFeed> all;
        lock (gate)
            all = [.. feeds.Values.Select(f => f.Feed)];
        foreach (var feed in all)
            await feed.StopAsync();
    }

    private LogReader Reader(LogPlace place, LogView view, UserIdentity? user) => new PodsReader(place, view, user, api, state, time, options.Logs.Lines);

    private void Forget(string key)
    {
        lock (gate)
            feeds.Remove(key);
    }

    private static string Key(LogPlace place, LogView view, UserIdentity? user) => string.Join('\n',
        place with { Pods = null }, string.Join(' ', (place.Pods ?? []).Order(StringComparer.Ordinal)), view, place.Way == LogWay.Pods ? user?.Key : "");
}
