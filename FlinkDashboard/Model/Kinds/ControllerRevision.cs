namespace FlinkDashboard.Model.Kinds;

/// <summary>A kept spec of a controller, or here of a Flink resource. Its <c>data</c> is read on demand only.</summary>
public sealed record ControllerRevision : IKubernetesObject<ControllerRevision>
{
    /// <inheritdoc />
    public static KindInfo<ControllerRevision> Info { get; } =
        new("apps", "v1", "ControllerRevision", "controllerrevisions", true, KindsJson.Default.ControllerRevision, KindsJson.Default.KubernetesListControllerRevision);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Higher is newer; a spec that comes back gets a new number.</summary>
    public long Revision { get; init; }
}
