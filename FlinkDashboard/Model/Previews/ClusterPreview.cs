using System.Text.Json.Nodes;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Model.Previews;

/// <summary>Edits of session clusters: a change deletes the cluster, keeps its HA metadata, and creates it again (SessionReconciler of the operator).</summary>
internal static class ClusterPreview
{
    public static EffectPreview Of(PreviewInput input, Standing now, JsonObject wanted, OperatorRelease release)
    {
        var change = SpecDiff.OfDeployment(now.Last!, wanted, now.Last.Text("mode") == "standalone");
        var whyNot = change.Effect == ChangeEffect.Scale ? InPlaceRule.WhyNot(input, now, wanted, release) : null;
        var preview = Decide(input, now, wanted, change, whyNot);
        return preview with { Fields = FieldEffects.Of(now, wanted, change, change.Effect == ChangeEffect.Scale ? whyNot ?? "" : null) };
    }

    private static EffectPreview Decide(PreviewInput input, Standing now, JsonObject wanted, SpecChange change, string? whyNot)
    {
        if (change.Effect == ChangeEffect.Ignore && !now.IsUpgrading)
        {
            return change.Fields.Count == 0
                ? Previewing.Empty(EffectKind.NoChange, "Changes nothing: this is the spec that is deployed.")
                : Previewing.Empty(EffectKind.NoEffect, "No effect on the session cluster: the operator takes it over without a restart.");
        }
        if (change.Effect == ChangeEffect.Scale && whyNot is null)
            return Previewing.Empty(EffectKind.RescaleInPlace, "Changes the number of TaskManagers; the JobManager and the jobs on it stay.");
        var highlyAvailable = EffectiveConfiguration.Of(input, "", now.Running!).HasHighAvailability && EffectiveConfiguration.Of(input, "", wanted).HasHighAvailability;
        var jobs = input.SessionJobs.Where(j => j.Metadata.Namespace == now.Metadata.Namespace && j.Spec.DeploymentName == now.Metadata.Name).Select(j => j.Metadata.Name).Order(StringComparer.Ordinal).ToList();
        return Previewing.Empty(EffectKind.StopAndRestart, $"Deletes the session cluster and creates it again{(jobs.Count == 0 ? "." : $"; {jobs.Count} session {(jobs.Count == 1 ? "job is" : "jobs are")} interrupted.")}") with
        {
            Stop = now.IsUpgrading ? StopWay.Nothing : StopWay.DeleteKeepHaData,
            Restore = highlyAvailable ? RestoreFrom.HaMetadata : RestoreFrom.EmptyState,
            LosesState = !highlyAvailable && jobs.Count > 0,
            Notes = [.. Jobs(jobs, highlyAvailable)],
        };
    }

    private static IEnumerable<string> Jobs(List<string> jobs, bool highlyAvailable)
    {
        if (jobs.Count > 0)
            yield return $"Session jobs on it: {string.Join(", ", jobs)}.";
        yield return highlyAvailable
            ? "High availability is on: the new JobManager takes up the jobs from their last completed checkpoints."
            : "High availability is off: jobs are not found afterwards. Stateless session jobs are submitted again; others need a savepointRedeployNonce.";
    }
}
