using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>The steps of one change and how many of them are behind us.</summary>
/// <param name="Steps">In their order.</param>
/// <param name="Reached">Steps that are done; the step of this index is under way or failed.</param>
/// <param name="Outcome">As a whole.</param>
/// <param name="Error">What is wrong where the status does not say it.</param>
internal sealed record ProgressWalk(IReadOnlyList<ProgressWalk.Stage> Steps, int Reached, ProgressOutcome Outcome, OperatorError? Error = null)
{
    // --event-ttl of the API server, where it is not set.
    private static readonly TimeSpan EventLife = TimeSpan.FromHours(1);

    /// <summary>One step.</summary>
    /// <param name="At">When it was done.</param>
    /// <param name="Broken">It failed though later ones went on.</param>
    internal sealed record Stage(string Id, string Name, DateTimeOffset? At = null, string? Detail = null, bool Broken = false);

    /// <summary>The walk of any change but a rollback.</summary>
    public static ProgressWalk Of(ProgressFacts facts, ProgressKind kind)
    {
        var (at, outcome, detail) = Position(facts, kind);
        var stages = Stages(facts, kind);
        var reached = at == "done" ? stages.Count : Math.Max(0, stages.FindIndex(s => s.Id == at));
        if (detail is not null && reached < stages.Count)
            stages[reached] = stages[reached] with { Detail = detail };
        return new(stages, reached, outcome, outcome is ProgressOutcome.Failed or ProgressOutcome.Refused && facts.Error is null && facts.Warning() is { } warning ? new(null, warning.Message.Trim(), [], [], null) : null);
    }

    /// <summary>The walk of the operator's return to the last stable spec.</summary>
    public static ProgressWalk Rollback(ProgressFacts facts)
    {
        var began = facts.When("Rollback");
        var submitted = facts.When("Submit");
        var why = facts.Warning(began);
        var again = began is null || submitted > began - TimeSpan.FromSeconds(1) ? submitted : null;
        var stages = new List<Stage>
        {
            new("accepted", "Spec accepted", facts.ChangedAt),
            new("notready", "New spec did not become ready", began, why?.Message.Trim() ?? "The job was not running before the readiness timeout.", Broken: true),
            new("rollback", "Rollback begun", began),
            new("resubmitted", "Last stable spec submitted", again ?? facts.ReconciledAt),
            new("jobmanager", "JobManager up", facts.JobManagerUp()),
            new("running", "Job RUNNING again", RunningAt(facts, again ?? began)),
        };
        if (facts.Status.ReconciliationStatus.State == ReconciliationState.RollingBack)
            return new(stages, facts.Status.JobManagerDeploymentStatus == JobManagerStatus.Missing ? 3 : 2, ProgressOutcome.UnderWay);
        var (at, outcome, detail) = Deployed(facts, ProgressKind.Rollback);
        var reached = at == "done" ? stages.Count : stages.FindIndex(s => s.Id == at);
        if (detail is not null && reached < stages.Count)
            stages[reached] = stages[reached] with { Detail = detail };
        return new(stages, reached, at == "done" ? ProgressOutcome.RolledBack : outcome, outcome == ProgressOutcome.UnderWay || at == "done" ? why is null ? null : new(null, why.Message.Trim(), [], [], null) : null);
    }

    private static List<Stage> Stages(ProgressFacts facts, ProgressKind kind)
    {
        var stages = new List<Stage> { new("accepted", "Spec accepted", facts.Started, facts.Pending && !facts.Taken ? null : ProgressKinds.Differences(facts.Change?.Message)) };
        if (kind == ProgressKind.Scale)
            return [.. stages, new("submitted", "Scaled in place", facts.When("Scaling")), new("running", "Job RUNNING", RunningAt(facts)), new("stable", "STABLE", RunningAt(facts))];
        if (kind is not (ProgressKind.FirstDeployment or ProgressKind.Resume))
        {
            if (kind != ProgressKind.Restore && facts.Job is not null && ProgressState.Saved(facts) is { } saved)
                stages.Add(saved);
            stages.Add(new("stopped", kind == ProgressKind.Suspend ? "Stopped: SUSPENDED" : facts.IsSessionJob ? "Old job stopped" : "Old cluster stopped", kind == ProgressKind.Suspend ? facts.ReconciledAt : facts.When("Submit")));
        }
        if (kind == ProgressKind.Suspend)
            return stages;
        stages.Add(new("submitted", "Submitted", facts.When("Submit") ?? facts.ReconciledAt, ProgressState.StartsFrom(facts, kind)));
        if (!facts.IsSessionJob)
            stages.Add(new("jobmanager", "JobManager up", facts.JobManagerUp()));
        if (facts.Job is not null)
            stages.Add(new("running", "Job RUNNING", RunningAt(facts)));
        if (kind != ProgressKind.Restore)
            stages.Add(new("stable", "STABLE", facts.Job is null ? facts.JobManagerUp() : RunningAt(facts)));
        return stages;
    }

