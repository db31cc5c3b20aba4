using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.State;
using FlinkDashboard.Ui.Flink;

namespace FlinkDashboard.Ui.Live;

/// <summary>
/// What one viewer sees of the cluster now: the caches, narrowed to what this viewer may read. Reading only; a component listens through
/// <see cref="LiveComponent"/>.
/// </summary>
public sealed class ClusterView(ClusterState state, FlinkBoard board, Visibility visibility, CurrentUser user)
{
    /// <summary>Who looks.</summary>
    public CurrentUser User => user;

    /// <summary>How fresh the whole is.</summary>
    public ClusterFreshness Freshness => state.Freshness;

    /// <summary>Every cache with its status, for lists of kinds.</summary>
    public IReadOnlyCollection<ResourceCache> Caches => state.All;

    /// <summary>Applications and session clusters with their verdicts.</summary>
    public IEnumerable<AppRow> Deployments
    {
        get
        {
            var visible = Visible<FlinkDeployment>();
            return board.Current.Apps.Where(row => visible.Shows(row.Namespace));
        }
    }

    /// <summary>Applications with their verdicts.</summary>
    public IEnumerable<AppRow> Apps => Deployments.Where(row => !row.IsSession);

    /// <summary>Jobs of session clusters with their verdicts.</summary>
    public IEnumerable<SessionJobRow> SessionJobs
    {
        get
        {
            var visible = Visible<FlinkSessionJob>();
            return board.Current.SessionJobs.Where(row => visible.Shows(row.Namespace));
        }
    }

    /// <summary>Every object of a kind that this viewer may see.</summary>
    public IReadOnlyList<T> All<T>() where T : class, IKubernetesObject<T>
    {
        var visible = Visible<T>();
        var all = state.Now<T>().All;
        return visible.Everywhere ? all : [.. all.Where(one => visible.Shows(one.Metadata.Namespace))];
    }

    /// <summary>The objects of a namespace.</summary>
    public IEnumerable<T> In<T>(string ns) where T : class, IKubernetesObject<T> => Visible<T>().Shows(ns) ? state.Now<T>().In(ns) : [];

    /// <summary>This viewer may see the objects of a namespace: where not, that there are none says nothing.</summary>
    public bool Sees<T>(string ns) where T : class, IKubernetesObject<T> => Visible<T>().Shows(ns);

    /// <summary>One object, or null.</summary>
    public T? Find<T>(string? ns, string name) where T : class, IKubernetesObject<T> => Visible<T>().Shows(ns ?? "") ? state.Now<T>().Find(ns, name) : null;

    /// <summary>What is known around an application or session job: pods, events and snapshots of its namespace that this viewer may see. Null where a list is not known.</summary>
    public Evidence EvidenceOf(string ns, DateTimeOffset now) => new(now)
    {
        Pods = Status<Pod>().IsKnown ? [.. In<Pod>(ns)] : null,
        Events = Status<CoreEvent>().IsKnown ? [.. In<CoreEvent>(ns)] : null,
        Snapshots = Status<FlinkStateSnapshot>().IsKnown ? [.. In<FlinkStateSnapshot>(ns)] : null,
    };

    /// <summary>How well a kind is known to this viewer: forbidden when they may see none of it, with the reason.</summary>
    public WatchStatus Status<T>() where T : class, IKubernetesObject<T>
    {
        var status = state.Of<T>().Status;
        var visible = Visible<T>();
        return !visible.IsKnown ? status with { State = WatchState.Connecting }
            : visible.IsNothing && status.State is (WatchState.Live or WatchState.Stale) ? status with { State = WatchState.Forbidden, LastError = visible.Reason }
            : status;
    }

    /// <summary>Told after each change of a kind or of what this viewer may see.</summary>
    public IDisposable Subscribe<T>(Action changed) where T : class, IKubernetesObject<T> => new Both(state.Of<T>().Subscribe(changed), visibility.Subscribe(changed));

    /// <summary>Told after each change of anything a verdict rests on.</summary>
    public IDisposable SubscribeBoard(Action changed) => new Both(board.Subscribe(changed), visibility.Subscribe(changed));

    private Visible Visible<T>() where T : class, IKubernetesObject<T> => visibility.Of(T.Info, state.Now<T>().Namespaces);

    private sealed class Both(IDisposable one, IDisposable other) : IDisposable
    {
        public void Dispose()
        {
            one.Dispose();
            other.Dispose();
        }
    }
}
