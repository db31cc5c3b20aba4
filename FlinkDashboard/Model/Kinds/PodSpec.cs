namespace FlinkDashboard.Model.Kinds;

/// <summary>spec of a pod or of a pod template.</summary>
public sealed record PodSpec
{
    /// <summary>No spec.</summary>
    public static readonly PodSpec None = new();

    /// <summary>The node it is bound to; null while unscheduled.</summary>
    public string? NodeName { get; init; }

    /// <summary>Init containers.</summary>
    public IReadOnlyList<Container> InitContainers { get; init => field = value ?? []; } = [];

    /// <summary>Containers.</summary>
    public IReadOnlyList<Container> Containers { get; init => field = value ?? []; } = [];

    /// <summary>Always, OnFailure or Never.</summary>
    public string? RestartPolicy { get; init; }

    /// <summary>Service account.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>default-scheduler, yunikorn, …</summary>
    public string? SchedulerName { get; init; }

    /// <summary>Priority class.</summary>
    public string? PriorityClassName { get; init; }

    /// <summary>Labels a node must have.</summary>
    public StringMap NodeSelector { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>Gates that hold it back from scheduling.</summary>
    public IReadOnlyList<SchedulingGate> SchedulingGates { get; init => field = value ?? []; } = [];
}

/// <summary>One gate.</summary>
/// <param name="Name">Its name.</param>
public sealed record SchedulingGate(string? Name);

/// <summary>A container of a pod spec.</summary>
public sealed record Container
{
    /// <summary>Container name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Image.</summary>
    public string? Image { get; init; }

    /// <summary>Requests and limits.</summary>
    public ResourceRequirements Resources { get; init => field = value ?? ResourceRequirements.None; } = ResourceRequirements.None;

    /// <summary>Always on an init container makes it a sidecar.</summary>
    public string? RestartPolicy { get; init; }

    /// <summary>Open ports.</summary>
    public IReadOnlyList<ContainerPort> Ports { get; init => field = value ?? []; } = [];
}

/// <summary>An open port.</summary>
/// <param name="Name">Name, if any.</param>
/// <param name="Port">Number.</param>
public readonly record struct ContainerPort(string? Name, [property: System.Text.Json.Serialization.JsonPropertyName("containerPort")] int Port);

/// <summary>Requests and limits as Kubernetes quantities by resource name.</summary>
public sealed record ResourceRequirements
{
    /// <summary>Neither.</summary>
    public static readonly ResourceRequirements None = new();

    /// <summary>Reserved on the node.</summary>
    public StringMap Requests { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>Never exceeded.</summary>
    public StringMap Limits { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;
}

/// <summary>A pod template.</summary>
public sealed record PodTemplate
{
    /// <summary>Labels and annotations.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Spec.</summary>
    public PodSpec Spec { get; init => field = value ?? PodSpec.None; } = PodSpec.None;
}
