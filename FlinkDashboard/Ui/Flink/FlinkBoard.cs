using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.State;
using FlinkDashboard.State.Metrics;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Ui.Flink;

/// <summary>What the board says at one moment.</summary>
/// <param name="Apps">Applications and session clusters, in no order.</param>
/// <param name="SessionJobs">Jobs of session clusters, in no order.</param>
public sealed record BoardView(IReadOnlyList<AppRow> Apps, IReadOnlyList<SessionJobRow> SessionJobs);

/// <summary>
/// Every application, session cluster and session job with its verdict, judged once for all viewers: every 0.4 s at most while somebody looks, else
/// when somebody asks. Each viewer is shown the rows of the namespaces they may read.
/// </summary>
public sealed class FlinkBoard : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();
    private readonly ClusterState _cluster;
    private readonly FleetNumbers _fleet;
    private readonly TimeProvider _clock;
    private readonly RowMemo _memo = new();
    private readonly RefreshGate _gate;
    private readonly List<Action> _listeners = [];
    private readonly List<IDisposable> _sources = [];
    private Sources _judged;
    private BoardView _view = new([], []);

    public FlinkBoard(ClusterState cluster, FleetNumbers fleet, TimeProvider clock, ScreenClock screen, ILogger<FlinkBoard> logger)
    {
        (_cluster, _fleet, _clock) = (cluster, fleet, clock);
        _gate = new RefreshGate(screen.Time, Pace, RefreshAsync, error => logger.LogError(error, "Judging the applications failed"));
    }

    /// <summary>Subscriptions open now.</summary>
    public int Subscribers { get { lock (_lock) return _listeners.Count; } }

    /// <summary>The rows now. While somebody listens these are at most 0.4 s old, and the listener is told of newer ones.</summary>
    public BoardView Current
    {
        get
        {
            lock (_lock)
            {
                if (_listeners.Count == 0 || _judged == default)
                    Judge();
                return _view;
            }
        }
    }

    /// <summary>Told after each new judgement.</summary>
    public IDisposable Subscribe(Action changed)
    {
        lock (_lock)
        {
            _listeners.Add(changed);
            if (_listeners.Count == 1)
            {
                ResourceCache[] watched = [_cluster.Of<FlinkDeployment>(), _cluster.Of<FlinkSessionJob>(), _cluster.Of<FlinkStateSnapshot>(), _cluster.Of<Pod>(), _cluster.Of<CoreEvent>(), _cluster.Of<Namespace>()];
                _sources.AddRange(watched.Select(cache => cache.Subscribe(_gate.Mark)));
                if (_fleet.IsConfigured)
                    _sources.Add(_fleet.SubscribeJobs(_gate.Mark));
                Judge();
            }
        }

        return new Ending(() => End(changed));
    }

    public void Dispose() => _gate.Dispose();

    private void End(Action changed)
    {
        lock (_lock)
        {
            _listeners.Remove(changed);
            if (_listeners.Count > 0)
                return;
            foreach (var source in _sources)
                source.Dispose();
            _sources.Clear();
        }
    }

    private async Task RefreshAsync()
    {
        // Whoever marked the gate is a watch at work: judging goes on elsewhere.
        await Task.Yield();
        Action[] told;
        lock (_lock)
        {
            Judge();
            told = [.. _listeners];
        }

        foreach (var listener in told)
            listener();
    }

    private void Judge()
    {
        var now = _clock.GetUtcNow();
        var sources = new Sources(_cluster.Now<FlinkDeployment>(), _cluster.Now<FlinkSessionJob>(), _cluster.Now<Pod>(), _cluster.Now<CoreEvent>(), _cluster.Now<FlinkStateSnapshot>(), _cluster.Of<FlinkDeployment>().Status.State, _fleet.Now.ByJob,
            now.ToUnixTimeSeconds() / (long)RowMemo.Fresh.TotalSeconds);
        if (sources == _judged)
            return;
        _judged = sources;
        var pods = sources.Pods.All.Where(pod => ClusterPods.ClusterOf(pod) is not null).ToLookup(pod => (pod.Metadata.Namespace, ClusterPods.ClusterOf(pod)!));
        var events = sources.Events.All.ToLookup(one => (one.InvolvedObject.Namespace, one.InvolvedObject.Name));
        var snapshots = sources.Snapshots.All.ToLookup(one => (one.Metadata.Namespace, one.Spec.JobReference?.Name ?? ""));
        var apps = sources.Apps.All.Where(app => !FlinkReading.IsCanary(app))
            .Select(app => _memo.Of(app, Around(app.Metadata, app.Metadata.Name, app.Spec.Job is null ? null : app.Status.JobStatus.JobId, alone: true), evidence => AppRow.From(app, evidence, _cluster.Now<Namespace>().Find(null, app.Metadata.Namespace)))).ToArray();
        var jobs = sources.Jobs.All.Where(job => !FlinkReading.IsCanary(job)).Select(job => SessionJobRow.From(job, sources.Apps.Find(job.Metadata.Namespace, job.Spec.DeploymentName), Around(job.Metadata, job.Spec.DeploymentName, job.Status.JobStatus.JobId, alone: false))).ToArray();
        _memo.Forget(now);
        _view = new BoardView(apps, jobs);

        Evidence Around(ObjectMeta about, string clusterName, string? jobId, bool alone)
        {
            IReadOnlyList<Pod> own = [.. pods[(about.Namespace, clusterName)]];
            return new Evidence(now)
            {
                Pods = _cluster.Of<Pod>().Status.IsKnown ? own : null,
                Events = _cluster.Of<CoreEvent>().Status.IsKnown ? [.. own.Select(pod => pod.Metadata.Name).Concat([about.Name, clusterName]).Distinct().SelectMany(name => events[(about.Namespace, name)])] : null,
                Snapshots = _cluster.Of<FlinkStateSnapshot>().Status.IsKnown ? [.. snapshots[(about.Namespace, about.Name)]] : null,
                Numbers = _fleet.Job(about.Namespace, clusterName, jobId, alone),
                HeardAt = _cluster.Of<FlinkDeployment>().Status is { State: WatchState.Stale } status ? status.LastContact : null,
            };
        }
    }

    private readonly record struct Sources(ResourceSet<FlinkDeployment> Apps, ResourceSet<FlinkSessionJob> Jobs, ResourceSet<Pod> Pods, ResourceSet<CoreEvent> Events, ResourceSet<FlinkStateSnapshot> Snapshots, WatchState State,
        IReadOnlyDictionary<(string, string, string), JobNumbers> Numbers, long Era);

    private sealed class Ending(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
