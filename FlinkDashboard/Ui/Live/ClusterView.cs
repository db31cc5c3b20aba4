using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State;

namespace FlinkDashboard.Ui.Live;

/// <summary>
/// What one viewer sees of the cluster now: the caches, narrowed to the namespaces this viewer may read. Reading only; a component listens through
/// <see cref="LiveComponent"/>.
/// </summary>
public sealed class ClusterView(IServiceProvider services)
{
    /// <summary>Every object of a kind that this viewer may see.</summary>
    public IReadOnlyList<T> All<T>() where T : class, IKubernetesObject<T> => Cache<T>().Current.All;

    /// <summary>The objects of a namespace; those of all namespaces when it is null.</summary>
    public IEnumerable<T> In<T>(string? ns) where T : class, IKubernetesObject<T> => ns is null ? All<T>() : Cache<T>().Current.In(ns);

    /// <summary>One object, or null.</summary>
    public T? Find<T>(string? ns, string name) where T : class, IKubernetesObject<T> => Cache<T>().Current.Find(ns, name);

    /// <summary>How well a kind is known.</summary>
    public WatchStatus Status<T>() where T : class, IKubernetesObject<T> => Cache<T>().Status;

    /// <summary>Told after each change of a kind.</summary>
    public IDisposable Subscribe<T>(Action changed) where T : class, IKubernetesObject<T> => Cache<T>().Subscribe(changed);

    private ResourceCache<T> Cache<T>() where T : class, IKubernetesObject<T> => services.GetRequiredService<ResourceCache<T>>();
}
