namespace FlinkDashboard.Model.Kinds;

/// <summary>A CustomResourceDefinition without its schemas (half a megabyte each); those are read on demand.</summary>
public sealed record CustomResourceDefinition : IKubernetesObject<CustomResourceDefinition>
{
    /// <inheritdoc />
    public static KindInfo<CustomResourceDefinition> Info { get; } =
        new("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", false, KindsJson.Default.CustomResourceDefinition, KindsJson.Default.KubernetesListCustomResourceDefinition);

    /// <inheritdoc />
    public ObjectMeta Metadata { get; init => field = value ?? ObjectMeta.None; } = ObjectMeta.None;

    /// <summary>Names and versions.</summary>
    public CrdSpec Spec { get; init => field = value ?? CrdSpec.None; } = CrdSpec.None;

    /// <summary>Established or not.</summary>
    public CrdStatus Status { get; init => field = value ?? CrdStatus.None; } = CrdStatus.None;
}

/// <summary>spec of a CustomResourceDefinition.</summary>
public sealed record CrdSpec
{
    /// <summary>No spec.</summary>
    public static readonly CrdSpec None = new();

    /// <summary>API group.</summary>
    public string Group { get; init => field = value ?? ""; } = "";

    /// <summary>Namespaced or Cluster.</summary>
    public string Scope { get; init => field = value ?? ""; } = "";

    /// <summary>Kind and plural.</summary>
    public CrdNames Names { get; init => field = value ?? CrdNames.None; } = CrdNames.None;

    /// <summary>Versions.</summary>
    public IReadOnlyList<CrdVersion> Versions { get; init => field = value ?? []; } = [];
}

/// <summary>spec.names.</summary>
public sealed record CrdNames
{
    /// <summary>No names.</summary>
    public static readonly CrdNames None = new();

    /// <summary>Kind.</summary>
    public string Kind { get; init => field = value ?? ""; } = "";

    /// <summary>Plural.</summary>
    public string Plural { get; init => field = value ?? ""; } = "";

    /// <summary>Short names.</summary>
    public IReadOnlyList<string> ShortNames { get; init => field = value ?? []; } = [];
}

/// <summary>One version.</summary>
public sealed record CrdVersion
{
    /// <summary>Version.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Answers requests.</summary>
    public bool Served { get; init; }

    /// <summary>Is what etcd holds.</summary>
    public bool Storage { get; init; }

    /// <summary>Columns of <c>kubectl get</c>.</summary>
    public IReadOnlyList<PrinterColumn> AdditionalPrinterColumns { get; init => field = value ?? []; } = [];
}

/// <summary>A printer column.</summary>
/// <param name="Name">Heading.</param>
/// <param name="Type">string, integer, date, …</param>
/// <param name="JsonPath">Where the value is.</param>
public sealed record PrinterColumn(string? Name, string? Type, string? JsonPath);

/// <summary>status of a CustomResourceDefinition.</summary>
public sealed record CrdStatus
{
    /// <summary>No status yet.</summary>
    public static readonly CrdStatus None = new();

    /// <summary>Established, NamesAccepted.</summary>
    public IReadOnlyList<Condition> Conditions { get; init => field = value ?? []; } = [];

    /// <summary>Versions that objects may be stored in.</summary>
    public IReadOnlyList<string> StoredVersions { get; init => field = value ?? []; } = [];
}
