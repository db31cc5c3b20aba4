using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.State;

/// <summary>How fresh what is shown of the cluster is.</summary>
public enum Contact
{
    /// <summary>Nothing has been listed yet and no attempt has failed.</summary>
    Connecting,

    /// <summary>The API server answers.</summary>
    Live,

    /// <summary>Some kinds are live, others have lost contact.</summary>
    Partial,

    /// <summary>The API server cannot be reached, or has never been.</summary>
    Lost
}

/// <summary>One line for the top of every page.</summary>
/// <param name="Contact">How well.</param>
/// <param name="LastContact">When the API server last said anything; null before the first time.</param>
/// <param name="Age">How old what is shown is at most; null before the first contact.</param>
/// <param name="LastError">The newest failure in words, or null.</param>
/// <param name="Lost">Kinds without contact.</param>
/// <param name="Forbidden">Kinds that this account may not see.</param>
/// <param name="Absent">Kinds that the cluster does not have.</param>
public sealed record ClusterFreshness(
    Contact Contact, DateTimeOffset? LastContact, TimeSpan? Age, string? LastError,
    IReadOnlyList<KindInfo> Lost, IReadOnlyList<KindInfo> Forbidden, IReadOnlyList<KindInfo> Absent);

/// <summary>Reads the freshness of the cluster from the statuses of its watches. Pure.</summary>
public static class FreshnessOf
{
    /// <summary>The whole cluster. Polled kinds do not decide: their server (metrics.k8s.io) may be down while the API server is well.</summary>
    public static ClusterFreshness Cluster(IReadOnlyList<(KindInfo Kind, WatchStatus Status)> statuses, DateTimeOffset now)
    {
        var watched = statuses.Where(s => s.Kind.Watched).Select(s => s.Status).ToList();
        var (live, stale) = (watched.Count(s => s.State is WatchState.Live or WatchState.Forbidden or WatchState.Absent), watched.Count(s => s.State == WatchState.Stale));
        var contact = stale == 0 ? live > 0 ? Contact.Live : Contact.Connecting : live > 0 ? Contact.Partial : Contact.Lost;
        var last = watched.Max(s => s.LastContact);
        var oldest = contact is Contact.Live ? last : watched.Where(s => s.State == WatchState.Stale).Min(s => s.LastContact) ?? last;
        return new(
            contact, last, now - oldest,
            watched.Where(s => s.State == WatchState.Stale).MaxBy(s => s.Since)?.LastError,
            With(WatchState.Stale), With(WatchState.Forbidden), With(WatchState.Absent));

        List<KindInfo> With(WatchState state) => [.. statuses.Where(s => s.Status.State == state).Select(s => s.Kind)];
    }
}
