using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Operations;

/// <summary>How the operator will stop a job on suspend (its decision table: AbstractJobReconciler and the reconcilers below it), in words.</summary>
/// <param name="First">What happens before pods go, without a full stop; empty when nothing does.</param>
/// <param name="Then">What resume will start from.</param>
/// <param name="KeepsJobManager">The JobManager pod stays for now.</param>
/// <param name="LosesState">State that exists will not be used again.</param>
/// <param name="Notes">Further facts.</param>
internal sealed record StopPlan(string First, string Then, bool KeepsJobManager, bool LosesState, IReadOnlyList<string> Notes)
{
    private const string FallbackKey = "kubernetes.operator.job.upgrade.last-state-fallback.enabled";

    /// <summary>The plan for a job in the state it is in now.</summary>
    /// <param name="t">The job.</param>
    /// <param name="app">Its application; null for a session job.</param>
    /// <param name="around">What is known beside it.</param>
    /// <param name="next">What goes on afterwards: "Resume", "The new job".</param>
    public static StopPlan Of(FlinkTarget t, FlinkDeployment? app, Surroundings around, string next = "Resume")
    {
        var mode = FlinkReading.UpgradeModeOf(t.Job ?? FlinkJobSpec.None);
        var state = t.Status.JobStatus.State;
        var native = app is not null && app.Spec.Mode != DeploymentMode.Standalone;
        if (state == JobState.Failed || state == JobState.Canceled || state == JobState.Finished)
            return Ended(t, mode, native, around, next);
        if (mode == UpgradeMode.Savepoint && around.NeverStarted && state != JobState.Running)
            return new("", StatePoint.NextStartOf(t.Status.JobStatus, around.Snapshots) is { } start
                ? $"The JobManager never started; {next.ToLowerInvariant()} continues from the {StateWords.Of(start, around.Now)}."
                : $"The JobManager never started; {next.ToLowerInvariant()} starts with empty state.", false, false, []);
        if (mode == UpgradeMode.Savepoint && state == JobState.Running)
            return new("Takes a savepoint first", $"{next} continues from that savepoint.", native, false, []);
        if (mode == UpgradeMode.Savepoint && !t.Switch(FallbackKey, true))
            return new("Waits until the job is RUNNING and takes a savepoint", $"{next} continues from that savepoint.", native, false, [$"The job is {StateWords.Of(state)} now, and {FallbackKey} is off."]);
        if (mode == UpgradeMode.Savepoint)
            return LastState(app, around, t, next, [$"No savepoint can be taken while the job is {StateWords.Of(state)}: the operator falls back on the last checkpoint."]);
        return mode == UpgradeMode.LastState ? LastState(app, around, t, next, []) : Stateless(t, around, next);
    }

    private static StopPlan Stateless(FlinkTarget t, Surroundings around, string next)
    {
        var last = StatePoint.LastSavepointOf(t.Status.JobStatus, t.Kind.Kind, t.Metadata, around.Snapshots);
        return new("", $"upgradeMode is stateless: the state is dropped, and {next.ToLowerInvariant()} starts with empty state.", false, true,
            [last is null ? "To keep the state, set upgradeMode to savepoint first." : $"To keep the state, set upgradeMode to savepoint first. The newest savepoint known is the {StateWords.Of(last, around.Now)}."]);
    }

    private static StopPlan LastState(FlinkDeployment? app, Surroundings around, FlinkTarget t, string next, List<string> notes)
    {
        var last = StatePoint.LastCheckpointOf(t.Status.JobStatus, t.Kind.Kind, t.Metadata, around.Snapshots);
        notes.Add(last?.At is null
            ? $"What the job did since its last completed checkpoint is done again{(next == "Resume" ? " after resuming" : "")}."
            : $"The newest checkpoint known here is the {StateWords.Of(last, around.Now)}; there may be newer ones.");
        var keepsMetadata = app is not null && FlinkReading.IsHighlyAvailable(app) && !t.Switch("kubernetes.operator.job.upgrade.last-state.job-cancel.enabled", false);
        return keepsMetadata
            ? new("Takes no savepoint but keeps the high-availability metadata", $"{next} continues from the last completed checkpoint.", false, false, notes)
            : new("Cancels the job and notes its last completed checkpoint", $"{next} continues from that checkpoint.", false, false, notes);
    }

    private static StopPlan Ended(FlinkTarget t, UpgradeMode mode, bool native, Surroundings around, string next)
    {
        var ended = $"The job has ended ({StateWords.Of(t.Status.JobStatus.State)})";
        if (mode == UpgradeMode.Stateless)
            return new("Records it as suspended", $"{ended}; upgradeMode is stateless: {next.ToLowerInvariant()} starts with empty state.", native, true, []);
        return StatePoint.NextStartOf(t.Status.JobStatus, around.Snapshots) is { } point
            ? new("Records it as suspended", $"{ended}; {next.ToLowerInvariant()} continues from the {StateWords.Of(point, around.Now)}.", native, false, [])
            : new("Records it as suspended", $"{ended}; no state to continue from is recorded: {next.ToLowerInvariant()} starts with empty state.", native, true, []);
    }
}
