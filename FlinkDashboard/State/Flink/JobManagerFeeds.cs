using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.State.Flink;

/// <summary>One feed for each JobManager that somebody looks at, however many do. One for the whole server.</summary>
public sealed class JobManagerFeeds(FlinkRestApi api, TimeProvider time, ILogger<JobManagerFeeds> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);
    private readonly Lock gate = new();
    private readonly Dictionary<JobManagerAddress, (JobManagerFeed Feed, long LastAsked)> feeds = [];

    /// <summary>The feed of a JobManager, existing or not: an address where nobody answers says so in its answers. Costs nothing until watched.</summary>
    /// <exception cref="ArgumentException">Namespace or cluster is no Kubernetes name.</exception>
    public JobManagerFeed Of(JobManagerAddress address)
    {
        if (!address.IsValid)
            throw new ArgumentException($"\"{address}\" names no JobManager.", nameof(address));
        lock (gate)
        {
            foreach (var old in feeds.Where(f => f.Value.Feed.Watchers == 0 && f.Key != address && time.GetElapsedTime(f.Value.LastAsked) > Memory).ToList())
                feeds.Remove(old.Key);
            var feed = feeds.TryGetValue(address, out var known) ? known.Feed : new JobManagerFeed(address, api, time, logger);
            feeds[address] = (feed, time.GetTimestamp());
            return feed;
        }
    }

    /// <summary>Feeds that somebody watches.</summary>
    public IReadOnlyList<JobManagerFeed> Watched { get { lock (gate) return [.. feeds.Values.Select(f => f.Feed).Where(f => f.Watchers > 0)]; } }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<JobManagerFeed> all;
        lock (gate)
            all = [.. feeds.Values.Select(f => f.Feed)];
        foreach (var feed in all)
            await feed.DisposeAsync();
    }
}
