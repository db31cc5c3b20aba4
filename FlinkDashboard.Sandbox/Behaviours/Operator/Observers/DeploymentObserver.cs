using FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;
using FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Observers;

/// <summary>The observing half of a pass over a FlinkDeployment.</summary>
internal static class DeploymentObserver
{
    /// <summary>Observes; yields while it hangs on a JobManager that does not answer.</summary>
    public static IEnumerable<TimeSpan> Observe(PassContext pass)
    {
        var status = pass.Status;
        if (!IsObservable(pass))
            yield break;
        if (status.JobManager != "READY")
            JobManagerObserver.Observe(pass);
        if (status.JobManager == "READY")
        {
            if (pass.Rest is { } rest)
            {
                lock (pass.Op.World.Flink.Gate)
                    ObserveCluster(pass, rest);
            }
            else
            {
                yield return pass.Op.Options.RestTimeout;
                JobObserver.LostContact(status);
                JobManagerObserver.Observe(pass);
            }
        }
        SnapshotHistory.ResetUnlessRunning(pass);
        ClearError(status);
    }

    /// <summary>Something is deployed that can be looked at.</summary>
    private static bool IsObservable(PassContext pass)
    {
        var status = pass.Status;
        if (status.IsBeforeFirstDeployment || status.State == "ROLLING_BACK")
            return false;
        if (status.State != "UPGRADING")
            return true;
        if (status.Job.State is "CANCELLING" or "CANCELED" && !status.IsSuspended)
            return true;
        if (IsAlreadyDeployed(pass))
        {
            var record = status.Reconciled!;
            record.Spec.Job?["state"] = "running";
            status.ReconciledText = record.ToString();
            status.State = "DEPLOYED";
            status.JobManager = "DEPLOYING";
            if (record.Spec.Job is not null)
                status.Job.State = "RECONCILING";
            return true;
        }
        // The very first attempt left nothing behind: start over.
        if (status.ReconciledShared is { FirstDeployment: true })
            status.ReconciledText = null;
        return false;
    }

    private static bool IsAlreadyDeployed(PassContext pass) =>
        pass.ReadDeployment() is { } deployment
        && (string?)deployment["metadata"]!["annotations"]?[ClusterObjects.GenerationAnnotation] == pass.Status.ObservedGeneration?.ToString(System.Globalization.CultureInfo.InvariantCulture)
        && deployment["metadata"]!["deletionTimestamp"] is null
        && pass.Status.JobManager == "MISSING";

    private static void ObserveCluster(PassContext pass, World.Flink.FlinkCluster rest)
    {
        if (pass.Status.ReconciledShared?.Spec.Job is not null)
            JobObserver.Observe(pass, rest);
        else if (pass.Status.State == "DEPLOYED")
            pass.Status.StableText = pass.Status.ReconciledText;
        ClusterInfo.Observe(pass, rest);
        if (pass.Status.Job.JobId is { } id && rest.Job(id) is { } job)
            ClusterHealth.Observe(pass, job);
    }

    private static void ClearError(ResourceStatus status)
    {
        if (status.JobManager != "ERROR" && status.Job.State != "FAILED" && status.IsStable)
            status.Error = null;
    }
}
