using System.Text.Json.Nodes;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Previews;

/// <summary>Edits of applications and session jobs that were deployed before (AbstractFlinkResourceReconciler and AbstractJobReconciler of the operator).</summary>
internal static class JobPreview
{
    private const string IgnorePending = "kubernetes.operator.job.upgrade.ignore-pending-savepoint";

    public static EffectPreview Of(PreviewInput input, Standing now, JsonObject spec, OperatorRelease release)
    {
        var wanted = EffectiveConfiguration.Autoscaled(input, spec, now.Last!);
        var change = now.IsSessionJob ? SpecDiff.OfSessionJob(now.Last!, wanted) : SpecDiff.OfDeployment(now.Last!, wanted, now.Last.Text("mode") == "standalone");
        var whyNot = change.Effect == ChangeEffect.Scale ? InPlaceRule.WhyNot(input, now, wanted, release) : null;
        var fields = FieldEffects.Of(now, wanted, change, change.Effect == ChangeEffect.Scale ? whyNot ?? "" : null);
        var notes = new List<string>(JobNotes.Of(input, now, wanted, change));
        var preview = Decide(input, now, wanted, change, whyNot, release);
        return preview with { Fields = fields, Notes = [.. preview.Notes, .. notes] };
    }

    private static EffectPreview Decide(PreviewInput input, Standing now, JsonObject wanted, SpecChange change, string? whyNot, OperatorRelease release)
    {
        if (now.Job.SavepointInfo?.TriggerId is { Length: > 0 } && !EffectiveConfiguration.Of(input, "", now.Running!).IsOn(IgnorePending))
            return Previewing.Empty(EffectKind.Waits, $"Waits until the savepoint that is being taken is done ({IgnorePending} is off).") with { Stop = StopWay.Wait };
        if (change.Effect == ChangeEffect.Ignore && !now.IsUpgrading)
            return Ignored(now, wanted, change);
        if (!now.IsUpgrading && now.Reconciliation != "ROLLING_BACK" && IsDeployed(now, wanted))
            return Previewing.Empty(EffectKind.NoChange, "Changes nothing: this is the spec that runs. The operator marks it as deployed, without a restart.");
        if (change.Effect == ChangeEffect.SavepointRedeploy)
            return Redeploy(input, now, wanted, release);
        if (change.Effect == ChangeEffect.Scale && whyNot is null)
            return Previewing.Empty(EffectKind.RescaleInPlace, "Rescales the running job in place, without a restart; no state is moved by a savepoint.");
        if (Standing.IsSuspended(now.Last))
            return Stopped(input, now, wanted);
        return Running(input, now, wanted, whyNot, release);
    }

    private static EffectPreview Ignored(Standing now, JsonObject wanted, SpecChange change)
    {
        var triggers = JobNotes.Triggers(now, wanted).ToList();
        if (triggers.Count > 0)
            return Previewing.Empty(EffectKind.NoEffect, $"No effect on the running job; {string.Join(" and ", triggers)}.");
        return FieldEffects.Of(now, wanted, change, null).Count == 0
            ? Previewing.Empty(EffectKind.NoChange, "Changes nothing: this is the spec that is deployed.")
            : Previewing.Empty(EffectKind.NoEffect, now.IsRolledBack ? "No effect: the operator stays on the last stable spec." : "No effect on the running job: the operator takes it over without a restart.");
    }

    // What the operator compares when it asks whether the wanted spec already runs: everything, nonces and upgradeMode too.
    private static bool IsDeployed(Standing now, JsonObject wanted)
    {
        var running = now.Running!;
        var change = now.IsSessionJob ? SpecDiff.OfSessionJob(running, wanted) : SpecDiff.OfDeployment(running, wanted, false);
        return change.Fields.Count == 0 && ((string[])["savepointTriggerNonce", "checkpointTriggerNonce", "savepointRedeployNonce", "autoscalerResetNonce"])
            .All(n => JsonNode.DeepEquals(running.At("job", n), wanted.At("job", n))) && JsonNode.DeepEquals(running["restartNonce"], wanted["restartNonce"]);
    }

