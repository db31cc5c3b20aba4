namespace FlinkDashboard.Model.Kinds;

/// <summary>A Deployment.</summary>
public sealed record Deployment : IKubernetesObject<Deployment>
{
    /// <inheritdoc />
    public static KindInfo<Deployment> Info { get; } = new("apps", "v1", "Deployment", "deployments", true, KindsJson.Default.Deployment, KindsJson.Default.KubernetesListDeployment);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>What should run.</summary>
    public WorkloadSpec Spec { get; init => field = value ?? WorkloadSpec.None; } = WorkloadSpec.None;

    /// <summary>What runs.</summary>
    public WorkloadStatus Status { get; init => field = value ?? WorkloadStatus.None; } = WorkloadStatus.None;
}

/// <summary>spec of a Deployment or ReplicaSet.</summary>
public sealed record WorkloadSpec
{
    /// <summary>No spec.</summary>
    public static readonly WorkloadSpec None = new();

    /// <summary>Pods wanted; the API server sets 1 when left out.</summary>
    public int? Replicas { get; init; }

    /// <summary>Selector of its pods.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>What its pods are made from.</summary>
    public PodTemplate? Template { get; init; }
}

/// <summary>A label selector, by equality only.</summary>
public sealed record LabelSelector
{
    /// <summary>Labels that must be equal.</summary>
    public StringMap MatchLabels { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;
}

/// <summary>status of a Deployment or ReplicaSet.</summary>
public sealed record WorkloadStatus
{
    /// <summary>No status yet.</summary>
    public static readonly WorkloadStatus None = new();

    /// <summary>Generation the controller has seen.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Pods.</summary>
    public int Replicas { get; init; }

    /// <summary>Pods of the current template.</summary>
    public int UpdatedReplicas { get; init; }

    /// <summary>Pods that are ready.</summary>
    public int ReadyReplicas { get; init; }

    /// <summary>Pods ready for long enough.</summary>
    public int AvailableReplicas { get; init; }

    /// <summary>Pods still missing.</summary>
    public int UnavailableReplicas { get; init; }

    /// <summary>Available, Progressing, ReplicaFailure.</summary>
    public IReadOnlyList<Condition> Conditions { get; init => field = value ?? []; } = [];
}
