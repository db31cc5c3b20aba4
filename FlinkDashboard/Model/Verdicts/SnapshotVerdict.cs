using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Verdicts;

/// <summary>Savepoints and checkpoints as objects.</summary>
internal static class SnapshotVerdict
{
    /// <summary>Everything that is found about one.</summary>
    public static Findings Of(FlinkStateSnapshot s, Evidence evidence)
    {
        var findings = new Findings(evidence);
        var what = s.Spec.Checkpoint is null ? "savepoint" : "checkpoint";
        var error = PodTrouble.Explained(OperatorError.Of(s.Status.Error)?.Plain);
        var state = s.Status.State;
        if (s.Metadata.IsDeleting)
            LifecycleFindings.AddDeleting(findings, s.Metadata, error: null, evidence);
        else if (state == SnapshotState.Completed)
            findings.Add(VerdictState.Healthy, $"the {what} is complete{(s.Status.ResultTimestamp is { } at ? $", {AgeText.Of(evidence.Now - at)} old" : "")}{PodTrouble.Explained(s.Status.Path)}", s.Status.ResultTimestamp);
        else if (state == SnapshotState.Failed)
            findings.Add(VerdictState.Failing, $"the {what} failed after {s.Status.Failures} attempts{error}", s.Status.ResultTimestamp);
        else if (state == SnapshotState.Abandoned)
            findings.Add(VerdictState.Failing, $"the {what} was abandoned{error}", s.Status.ResultTimestamp);
        else if (state == SnapshotState.InProgress)
            findings.AddByAge($"the {what} is being taken", s.Status.TriggerTimestamp, TimeSpan.FromMinutes(10), TimeSpan.MaxValue);
        else if (state == SnapshotState.TriggerPending && s.Status.Failures > 0)
            findings.Add(VerdictState.Degraded, $"the {what} failed {s.Status.Failures} × and will be tried again{error}", s.Status.ResultTimestamp);
        else if (state == SnapshotState.TriggerPending || state.IsEmpty)
            AddPending(findings, s, what, evidence);
        else
            findings.AddMissing($"the snapshot is in state {state}, which this version does not know");
        return findings;
    }

    private static void AddPending(Findings findings, FlinkStateSnapshot s, string what, Evidence evidence)
    {
        var why = ClusterFindings.Warning(evidence, s.Metadata, "ValidationError")?.Message;
        findings.AddByAge(why is null ? $"the {what} waits to be triggered" : $"the operator refuses it: {PodTrouble.Brief(why)}", s.Metadata.CreationTimestamp, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));
    }
}
