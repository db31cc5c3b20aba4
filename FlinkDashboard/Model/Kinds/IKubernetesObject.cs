namespace FlinkDashboard.Model.Kinds;

/// <summary>Any object of the cluster.</summary>
public interface IKubernetesObject
{
    /// <summary>Name, labels, owners, …</summary>
    ObjectMeta Metadata { get; }
}

/// <summary>A kind that can be listed: <c>T.Info</c> says where and how.</summary>
/// <typeparam name="TSelf">The kind itself.</typeparam>
public interface IKubernetesObject<TSelf> : IKubernetesObject where TSelf : class, IKubernetesObject<TSelf>
{
    /// <summary>API coordinates and parsers.</summary>
    static abstract KindInfo<TSelf> Info { get; }
}
