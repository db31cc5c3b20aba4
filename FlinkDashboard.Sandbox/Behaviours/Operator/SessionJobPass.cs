using FlinkDashboard.Sandbox.Behaviours.Operator.Observers;
using FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator;

/// <summary>Passes over FlinkSessionJobs (FlinkSessionJobController).</summary>
/// <param name="op">Shared parts.</param>
/// <param name="clusters">The operator's view of the FlinkDeployments.</param>
/// <param name="removeFinalizer">Lets a resource go.</param>
internal sealed class SessionJobPass(OperatorContext op, ControlLoop clusters, Action<WorldObject> removeFinalizer) : IPass
{
    private readonly SessionJobReconciler _reconciler = new(pass => clusters.Find(pass.Object.Namespace, pass.ClusterId)?.Status);

    /// <inheritdoc />
    public IEnumerable<TimeSpan> Run(Managed resource)
    {
        var spec = FlinkSpec.Of(resource.Object);
        var cluster = clusters.Find(resource.Object.Namespace, (string?)spec.Json["deploymentName"] ?? "")?.Object;
        var pass = new PassContext(op, resource, spec, cluster);
        var clusterSpec = cluster is null ? null : FlinkSpec.Of(cluster);
        pass.Refresh(clusterSpec);
        if (resource.Object.IsDeleting)
            return Cleanup(pass);
        if (clusterSpec is null || DeploymentRules.UnsupportedVersion(clusterSpec.FlinkVersion) is not null)
        {
            op.Events.Warning(resource.Object, "UnsupportedFlinkVersion", EventComponent.Operator, DeploymentRules.UnsupportedVersion(clusterSpec?.FlinkVersion)!);
            return [];
        }
        return Reconcile(pass, clusterSpec);
    }

    /// <inheritdoc />
    public bool Failed(Managed resource, OperatorFailure failure)
    {
        resource.Status.Error = ErrorText.Of(failure);
        op.Events.Warning(resource.Object, "Error", EventComponent.Job, failure.Message);
        op.WriteStatus(resource);
        return false;
    }

    private IEnumerable<TimeSpan> Reconcile(PassContext pass, FlinkSpec clusterSpec)
    {
        var status = pass.Status;
        var before = status.State;
        foreach (var wait in Observe(pass))
            yield return wait;
        if (SessionJobRules.Error(pass.Spec, status.ReconciledShared?.Spec, clusterSpec, op.Options.JarSchemes) is { } error)
        {
            op.Events.Warning(pass.Object, "ValidationError", EventComponent.Operator, error);
            if (!InvalidSpec.Replace(pass, error))
            {
                pass.WriteStatus();
                yield break;
            }
        }
        pass.WriteStatus();
        foreach (var wait in _reconciler.Reconcile(pass))
            yield return wait;
        pass.WriteStatus();
        pass.Managed.Next = status.State != before && status.State is "UPGRADING" or "ROLLING_BACK" && status.Job.State != "CANCELLING" ? TimeSpan.Zero
            : status.Job.State == "CANCELLING" || status.Job.Savepoints.TriggerId is not null ? op.Options.ProgressCheckInterval
            : op.Options.ReconcileInterval;
    }

    private IEnumerable<TimeSpan> Observe(PassContext pass)
    {
        var status = pass.Status;
        if (status.IsBeforeFirstDeployment || status.IsSuspended)
            yield break;
        if (status.State == "UPGRADING" && status.Job.State is not ("CANCELLING" or "CANCELED"))
            yield break;
        if (clusters.Find(pass.Object.Namespace, pass.ClusterId)?.Status.JobManager != "READY")
        {
            JobObserver.LostContact(status);
            yield break;
        }
        if (pass.Rest is { } rest)
        {
            lock (op.World.Flink.Gate)
                JobObserver.Observe(pass, rest);
        }
        else
        {
            yield return op.Options.RestTimeout;
            JobObserver.LostContact(status);
        }
        SnapshotHistory.ResetUnlessRunning(pass);
        if (status.Job.State != "FAILED" && status.IsStable)
            status.Error = null;
    }

    private IEnumerable<TimeSpan> Cleanup(PassContext pass)
    {
        op.Events.Normal(pass.Object, "Cleanup", EventComponent.Operator, "Cleaning up FlinkSessionJob");
        foreach (var wait in Observe(pass))
            yield return wait;
        var gone = false;
        foreach (var wait in _reconciler.Cleanup(pass, () => gone = true))
            yield return wait;
        if (gone)
        {
            removeFinalizer(pass.Object);
            yield break;
        }
        pass.Status.StoredLifecycle = "DELETING";
        pass.WriteStatus();
        pass.Managed.Next = op.Options.ProgressCheckInterval / 2;
    }
}
