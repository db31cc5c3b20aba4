namespace FlinkDashboard.Model.Kinds;

/// <summary>One page of a collection.</summary>
public sealed record KubernetesList<T> where T : class, IKubernetesObject
{
    /// <summary>Version and continue token.</summary>
    public ListMeta Metadata { get; init => field = value ?? ListMeta.None; } = ListMeta.None;

    /// <summary>The objects of this page.</summary>
    public IReadOnlyList<T> Items { get; init => field = value ?? []; } = [];
}

/// <summary>What a list says about itself.</summary>
public sealed record ListMeta
{
    /// <summary>Nothing said.</summary>
    public static readonly ListMeta None = new();

    /// <summary>The version to watch from.</summary>
    public string ResourceVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Token of the next page; null or empty at the end.</summary>
    public string? Continue { get; init; }

    /// <summary>How many more there are, when the server says so.</summary>
    public long? RemainingItemCount { get; init; }
}
