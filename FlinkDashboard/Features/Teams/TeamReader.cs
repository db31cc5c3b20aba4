using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.State;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features.Teams;

/// <summary>Reads teams from what the viewer may see.</summary>
public static class TeamReader
{
    /// <summary>Names of all teams.</summary>
    public static IReadOnlyList<string> Names(ClusterView cluster) => TeamNamespaces.Of(
        [.. cluster.All<FlinkDeployment>(), .. cluster.All<FlinkSessionJob>(), .. cluster.All<FlinkStateSnapshot>(), .. cluster.All<FlinkBlueGreenDeployment>()],
        cluster.All<Role>(), cluster.All<ServiceAccount>(), cluster.All<Pod>());

    /// <summary>Everything about some namespaces.</summary>
    public static IReadOnlyList<TeamRow> Rows(ClusterView cluster, IReadOnlyList<string> names)
    {
        var (apps, jobs) = (cluster.Deployments.ToLookup(row => row.Namespace), cluster.SessionJobs.ToLookup(row => row.Namespace));
        return [.. names.Select(ns => TeamRow.From(new TeamSource(ns, cluster.Find<Namespace>(null, ns), [.. apps[ns]], [.. jobs[ns]], [.. cluster.In<Pod>(ns)], [.. cluster.In<ResourceQuota>(ns)],
            [.. cluster.In<PodMetrics>(ns)], Access(cluster, ns).Warnings)))];
    }

    /// <summary>Who may do what in a namespace.</summary>
    public static TeamAccess Access(ClusterView cluster, string ns) => TeamAccess.From(ns, Known<Role>(cluster, ns), cluster.Status<ClusterRole>().State == WatchState.Live ? cluster.All<ClusterRole>() : null,
        [.. cluster.In<RoleBinding>(ns)], Known<ServiceAccount>(cluster, ns), [.. cluster.In<Pod>(ns)]);

    // None of a kind in a namespace may also mean that this viewer may not see them there: then nothing is concluded from it.
    private static IReadOnlyList<T>? Known<T>(ClusterView cluster, string ns) where T : class, IKubernetesObject<T>
    {
        IReadOnlyList<T> own = [.. cluster.In<T>(ns)];
        return own.Count > 0 ? own : null;
    }
}
