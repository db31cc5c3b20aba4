namespace FlinkDashboard.Sandbox.World;

/// <summary>One kind the sandbox serves: its API coordinates and the storage rules that differ between kinds.</summary>
/// <param name="Group">API group, empty for core.</param>
/// <param name="Version">Served and stored version.</param>
/// <param name="Kind">Kind as written in objects.</param>
/// <param name="Plural">Plural as written in URLs.</param>
/// <param name="Singular">Singular as kubectl knows it.</param>
/// <param name="Namespaced">False for cluster-scoped kinds.</param>
public sealed record ResourceType(string Group, string Version, string Kind, string Plural, string Singular, bool Namespaced)
{
    /// <summary>Names such as <c>po</c> or <c>flinkdep</c>.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Categories such as <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Writes to the main resource ignore <c>status</c> and writes to <c>/status</c> ignore the rest.</summary>
    public bool HasStatus { get; init; }

    /// <summary><c>/scale</c> is served.</summary>
    public bool HasScale { get; init; }

    /// <summary><c>metadata.generation</c> is kept: 1 on creation, +1 when anything but metadata and status changes.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Defined by a CustomResourceDefinition, so list items carry kind and apiVersion.</summary>
    public bool IsCustom { get; init; }

    /// <summary><c>v1</c> or <c>group/version</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>pods</c> or <c>flinkdeployments.flink.apache.org</c>, as error messages name it.</summary>
    public string QualifiedName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <inheritdoc />
    public override string ToString() => QualifiedName;
}
