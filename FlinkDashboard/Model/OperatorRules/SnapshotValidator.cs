using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>The operator's DefaultValidator for FlinkStateSnapshots (1.15).</summary>
public static class SnapshotValidator
{
    /// <summary>The rule that the spec breaks; the operator stops at the first.</summary>
    /// <param name="spec">spec of the snapshot.</param>
    /// <param name="targets">Kind and name of the jobs of the namespace; null when they are not known.</param>
    /// <param name="ns">The namespace, as the operator writes it.</param>
    public static IReadOnlyList<RuleBreach> Breaches(JsonObject spec, IReadOnlyCollection<(string Kind, string Name)>? targets = null, string ns = "")
    {
        if (spec["savepoint"] is null == spec["checkpoint"] is null)
            return [new("spec", "Exactly one of checkpoint or savepoint configurations has to be set.")];
        if ((spec["savepoint"] as JsonObject).Flag("alreadyExists") ?? false)
            return [];
        var (kind, name) = (spec.Text("jobReference", "kind"), spec.Text("jobReference", "name"));
        if (string.IsNullOrEmpty(kind) || string.IsNullOrEmpty(name))
            return [new("spec.jobReference", "Job reference must be supplied for this snapshot")];
        return targets is not null && !targets.Contains((kind, name)) ? [new("spec.jobReference.name", $"Target for snapshot {ns}/{name} was not found")] : [];
    }
}
