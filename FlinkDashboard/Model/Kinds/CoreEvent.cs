using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary>A Kubernetes Event (core/v1). See <see cref="Readings.EventReading"/> for its time and count.</summary>
public sealed record CoreEvent : IKubernetesObject<CoreEvent>
{
    /// <inheritdoc />
    public static KindInfo<CoreEvent> Info { get; } = new("", "v1", "Event", "events", true, KindsJson.Default.CoreEvent, KindsJson.Default.KubernetesListCoreEvent);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>What it is about.</summary>
    public ObjectReference InvolvedObject { get; init => field = value ?? ObjectReference.None; } = ObjectReference.None;

    /// <summary>One word.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>The sentence.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>Normal or Warning.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>Times seen; null for events of the newer form, which have <see cref="Series"/>.</summary>
    public int? Count { get; init; }

    /// <summary>First seen.</summary>
    public DateTimeOffset? FirstTimestamp { get; init; }

    /// <summary>Last seen.</summary>
    public DateTimeOffset? LastTimestamp { get; init; }

    /// <summary>When it happened (newer form).</summary>
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>Repetition (newer form).</summary>
    public EventSeries? Series { get; init; }

    /// <summary>Who wrote it (older form).</summary>
    public EventSource? Source { get; init; }

    /// <summary>Who wrote it (newer form).</summary>
    public string? ReportingComponent { get; init; }
}

/// <summary>A reference to an object.</summary>
public sealed record ObjectReference
{
    /// <summary>None.</summary>
    public static readonly ObjectReference None = new();

    /// <summary>Kind.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Namespace; empty for cluster-scoped kinds.</summary>
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Name.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>uid; empty when not told.</summary>
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <summary>The part, for instance <c>spec.containers{flink-main-container}</c>.</summary>
    public string? FieldPath { get; init; }
}

/// <summary>series of an Event.</summary>
public sealed record EventSeries
{
    /// <summary>Times seen.</summary>
    public int Count { get; init; }

    /// <summary>Last seen.</summary>
    public DateTimeOffset? LastObservedTime { get; init; }
}

/// <summary>source of an Event.</summary>
/// <param name="Component">kubelet, JobManagerDeployment, …</param>
/// <param name="Host">Node, if any.</param>
public sealed record EventSource(string? Component, string? Host);
