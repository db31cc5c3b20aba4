using System.Text.Json.Nodes;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>A manifest as the rules of practice look at it.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Spec">Its spec.</param>
/// <param name="Context">What is known around it.</param>
internal sealed record PracticeSubject(Manifest Manifest, string Kind, JsonObject Spec, ManifestContext Context)
{
    /// <summary>The spec of the cluster or job: of the template for blue/green.</summary>
    public JsonObject Body => Kind == "FlinkBlueGreenDeployment" ? Spec.At("template", "spec") as JsonObject ?? [] : Spec;

    /// <summary>Where <see cref="Body"/> stands.</summary>
    public string Root => Kind == "FlinkBlueGreenDeployment" ? "spec.template.spec" : "spec";

    /// <summary>Configuration with the operator's defaults below.</summary>
    public DeploymentDraft Draft => new(Manifest.Name ?? "", Body, null, Context.Defaults);

    /// <summary>Only what the spec itself configures.</summary>
    public IReadOnlyDictionary<string, string> Configuration => FlinkConfiguration.Flatten(Body["flinkConfiguration"]);

    /// <summary>Amazon EMR's flavour.</summary>
    public bool IsEmr => Body["emrReleaseLabel"] is not null;

    public string Key(string key) => $"{Root}.flinkConfiguration[{key}]";

    public static FieldProblem Error(string field, string rule, string message) => new(field, message, ProblemSeverity.Error, ProblemSource.Practice) { Rule = rule };

    public static FieldProblem Warning(string field, string rule, string message) => new(field, message, ProblemSeverity.Warning, ProblemSource.Practice) { Rule = rule };

    public static FieldProblem Trap(string field, string rule, string message) => new(field, message, ProblemSeverity.Warning, ProblemSource.Trap) { Rule = rule };
}
