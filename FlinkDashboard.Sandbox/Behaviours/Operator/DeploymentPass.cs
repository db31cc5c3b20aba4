using FlinkDashboard.Sandbox.Behaviours.Operator.Observers;
using FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator;

/// <summary>Passes over FlinkDeployments: observe, validate, reconcile, schedule (FlinkDeploymentController).</summary>
internal sealed class DeploymentPass(OperatorContext op, Action<WorldObject> removeFinalizer) : IPass
{
    private static readonly TimeSpan ObserveTime = TimeSpan.FromMilliseconds(100);
    private readonly ApplicationReconciler _applications = new();
    private readonly SessionReconciler _sessions = new();

    /// <inheritdoc />
    public IEnumerable<TimeSpan> Run(Managed resource)
    {
        if (Canaries.Contains(resource.Object))
            return [];
        var pass = new PassContext(op, resource, FlinkSpec.Of(resource.Object), resource.Object);
        pass.Refresh(null);
        if (resource.Object.IsDeleting)
            return Cleanup(pass);
        if (DeploymentRules.UnsupportedVersion(pass.Spec.FlinkVersion) is { } text)
        {
            op.Events.Warning(resource.Object, "UnsupportedFlinkVersion", EventComponent.Operator, text);
            return [];
        }
        return Reconcile(pass);
    }

    /// <inheritdoc />
    public bool Failed(Managed resource, OperatorFailure failure)
    {
        var status = resource.Status;
        if (failure is DeploymentFailure)
        {
            status.JobManager = "ERROR";
            if (status.ReconciledShared?.Spec.Job is not null)
                status.Job.State = "RECONCILING";
        }
        status.Error = ErrorText.Of(failure);
        op.Events.Warning(resource.Object, failure.Reason ?? "Error", EventComponent.JobManagerDeployment, failure.Message);
        op.WriteStatus(resource);
        resource.Next = op.Options.ReconcileInterval;
        return failure is DeploymentFailure or UpgradeFailure;
    }

    private IEnumerable<TimeSpan> Reconcile(PassContext pass)
    {
        var status = pass.Status;
        var before = status.State;
        foreach (var wait in DeploymentObserver.Observe(pass))
            yield return wait;
        if (!Validate(pass))
        {
            pass.WriteStatus();
            yield break;
        }
        pass.WriteStatus();
        ResourceReconciler reconciler = pass.Spec.Job is null ? _sessions : _applications;
        foreach (var wait in reconciler.Reconcile(pass))
            yield return wait;
        SetCondition(pass);
        pass.WriteStatus();
        pass.Managed.Next = NextPass(pass, before);
    }

    private IEnumerable<TimeSpan> Cleanup(PassContext pass)
    {
        op.Events.Normal(pass.Object, "Cleanup", EventComponent.Operator, "Cleaning up FlinkDeployment");
        yield return ObserveTime;
        foreach (var wait in DeploymentObserver.Observe(pass))
            yield return wait;
        var gone = false;
        ResourceReconciler reconciler = (pass.Status.ReconciledShared?.Spec ?? pass.Spec).Job is null ? _sessions : _applications;
        foreach (var wait in reconciler.Cleanup(pass, () => gone = true))
            yield return wait;
        if (gone)
        {
            removeFinalizer(pass.Object);
            yield break;
        }
        pass.Status.StoredLifecycle = "DELETING";
        pass.WriteStatus();
        pass.Managed.Next = op.Options.ReconcileInterval;
    }

    private bool Validate(PassContext pass)
    {
        var error = SpecValidation.OfDeployment(pass.Object, pass.Spec, pass.Status.ReconciledShared?.Spec, op.Options);
        if (error is null)
            return true;
        op.Events.Warning(pass.Object, "ValidationError", EventComponent.Operator, error);
        return InvalidSpec.Replace(pass, error);
    }

    private void SetCondition(PassContext pass)
    {
        var status = pass.Status;
        var (ok, reason, message) = pass.Status.ReconciledShared?.Spec.Job is null ? Conditions.OfSession(status) : Conditions.OfApplication(status);
        if (reason is null || status.IsBeforeFirstDeployment)
            return;
        var since = status.Condition is { } old && old.IsTrue == ok ? old.Since : op.Instant;
        status.Condition = new RunningCondition(ok, reason, message, since);
    }

    private TimeSpan NextPass(PassContext pass, string before)
    {
        var status = pass.Status;
        if (status.State != before && status.State is "UPGRADING" or "ROLLING_BACK")
            return TimeSpan.Zero;
        if (status.Job.State == "CANCELLING")
            return op.Options.ProgressCheckInterval;
        return status.JobManager switch
        {
            "DEPLOYING" => op.Options.ProgressCheckInterval,
            "DEPLOYED_NOT_READY" => op.Options.RestReadyDelay,
            "READY" when status.Job.Savepoints.TriggerId is not null => op.Options.ProgressCheckInterval,
            _ => op.Options.ReconcileInterval,
        };
    }
}
