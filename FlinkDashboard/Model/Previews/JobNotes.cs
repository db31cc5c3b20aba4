using System.Text.Json.Nodes;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Previews;

/// <summary>Further facts about an edit.</summary>
internal static class JobNotes
{
    /// <summary>Sentences about the state things are in, nonces and what happens if the new spec does not start.</summary>
    public static IEnumerable<string> Of(PreviewInput input, Standing now, JsonObject wanted, SpecChange change)
    {
        if (now.IsRolledBack && change.Effect != ChangeEffect.Ignore)
            yield return "The operator has rolled back and runs the last stable spec; this edit ends that.";
        if (now.Reconciliation == "ROLLING_BACK")
            yield return "The operator is rolling back; a new spec ends that and is deployed instead.";
        if (change.Effect > ChangeEffect.Ignore)
        {
            foreach (var trigger in Triggers(now, wanted))
                yield return $"Beside that the operator {trigger}, if the job still runs then.";
        }
        if (change.Effect is ChangeEffect.Scale or ChangeEffect.Upgrade && !Standing.IsSuspended(wanted))
            yield return Rollback(input, now, wanted);
        if (EffectiveConfiguration.IsOn(EffectiveConfiguration.Of(input, "", wanted), "enabled") && change.Fields.Any(f => f.Path == "job.parallelism"))
            yield return "The autoscaler is on: its own decision wins over job.parallelism for every vertex that it scales.";
    }

    /// <summary>What trigger nonces set off, as clauses without subject.</summary>
    public static IEnumerable<string> Triggers(Standing now, JsonObject wanted)
    {
        if (IsNew(now, wanted, "savepointTriggerNonce"))
            yield return CanTrigger(now, wanted) ? "takes a savepoint" : "takes a savepoint as soon as the job runs";
        if (IsNew(now, wanted, "checkpointTriggerNonce"))
            yield return CanTrigger(now, wanted) ? "takes a checkpoint" : "takes a checkpoint as soon as the job runs";
        if (IsNew(now, wanted, "autoscalerResetNonce"))
            yield return "resets the autoscaler";
    }

    /// <summary>A trigger would be acted upon at once.</summary>
    public static bool CanTrigger(Standing now, JsonObject wanted) => now.JobState == "RUNNING" && !Standing.IsSuspended(wanted);

    private static bool IsNew(Standing now, JsonObject wanted, string nonce) =>
        wanted.At("job", nonce) is { } value && !JsonNode.DeepEquals(value, now.Last.At("job", nonce));

    private static string Rollback(PreviewInput input, Standing now, JsonObject wanted)
    {
        var draft = EffectiveConfiguration.Of(input, "", wanted);
        if (now.IsSessionJob || !draft.IsOn("kubernetes.operator.deployment.rollback.enabled"))
            return "Automatic rollback is off: a spec that does not start stays until somebody changes it.";
        var timeout = FlinkDuration.Parse(draft.Value("kubernetes.operator.deployment.readiness.timeout")) ?? TimeSpan.FromMinutes(5);
        if (now.Stable is null || Standing.IsSuspended(now.Stable))
            return "Automatic rollback is on, but there is no stable spec that ran to roll back to.";
        return JsonNode.DeepEquals(now.Stable["flinkVersion"], wanted["flinkVersion"])
            ? $"If it is not stable within {AgeText.Of(timeout)}, the operator rolls back to the last stable spec."
            : "Automatic rollback is on, but never goes back over a change of flinkVersion.";
    }
}
