using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Previews;

/// <summary>Blue/green parents: a change of the template starts a second cluster beside the first and switches over when it is stable (FlinkBlueGreenDeploymentController of the operator).</summary>
internal static class BlueGreenPreview
{
    public static EffectPreview Of(PreviewInput input, FlinkBlueGreenDeployment? current, JsonObject wanted, OperatorRelease release)
    {
        if (release.Minor < 14)
            return Previewing.Empty(EffectKind.CannotTell, $"Operator {release} has no blue/green deployments (1.14 and later have).");
        var after = Child(wanted);
        if (after is null)
            return Previewing.Empty(EffectKind.Rejected, "spec.template.spec must be given.");
        if (Standing.Read(current?.Status.LastReconciledSpec) is not { } last || Child(last) is not { } before)
            return First(input, after);
        var change = SpecDiff.OfDeployment(before, after, before.Text("mode") == "standalone");
        var preview = Decide(input, current!, before, after, change);
        return preview with { Fields = [.. change.Fields.Select(f => Field(f, preview.Kind))] };
    }

    private static EffectPreview First(PreviewInput input, JsonObject after)
    {
        if (Standing.IsSuspended(after))
            return Previewing.Empty(EffectKind.Rejected, "A blue/green deployment cannot begin suspended.");
        var path = after.Text("job", "initialSavepointPath");
        return Previewing.Empty(EffectKind.FirstDeployment, path is null ? "Starts the blue application, with empty state." : $"Starts the blue application from {path}.") with
        {
            Restore = path is null ? RestoreFrom.EmptyState : RestoreFrom.KnownSavepoint,
            State = path is null ? null : PathWords.Point(path, input.Snapshots),
        };
    }

    private static EffectPreview Decide(PreviewInput input, FlinkBlueGreenDeployment current, JsonObject before, JsonObject after, SpecChange change)
    {
        var state = current.Status.BlueGreenState.Text;
        if (state is "TRANSITIONING_TO_BLUE" or "TRANSITIONING_TO_GREEN")
            return UnderWay(input, state == "TRANSITIONING_TO_BLUE" ? "blue" : "green", before, after, change);
        if (state is not ("ACTIVE_BLUE" or "ACTIVE_GREEN" or "SAVEPOINTING_BLUE" or "SAVEPOINTING_GREEN"))
            return Initial(input, current, after, change);
        var savepointing = state.StartsWith("SAVEPOINTING_", StringComparison.Ordinal);
        var preview = Active(input, state.EndsWith("_BLUE", StringComparison.Ordinal) ? "blue" : "green", savepointing, before, after, change);
        return savepointing && preview.Kind != EffectKind.NoChange ? preview with { Notes = [.. preview.Notes, "A savepoint for the switch is being taken; this is looked at when it is done."] } : preview;
    }

    private static EffectPreview Active(PreviewInput input, string active, bool savepointing, JsonObject before, JsonObject after, SpecChange change)
    {
        if (Standing.IsSuspended(before) != Standing.IsSuspended(after))
        {
            return Standing.IsSuspended(after)
                ? Previewing.Empty(EffectKind.Suspend, "Suspends the active application; how its state is kept is decided as for any application.")
                : Previewing.Empty(EffectKind.Resume, "Resumes the active application from the state kept when it was suspended.");
        }
        // The template that waits for its savepoint is not the one recorded, so going back to the recorded one calls the switch off.
        if (change.Fields.Count == 0)
            return savepointing ? Previewing.Empty(EffectKind.NoEffect, $"Calls the switch off: {active} goes on with the template it has.") : Previewing.Empty(EffectKind.NoChange, "Changes nothing in the template: what runs stays.");
        if (Standing.IsSuspended(after))
            return Previewing.Empty(EffectKind.NoEffect, $"{active} stays suspended; it takes the new template over and uses it when it is resumed.");
        if (change.Effect == ChangeEffect.Ignore)
            return Previewing.Empty(EffectKind.NoEffect, "The active application is patched; its running job is not touched.");
        if (input.ActiveChild is { } child && (child.Status.JobManagerDeploymentStatus != JobManagerStatus.Ready || child.Status.JobStatus.State != JobState.Running))
            return Previewing.Empty(EffectKind.Waits, $"The switch fails: {child.Metadata.Name}, the active application, does not run. Mend it first, then apply the new template.") with { Stop = StopWay.Wait };
        if (change.Effect == ChangeEffect.SavepointRedeploy)
            return Transition(active, RestoreFrom.KnownSavepoint, EffectKind.RedeployFromSavepoint, PathWords.Point(after.Text("job", "initialSavepointPath") ?? "", input.Snapshots), input);
        var stateless = Standing.ModeOf(after) == "stateless";
        return Transition(active, stateless ? RestoreFrom.EmptyState : RestoreFrom.NewSavepoint, EffectKind.StopAndRestart, stateless ? null : new StatePoint("savepoint", null, input.Now), input);
    }

