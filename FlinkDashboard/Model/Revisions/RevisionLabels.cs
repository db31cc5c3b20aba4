namespace FlinkDashboard.Model.Revisions;

/// <summary>Labels and annotations of the ControllerRevisions that this dashboard keeps.</summary>
public static class RevisionLabels
{
    /// <summary>Label: uid of the Flink resource.</summary>
    public const string OwnerUid = "flink-dashboard/owner-uid";

    /// <summary>Label: hash of the kept spec.</summary>
    public const string Hash = "flink-dashboard/spec-hash";

    /// <summary>Label that tells tools who looks after the object.</summary>
    public const string KeptBy = "app.kubernetes.io/managed-by";

    /// <summary>Annotation: generation of the resource when the spec was last seen.</summary>
    public const string Generation = "flink-dashboard/generation";

    /// <summary>Annotation: who wrote the spec.</summary>
    public const string Author = "flink-dashboard/author";

    /// <summary>Annotation: when the spec was written.</summary>
    public const string At = "flink-dashboard/written-at";
}
