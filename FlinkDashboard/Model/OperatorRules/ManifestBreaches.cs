using System.Text.Json.Nodes;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>The operator's rules on a manifest that is about to be sent.</summary>
public static class ManifestBreaches
{
    /// <summary>What a change breaks that was not broken before: what was wrong already is not the change's fault.</summary>
    public static IReadOnlyList<RuleBreach> Of(Manifest before, Manifest after)
    {
        var old = All(before);
        return [.. All(after).Where(b => !old.Contains(b))];
    }

    private static IReadOnlyList<RuleBreach> All(Manifest manifest) => manifest.Kind == "FlinkDeployment" && manifest.Json["spec"] is JsonObject spec
        ? DeploymentValidator.Breaches(new(manifest.Name ?? "", spec))
        : [];
}
