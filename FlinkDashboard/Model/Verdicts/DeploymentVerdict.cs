using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Verdicts;

/// <summary>Applications and session clusters.</summary>
internal static class DeploymentVerdict
{
    /// <summary>Everything that is found about one.</summary>
    public static Findings Of(FlinkDeployment d, Evidence evidence)
    {
        var findings = new Findings(evidence);
        var status = d.Status;
        if (d.Metadata.IsDeleting)
        {
            LifecycleFindings.AddMissingSources(findings, evidence, podsNeeded: false);
            LifecycleFindings.AddDeleting(findings, d.Metadata, status, evidence);
            return findings;
        }
        if (d.Spec.Job is { IsSuspended: true } && LifecycleFindings.IsAtRest(status))
        {
            LifecycleFindings.AddTransition(findings, d, d.Spec.Job, status, evidence);
            return findings;
        }
        LifecycleFindings.AddMissingSources(findings, evidence, podsNeeded: true);
        if (status != FlinkDeploymentStatus.None && !JobManagerStatus.Known.Contains(status.JobManagerDeploymentStatus))
            findings.AddMissing(status.JobManagerDeploymentStatus.IsEmpty ? "the operator does not tell how the JobManager is" : $"the JobManager is in state {status.JobManagerDeploymentStatus}, which this version does not know");
        if (status.JobManagerDeploymentStatus == JobManagerStatus.Error)
            findings.Add(VerdictState.Failing, $"the JobManager does not come up{PodTrouble.Explained(OperatorError.Of(status.Error)?.Plain)}", status.ReconciliationStatus.ReconciliationTimestamp);
        if (status.LifecycleState == LifecycleState.Failed)
            findings.Add(VerdictState.Failing, $"{(d.Spec.IsSession ? "the cluster" : "it")} failed{PodTrouble.Explained(OperatorError.Of(status.Error)?.Plain)}", status.JobStatus.UpdateTime ?? d.Metadata.CreationTimestamp);
        if (!LifecycleFindings.AddTransition(findings, d, d.Spec.Job, status, evidence))
            AddDeployed(findings, d, evidence);
        JobFindings.AddLastState(findings, status, "FlinkDeployment", d.Metadata, evidence);
        return findings;
    }

    private static void AddDeployed(Findings findings, FlinkDeployment d, Evidence evidence)
    {
        var status = d.Status;
        var jobManager = status.JobManagerDeploymentStatus;
        // What the operator writes there for a session cluster means nothing.
        var job = d.Spec.IsSession ? default : status.JobStatus.State;
        var pods = evidence.Pods is { } all ? ClusterPods.Of(d, all) : null;
        var starting = jobManager == JobManagerStatus.Deploying || jobManager == JobManagerStatus.DeployedNotReady;
        LifecycleFindings.AddUntold(findings, status.LifecycleState);
        var works = d.Spec.IsSession ? jobManager == JobManagerStatus.Ready : job == JobState.Running || job == JobState.Finished;
        JobFindings.AddError(findings, status, works, starting && !(pods?.JobManagers.Any(p => PodTrouble.Of(p, "") is not null) ?? false));
        var changing = FlinkReading.HasPendingChange(d) && OperatorError.Of(status.Error)?.ShortType != "ValidationException";
        if (changing)
            findings.Add(VerdictState.Changing, "the operator has still to act on the newest spec");
        if (pods is not null && job != JobState.Finished)
        {
            // While the operator stops the old cluster its pods go before the status says so.
            ClusterFindings.AddJobManagers(findings, d, pods, jobManager == JobManagerStatus.Ready && !changing && d.Spec.Job is not { IsSuspended: true });
            ClusterFindings.AddTaskManagers(findings, pods, FlinkReading.TaskManagersWantedOf(d), job == JobState.Running && !changing);
        }
        AddJobManagerStatus(findings, d, jobManager);
        if (d.Spec.Job is not null && !(starting && job == JobState.Reconciling))
            JobFindings.AddState(findings, status);
        else if (jobManager == JobManagerStatus.Ready && d.Spec.IsSession)
            AddSessionReady(findings, d, pods);
        var told = evidence.Events is { } events && job == JobState.Running && ClusterFindings.AddExceptions(findings, d.Metadata, events);
        if (!d.Spec.IsSession)
            NumberFindings.Add(findings, evidence, d.Metadata, job, told, key => d.Spec.FlinkConfiguration[key]);
    }

    private static void AddJobManagerStatus(Findings findings, FlinkDeployment d, JobManagerStatus jobManager)
    {
        var since = d.Status.ReconciliationStatus.ReconciliationTimestamp;
        if (jobManager == JobManagerStatus.Deploying || jobManager == JobManagerStatus.DeployedNotReady)
            findings.AddByAge(jobManager == JobManagerStatus.Deploying ? "the JobManager starts" : "the JobManager is about to answer", JobFindings.StateSince(d.Status), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5));
        else if (jobManager == JobManagerStatus.Missing && (d.Spec.IsSession || d.Status.JobStatus.State != JobState.Finished))
            findings.Add(VerdictState.Failing, "the JobManager is missing", d.Status.JobStatus.UpdateTime ?? since);
    }

    private static void AddSessionReady(Findings findings, FlinkDeployment d, ClusterPods? pods)
    {
        var text = pods is null ? "the cluster takes jobs" : $"the cluster takes jobs, {pods.ReadyTaskManagers} {(pods.ReadyTaskManagers == 1 ? "TaskManager is" : "TaskManagers are")} ready";
        findings.Add(d.Status.LifecycleState == LifecycleState.RolledBack ? VerdictState.Degraded : d.Status.LifecycleState == LifecycleState.Deployed ? VerdictState.Changing : VerdictState.Healthy, text);
    }
}
