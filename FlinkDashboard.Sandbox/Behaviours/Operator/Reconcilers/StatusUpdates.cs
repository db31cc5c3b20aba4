using FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;

/// <summary>What the reconciliation records in the status (reconciler/ReconciliationUtils).</summary>
internal static class StatusUpdates
{
    /// <summary>Before a deployment attempt: the target spec is recorded as suspended and upgrading.</summary>
    public static void BeforeAttempt(PassContext pass, FlinkConfig? config) => Record(pass, "suspended", config, upgrading: true);

    /// <summary>After a deployment or a suspension: the spec is recorded as deployed.</summary>
    public static void Deployed(PassContext pass, FlinkConfig? config) => Record(pass, pass.Spec.JobState, config, upgrading: false);

    /// <summary>A pass without a change of spec: only generation and remark are renewed.</summary>
    public static void Unchanged(PassContext pass)
    {
        var status = pass.Status;
        if (status.ObservedGeneration != pass.Generation)
            status.ObservedGeneration = pass.Generation;
    }

    /// <summary>Records a change of the reconciled spec that is no deployment: handled nonces, modes of an asynchronous cancel.</summary>
    public static void Amend(PassContext pass, Action<FlinkSpec> change, bool? firstDeployment = null)
    {
        var record = pass.Status.Reconciled!;
        change(record.Spec);
        pass.Status.ReconciledText = (firstDeployment is { } first ? record with { FirstDeployment = first } : record).ToString();
    }

    /// <summary>Records such a change in the stable spec too, so that a stable deployment stays one.</summary>
    public static void AmendBoth(PassContext pass, Action<FlinkSpec> change)
    {
        var wasStable = pass.Status.IsStable;
        Amend(pass, change);
        if (wasStable)
            pass.Status.StableText = pass.Status.ReconciledText;
    }

    /// <summary>A job that vanished is to be submitted again.</summary>
    public static void Redeploy(ResourceStatus status) => status.State = "UPGRADING";

    private static void Record(PassContext pass, string? jobState, FlinkConfig? config, bool upgrading)
    {
        var status = pass.Status;
        status.Error = null;
        var rollingBack = status.State is "ROLLING_BACK";
        status.State = rollingBack ? upgrading ? "ROLLING_BACK" : "ROLLED_BACK" : upgrading ? "UPGRADING" : "DEPLOYED";
        status.Timestamp = pass.Op.Millis;
        if (pass.Spec.Job is not null && !status.IsSessionJob)
            status.TaskManager = jobState == "running" ? ($"component=taskmanager,app={pass.Object.Name}", config!.TaskManagers) : ("", 0);
        // While rolling back the bad spec stays on record; only how its job was last stopped is noted.
        if (rollingBack)
        {
            Amend(pass, s => s.UpgradeMode = pass.Spec.UpgradeMode);
            return;
        }
        var previous = status.ReconciledShared;
        var spec = pass.Spec.Clone();
        if (spec.Job is { } job)
        {
            job["state"] = jobState;
            if (previous?.Spec.Job is { } old)
            {
                job["savepointTriggerNonce"] = old["savepointTriggerNonce"]?.DeepClone();
                job["checkpointTriggerNonce"] = old["checkpointTriggerNonce"]?.DeepClone();
            }
        }
        status.ReconciledText = new SpecRecord(spec, previous is null || (!upgrading && previous.FirstDeployment)).ToString();
        status.ObservedGeneration = pass.Generation;
        if (pass.Spec.IsSuspended)
            status.StableText = status.ReconciledText;
    }
}
