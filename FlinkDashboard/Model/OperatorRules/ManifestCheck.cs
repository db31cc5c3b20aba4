using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Everything that can be said against a manifest before it is sent: syntax, names, the installed schema, the operator's rules, what does not work in practice, known traps.</summary>
public static class ManifestCheck
{
    private const string ApiVersion = "flink.apache.org/v1beta1";
    private static readonly string[] Kinds = ["FlinkDeployment", "FlinkSessionJob", "FlinkStateSnapshot", "FlinkBlueGreenDeployment"];

    /// <summary>All problems, errors first, each with field, rule and line.</summary>
    public static IReadOnlyList<FieldProblem> Of(Manifest manifest, ManifestContext context)
    {
        if (manifest.Problem is { } syntax)
            return [syntax];
        var found = new List<FieldProblem>(Heads(manifest));
        found.AddRange(NameRules.Of(manifest));
        var schema = context.Schema?.Check(manifest) ?? [];
        found.AddRange(schema);
        if (manifest.Json["spec"] is JsonObject spec && manifest.Kind is { } kind)
        {
            found.AddRange(OperatorProblems.Of(manifest, Breaches(manifest, kind, spec, context)).Where(p => schema.All(s => s.Field != p.Field)));
            var subject = new PracticeSubject(manifest, kind, spec, context);
            found.AddRange(PlaceRules.Of(subject));
            found.AddRange(ConfigurationRules.Of(subject));
            found.AddRange(ResourceRules.Of(subject));
            found.AddRange(ReferenceRules.Of(subject));
            found.AddRange(TrapRules.Of(subject));
        }
        else if (manifest.Json["spec"] is null && Kinds.Contains(manifest.Kind))
        {
            found.Add(Error("spec", "form.spec", "spec must be given."));
        }
        return [.. found.DistinctBy(p => (p.Field, p.Rule, p.Message)).Select(p => Placed(manifest, p)).OrderByDescending(p => p.Severity)];
    }

    private static IEnumerable<FieldProblem> Heads(Manifest manifest)
    {
        if (manifest.Kind is null)
            yield return Error("kind", "form.kind", "kind must be given.");
        else if (!Kinds.Contains(manifest.Kind))
            yield return Error("kind", "form.kind", $"kind {manifest.Kind} is none of the operator's: {string.Join(", ", Kinds)}{Nearby.Of(manifest.Kind, Kinds)}.");
        if (manifest.ApiVersion != ApiVersion)
            yield return Error("apiVersion", "form.apiVersion", $"apiVersion must be {ApiVersion}.");
    }

    private static IReadOnlyList<RuleBreach> Breaches(Manifest manifest, string kind, JsonObject spec, ManifestContext context)
    {
        var draft = new DeploymentDraft(manifest.Name ?? "", spec, Deployed(context.Current), context.Defaults);
        switch (kind)
        {
            case "FlinkDeployment":
                return DeploymentValidator.Breaches(draft);
            case "FlinkSessionJob":
                var cluster = context.Deployments?.FirstOrDefault(d => d.Metadata.Name == spec.Text("deploymentName"));
                return SessionJobValidator.Breaches(cluster is null ? draft : draft with { Defaults = Merged(context.Defaults, cluster) }, SessionJobValidator.ClusterOf(cluster));
            case "FlinkStateSnapshot":
                var targets = context.Deployments is { } deployments && context.SessionJobs is { } jobs
                    ? deployments.Select(d => ("FlinkDeployment", d.Metadata.Name)).Concat(jobs.Select(j => ("FlinkSessionJob", j.Metadata.Name))).ToList()
                    : null;
                return SnapshotValidator.Breaches(spec, targets, manifest.Namespace ?? "");
            case "FlinkBlueGreenDeployment":
                return BlueGreen(manifest, spec, context);
            default:
                return [];
        }
    }

    // The operator does not check the parent: its children are checked when they are created, which is too late for whoever applies it.
    private static IReadOnlyList<RuleBreach> BlueGreen(Manifest manifest, JsonObject spec, ManifestContext context)
    {
        if (spec.At("template", "spec") is not JsonObject child)
            return [new("spec.template.spec", "The template of a blue/green deployment must have a spec")];
        if (child["job"] is null)
            return [new("spec.template.spec.job", "A blue/green deployment must have a job")];
        var suspended = !context.Exists && child.Text("job", "state") == "suspended" ? [new RuleBreach("spec.template.spec.job.state", "A blue/green deployment cannot begin suspended")] : (RuleBreach[])[];
        return [.. suspended, .. DeploymentValidator.Breaches(new($"{manifest.Name}-green", child, null, context.Defaults))
            .Select(b => b with { Field = b.Field.StartsWith("spec.", StringComparison.Ordinal) ? "spec.template." + b.Field : b.Field })];
    }

    private static JsonObject? Deployed(IKubernetesObject? current) => current switch
    {
        FlinkDeployment d => Previews.Standing.Read(d.Status.ReconciliationStatus.LastReconciledSpec),
        FlinkSessionJob j => Previews.Standing.Read(j.Status.ReconciliationStatus.LastReconciledSpec),
        _ => null,
    };

    private static Dictionary<string, string> Merged(IReadOnlyDictionary<string, string>? defaults, FlinkDeployment cluster)
    {
        var all = defaults is null ? [] : new Dictionary<string, string>(defaults);
        foreach (var (key, value) in cluster.Spec.FlinkConfiguration)
            all[key] = value;
        return all;
    }

    private static FieldProblem Error(string field, string rule, string message) => new(field, message, ProblemSeverity.Error, ProblemSource.Form) { Rule = rule };

    private static FieldProblem Placed(Manifest manifest, FieldProblem problem) =>
        problem.Line is null && manifest.Nearest(problem.Field) is { } place ? problem with { Line = place.Line, Column = place.Column } : problem;
}
