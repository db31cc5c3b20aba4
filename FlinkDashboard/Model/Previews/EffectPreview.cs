using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Previews;

/// <summary>What one changed field does.</summary>
/// <param name="Path">Path in the manifest, for instance <c>spec.job.parallelism</c>.</param>
/// <param name="Before">Deployed value as the operator writes it; empty for nothing.</param>
/// <param name="After">Wanted value; empty for nothing.</param>
/// <param name="Kind">What this field alone does.</param>
/// <param name="Words">The same in words.</param>
public sealed record FieldEffect(string Path, string Before, string After, EffectKind Kind, string Words);

/// <summary>What the operator will do when a manifest is applied. Mirrors its own rules; says "cannot tell" where it does not know.</summary>
/// <param name="Kind">The strongest effect.</param>
/// <param name="Sentence">One or two sentences for the top of a confirmation.</param>
/// <param name="Fields">Changed fields with the effect of each.</param>
/// <param name="Stop">How what runs is stopped.</param>
/// <param name="Restore">What is started from.</param>
/// <param name="Row">Row of the decision table that decided; null when it was not asked.</param>
/// <param name="State">The state that is kept, when it is known; its time tells how old it is.</param>
/// <param name="LosesState">State that exists will not be used.</param>
/// <param name="Notes">Further facts, each a sentence.</param>
/// <param name="Problems">Why it is rejected, and warnings.</param>
public sealed record EffectPreview(
    EffectKind Kind, string Sentence, IReadOnlyList<FieldEffect> Fields, StopWay Stop, RestoreFrom Restore, int? Row, StatePoint? State, bool LosesState,
    IReadOnlyList<string> Notes, IReadOnlyList<FieldProblem> Problems)
{
    /// <summary>The preview of a manifest; pure.</summary>
    public static EffectPreview Of(PreviewInput input) => Previewing.Of(input);
}

/// <summary>What a preview is told.</summary>
/// <param name="Current">The object as it stands in the cluster: FlinkDeployment, FlinkSessionJob or FlinkBlueGreenDeployment; null when it is to be created.</param>
/// <param name="Wanted">The manifest to be applied.</param>
/// <param name="Now">By the cluster's clock.</param>
public sealed record PreviewInput(IKubernetesObject? Current, Manifest Wanted, DateTimeOffset Now)
{
    /// <summary>Version of the operator, for instance <c>1.15.0</c>; null when not known.</summary>
    public string? OperatorVersion { get; init; }

    /// <summary>Where no version is known: the oldest release that the operator can be by the installed definitions. Only what it and all later ones do is told.</summary>
    public OperatorRelease? OperatorAtLeast { get; init; }

    /// <summary>Schema of the installed CRD; null when not known.</summary>
    public CrdSchema? Schema { get; init; }

    /// <summary>HA ConfigMaps with a job graph or checkpoint exist; null when not known.</summary>
    public bool? HasHaMetadata { get; init; }

    /// <summary>State snapshots of the namespace.</summary>
    public IReadOnlyCollection<FlinkStateSnapshot> Snapshots { get; init; } = [];

    /// <summary>For a session job: its session cluster, when it is known.</summary>
    public FlinkDeployment? SessionCluster { get; init; }

    /// <summary>For a blue/green parent: the FlinkDeployment of the active colour (<see cref="BlueGreenChild"/>); null when it is not known.</summary>
    public FlinkDeployment? ActiveChild { get; init; }

    /// <summary>Session jobs of the namespace.</summary>
    public IReadOnlyCollection<FlinkSessionJob> SessionJobs { get; init; } = [];

    /// <summary>The operator's default configuration that applies to the object; null when not known.</summary>
    public IReadOnlyDictionary<string, string>? Defaults { get; init; }

    /// <summary>The JobManager's Deployment; null when there is none or it is not known.</summary>
    public Deployment? JobManager { get; init; }

    /// <summary>When the newest completed checkpoint of the running job was triggered; null when not known.</summary>
    public DateTimeOffset? NewestCheckpoint { get; init; }

    /// <summary>When a checkpoint that is still running was triggered; null when there is none.</summary>
    public DateTimeOffset? PendingCheckpoint { get; init; }
}
