using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

/// <summary>The operator's validator for FlinkStateSnapshots.</summary>
public static class SnapshotRules
{
    /// <summary>The first error, or null.</summary>
    /// <param name="ns">Namespace of the snapshot.</param>
    /// <param name="spec">Its spec.</param>
    /// <param name="pending">Nothing was triggered yet.</param>
    /// <param name="targetExists">Answers whether a resource (kind, name) exists.</param>
    public static string? Error(string ns, JsonObject spec, bool pending, Func<string, string, bool> targetExists)
    {
        if (spec["savepoint"] is null == spec["checkpoint"] is null)
            return "Exactly one of checkpoint or savepoint configurations has to be set.";
        if ((bool?)spec["savepoint"]?["alreadyExists"] == true)
            return null;
        if (spec["jobReference"] is not { } reference || (string?)reference["name"] is not { } name)
            return "Job reference must be supplied for this snapshot";
        return pending && !targetExists((string?)reference["kind"] ?? "FlinkDeployment", name)
            ? $"Target for snapshot {ns}/{name} was not found"
            : null;
    }
}
