using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Verdicts;

/// <summary>Blue/green pairs.</summary>
internal static class BlueGreenVerdict
{
    /// <summary>Everything that is found about one.</summary>
    public static Findings Of(FlinkBlueGreenDeployment b, Evidence evidence)
    {
        var findings = new Findings(evidence);
        var status = b.Status;
        var job = status.JobStatus.State;
        var colours = status.BlueGreenState;
        var error = PodTrouble.Explained(OperatorError.Of(status.Error)?.Plain);
        if (b.Metadata.IsDeleting)
            LifecycleFindings.AddDeleting(findings, b.Metadata, error: null, evidence);
        else if (job == JobState.Failing || job == JobState.Failed)
            findings.Add(VerdictState.Failing, $"the last change failed{error}", status.LastReconciledTimestamp);
        else if (error.Length > 0)
            findings.Add(VerdictState.Degraded, $"the operator reports an error{error}", status.LastReconciledTimestamp);
        else if (job == JobState.Suspended)
            findings.Add(VerdictState.Stopped, "suspended", status.LastReconciledTimestamp);
        else if (job == JobState.Running && (colours == BlueGreenState.ActiveBlue || colours == BlueGreenState.ActiveGreen))
            findings.Add(VerdictState.Healthy, $"{(colours == BlueGreenState.ActiveBlue ? "blue" : "green")} serves", status.DeploymentReadyTimestamp);
        else if (colours.IsEmpty || BlueGreenState.Known.Contains(colours))
            findings.AddByAge(
                colours.IsEmpty ? "it waits for the operator" : colours.Text.ToLowerInvariant().Replace('_', ' '),
                status.LastReconciledTimestamp ?? b.Metadata.CreationTimestamp, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30));
        else
            findings.AddMissing($"it is in state {colours}, which this version does not know");
        return findings;
    }
}