    // While a colour is on its way every change is written into it at once; only a suspension waits (handleSpecChangesDuringTransition of BlueGreenDeploymentService).
    private static EffectPreview UnderWay(PreviewInput input, string next, JsonObject before, JsonObject after, SpecChange change)
    {
        if (!Standing.IsSuspended(before) && Standing.IsSuspended(after))
            return Previewing.Empty(EffectKind.Waits, $"The switch to {next} is under way: it is suspended when the switch is done.") with { Stop = StopWay.Wait };
        if (Standing.IsSuspended(before) && !Standing.IsSuspended(after))
            return Previewing.Empty(EffectKind.Resume, $"Resumes {next} at once, from the state kept when it was suspended.");
        if (change.Fields.Count == 0)
            return Previewing.Empty(EffectKind.NoChange, $"Changes nothing in the template: the switch to {next} goes on.");
        if (change.Effect == ChangeEffect.Ignore)
            return Previewing.Empty(EffectKind.NoEffect, $"{next} is patched at once; its job is not touched, and its time to become stable begins anew.");
        var from = change.Effect == ChangeEffect.SavepointRedeploy ? after.Text("job", "initialSavepointPath") : null;
        return Previewing.Empty(from is null ? EffectKind.StopAndRestart : EffectKind.RedeployFromSavepoint, $"The switch to {next} is under way: the new template is put into {next} at once, which is {(from is null ? "upgraded" : $"started from {from}")} while the switch goes on.") with
        {
            Restore = from is null ? RestoreFrom.Undecided : RestoreFrom.KnownSavepoint,
            State = from is null ? null : PathWords.Point(from, input.Snapshots),
            Notes = [$"How {next} is stopped and started is decided as for any application.", $"Its time to become stable, {AgeText.Of(Grace(input))}, begins anew."],
        };
    }

    // The first deployment was given up: the operator tries again only with another template.
    private static EffectPreview Initial(PreviewInput input, FlinkBlueGreenDeployment current, JsonObject after, SpecChange change)
    {
        if (current.Status.JobStatus.State != JobState.Failing || change.Fields.Count == 0)
            return Previewing.Empty(EffectKind.Waits, "The first application is being started; the new template is looked at when that is done.") with { Stop = StopWay.Wait };
        var first = First(input, after);
        return first.Kind == EffectKind.FirstDeployment ? first with { Sentence = $"The first start was given up. {first.Sentence}" } : first;
    }

    private static TimeSpan Grace(PreviewInput input) => FlinkDuration.Parse(input.Wanted.Value("spec.configuration[kubernetes.operator.bluegreen.abort.grace-period]")) ?? TimeSpan.FromMinutes(10);

    private static EffectPreview Transition(string old, RestoreFrom restore, EffectKind kind, StatePoint? point, PreviewInput input)
    {
        var next = old == "blue" ? "green" : "blue";
        var from = restore switch
        {
            RestoreFrom.NewSavepoint => $"Takes a savepoint of {old} while it runs on, starts {next} from it",
            RestoreFrom.KnownSavepoint => $"Starts {next} from {point?.Path}",
            _ => $"Starts {next} with empty state beside {old}",
        };
        return Previewing.Empty(kind, $"{from}, and deletes {old} when {next} is stable.") with
        {
            Restore = restore,
            State = point,
            LosesState = restore == RestoreFrom.EmptyState,
            Notes =
            [
                $"Both run for a while: what {old} does after the savepoint is done again by {next}.",
                $"If {next} is not stable within {AgeText.Of(Grace(input))}, it is suspended and {old} stays.",
            ],
        };
    }

    private static FieldEffect Field(FieldChange field, EffectKind whole)
    {
        var path = field.Path.StartsWith("flinkConfiguration.", StringComparison.Ordinal) ? $"flinkConfiguration[{field.Path["flinkConfiguration.".Length..]}]" : field.Path;
        var (kind, words) = field.Effect == ChangeEffect.Ignore ? (EffectKind.NoEffect, "No restart.")
            : field.Effect == ChangeEffect.SavepointRedeploy ? (EffectKind.RedeployFromSavepoint, "Starts the other colour from initialSavepointPath.")
            : (whole, "Starts the other colour.");
        return new("spec.template.spec." + path, field.Before == "null" ? "" : field.Before, field.After == "null" ? "" : field.After, kind, words);
    }

    private static JsonObject? Child(JsonObject spec) => spec.At("template", "spec") as JsonObject;
}

/// <summary>Children of a blue/green parent.</summary>
public static class BlueGreenChild
{
    /// <summary>Name of the FlinkDeployment of the active colour; null while none is active.</summary>
    public static string? NameOf(FlinkBlueGreenDeployment parent) => parent.Status.BlueGreenState.Text switch
    {
        "ACTIVE_BLUE" => parent.Metadata.Name + "-blue",
        "ACTIVE_GREEN" => parent.Metadata.Name + "-green",
        _ => null,
    };
}
