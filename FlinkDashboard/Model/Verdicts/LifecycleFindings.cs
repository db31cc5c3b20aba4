using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Model.Verdicts;

/// <summary>The parts of a verdict that applications, session clusters and session jobs share: deletion, suspension, upgrades.</summary>
internal static class LifecycleFindings
{
    /// <summary>An object on its way out; stuck when that takes longer than the operator needs to stop a cluster.</summary>
    public static void AddDeleting(Findings findings, ObjectMeta about, FlinkDeploymentStatus status, Evidence evidence)
    {
        if (status == FlinkDeploymentStatus.None)
            findings.AddMissing("it is being deleted and the operator has said nothing about it");
        AddDeleting(findings, about, status.Error, evidence);
    }

    /// <summary>The same for objects with another status.</summary>
    public static void AddDeleting(Findings findings, ObjectMeta about, string? error, Evidence evidence)
    {
        var since = about.DeletionTimestamp;
        var blocked = ClusterFindings.Warning(evidence, about, "CleanupFailed", "SavepointError")?.Message ?? OperatorError.Of(error)?.Plain;
        if (blocked is not null)
            findings.Add(VerdictState.Degraded, $"the deletion is stuck: {PodTrouble.Brief(blocked)}", since);
        else if (findings.Now - (since ?? DateTimeOffset.MinValue) >= TimeSpan.FromMinutes(2))
            findings.Add(VerdictState.Degraded, about.Finalizers.Count == 0 ? "the deletion is stuck" : $"the deletion waits for {string.Join(", ", about.Finalizers)}; is the operator running?", since);
        else
            findings.Add(VerdictState.Changing, "it is being deleted", since);
    }

    /// <summary>
    /// What comes before any look at pods: suspended, being suspended or resumed, created but not taken up, upgrading. True when that says
    /// it all.
    /// </summary>
    public static bool AddTransition(Findings findings, IKubernetesObject o, FlinkJobSpec? job, FlinkDeploymentStatus status, Evidence evidence)
    {
        var lifecycle = status.LifecycleState;
        var since = status.ReconciliationStatus.ReconciliationTimestamp;
        if (job is { IsSuspended: true } && AddSuspended(findings, o, job, status, evidence))
            return true;
        if (lifecycle == LifecycleState.Suspended)
        {
            findings.Add(VerdictState.Changing, "it is being resumed");
            return true;
        }
        if (lifecycle == LifecycleState.Upgrading || lifecycle == LifecycleState.RollingBack)
        {
            var doing = lifecycle == LifecycleState.Upgrading ? "the operator puts the spec into effect" : "the operator rolls back to the last stable spec";
            if (OperatorError.Of(status.Error) is { } error)
                findings.Add(VerdictState.Degraded, $"{doing} and reports an error: {PodTrouble.Brief(error.Plain)}", since);
            else
                findings.AddByAge(doing, since, TimeSpan.FromMinutes(5), TimeSpan.MaxValue);
            return true;
        }
        return AddNotTakenUp(findings, o, status, evidence);
    }

    /// <summary>A lifecycle state that is not told, or that this version does not know.</summary>
    public static void AddUntold(Findings findings, LifecycleState state)
    {
        if (state.IsEmpty)
            findings.AddMissing("the operator does not tell where the resource is in its life");
        else if (!LifecycleState.Known.Contains(state))
            findings.AddMissing($"the resource is in state {state}, which this version does not know");
    }

    /// <summary>Lists that could not be read.</summary>
    public static void AddMissingSources(Findings findings, Evidence evidence, bool podsNeeded)
    {
        if (podsNeeded && evidence.Pods is null)
            findings.AddMissing("its pods could not be read");
        if (evidence.Events is null)
            findings.AddMissing("its events could not be read");
    }

    /// <summary>Suspended and left alone: nothing runs, so pods and events have nothing to say.</summary>
    public static bool IsAtRest(FlinkDeploymentStatus status) => status.LifecycleState == LifecycleState.Suspended
        || (status.LifecycleState == LifecycleState.Created && status.ReconciliationStatus.LastReconciledSpec is null);

    private static bool AddSuspended(Findings findings, IKubernetesObject o, FlinkJobSpec job, FlinkDeploymentStatus status, Evidence evidence)
    {
        if (status.LifecycleState == LifecycleState.Suspended)
        {
            findings.Add(VerdictState.Stopped, $"suspended; {JobFindings.Resumes(status.JobStatus, FlinkReading.UpgradeModeOf(job), evidence)}", status.ReconciliationStatus.ReconciliationTimestamp ?? status.JobStatus.UpdateTime);
            return true;
        }
        if (status.LifecycleState == LifecycleState.Created && status.ReconciliationStatus.LastReconciledSpec is null)
        {
            findings.Add(VerdictState.Stopped, "created suspended: nothing has been deployed yet", o.Metadata.CreationTimestamp);
            return true;
        }
        if (status == FlinkDeploymentStatus.None && IsCreatedSuspended(o))
        {
            findings.Add(VerdictState.Stopped, "created suspended: the operator deploys nothing until its state is running", o.Metadata.CreationTimestamp);
            return true;
        }
        findings.Add(VerdictState.Changing, "it is being suspended");
        return false;
    }

    private static bool AddNotTakenUp(Findings findings, IKubernetesObject o, FlinkDeploymentStatus status, Evidence evidence)
    {
        var since = o.Metadata.CreationTimestamp;
        if (status == FlinkDeploymentStatus.None)
        {
            // A new object and one whose status is lost look the same.
            findings.AddMissing($"the operator has said nothing about it{(since is { } created ? $" since it was created {AgeText.Of(findings.Now - created)} ago" : "")}{Refusal(o, evidence)}");
            return true;
        }
        if (status.LifecycleState != LifecycleState.Created)
            return false;
        if (OperatorError.Of(status.Error) is { } error)
            findings.Add(VerdictState.Failing, $"the operator refuses it: {PodTrouble.Brief(error.Plain)}", since);
        else
            findings.AddByAge($"nothing is deployed: it waits for the operator{Refusal(o, evidence)}", since, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        return true;
    }

    // The operator has seen it (its finalizer) and has nothing to say about a job that was never to run: it then writes no status at all.
    private static bool IsCreatedSuspended(IKubernetesObject o) => o.Metadata is { Generation: 1, Finalizers.Count: > 0 };

    private static string Refusal(IKubernetesObject o, Evidence evidence) =>
        PodTrouble.Explained(ClusterFindings.Warning(evidence, o.Metadata, "UnsupportedFlinkVersion", "ValidationError")?.Message);
}
