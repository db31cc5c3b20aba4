using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Verdicts;

/// <summary>Jobs on session clusters.</summary>
internal static class SessionJobVerdict
{
    /// <summary>Everything that is found about one.</summary>
    public static Findings Of(FlinkSessionJob j, FlinkDeployment? cluster, Evidence evidence)
    {
        var findings = new Findings(evidence);
        var status = j.Status;
        if (j.Metadata.IsDeleting)
        {
            LifecycleFindings.AddMissingSources(findings, evidence, podsNeeded: false);
            LifecycleFindings.AddDeleting(findings, j.Metadata, status, evidence);
            return findings;
        }
        if (j.Spec.Job.IsSuspended && LifecycleFindings.IsAtRest(status))
        {
            LifecycleFindings.AddTransition(findings, j, j.Spec.Job, status, evidence);
            return findings;
        }
        LifecycleFindings.AddMissingSources(findings, evidence, podsNeeded: true);
        if (!LifecycleFindings.AddTransition(findings, j, j.Spec.Job, status, evidence))
            AddDeployed(findings, j, cluster, evidence);
        AddCluster(findings, j, cluster, evidence);
        JobFindings.AddLastState(findings, status, "FlinkSessionJob", j.Metadata, evidence);
        return findings;
    }

    private static void AddDeployed(Findings findings, FlinkSessionJob j, FlinkDeployment? cluster, Evidence evidence)
    {
        var status = j.Status;
        LifecycleFindings.AddUntold(findings, status.LifecycleState);
        if (status.LifecycleState == LifecycleState.Failed)
            findings.Add(VerdictState.Failing, $"it failed{PodTrouble.Explained(OperatorError.Of(status.Error)?.Plain)}", status.JobStatus.UpdateTime);
        JobFindings.AddError(findings, status, works: status.JobStatus.State == JobState.Running || status.JobStatus.State == JobState.Finished, starting: false);
        if (FlinkReading.HasPendingChange(j))
            findings.Add(VerdictState.Changing, "the operator has still to act on the newest spec");
        JobFindings.AddState(findings, status);
        var told = evidence.Events is { } events && ClusterFindings.AddExceptions(findings, j.Metadata, events);
        NumberFindings.Add(findings, evidence, j.Metadata, status.JobStatus.State, told, key => j.Spec.FlinkConfiguration[key] ?? cluster?.Spec.FlinkConfiguration[key]);
    }

    private static void AddCluster(Findings findings, FlinkSessionJob j, FlinkDeployment? cluster, Evidence evidence)
    {
        if (cluster is null)
        {
            findings.Add(VerdictState.Failing, $"its session cluster {j.Spec.DeploymentName} does not exist");
            return;
        }
        var worst = DeploymentVerdict.Of(cluster, evidence).Worst();
        if (worst.State is not (VerdictState.Healthy or VerdictState.Stopped))
            findings.Add(worst.State, $"its session cluster {cluster.Metadata.Name} is {worst.State.ToString().ToLowerInvariant()}: {worst.Text}", worst.Since);
    }
}
