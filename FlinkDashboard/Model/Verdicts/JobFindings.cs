using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Verdicts;

/// <summary>What the state of a job that should be running says; the same for applications and session jobs.</summary>
internal static class JobFindings
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    /// <summary>Adds what the job's state means.</summary>
    public static void AddState(Findings findings, FlinkDeploymentStatus status)
    {
        var job = status.JobStatus;
        var since = StateSince(status);
        if (job.State == JobState.Running)
            AddRunning(findings, status);
        else if (job.State == JobState.Failed)
            findings.Add(VerdictState.Failing, $"the job failed{PodTrouble.Explained(OperatorError.Of(status.Error)?.Plain)}", job.UpdateTime);
        else if (job.State == JobState.Finished)
            findings.Add(VerdictState.Stopped, $"the job finished{(job.UpdateTime is { } end ? $" at {AgeText.Clock(end, findings.Now)}" : "")}", job.UpdateTime);
        else if (job.State == JobState.Created || job.State == JobState.Initializing)
            findings.AddByAge(job.State == JobState.Created ? "the job waits for TaskManagers" : "the job starts", since, Soon, Long);
        else if (job.State == JobState.Reconciling)
            findings.AddByAge("the job is starting or has lost contact", since, Soon, Long);
        else if (job.State == JobState.Restarting || job.State == JobState.Failing)
            findings.AddByAge("the job restarts after a failure", since, TimeSpan.Zero, TimeSpan.FromMinutes(3), VerdictState.Degraded);
        else if (job.State == JobState.Cancelling)
            findings.AddByAge("the job is being cancelled", since, Long, TimeSpan.MaxValue);
        else if (job.State == JobState.Canceled)
            findings.AddByAge("the job was cancelled outside the operator, which starts it again", since, Soon, TimeSpan.MaxValue);
        else if (job.State == JobState.Suspended)
            findings.AddByAge("the job waits for a new JobManager", since, TimeSpan.Zero, Long, VerdictState.Degraded);
        else
            findings.AddMissing(job.State.IsEmpty ? "the operator does not tell the state of the job" : $"the job is in state {job.State}, which this version does not know");
    }

    /// <summary>An error in the status: while the thing works it is about the last change, else about the thing.</summary>
    public static void AddError(Findings findings, FlinkDeploymentStatus status, bool works, bool starting)
    {
        if (OperatorError.Of(status.Error) is not { } error)
            return;
        var text = PodTrouble.Brief(error.Plain);
        if (error.ShortType == "ValidationException")
            findings.Add(VerdictState.Degraded, $"the operator refuses the spec: {text}");
        else if (works)
            findings.Add(VerdictState.Degraded, $"the operator reports an error: {text}");
        else if (starting)
            findings.Add(VerdictState.Changing, $"it starts again after an error: {text}");
        else
            findings.Add(VerdictState.Failing, text.Length == 0 ? "the operator reports an error" : $"the operator reports an error: {text}", status.JobStatus.UpdateTime);
    }

    /// <summary>What a suspended job will continue from.</summary>
    public static string Resumes(FlinkJobStatus status, UpgradeMode mode, Evidence evidence) => StatePoint.NextStartOf(status, evidence.Snapshots) switch
    {
        { } point => $"it resumes from {point.Kind} {point.Path}{(point.At is { } at ? $", {AgeText.Of(evidence.Now - at)} old" : "")}",
        null when status.UpgradeSavepointPath == StatePoint.LastStateMarker || mode == UpgradeMode.LastState => "it resumes from its last checkpoint",
        null => "it resumes without state",
    };

    /// <summary>Ends the sentence with the newest savepoint or checkpoint.</summary>
    public static void AddLastState(Findings findings, FlinkDeploymentStatus status, string kind, ObjectMeta about, Evidence evidence)
    {
        var savepoint = StatePoint.LastSavepointOf(status.JobStatus, kind, about, evidence.Snapshots);
        var checkpoint = StatePoint.LastCheckpointOf(status.JobStatus, kind, about, evidence.Snapshots);
        var last = (checkpoint?.At ?? DateTimeOffset.MinValue) > (savepoint?.At ?? DateTimeOffset.MinValue) ? checkpoint : savepoint;
        if (last is { At: { } at })
            findings.Remarks.Add($"last {last.Kind} {AgeText.Clock(at, evidence.Now)}, {AgeText.Of(evidence.Now - at)} old");
    }

    /// <summary>Since when the job is in its state: it cannot be so since before the last deployment.</summary>
    public static DateTimeOffset? StateSince(FlinkDeploymentStatus status) =>
        status.ReconciliationStatus.ReconciliationTimestamp is { } deployed && !(status.JobStatus.UpdateTime > deployed) ? deployed : status.JobStatus.UpdateTime;

    private static void AddRunning(Findings findings, FlinkDeploymentStatus status)
    {
        var since = status.JobStatus.UpdateTime ?? status.JobStatus.StartTime;
        var runs = since is { } start ? $"the job has run for {AgeText.Of(findings.Now - start)}" : "the job runs";
        if (status.LifecycleState == LifecycleState.Deployed)
            findings.Add(VerdictState.Changing, $"{runs} and has still to prove stable", since);
        else if (status.LifecycleState == LifecycleState.RolledBack)
            findings.Add(VerdictState.Degraded, $"{runs} on the last stable spec: the operator rolled the newest one back", status.ReconciliationStatus.ReconciliationTimestamp);
        else
            findings.Add(VerdictState.Healthy, runs, since);
    }
}
