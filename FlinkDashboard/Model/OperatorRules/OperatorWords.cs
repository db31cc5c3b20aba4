using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Finds the field that a sentence of the operator's validator is about: its webhook answers with the sentence only.</summary>
public static partial class OperatorWords
{
    // First hit decides; sentences of the validators of session jobs and snapshots, which speak of one field each.
    private static readonly (string Words, string Field)[] Phrases =
    [
        ("deploymentName", "spec.deploymentName"), ("The job spec should not be empty", "spec.job"), ("parallelism", "spec.job.parallelism"),
        ("InitialSavepointPath", "spec.job.initialSavepointPath"), ("jobReference", "spec.jobReference"), ("job reference", "spec.jobReference"),
        ("formatType", "spec.savepoint.formatType"), ("savepoint or checkpoint", "spec"), ("path", "spec.savepoint.path"), ("flinkVersion", "spec.flinkVersion"),
        ("Flink Version", "spec.flinkVersion"), ("Ingress", "spec.ingress"), ("serviceAccount", "spec.serviceAccount"), ("name:", "metadata.name"),
    ];

    /// <summary>Path of the field; empty when the sentence does not tell.</summary>
    public static string FieldOf(Manifest manifest, string sentence)
    {
        if (ConfigurationKey().Matches(sentence).Select(m => m.Value).FirstOrDefault(k => manifest.Has($"spec.flinkConfiguration[{k}]")) is { } key)
            return $"spec.flinkConfiguration[{key}]";
        if (manifest.Kind == "FlinkDeployment" && manifest.Json["spec"] is JsonObject spec
            && DeploymentValidator.Breaches(new(manifest.Name ?? "", spec)).FirstOrDefault(b => sentence.Contains(b.Message, StringComparison.Ordinal)) is { } breach)
            return breach.Field;
        return Phrases.FirstOrDefault(p => sentence.Contains(p.Words, StringComparison.Ordinal)).Field ?? "";
    }

    [GeneratedRegex(@"\b[a-z][\w-]*(?:\.[\w-]+)+\b")]
    private static partial Regex ConfigurationKey();
}
