using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.State;

namespace FlinkDashboard.Ui.Flink;

/// <summary>Every application, session cluster and session job with its verdict, judged once for all viewers. Each viewer is shown the rows of the namespaces they may read.</summary>
public sealed class FlinkBoard(ClusterState cluster, TimeProvider clock)
{
    // Sentences tell ages: an object that did not change is judged again after this time.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Sources _sources;
    private DateTimeOffset _judgedAt;
    private IReadOnlyList<AppRow> _apps = [];
    private IReadOnlyList<SessionJobRow> _jobs = [];

    /// <summary>Applications and session clusters, in no order.</summary>
    public IReadOnlyList<AppRow> Apps
    {
        get
        {
            lock (_lock)
            {
                Judge();
                return _apps;
            }
        }
    }

    /// <summary>Jobs of session clusters, in no order.</summary>
    public IReadOnlyList<SessionJobRow> SessionJobs
    {
        get
        {
            lock (_lock)
            {
                Judge();
                return _jobs;
            }
        }
    }

    /// <summary>Told after each change of anything a verdict rests on.</summary>
    public IDisposable Subscribe(Action changed) => new Several(cluster.Of<FlinkDeployment>().Subscribe(changed), cluster.Of<FlinkSessionJob>().Subscribe(changed), cluster.Of<FlinkStateSnapshot>().Subscribe(changed),
        cluster.Of<Pod>().Subscribe(changed), cluster.Of<CoreEvent>().Subscribe(changed), cluster.Of<Namespace>().Subscribe(changed));

    /// <summary>What is known around one object of a namespace.</summary>
    public Evidence EvidenceOf(IReadOnlyList<Pod> pods, IReadOnlyList<CoreEvent> events, IReadOnlyList<FlinkStateSnapshot> snapshots) => new(clock.GetUtcNow())
    {
        Pods = cluster.Of<Pod>().Status.IsKnown ? pods : null,
        Events = cluster.Of<CoreEvent>().Status.IsKnown ? events : null,
        Snapshots = cluster.Of<FlinkStateSnapshot>().Status.IsKnown ? snapshots : null,
        HeardAt = cluster.Of<FlinkDeployment>().Status is { State: WatchState.Stale } status ? status.LastContact : null,
    };

    private void Judge()
    {
        var sources = new Sources(cluster.Now<FlinkDeployment>(), cluster.Now<FlinkSessionJob>(), cluster.Now<Pod>(), cluster.Now<CoreEvent>(), cluster.Now<FlinkStateSnapshot>(), cluster.Of<FlinkDeployment>().Status.State);
        var now = clock.GetUtcNow();
        if (sources == _sources && now - _judgedAt < Fresh)
            return;
        (_sources, _judgedAt) = (sources, now);
        var pods = sources.Pods.All.Where(pod => ClusterPods.ClusterOf(pod) is not null).ToLookup(pod => (pod.Metadata.Namespace, ClusterPods.ClusterOf(pod)!));
        var events = sources.Events.All.ToLookup(one => (one.InvolvedObject.Namespace, one.InvolvedObject.Name));
        var snapshots = sources.Snapshots.All.ToLookup(one => (one.Metadata.Namespace, one.Spec.JobReference?.Name ?? ""));
        _apps = [.. sources.Apps.All.Where(app => !FlinkReading.IsCanary(app)).Select(app => AppRow.From(app, Around(app.Metadata, app.Metadata.Name), cluster.Now<Namespace>().Find(null, app.Metadata.Namespace)))];
        _jobs = [.. sources.Jobs.All.Where(job => !FlinkReading.IsCanary(job)).Select(job => SessionJobRow.From(job, sources.Apps.Find(job.Metadata.Namespace, job.Spec.DeploymentName), Around(job.Metadata, job.Spec.DeploymentName)))];

        Evidence Around(ObjectMeta about, string clusterName)
        {
            IReadOnlyList<Pod> own = [.. pods[(about.Namespace, clusterName)]];
            return EvidenceOf(own, [.. own.Select(pod => pod.Metadata.Name).Concat([about.Name, clusterName]).Distinct().SelectMany(name => events[(about.Namespace, name)])], [.. snapshots[(about.Namespace, about.Name)]]);
        }
    }

    private readonly record struct Sources(ResourceSet<FlinkDeployment> Apps, ResourceSet<FlinkSessionJob> Jobs, ResourceSet<Pod> Pods, ResourceSet<CoreEvent> Events, ResourceSet<FlinkStateSnapshot> Snapshots, WatchState State);

    private sealed class Several(params IDisposable[] all) : IDisposable
    {
        public void Dispose()
        {
            foreach (var one in all)
                one.Dispose();
        }
    }
}
