using System.Text.Json.Serialization;
using FlinkDashboard.Model.Json;

namespace FlinkDashboard.Model.Kinds;

/// <summary>metadata, without large annotations and, but for their names, <c>managedFields</c>.</summary>
public sealed record ObjectMeta
{
    /// <summary>An object without metadata.</summary>
    public static readonly ObjectMeta None = new();

    private readonly long _created;
    private readonly long _deleted;

    /// <summary>Name.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Namespace; empty for cluster-scoped kinds.</summary>
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Identity over time: the same name may come back with another uid.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <summary>Opaque version; compare for equality only.</summary>
    [JsonConverter(typeof(UniqueTextConverter))]
    public string ResourceVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Counts changes of the spec; 0 for kinds without.</summary>
    public long Generation { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreationTimestamp { get => WireTicks.ToTime(_created); init => _created = WireTicks.Of(value); }

    /// <summary>Set once deletion was asked for.</summary>
    public DateTimeOffset? DeletionTimestamp { get => WireTicks.ToTime(_deleted); init => _deleted = WireTicks.Of(value); }

    /// <summary>Labels.</summary>
    public StringMap Labels { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>Annotations, without last-applied-configuration and values over 1 KiB.</summary>
    [JsonConverter(typeof(AnnotationsConverter))]
    public StringMap Annotations { get; init => field = value ?? StringMap.Empty; } = StringMap.Empty;

    /// <summary>Owners, the controller among them.</summary>
    public IReadOnlyList<OwnerReference> OwnerReferences { get; init => field = value ?? []; } = [];

    /// <summary>Who must clean up before the object may go.</summary>
    public IReadOnlyList<string> Finalizers { get; init => field = value ?? []; } = [];

    /// <summary>Names of the field managers that wrote it, sorted and joined by commas.</summary>
    [JsonPropertyName("managedFields"), JsonConverter(typeof(ManagersConverter))]
    public string Managers { get; init => field = value ?? ""; } = "";

    /// <summary>Deletion was asked for and is not done.</summary>
    [JsonIgnore]
    public bool IsDeleting => DeletionTimestamp is not null;

    /// <summary>The owner that controls this object, if any.</summary>
    [JsonIgnore]
    public OwnerReference? Controller => OwnerReferences.FirstOrDefault(o => o.Controller);
}

/// <summary>One entry of metadata.ownerReferences.</summary>
public sealed record OwnerReference
{
    /// <summary>API version of the owner.</summary>
    public string ApiVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Kind of the owner.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Name of the owner, in the same namespace or cluster-scoped.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>uid of the owner.</summary>
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <summary>This owner manages the object.</summary>
    public bool Controller { get; init; }
}
