using System.Text.Json.Nodes;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Model.Previews;

/// <summary>What each changed field does.</summary>
internal static class FieldEffects
{
    /// <summary>Effects in the operator's order.</summary>
    /// <param name="now">What stands.</param>
    /// <param name="wanted">The new spec.</param>
    /// <param name="change">The difference.</param>
    /// <param name="whyNotInPlace">Null when nothing but scaling was asked or more; empty when it will be rescaled in place; else why not.</param>
    public static IReadOnlyList<FieldEffect> Of(Standing now, JsonObject wanted, SpecChange change, string? whyNotInPlace) =>
        [.. change.Fields.Where(f => !IsRecord(now, wanted, f)).Select(f => Effect(now, wanted, f, whyNotInPlace))];

    // The operator's record says which mode was used last, and that a job is stopped for an upgrade: no edit of anybody.
    private static bool IsRecord(Standing now, JsonObject wanted, FieldChange field) =>
        (field.Path == "job.upgradeMode" && now.SpecMode == Standing.ModeOf(wanted)) || (field.Path == "job.state" && now.IsUpgrading);

    private static FieldEffect Effect(Standing now, JsonObject wanted, FieldChange field, string? whyNotInPlace)
    {
        var (kind, words) = field.Effect switch
        {
            ChangeEffect.Ignore => (EffectKind.NoEffect, Ignored(now, wanted, field.Path)),
            ChangeEffect.SavepointRedeploy => (EffectKind.RedeployFromSavepoint, "Cancels the job and starts it from initialSavepointPath."),
            ChangeEffect.Scale when whyNotInPlace is "" => (EffectKind.RescaleInPlace, "Rescales the running job in place."),
            ChangeEffect.Scale => (EffectKind.StopAndRestart, whyNotInPlace is { Length: > 0 } why ? $"Stops and restarts the job: {why}." : "Stops and restarts the job, because another field does."),
            _ when field.Path == "job.state" => field.After == "suspended" ? (EffectKind.Suspend, "Stops the job.") : (EffectKind.Resume, "Starts the job."),
            _ => (EffectKind.StopAndRestart, now.Last?["job"] is null && !now.IsSessionJob ? "Deletes the session cluster and creates it again." : "Stops and restarts the job."),
        };
        return new(ManifestPathOf(field.Path), Shown(field.Before), Shown(field.After), kind, words);
    }

    private static string Ignored(Standing now, JsonObject wanted, string path) => path switch
    {
        "job.upgradeMode" => "Decides how state is kept at the next stop; does nothing by itself.",
        "job.initialSavepointPath" => "Used by a first deployment and by a new savepointRedeployNonce only.",
        "job.allowNonRestoredState" => "Used at the next start.",
        "job.savepointTriggerNonce" => JobNotes.CanTrigger(now, wanted) ? "Takes a savepoint of the running job." : "Takes a savepoint as soon as the job runs.",
        "job.checkpointTriggerNonce" => JobNotes.CanTrigger(now, wanted) ? "Takes a checkpoint of the running job." : "Takes a checkpoint as soon as the job runs.",
        "job.autoscalerResetNonce" => "The autoscaler forgets what it measured and decided.",
        "flinkConfiguration.parallelism.default" => "Not used: job.parallelism decides.",
        _ when path.Contains(".job.autoscaler", StringComparison.Ordinal) => "Read by the autoscaler at its next pass; no restart.",
        _ => "Read by the operator; no restart.",
    };

    private static string ManifestPathOf(string path) => path.StartsWith("flinkConfiguration.", StringComparison.Ordinal) ? $"spec.flinkConfiguration[{path["flinkConfiguration.".Length..]}]" : "spec." + path;

    private static string Shown(string value) => value == "null" ? "" : value;
}
