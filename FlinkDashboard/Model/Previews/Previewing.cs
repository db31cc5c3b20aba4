using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Model.Previews;

/// <summary>Works a preview out.</summary>
internal static class Previewing
{
    public static EffectPreview Of(PreviewInput input)
    {
        if (input.Wanted.Problem is { } syntax)
            return Nothing(EffectKind.Rejected, "The text cannot be read as a manifest.") with { Problems = [syntax] };
        if (input.OperatorVersion is null)
            return Nothing(EffectKind.CannotTell, "The operator's version is not known, so what it will do cannot be told.");
        if (input.Wanted.Json["spec"] is not JsonObject wanted || input.Current is not (null or FlinkDeployment or FlinkSessionJob))
            return Nothing(EffectKind.CannotTell, "What the operator will do with this cannot be told.");
        var deployed = Deployed(input.Current);
        if (deployed is null)
            return Nothing(EffectKind.FirstDeployment, "Starts for the first time.");
        var change = input.Current is FlinkSessionJob ? SpecDiff.OfSessionJob(deployed, wanted) : SpecDiff.OfDeployment(deployed, wanted, (string?)deployed["mode"] == "standalone");
        var fields = change.Fields.Select(f => new FieldEffect("spec." + f.Path, f.Before == "null" ? "" : f.Before, f.After == "null" ? "" : f.After, KindOf(f.Effect), "")).ToList();
        return change.Fields.Count == 0
            ? Nothing(EffectKind.NoChange, "Changes nothing: this is what is deployed.")
            : Nothing(KindOf(change.Effect), "") with { Fields = fields };
    }

    private static EffectKind KindOf(ChangeEffect effect) => effect switch
    {
        ChangeEffect.Ignore => EffectKind.NoEffect,
        ChangeEffect.SavepointRedeploy => EffectKind.RedeployFromSavepoint,
        _ => EffectKind.StopAndRestart,
    };

    private static JsonObject? Deployed(IKubernetesObject? current)
    {
        var text = current switch
        {
            FlinkDeployment d => d.Status.ReconciliationStatus.LastReconciledSpec,
            FlinkSessionJob j => j.Status.ReconciliationStatus.LastReconciledSpec,
            _ => null,
        };
        return text is null ? null : JsonNode.Parse(text)?["spec"] as JsonObject;
    }

    private static EffectPreview Nothing(EffectKind kind, string sentence) =>
        new(kind, sentence, [], StopWay.Nothing, RestoreFrom.Undecided, null, null, false, [], []);
}
