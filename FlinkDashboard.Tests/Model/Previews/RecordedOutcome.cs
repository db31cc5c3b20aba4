using System.Text.Json;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Previews;

namespace FlinkDashboard.Tests.Model.Previews;

/// <summary>What a recording shows after an edit.</summary>
/// <param name="Kinds">Effects that it shows; more than one where it does not tell them apart.</param>
/// <param name="Stop">How the job was stopped; null where that is not seen.</param>
/// <param name="Restore">What the next start uses; null where that is not seen.</param>
/// <param name="Message">The operator's refusal.</param>
internal sealed record RecordedOutcome(EffectKind[] Kinds, StopWay? Stop = null, RestoreFrom? Restore = null, string? Message = null)
{
    /// <summary>Reads it from what followed; null where the recording shows nothing.</summary>
    public static RecordedOutcome? Of(RecordedEdit edit)
    {
        if (edit.Status is 404 or 409)
            return null;
        if (edit.Status >= 400)
            return new([EffectKind.Rejected]);
        if (edit.Resource == "flinkbluegreendeployments")
            return RecordedBlueGreen.Of(edit);
        if (edit.Before is not { } before || !Record.Of(before).HasSpec)
            return First(edit);
        var acted = Acted(edit);
        // What comes after the operator has acted upon the edit is no answer to it: autoscaling, roll-backs, recoveries.
        var events = EventsOf(edit).Where(e => acted is null || e.At <= acted.Value.At).ToList();
        if (events.FirstOrDefault(e => e.Reason is "ValidationError" or "UnsupportedFlinkVersion") is { Message: { } refusal })
            return new([EffectKind.Rejected], Message: refusal);
        if (events.Any(e => e.Reason == "Scaling"))
            return new([EffectKind.RescaleInPlace]);
        var changed = events.FirstOrDefault(e => e.Reason == "SpecChanged");
        if (changed.Message is not { } change)
            return acted is null ? null : new([EffectKind.NoEffect, EffectKind.NoChange], StopWay.Nothing);
        var kinds = Kind(edit, change, events, acted is not null);
        // An operator that waits for something and goes on when it has come did what "waits" says.
        if (events.FirstOrDefault(e => e.Reason == "Suspended") is { Message: not null } suspended && suspended.At - changed.At > TimeSpan.FromSeconds(3))
            return new([.. kinds, EffectKind.Waits]);
        var stop = StopOf(edit, change, events, acted?.Record);
        return new(kinds, stop, acted is { } seen ? RestoreOf(edit, seen.Record, stop) : null);
    }

    private static RecordedOutcome? First(RecordedEdit edit)
    {
        var events = EventsOf(edit).ToList();
        if (events.FirstOrDefault(e => e.Reason is "ValidationError" or "UnsupportedFlinkVersion") is { Message: { } refusal })
            return refusal.Contains("Flink version null", StringComparison.Ordinal) ? new([EffectKind.FirstDeployment, EffectKind.Waits]) : new([EffectKind.Rejected], Message: refusal);
        var (submitted, acted) = (events.FirstOrDefault(e => e.Reason == "Submit"), Acted(edit));
        if (acted is not { } first || (submitted.Message is null && first.Record is not { HasSpec: true, Mode: null }))
            return null;
        return submitted.Message is not null && submitted.At - edit.After[0].At > TimeSpan.FromSeconds(3)
            ? new([EffectKind.FirstDeployment, EffectKind.Waits])
            : new([EffectKind.FirstDeployment], StopWay.Nothing, RestoreOf(edit, first.Record, StopWay.Nothing));
    }

    private static EffectKind[] Kind(RecordedEdit edit, string change, List<Told> events, bool acted)
    {
        if (events.Any(e => e.Reason is "UpgradeFailed" or "SavepointError") && !events.Any(e => e.Reason == "Submit"))
            return [EffectKind.Waits, EffectKind.StopAndRestart, EffectKind.Suspend];
        if (change.StartsWith("SAVEPOINT_REDEPLOY", StringComparison.Ordinal))
            return [EffectKind.RedeployFromSavepoint];
        if (change.Contains("job.state : running -> suspended", StringComparison.Ordinal))
            return events.Any(e => e.Reason == "Suspended") || acted ? [EffectKind.Suspend] : [EffectKind.Waits];
        if (Record.Of(edit.Before!.Value).State == "suspended")
            return Record.Of(edit.Before.Value).Reconciliation == "UPGRADING" ? [EffectKind.StopAndRestart] : [EffectKind.Resume];
        return events.Any(e => e.Reason is "Suspended" or "Submit") || acted ? [EffectKind.StopAndRestart] : [EffectKind.Waits];
    }

