namespace FlinkDashboard.State;

/// <summary>How well a kind is known right now.</summary>
public enum WatchState
{
    /// <summary>Not listed yet.</summary>
    Connecting,

    /// <summary>Listed, and every change arrives.</summary>
    Live,

    /// <summary>Contact is lost: what is shown is as old as <see cref="WatchStatus.LastContact"/>.</summary>
    Stale,

    /// <summary>This account may not list or watch the kind (403).</summary>
    Forbidden,

    /// <summary>The cluster does not have the kind (404): its CRD or API service is not installed.</summary>
    Absent
}

/// <summary>What is known about the watch of one kind, in one namespace or across the cluster.</summary>
/// <param name="State">How well.</param>
/// <param name="Since">Since when in this state.</param>
/// <param name="LastContact">When the API server last said anything about the kind; null before the first time.</param>
/// <param name="LastError">The last failure in words; null while all is well.</param>
/// <param name="ForbiddenNamespaces">With <c>Cluster:Namespaces</c>: those that answered 403 while others did not.</param>
public sealed record WatchStatus(WatchState State, DateTimeOffset Since, DateTimeOffset? LastContact, string? LastError, IReadOnlyList<string> ForbiddenNamespaces)
{
    /// <summary>The kind has been listed at least once, so that "none" means none.</summary>
    public bool IsKnown => State is WatchState.Live || (State is WatchState.Stale && LastContact is not null);

    /// <summary>
    /// One status for several watches of the same kind: the worst that concerns what is shown. A namespace that may not be read does not make the
    /// others forbidden.
    /// </summary>
    public static WatchStatus Merge(IReadOnlyCollection<KeyValuePair<string, WatchStatus>> byNamespace)
    {
        var worst = byNamespace.Select(s => s.Value).MinBy(s => Rank(s.State))!;
        var forbidden = byNamespace.Where(s => s.Value.State == WatchState.Forbidden && s.Key.Length > 0).Select(s => s.Key).Order(StringComparer.Ordinal).ToList();
        return worst with { LastContact = byNamespace.Max(s => s.Value.LastContact), ForbiddenNamespaces = forbidden };
    }

    private static int Rank(WatchState state) => state switch
    {
        WatchState.Stale => 0,
        WatchState.Connecting => 1,
        WatchState.Live => 2,
        WatchState.Absent => 3,
        _ => 4
    };
}
