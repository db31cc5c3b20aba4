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
        var active = current.Status.BlueGreenState.Text;
        if (Standing.IsSuspended(before) != Standing.IsSuspended(after))
        {
            return Standing.IsSuspended(after)
                ? Previewing.Empty(EffectKind.Suspend, "Suspends the active application; how its state is kept is decided as for any application.")
                : Previewing.Empty(EffectKind.Resume, "Resumes the active application from the state kept when it was suspended.");
        }
        if (change.Fields.Count == 0)
            return Previewing.Empty(EffectKind.NoChange, "Changes nothing in the template: what runs stays.");
        if (change.Effect == ChangeEffect.Ignore)
            return Previewing.Empty(EffectKind.NoEffect, "The active application is patched; its running job is not touched.");
        if (active is not ("ACTIVE_BLUE" or "ACTIVE_GREEN"))
            return Previewing.Empty(EffectKind.Waits, $"A switch is under way ({(active.Length == 0 ? "starting" : active)}); the new template is looked at when it is done.") with { Stop = StopWay.Wait };
        if (input.ActiveChild is { } child && (child.Status.JobManagerDeploymentStatus != JobManagerStatus.Ready || child.Status.JobStatus.State != JobState.Running))
            return Previewing.Empty(EffectKind.Waits, $"The switch fails: {child.Metadata.Name}, the active application, does not run. Mend it first, then apply the new template.") with { Stop = StopWay.Wait };
        if (change.Effect == ChangeEffect.SavepointRedeploy)
            return Transition(active, RestoreFrom.KnownSavepoint, EffectKind.RedeployFromSavepoint, PathWords.Point(after.Text("job", "initialSavepointPath") ?? "", input.Snapshots), input);
        var stateless = Standing.ModeOf(after) == "stateless";
        return Transition(active, stateless ? RestoreFrom.EmptyState : RestoreFrom.NewSavepoint, EffectKind.StopAndRestart, stateless ? null : new StatePoint("savepoint", null, input.Now), input);
    }

    private static EffectPreview Transition(string active, RestoreFrom restore, EffectKind kind, StatePoint? point, PreviewInput input)
    {
        var (old, next) = active == "ACTIVE_BLUE" ? ("blue", "green") : ("green", "blue");
        var from = restore switch
        {
            RestoreFrom.NewSavepoint => $"Takes a savepoint of {old} while it runs on, starts {next} from it",
            RestoreFrom.KnownSavepoint => $"Starts {next} from {point?.Path}",
            _ => $"Starts {next} with empty state beside {old}",
        };
        var grace = FlinkDuration.Parse(input.Wanted.Value("spec.configuration[kubernetes.operator.bluegreen.abort.grace-period]")) ?? TimeSpan.FromMinutes(10);
        return Previewing.Empty(kind, $"{from}, and deletes {old} when {next} is stable.") with
        {
            Restore = restore,
            State = point,
            LosesState = restore == RestoreFrom.EmptyState,
            Notes =
            [
                $"Both run for a while: what {old} does after the savepoint is done again by {next}.",
                $"If {next} is not stable within {AgeText.Of(grace)}, it is suspended and {old} stays.",
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
