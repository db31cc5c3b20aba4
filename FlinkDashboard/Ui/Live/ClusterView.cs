using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State;
using FlinkDashboard.Ui.Flink;

namespace FlinkDashboard.Ui.Live;

/// <summary>
/// What one viewer sees of the cluster now: the caches, narrowed to the namespaces this viewer may read. Reading only; a component listens through
/// <see cref="LiveComponent"/>.
/// </summary>
public sealed class ClusterView(ClusterState state, FlinkBoard board)
{
    /// <summary>Applications and session clusters with their verdicts.</summary>
    public IEnumerable<AppRow> Deployments => board.Apps;

    /// <summary>Applications with their verdicts.</summary>
    public IEnumerable<AppRow> Apps => board.Apps.Where(row => !row.IsSession);

    /// <summary>Jobs of session clusters with their verdicts.</summary>
    public IEnumerable<SessionJobRow> SessionJobs => board.SessionJobs;

    /// <summary>Every object of a kind that this viewer may see.</summary>
    public IReadOnlyList<T> All<T>() where T : class, IKubernetesObject<T> => state.Now<T>().All;

    /// <summary>The objects of a namespace.</summary>
    public IEnumerable<T> In<T>(string ns) where T : class, IKubernetesObject<T> => state.Now<T>().In(ns);

    /// <summary>One object, or null.</summary>
    public T? Find<T>(string? ns, string name) where T : class, IKubernetesObject<T> => state.Now<T>().Find(ns, name);

    /// <summary>How well a kind is known.</summary>
    public WatchStatus Status<T>() where T : class, IKubernetesObject<T> => state.Of<T>().Status;

    /// <summary>Told after each change of a kind.</summary>
    public IDisposable Subscribe<T>(Action changed) where T : class, IKubernetesObject<T> => state.Of<T>().Subscribe(changed);

    /// <summary>Told after each change of anything a verdict rests on.</summary>
    public IDisposable SubscribeBoard(Action changed) => board.Subscribe(changed);
}
