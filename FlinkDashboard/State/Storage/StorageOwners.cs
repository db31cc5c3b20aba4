using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Storage;

namespace FlinkDashboard.State.Storage;

/// <summary>Which application what belongs to, from the caches. Holds all applications that the dashboard sees, not those of one viewer: it decides what is an orphan.</summary>
public sealed class StorageOwners(ClusterState state)
{
    private volatile Reading? read;
    private volatile Known known = new(null, null, null, StorageOwnership.None);

    /// <summary>Applications, session jobs and snapshots have been listed: what none of them names is an orphan.</summary>
    public bool IsKnown => state.Of<FlinkDeployment>().Status.IsKnown && Listed(state.Of<FlinkSessionJob>().Status) && Listed(state.Of<FlinkStateSnapshot>().Status);

    /// <summary>The reading of what the caches hold now; made anew only when they have changed.</summary>
    public StorageOwnership Current
    {
        get
        {
            var (apps, jobs, snapshots) = (state.Now<FlinkDeployment>(), state.Now<FlinkSessionJob>(), state.Now<FlinkStateSnapshot>());
            var now = known;
            if (ReferenceEquals(now.Apps, apps) && ReferenceEquals(now.Jobs, jobs) && ReferenceEquals(now.Snapshots, snapshots))
                return now.Ownership;
            known = now = new(apps, jobs, snapshots, StorageOwnership.Of(apps.All, jobs.All, snapshots.All));
            return now.Ownership;
        }
    }

    /// <summary>Who keeps how much of a count.</summary>
    public StorageUsage UsageOf(StorageCount count)
    {
        var (ownership, last) = (Current, read);
        if (last is not null && ReferenceEquals(last.Count, count) && ReferenceEquals(last.Ownership, ownership))
            return last.Usage;
        read = last = new(count, ownership, StorageUsage.Of(count, ownership));
        return last.Usage;
    }

    private static bool Listed(WatchStatus status) => status.IsKnown || status.State == WatchState.Absent;

    private sealed record Reading(StorageCount Count, StorageOwnership Ownership, StorageUsage Usage);

    private sealed record Known(object? Apps, object? Jobs, object? Snapshots, StorageOwnership Ownership);
}
