using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>What kind of change the operator carries out, from its own words or, before it has said any, from the spec.</summary>
internal static class ProgressKinds
{
    /// <summary>The kind.</summary>
    public static ProgressKind Of(ProgressFacts facts)
    {
        var state = facts.Status.ReconciliationStatus.State;
        if (!facts.Pending && (state == ReconciliationState.RollingBack || state == ReconciliationState.RolledBack))
            return ProgressKind.Rollback;
        if (facts.Last is null || (!facts.Pending && facts.Last.FirstDeployment == true && facts.Change is null))
            return ProgressKind.FirstDeployment;
        if (facts.Pending && !facts.Taken)
            return FromSpec(facts, facts.Last);
        return facts.Change is { } change ? FromWords(facts, change.Message) : facts.Last.IsSuspended && state == ReconciliationState.Deployed ? ProgressKind.Suspend : ProgressKind.Upgrade;
    }

    /// <summary>
    /// The differences inside the brackets of a SpecChanged message; null when there are none. The operator notes in upgradeMode what it did last: a difference
    /// there is none that anybody asked for, so it is left out.
    /// </summary>
    public static string? Differences(string? message)
    {
        var from = message?.IndexOf('[') ?? -1;
        var to = message?.LastIndexOf(']') ?? -1;
        if (from < 0 || to <= from + 1)
            return null;
        var parts = message![(from + 1)..to].Split(", ").Where(part => !part.StartsWith("job.upgradeMode : ", StringComparison.Ordinal)).ToArray();
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    private static ProgressKind FromWords(ProgressFacts facts, string message)
    {
        var differences = Differences(message) ?? "";
        if (message.StartsWith("SAVEPOINT_REDEPLOY", StringComparison.Ordinal))
            return ProgressKind.Restore;
        if (differences.Contains("job.state : running -> suspended", StringComparison.Ordinal))
            return ProgressKind.Suspend;
        if (differences.Contains("job.state : suspended -> running", StringComparison.Ordinal))
            return ProgressKind.Resume;
        if (facts.When("Scaling") is { } scaled && !(facts.When("Submit") > scaled))
            return ProgressKind.Scale;
        return differences.StartsWith("restartNonce : ", StringComparison.Ordinal) && !differences.Contains(", ", StringComparison.Ordinal) ? ProgressKind.Restart : ProgressKind.Upgrade;
    }

    private static ProgressKind FromSpec(ProgressFacts facts, LastReconciledSpec last)
    {
        if (facts.Job is { } job && last.Deployment.Job is { } before)
        {
            if (job.IsSuspended != before.IsSuspended)
                return job.IsSuspended ? ProgressKind.Suspend : ProgressKind.Resume;
            if (job.SavepointRedeployNonce is { } nonce && nonce != before.SavepointRedeployNonce)
                return ProgressKind.Restore;
        }
        return facts.App?.Spec.RestartNonce is { } restart && restart != last.Deployment.RestartNonce ? ProgressKind.Restart : ProgressKind.Upgrade;
    }
}
