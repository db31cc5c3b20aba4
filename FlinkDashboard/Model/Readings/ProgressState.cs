using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>What becomes of the job's state on the way: what is kept, and what the new job starts from.</summary>
internal static class ProgressState
{
    /// <summary>The step that keeps state; null where none is kept.</summary>
    public static ProgressWalk.Stage? Saved(ProgressFacts facts)
    {
        var status = facts.Status.JobStatus;
        var stopped = facts.Last is { } last && !facts.Pending && (last.IsSuspended || facts.Status.ReconciliationStatus.State != ReconciliationState.Upgrading);
        var mode = stopped ? facts.Last!.Deployment.Job?.UpgradeMode ?? UpgradeMode.Stateless : FlinkReading.UpgradeModeOf(facts.Job ?? FlinkJobSpec.None);
        if (mode == UpgradeMode.Stateless || mode.IsEmpty)
            return null;
        if (!stopped)
        {
            return mode == UpgradeMode.Savepoint
                ? new("saved", "Savepoint taken")
                : new("saved", "State kept", Detail: "The last completed checkpoint is kept.");
        }
        var path = status.UpgradeSavepointPath;
        if (mode == UpgradeMode.LastState || path == StatePoint.LastStateMarker)
            return new("saved", "State kept", facts.When("Suspended"), "High-availability metadata: the next job continues from the last completed checkpoint.");
        if (path is not { Length: > 0 })
            return new("saved", "No state to keep", facts.When("Suspended") ?? facts.Started, "No savepoint or checkpoint of it was known.");
        var taken = facts.When("Suspended") is not null;
        var at = StatePoint.NextStartOf(status, facts.Evidence.Snapshots)?.At;
        var checkpoint = path.Contains("/chk-", StringComparison.Ordinal);
        return new("saved", checkpoint ? "Last checkpoint noted" : taken ? "Savepoint taken" : "Known savepoint noted", at >= facts.Started - TimeSpan.FromSeconds(1) ? at : facts.When("Suspended") ?? facts.Started, path);
    }

    /// <summary>What the submitted job starts from, as a clause.</summary>
    public static string? StartsFrom(ProgressFacts facts, ProgressKind kind)
    {
        if (facts.Job is null || facts.Last is null || facts.Pending)
            return null;
        var path = facts.Status.JobStatus.UpgradeSavepointPath;
        var mode = facts.Last.Deployment.Job?.UpgradeMode ?? UpgradeMode.Stateless;
        return mode == UpgradeMode.LastState || path == StatePoint.LastStateMarker ? "Starts from the last completed checkpoint."
            : mode == UpgradeMode.Savepoint && path is { Length: > 0 } ? kind is ProgressKind.Restore or ProgressKind.Resume or ProgressKind.FirstDeployment ? $"Starts from {path}" : null
            : "Starts with empty state.";
    }

    /// <summary>What keeps a job from RUNNING while its JobManager is up.</summary>
    public static string Waits(ProgressFacts facts)
    {
        var state = facts.Status.JobStatus.State;
        var word = state.IsEmpty ? "not known yet" : state.Text;
        if (facts.App is not { } app || facts.Evidence.Pods is not { } pods)
            return $"The job is {word}.";
        var (ready, wanted) = (ClusterPods.Of(app, pods).ReadyTaskManagers, FlinkReading.TaskManagersWantedOf(app));
        return wanted > ready ? $"The job is {word}; {ready} of {wanted} TaskManagers are ready." : $"The job is {word}.";
    }
}
