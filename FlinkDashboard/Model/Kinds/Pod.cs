using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary>A pod. The most numerous kind: every field here is paid ten thousand times.</summary>
public sealed record Pod : IKubernetesObject<Pod>
{
    /// <inheritdoc />
    public static KindInfo<Pod> Info { get; } = new("", "v1", "Pod", "pods", true, KindsJson.Default.Pod, KindsJson.Default.KubernetesListPod);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>What should run.</summary>
    public PodSpec Spec { get; init => field = value ?? PodSpec.None; } = PodSpec.None;

    /// <summary>What runs.</summary>
    public PodStatus Status { get; init => field = value ?? PodStatus.None; } = PodStatus.None;
}

/// <summary>status of a pod.</summary>
public sealed record PodStatus
{
    /// <summary>No status yet.</summary>
    public static readonly PodStatus None = new();

    /// <summary>Pending, Running, Succeeded, Failed or Unknown.</summary>
    public string Phase { get; init => field = value ?? ""; } = "";

    /// <summary>Why the pod as a whole is as it is, for instance Evicted.</summary>
    public string? Reason { get; init; }

    /// <summary>The sentence to <see cref="Reason"/>.</summary>
    public string? Message { get; init; }

    /// <summary>Address of the pod.</summary>
    [JsonPropertyName("podIP")]
    public string? PodIp { get; init; }

    /// <summary>When the kubelet accepted it.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>Guaranteed, Burstable or BestEffort.</summary>
    public string? QosClass { get; init; }

    /// <summary>PodScheduled, Initialized, Ready, …</summary>
    public IReadOnlyList<Condition> Conditions { get; init => field = value ?? []; } = [];

    /// <summary>Init containers, in their order.</summary>
    public IReadOnlyList<ContainerStatus> InitContainerStatuses { get; init => field = value ?? []; } = [];

    /// <summary>Containers.</summary>
    public IReadOnlyList<ContainerStatus> ContainerStatuses { get; init => field = value ?? []; } = [];
}

/// <summary>One container of a pod's status.</summary>
public sealed record ContainerStatus
{
    /// <summary>Container name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Passes its readiness probe.</summary>
    public bool Ready { get; init; }

    /// <summary>Passed its startup probe.</summary>
    public bool? Started { get; init; }

    /// <summary>Restarts since the pod started.</summary>
    public int RestartCount { get; init; }

    /// <summary>Image as resolved.</summary>
    public string? Image { get; init; }

    /// <summary>Now.</summary>
    public ContainerState? State { get; init; }

    /// <summary>Before the last restart.</summary>
    public ContainerState? LastState { get; init; }
}

/// <summary>State of a container: at most one of the three is set.</summary>
[JsonConverter(typeof(ContainerStateConverter))]
public abstract record ContainerState;

/// <summary>Waits to run.</summary>
/// <param name="Reason">ContainerCreating, CrashLoopBackOff, ImagePullBackOff, …</param>
/// <param name="Message">Details.</param>
public sealed record ContainerWaiting(string? Reason, string? Message) : ContainerState;

/// <summary>Runs.</summary>
/// <param name="StartedAt">Since when.</param>
public sealed record ContainerRunning(DateTimeOffset? StartedAt) : ContainerState;

/// <summary>Ended.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Signal">Signal number, if the runtime told.</param>
/// <param name="Reason">Completed, Error, OOMKilled, …</param>
/// <param name="Message">Its termination message.</param>
/// <param name="StartedAt">From.</param>
/// <param name="FinishedAt">To.</param>
public sealed record ContainerTerminated(int ExitCode, int? Signal, string? Reason, string? Message, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt) : ContainerState;