    private static (string At, ProgressOutcome Outcome, string? Detail) Position(ProgressFacts facts, ProgressKind kind)
    {
        var state = facts.Status.ReconciliationStatus.State;
        if (facts.Last is null)
            return ("accepted", facts.Error is null ? ProgressOutcome.UnderWay : ProgressOutcome.Refused, facts.Error is null ? "The operator has not deployed it yet." : null);
        if (facts.Pending && !facts.Taken)
            return Refused(facts) ? ("accepted", ProgressOutcome.Refused, "What ran before goes on.") : ("accepted", ProgressOutcome.UnderWay, "The operator has not looked at it yet.");
        if (facts.Pending || (state == ReconciliationState.Upgrading && !facts.Last.IsSuspended && facts.Job is not null))
            return Stopping(facts, kind);
        if (state == ReconciliationState.Upgrading)
            return ("submitted", facts.Error is null ? ProgressOutcome.UnderWay : ProgressOutcome.Failed, null);
        if (facts.Last.IsSuspended)
            return ("done", ProgressOutcome.Done, null);
        // A handled trigger nonce makes the spec unstable for a moment, too; a first deployment that was stable once is over.
        var stable = facts.Status.ReconciliationStatus.IsStable || (kind == ProgressKind.FirstDeployment && facts.Status.ReconciliationStatus.LastStableSpec is not null);
        return stable && (kind != ProgressKind.Restore || facts.Change is null)
            ? ("done", ProgressOutcome.Done, null)
            : Deployed(facts, kind);
    }

    // An invalid spec never gets a SpecChanged event: the operator goes on with the one before.
    private static bool Refused(ProgressFacts facts) => facts.Error?.ShortType == "ValidationException"
        || (facts.App is { } app && facts.Last is { } last && app.Spec.FlinkVersion != last.Deployment.FlinkVersion && facts.Events.Any(e => e.Reason == "UnsupportedFlinkVersion"));

    private static (string At, ProgressOutcome Outcome, string? Detail) Stopping(ProgressFacts facts, ProgressKind kind)
    {
        var step = kind == ProgressKind.Restore || ProgressState.Saved(facts) is null ? "stopped" : "saved";
        if (kind is ProgressKind.Resume or ProgressKind.FirstDeployment)
            step = "submitted";
        // Each further attempt writes Suspended anew.
        if (facts.Warning(null, "SavepointError", "UpgradeFailed", "CheckpointNotFound", "CleanupFailed", "RestoreFailed") is { } warning && !(EventReading.TimeOf(warning) < facts.When("Suspended")))
            return (step, ProgressOutcome.Failed, "Nothing was stopped; the operator tries again at its next pass.");
        if (facts.Error?.ShortType is "UpgradeFailureException" or "ReconciliationException")
            return (step, ProgressOutcome.Failed, null);
        if (kind == ProgressKind.Restore && facts.Status.JobManagerDeploymentStatus == JobManagerStatus.Missing)
            return ("submitted", ProgressOutcome.UnderWay, null);
        var job = facts.Status.JobStatus.State;
        return (step, ProgressOutcome.UnderWay, job == JobState.Cancelling ? "The job is being cancelled." : step != "submitted" && job == JobState.Running && facts.When("Suspended") is null ? "The operator has not begun to stop the job." : null);
    }

    private static (string At, ProgressOutcome Outcome, string? Detail) Deployed(ProgressFacts facts, ProgressKind kind)
    {
        var jobManager = facts.Status.JobManagerDeploymentStatus;
        var job = facts.Status.JobStatus.State;
        var ends = kind is ProgressKind.Rollback or ProgressKind.Restore ? "done" : "stable";
        if (!facts.IsSessionJob && jobManager != JobManagerStatus.Ready)
        {
            return jobManager == JobManagerStatus.Error || (jobManager == JobManagerStatus.Missing && facts.Error is not null)
                ? ("jobmanager", ProgressOutcome.Failed, null)
                : ("jobmanager", ProgressOutcome.UnderWay, jobManager == JobManagerStatus.DeployedNotReady ? "It is up; its REST API is about to answer." : "Its pod is being made or starts.");
        }
        if (facts.Job is null || job == JobState.Running || job == JobState.Finished)
            return (ends, ends == "done" ? ProgressOutcome.Done : ProgressOutcome.UnderWay, null);
        if (job == JobState.Failed || facts.Error is { Message: "Job Not Found" } || facts.Warning(null, "Missing") is { } missing && EventReading.TimeOf(missing) > facts.When("Submit"))
            return ("running", ProgressOutcome.Failed, job == JobState.Failed ? null : "The JobManager is up but does not know the job.");
        return ("running", ProgressOutcome.UnderWay, ProgressState.Waits(facts));
    }

    // A job that restarts is RUNNING again and again: its first time counts. Events live for an hour and the status tells the newest change only, so where that may
    // have been a restart no fact tells.
    private static DateTimeOffset? RunningAt(ProgressFacts facts, DateTimeOffset? since = null)
    {
        bool Counts(DateTimeOffset? at) => facts.IsSince(at) && !(at + TimeSpan.FromSeconds(1) < since);
        var running = facts.Events.Where(e => e.Reason == "JobStatusChanged" && e.Message.EndsWith("to RUNNING", StringComparison.Ordinal) && Counts(EventReading.TimeOf(e))).ToLookup(e => e.Message.Contains("from RESTARTING", StringComparison.Ordinal));
        if (running[false].Select(e => EventReading.FirstTimeOf(e) is { } first && Counts(first) ? first : EventReading.TimeOf(e)).Min() is { } at)
            return at;
        return !running[true].Any() && facts.Status.JobStatus.State == JobState.Running && facts.Status.JobStatus.UpdateTime is { } newest && Counts(newest) && newest - facts.Started < EventLife ? newest : null;
    }
}
