using FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;
using FlinkDashboard.Sandbox.Behaviours.Operator.Observers;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;

/// <summary>Automatic rollback of a deployment that did not become stable in time.</summary>
internal static class Rollback
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);

    /// <summary>It is time to roll back, or a rollback is under way.</summary>
    public static bool IsDue(PassContext pass, bool changed)
    {
        var status = pass.Status;
        if (status.State == "ROLLING_BACK")
            return !IsNewSpec(pass);
        var config = pass.ObserveConfig;
        if (!FlinkOptions.Switch(config, "deployment.rollback.enabled") || changed || status.State == "ROLLED_BACK" || status.IsStable)
            return false;
        var stable = status.Stable?.Spec;
        if (stable is null || stable.IsSuspended || stable.FlinkVersion != pass.Spec.FlinkVersion)
            return false;
        var timeout = FlinkOptions.Duration(config, "deployment.readiness.timeout", DefaultTimeout);
        if (pass.Op.Millis - status.Timestamp <= timeout.TotalMilliseconds)
            return false;
        return HighAvailability.HasMetadata(pass.Op.World, pass.Object.Namespace, pass.ClusterId)
            || (status.Reconciled!.Spec.UpgradeMode == "savepoint" && JobManagerObserver.NeverStarted(pass.ReadDeployment()));
    }

    /// <summary>From here on the pass works for the last stable spec.</summary>
    public static void Prepare(PassContext pass)
    {
        var stable = pass.Status.Stable!.Spec;
        if (stable.Job is not null)
            stable.UpgradeMode = pass.Spec.UpgradeMode == "stateless" ? "stateless" : "last-state";
        pass.Spec = stable;
        if (pass.Status.State == "ROLLING_BACK")
            return;
        pass.Status.State = "ROLLING_BACK";
        pass.Op.Events.Normal(pass.Object, "Rollback", EventComponent.JobManagerDeployment, "Rolling back failed deployment.");
    }

    // A new spec while rolling back leads out of it.
    private static bool IsNewSpec(PassContext pass)
    {
        if (pass.Status.ObservedGeneration == pass.Generation)
            return false;
        pass.Status.State = "UPGRADING";
        return true;
    }
}
