using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>What comes next, or the way out, in a sentence or two.</summary>
internal static class ProgressAdvice
{
    private static readonly TimeSpan DefaultReadiness = TimeSpan.FromMinutes(5);

    /// <summary>The advice; null when nothing need be said.</summary>
    public static string? Of(ProgressFacts facts, ProgressKind kind, ProgressWalk walk) => walk.Outcome switch
    {
        ProgressOutcome.Refused when facts.Last is null => "Nothing runs. Correct the spec: the operator looks again at once.",
        ProgressOutcome.Refused => "What ran before goes on unchanged. Correct the spec, or put the one before back.",
        ProgressOutcome.RolledBack => RolledBack(facts),
        ProgressOutcome.UnderWay when kind == ProgressKind.Rollback => "The operator found that the new spec did not become ready in time and goes back to the last stable one by itself. A corrected spec may be applied now; it is taken up at once.",
        ProgressOutcome.UnderWay or ProgressOutcome.Failed when RollsBackAt(facts) is { } at && walk.Steps.Count > walk.Reached && walk.Steps[walk.Reached].Id is "jobmanager" or "running" =>
            $"Unless it is stable by {AgeText.Clock(at, facts.Evidence.Now)}, the operator goes back to the last stable spec by itself.",
        ProgressOutcome.Failed => Failed(facts, walk.Steps[Math.Min(walk.Reached, walk.Steps.Count - 1)].Id),
        _ => null,
    };

    private static string RolledBack(ProgressFacts facts) =>
        $"The last stable spec runs; the object still holds the one that failed{(ProgressKinds.Differences(facts.Change?.Message) is { } change ? $" ({change})" : "")}. The operator stays so until the spec changes again: correct it, or put the stable one back.";

    private static string Failed(ProgressFacts facts, string step)
    {
        if (facts.Error?.Message.Contains("Manual restore required", StringComparison.Ordinal) == true || facts.Status.LifecycleState == LifecycleState.Failed && step is "saved" or "stopped")
            return "The operator cannot tell what to start from and does nothing more. Restore from a savepoint or checkpoint that you choose.";
        return step switch
        {
            "jobmanager" => "The operator keeps looking and goes on if the pod recovers. Automatic rollback is off for it: correct the spec, or go back to an earlier revision.",
            "running" when facts.Status.JobStatus.State == JobState.Failed => "The job has failed for good; the operator does not start it again by itself. Correct the spec, restart it, or restore from a savepoint.",
            "running" => "Restore from a savepoint or checkpoint that exists, or correct the spec.",
            _ => "The old job goes on meanwhile. The operator tries again by itself.",
        };
    }

    // AbstractFlinkResourceReconciler.shouldRollBack: opt-in, with high availability, from a stable spec, counted from the last deployment.
    private static DateTimeOffset? RollsBackAt(ProgressFacts facts)
    {
        if (facts.App is not { } app || facts.Pending || facts.Status.ReconciliationStatus.State != ReconciliationState.Deployed || facts.Status.ReconciliationStatus.LastStableSpec is null || !FlinkReading.IsHighlyAvailable(app)
            || facts.Configuration["kubernetes.operator.deployment.rollback.enabled"]?.Equals("true", StringComparison.OrdinalIgnoreCase) != true)
            return null;
        return facts.ReconciledAt + (FlinkDuration.Parse(facts.Configuration["kubernetes.operator.deployment.readiness.timeout"]) ?? DefaultReadiness);
    }
}