    private static StopWay? StopOf(RecordedEdit edit, string change, List<Told> events, Record? after)
    {
        if (Record.Of(edit.Before!.Value).State == "suspended")
            return StopWay.Nothing;
        if (edit.After.Any(e => e is { Resource: "flinkstatesnapshots", Type: "ADDED" } && e.Name.StartsWith(edit.Name + "-savepoint-upgrade-", StringComparison.Ordinal))
            || events.Any(e => e.Reason == "SavepointError") || (after?.SavepointTrigger == "UPGRADE" && after.Path != Record.Of(edit.Before.Value).Path))
        {
            return StopWay.StopWithSavepoint;
        }
        if (Objects(edit).Any(o => Record.Of(o).Job == "CANCELLING"))
            return StopWay.Cancel;
        if (change.StartsWith("SAVEPOINT_REDEPLOY", StringComparison.Ordinal))
            return Record.Of(edit.Before.Value).IsTerminal ? StopWay.Nothing : StopWay.DeleteWithHaData;
        if (events.Any(e => e.Reason == "UpgradeFailed"))
            return StopWay.Fail;
        var suspended = events.Any(e => e.Reason == "Suspended");
        return after is null ? suspended ? null : StopWay.Wait
            : after.Mode is null ? StopWay.DeleteKeepHaData
            : suspended ? after.Mode == "last-state" ? StopWay.DeleteKeepHaData : after.Mode == "stateless" ? StopWay.DeleteWithHaData : null
            : Record.Of(edit.Before.Value).IsTerminal ? StopWay.Nothing : StopWay.DeleteNeverStarted;
    }

    private static RestoreFrom? RestoreOf(RecordedEdit edit, Record after, StopWay? stop) => after.Mode switch
    {
        null => null,
        "stateless" => RestoreFrom.EmptyState,
        "last-state" => RestoreFrom.HaMetadata,
        // A job that was cancelled before its first checkpoint has nothing to go on from, which nobody could know.
        _ when after.Path is null => stop == StopWay.Cancel ? null : RestoreFrom.EmptyState,
        _ when stop == StopWay.StopWithSavepoint => RestoreFrom.NewSavepoint,
        _ when stop == StopWay.Cancel && after.Path.Contains("/chk-", StringComparison.Ordinal) && after.Path != (edit.Before is { } b ? Record.Of(b).Path : null) => RestoreFrom.LastCheckpoint,
        _ => RestoreFrom.KnownSavepoint,
    };

    /// <summary>The first record in which the operator had acted upon the new generation, and when it was seen.</summary>
    private static (TimeSpan At, Record Record)? Acted(RecordedEdit edit)
    {
        foreach (var e in edit.After.Where(e => e.Resource == edit.Resource && e.Name == edit.Name && e.Type != "DELETED"))
        {
            var (record, generation) = (Record.Of(e.Object), RecordedEdit.Generation(e.Object));
            if (record.Observed is { } observed && observed >= generation && generation > 0 && (edit.Before is not { } b || observed > (Record.Of(b).Observed ?? 0) || observed == RecordedEdit.Generation(b)))
                return (e.At, record);
        }
        return null;
    }

    private static IEnumerable<JsonElement> Objects(RecordedEdit edit) => edit.After.Where(e => e.Resource == edit.Resource && e.Name == edit.Name && e.Type != "DELETED").Select(e => e.Object);

    private static IEnumerable<Told> EventsOf(RecordedEdit edit) =>
        from e in edit.After
        where e.Resource == "events" && e.Type != "DELETED"
        let about = e.Object.GetProperty("involvedObject")
        where about.GetProperty("name").GetString() == edit.Name && about.GetProperty("kind").GetString()!.StartsWith("Flink", StringComparison.Ordinal)
        select new Told(e.At, e.Object.GetProperty("reason").GetString()!, e.Object.GetProperty("message").GetString()!);

    /// <summary>An event of the operator.</summary>
    private readonly record struct Told(TimeSpan At, string Reason, string Message);

    /// <summary>What the operator noted in a status.</summary>
    internal sealed record Record(bool HasSpec, string? Mode, string? State, string? Path, string? Job, string? Reconciliation, long? Observed, string? SavepointTrigger)
    {
        public bool IsTerminal => Job is "FINISHED" or "FAILED" or "CANCELED";

        public static Record Of(JsonElement o)
        {
            if (!o.TryGetProperty("status", out var status))
                return new(false, null, null, null, null, null, null, null);
            var job = Child(status, "jobStatus");
            var reconciliation = Child(status, "reconciliationStatus");
            var last = Text(reconciliation, "lastReconciledSpec") is { } text ? Child(Child(JsonDocument.Parse(text).RootElement, "spec"), "job") : default;
            return new(Text(reconciliation, "lastReconciledSpec") is not null, Text(last, "upgradeMode"), Text(last, "state"), Text(job, "upgradeSavepointPath"), Text(job, "state"), Text(reconciliation, "state"),
                status.TryGetProperty("observedGeneration", out var observed) && observed.ValueKind == JsonValueKind.Number ? observed.GetInt64() : null,
                Text(Child(Child(job, "savepointInfo"), "lastSavepoint"), "triggerType"));
        }

        private static JsonElement Child(JsonElement o, string name) => o.ValueKind == JsonValueKind.Object && o.TryGetProperty(name, out var child) ? child : default;

        private static string? Text(JsonElement o, string name) => Child(o, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }
}
