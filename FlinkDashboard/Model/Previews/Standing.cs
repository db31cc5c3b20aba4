using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Model.Previews;

/// <summary>What stands in the cluster now, as the operator recorded it.</summary>
/// <param name="Kind">FlinkDeployment or FlinkSessionJob.</param>
/// <param name="Metadata">The object's metadata.</param>
/// <param name="Status">Its status.</param>
/// <param name="Last">The spec last reconciled; null before the first deployment.</param>
/// <param name="Stable">The spec that last proved stable.</param>
/// <param name="IsFirst">No upgrade since the first deployment.</param>
/// <param name="SpecMode">upgradeMode as the object itself has it; the operator's record says which was used instead.</param>
internal sealed record Standing(string Kind, ObjectMeta Metadata, FlinkDeploymentStatus Status, JsonObject? Last, JsonObject? Stable, bool IsFirst, string SpecMode)
{
    public bool IsSessionJob => Kind == "FlinkSessionJob";

    public FlinkJobStatus Job => Status.JobStatus;

    /// <summary>Flink's word for the job's state; null for none.</summary>
    public string? JobState => Job.State.IsEmpty ? null : Job.State.Text;

    public string Reconciliation => Status.ReconciliationStatus.State.Text;

    public bool IsUpgrading => Reconciliation == "UPGRADING";

    public bool IsRolledBack => Reconciliation == "ROLLED_BACK";

    /// <summary>The spec that runs: the stable one after a rollback.</summary>
    public JsonObject? Running => IsRolledBack || Reconciliation == "ROLLING_BACK" ? Stable ?? Last : Last;

    /// <summary>The job's last deployment never got further than its record, so it is tried again as the first.</summary>
    public bool IsBeforeFirst => Last is null || (IsUpgrading && IsFirst && IsSuspended(Last) && Status.JobManagerDeploymentStatus == JobManagerStatus.Missing && !IsSessionJob);

    /// <summary>Path that a start from a savepoint uses now.</summary>
    public string? SavepointPath => Job.UpgradeSavepointPath is { Length: > 0 } path ? path : Job.SavepointInfo?.LastSavepoint?.Location;

    public static Standing Of(FlinkDeployment d) => Of("FlinkDeployment", d.Metadata, d.Status, d.Spec.Job);

    public static Standing Of(FlinkSessionJob j) => Of("FlinkSessionJob", j.Metadata, j.Status, j.Spec.Job);

    /// <summary>A spec wants its job stopped.</summary>
    public static bool IsSuspended(JsonObject? spec) => spec.Text("job", "state") == "suspended";

    /// <summary>upgradeMode of a spec with its default.</summary>
    public static string ModeOf(JsonObject? spec) => spec.Text("job", "upgradeMode") ?? "stateless";

    /// <summary>A spec out of the text of lastReconciledSpec and the like.</summary>
    public static JsonObject? Read(string? text) => Root(text) is { } root ? root["spec"] as JsonObject ?? root : null;

    private static Standing Of(string kind, ObjectMeta metadata, FlinkDeploymentStatus status, FlinkJobSpec? job)
    {
        var last = status.ReconciliationStatus.LastReconciledSpec;
        return new(kind, metadata, status, Read(last), Read(status.ReconciliationStatus.LastStableSpec), Root(last).Flag("resource_metadata", "firstDeployment") ?? false,
            job is null || job.UpgradeMode.IsEmpty ? "stateless" : job.UpgradeMode.Text);
    }

    private static JsonObject? Root(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