    private static EffectPreview Redeploy(PreviewInput input, Standing now, JsonObject wanted, OperatorRelease release)
    {
        if (!release.CanRedeploy)
            return Previewing.Empty(EffectKind.CannotTell, $"Operator {release} does not know savepointRedeployNonce (1.8 and later do).");
        var path = wanted.Text("job", "initialSavepointPath") ?? "";
        var ended = now.JobState is "FINISHED" or "CANCELED" or "FAILED";
        return Previewing.Empty(EffectKind.RedeployFromSavepoint, $"Cancels the job and starts it from {path}. What it did since that savepoint is not used; nothing is rolled back if it fails.") with
        {
            Stop = ended ? StopWay.Nothing : now.IsSessionJob ? StopWay.Cancel : StopWay.DeleteWithHaData,
            Restore = RestoreFrom.KnownSavepoint,
            State = PathWords.Point(path, input.Snapshots),
            LosesState = !ended,
        };
    }

    // The job is stopped now: suspended, or between the stop and the start of an upgrade.
    private static EffectPreview Stopped(PreviewInput input, Standing now, JsonObject wanted)
    {
        if (Standing.IsSuspended(wanted))
            return Previewing.Empty(EffectKind.NoEffect, "The job stays suspended; the new spec is used when it is resumed.");
        var kind = now.IsUpgrading ? EffectKind.StopAndRestart : EffectKind.Resume;
        var mode = Standing.ModeOf(wanted) == "stateless" ? "stateless" : Standing.ModeOf(now.Last);
        var known = now.SavepointPath is { } path and not UpgradeSituation.LastStatePath ? PathWords.Point(path, input.Snapshots) : null;
        var restore = mode switch
        {
            "last-state" => RestoreFrom.HaMetadata,
            "savepoint" when known is not null => RestoreFrom.KnownSavepoint,
            _ => RestoreFrom.EmptyState,
        };
        var preview = Previewing.Empty(kind, "") with { Restore = restore, LosesState = restore == RestoreFrom.EmptyState && known is not null, State = StateOf(input, now, restore, known) };
        return preview with { Sentence = EffectWords.Start(preview, input.Now, now.IsUpgrading) };
    }

    private static EffectPreview Running(PreviewInput input, Standing now, JsonObject wanted, string? whyNot, OperatorRelease release)
    {
        var suspends = Standing.IsSuspended(wanted);
        var (decision, missing) = SituationOf.Decide(input, now, wanted, release);
        if (decision is null)
            return Previewing.Empty(EffectKind.CannotTell, $"Stops and restarts the job, but how state is kept cannot be told: {missing}.");
        var kind = decision.Stop is StopWay.Wait or StopWay.Fail ? EffectKind.Waits : suspends ? EffectKind.Suspend : EffectKind.StopAndRestart;
        var known = now.SavepointPath is { } path and not UpgradeSituation.LastStatePath ? PathWords.Point(path, input.Snapshots) : null;
        var preview = Previewing.Empty(kind, "") with
        {
            Stop = decision.Stop,
            Restore = decision.Restore,
            Row = decision.Row,
            State = StateOf(input, now, decision.Restore, known),
            LosesState = decision.Restore == RestoreFrom.EmptyState && (known is not null || now.Job.JobId is not null) && decision.Row != 11,
            Notes = [.. whyNot is null ? (string[])[] : [$"Not rescaled in place: {whyNot}."], $"Row {decision.Row} of the operator's decision table: {decision.Why}."],
        };
        return preview with { Sentence = EffectWords.Stop(preview, input.Now, decision) };
    }

    private static StatePoint? StateOf(PreviewInput input, Standing now, RestoreFrom restore, StatePoint? known) => restore switch
    {
        RestoreFrom.NewSavepoint => new StatePoint("savepoint", null, input.Now),
        RestoreFrom.KnownSavepoint => known,
        RestoreFrom.LastCheckpoint or RestoreFrom.HaMetadata => input.NewestCheckpoint is { } at
            ? new StatePoint("checkpoint", null, at)
            : StatePoint.LastCheckpointOf(now.Job, now.Kind, now.Metadata, input.Snapshots),
        _ => null,
    };
}
