namespace FlinkDashboard.Sandbox.Behaviours.Operator.Spec;

/// <summary>How a field of a Flink resource's spec is read, written and compared.</summary>
public enum FieldKind
{
    /// <summary>Text, also enumerations.</summary>
    Text,

    /// <summary>Whole number.</summary>
    Whole,

    /// <summary>Java double, written with at least one decimal.</summary>
    Real,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>List of texts.</summary>
    Texts,

    /// <summary>flinkConfiguration: flat or nested keys.</summary>
    Configuration,

    /// <summary>Map of texts.</summary>
    Map,

    /// <summary>A Kubernetes object, kept as given with sorted keys, compared as a whole.</summary>
    Template,

    /// <summary>An object whose fields are compared one by one.</summary>
    Nested,

    /// <summary>An object with explicit nulls, compared as a whole.</summary>
    Composite,
}

/// <summary>What a change asks of the running cluster; the strongest of all changed fields wins.</summary>
public enum DiffType
{
    /// <summary>No effect on the running job.</summary>
    Ignore,

    /// <summary>May be rescaled in place.</summary>
    Scale,

    /// <summary>Stop and restart.</summary>
    Upgrade,

    /// <summary>Redeploy from initialSavepointPath.</summary>
    SavepointRedeploy,
}

/// <summary>One field of a spec class of the operator (api/spec/*.java), with its comparison annotation.</summary>
/// <param name="Name">JSON name.</param>
/// <param name="Kind">How it is written and compared.</param>
public sealed record SpecField(string Name, FieldKind Kind)
{
    /// <summary>JSON text of the value when the resource does not give one.</summary>
    public string Default { get; init; } = "null";

    /// <summary>Weight of a change.</summary>
    public DiffType Weight { get; init; } = DiffType.Upgrade;

    /// <summary>A change only rescales in standalone mode.</summary>
    public bool ScalesStandalone { get; init; }

    /// <summary>Becoming null has no effect: nonces.</summary>
    public bool IgnoresNull { get; init; }

    /// <summary>Fields of a nested object, in the order they are written.</summary>
    public IReadOnlyList<SpecField> Fields { get; init; } = [];
}
