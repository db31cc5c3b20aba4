using System.Text.RegularExpressions;
using FlinkDashboard.Model.Manifests;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Names and labels as the API server takes them (Kubernetes: names and labels).</summary>
internal static partial class NameRules
{
    public static IEnumerable<FieldProblem> Of(Manifest manifest)
    {
        if (manifest.Name is null && manifest.Value("metadata.generateName") is null)
            yield return Error("metadata.name", "api.name", "metadata.name must be given.");
        else if (manifest.Name is { } name && (name.Length > 253 || !Subdomain().IsMatch(name)))
            yield return Error("metadata.name", "api.name", $"The name {Short(name)} must consist of lower case letters, digits, '-' or '.', and begin and end with a letter or digit.");
        if (manifest.Namespace is { } ns && (ns.Length > 63 || !Label().IsMatch(ns)))
            yield return Error("metadata.namespace", "api.namespace", $"The namespace {Short(ns)} must consist of at most 63 lower case letters, digits or '-', and begin and end with a letter or digit.");
        foreach (var key in manifest.Keys("metadata.labels"))
        {
            var field = ManifestPath.Below("metadata.labels", key);
            if (!KeyOf(key))
                yield return Error(field, "api.label", $"The label key {Short(key)} is no qualified name.");
            else if (manifest.Value(field) is { } value && (value.Length > 63 || !LabelValue().IsMatch(value)))
                yield return Error(field, "api.label", $"The label value {Short(value)} must have at most 63 letters, digits, '-', '_' or '.', and begin and end with a letter or digit.");
        }
        foreach (var key in manifest.Keys("metadata.annotations").Where(k => !KeyOf(k)))
            yield return Error(ManifestPath.Below("metadata.annotations", key), "api.annotation", $"The annotation key {Short(key)} is no qualified name.");
    }

    private static bool KeyOf(string key) =>
        key.Split('/') is [.. var prefix, var name] && prefix.Length <= 1 && name.Length is > 0 and <= 63 && LabelValue().IsMatch(name) && prefix.All(p => p.Length <= 253 && Subdomain().IsMatch(p));

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static FieldProblem Error(string field, string rule, string message) => new(field, message, ProblemSeverity.Error, ProblemSource.Practice) { Rule = rule };

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"\A([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?\z")]
    private static partial Regex LabelValue();
}
