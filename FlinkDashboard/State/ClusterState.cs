using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.State;

/// <summary>All caches together: what is known of the cluster. One for the whole server.</summary>
public sealed class ClusterState(IEnumerable<ResourceCache> caches, TimeProvider time)
{
    private readonly Dictionary<Type, ResourceCache> byType = caches.ToDictionary(c => c.GetType().GetGenericArguments()[0]);

    /// <summary>One cache for each kind.</summary>
    public IReadOnlyCollection<ResourceCache> All => byType.Values;

    /// <summary>The cache of a kind.</summary>
    public ResourceCache<T> Of<T>() where T : class, IKubernetesObject => (ResourceCache<T>)byType[typeof(T)];

    /// <summary>Shorthand for <c>Of&lt;T&gt;().Current</c>.</summary>
    public ResourceSet<T> Now<T>() where T : class, IKubernetesObject => Of<T>().Current;

    /// <summary>How fresh the whole is.</summary>
    public ClusterFreshness Freshness => FreshnessOf.Cluster([.. All.Select(c => (c.KindInfo, c.Status))], time.GetUtcNow());
}
