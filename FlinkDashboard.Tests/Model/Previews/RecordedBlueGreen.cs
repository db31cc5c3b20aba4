using System.Text.Json;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Previews;

namespace FlinkDashboard.Tests.Model.Previews;

/// <summary>What a recording shows after an edit of a blue/green parent.</summary>
internal static class RecordedBlueGreen
{
    public static RecordedOutcome? Of(RecordedEdit edit)
    {
        var states = edit.After.Where(e => e.Resource == edit.Resource && e.Name == edit.Name && e.Type != "DELETED").Select(e => State(e.Object)).OfType<string>().ToList();
        var children = edit.After.Where(e => e is { Resource: "flinkdeployments" } && e.Name.StartsWith(edit.Name + "-", StringComparison.Ordinal)).ToList();
        if (edit.Before is null)
            return children.Any(c => c.Type == "ADDED") ? new([EffectKind.FirstDeployment], StopWay.Nothing) : null;
        var added = children.FirstOrDefault(c => c.Type == "ADDED")?.Object;
        if (states.Any(s => s.StartsWith("SAVEPOINTING_", StringComparison.Ordinal)))
            return new([EffectKind.StopAndRestart], Restore: RestoreFrom.NewSavepoint);
        if (added is { } child)
            return new([EffectKind.StopAndRestart, EffectKind.RedeployFromSavepoint], Restore: Initial(child) ? null : RestoreFrom.EmptyState);
        if (Wants(edit, "suspended"))
            return new([EffectKind.Suspend, .. UnderWay(edit) ? [EffectKind.Waits] : (EffectKind[])[]]);
        if (Wants(edit, "running"))
            return new([EffectKind.Resume]);
        // Between two colours a change is written into the one that is on its way.
        if (UnderWay(edit) && children.Any(c => c.Type == "MODIFIED"))
            return new([EffectKind.StopAndRestart, EffectKind.RedeployFromSavepoint, EffectKind.NoEffect, EffectKind.NoChange]);
        return states.Count > 0 ? new([EffectKind.NoEffect, EffectKind.NoChange, EffectKind.Waits]) : null;
    }

    private static bool UnderWay(RecordedEdit edit) => edit.Before is { } before && State(before)?.StartsWith("TRANSITIONING_", StringComparison.Ordinal) == true;

    private static bool Wants(RecordedEdit edit, string state) => edit.Step.TryGetProperty("patch", out var patch) && patch.GetRawText().Replace(" ", "", StringComparison.Ordinal).Contains($"\"state\":\"{state}\"", StringComparison.Ordinal);

    private static bool Initial(JsonElement child) => child.GetProperty("spec").TryGetProperty("job", out var job) && job.TryGetProperty("initialSavepointPath", out var path) && path.ValueKind == JsonValueKind.String;

    private static string? State(JsonElement o) => o.TryGetProperty("status", out var status) && status.TryGetProperty("blueGreenState", out var state) ? state.GetString() : null;
}
