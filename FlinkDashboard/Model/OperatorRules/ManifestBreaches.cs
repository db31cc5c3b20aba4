using System.Text.Json.Nodes;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>The operator's rules on a manifest that is about to be sent.</summary>
public static class ManifestBreaches
{
    /// <summary>What a new object breaks.</summary>
    public static IReadOnlyList<RuleBreach> Of(Manifest manifest) => All(manifest);

    /// <summary>What a change breaks that was not broken before: what was wrong already is not the change's fault.</summary>
    public static IReadOnlyList<RuleBreach> Of(Manifest before, Manifest after)
    {
        var old = All(before);
        return [.. All(after).Where(b => !old.Contains(b))];
    }

    private static IReadOnlyList<RuleBreach> All(Manifest manifest) => manifest.Json["spec"] is not JsonObject spec ? [] : manifest.Kind switch
    {
        "FlinkDeployment" => DeploymentValidator.Breaches(new(manifest.Name ?? "", spec)),
        "FlinkSessionJob" => SessionJobValidator.Breaches(new(manifest.Name ?? "", spec), null),
        "FlinkStateSnapshot" => SnapshotValidator.Breaches(spec),
        _ => [],
    };
}
