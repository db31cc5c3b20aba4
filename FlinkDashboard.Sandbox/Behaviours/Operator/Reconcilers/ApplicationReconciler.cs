using FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;
using FlinkDashboard.Sandbox.Behaviours.Operator.Observers;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;

/// <summary>FlinkDeployments with a job (ApplicationReconciler).</summary>
internal sealed class ApplicationReconciler : JobReconciler
{
    private const string NoMetadata =
        "JobManager deployment is missing and HA data is not available to make stateful upgrades. It is possible that the job has finished or terminally failed, or the configmaps have been deleted. Manual restore required.";

    private static readonly TimeSpan DefaultTtl = TimeSpan.FromDays(1);
    private static readonly TimeSpan SubmitTime = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc />
    public override IEnumerable<TimeSpan> Cleanup(PassContext pass, Action done)
    {
        var status = pass.Status;
        var keepsState = FlinkOptions.Switch(pass.ObserveConfig, "job.savepoint-on-deletion");
        if (!status.IsBeforeFirstDeployment)
        {
            if (keepsState && !status.Job.IsTerminal && !status.IsSuspended)
            {
                if (status.Job.State != "RUNNING" || pass.Rest is not { } rest)
                    throw new ReconciliationFailure("Unable to take a savepoint of a job that is not running");
                foreach (var wait in StopWithSavepoint(pass, rest))
                    yield return wait;
            }
            CancelQuietly(pass);
            foreach (var wait in ClusterShutdown.Run(pass, deleteMetadata: true))
                yield return wait;
        }
        done();
    }

    /// <inheritdoc />
    protected override bool IsReady(PassContext pass) => !AwaitsSavepoint(pass);

    /// <inheritdoc />
    protected override IEnumerable<TimeSpan> Deploy(PassContext pass, FlinkConfig config, string? savepoint, bool needsMetadata)
    {
        var (world, ns, name) = (pass.Op.World, pass.Object.Namespace, pass.Object.Name);
        var fromLastState = savepoint is null && needsMetadata && HighAvailability.HasCheckpoint(world, ns, name);
        config.Set(FlinkConfig.SavepointPath, fromLastState ? LastStatePath : savepoint);
        if (fromLastState)
            pass.Status.Job.UpgradeSavepointPath = LastStatePath;
        if (pass.Status.JobManager != "MISSING")
        {
            foreach (var wait in ClusterShutdown.Run(pass, deleteMetadata: !needsMetadata))
                yield return wait;
            pass.WriteStatus();
        }
        if (needsMetadata && !HighAvailability.HasMetadata(world, ns, name))
            throw new UpgradeFailure("HA metadata is not available to restore from last state. It is possible that the job has finished or terminally failed, or the configmaps have been deleted. ", "RestoreFailed");
        if (!needsMetadata || pass.Status.Job.JobId is null)
            pass.Status.Job.JobId = world.Hex(32);
        config.Set("$internal.pipeline.job-id", pass.Status.Job.JobId);
        pass.WriteStatus();
        pass.Op.Events.Normal(pass.Object, "Submit", EventComponent.JobManagerDeployment, "Starting deployment");
        HighAvailability.RemoveJobGraphs(world, ns, name);
        yield return SubmitTime;
        foreach (var wait in new ClusterObjects(world, pass.Object, pass.Spec, config).Create())
            yield return wait;
        pass.Status.Job.State = "RECONCILING";
        pass.Status.JobManager = "DEPLOYING";
    }

    /// <inheritdoc />
    protected override IEnumerable<TimeSpan> Decide(PassContext pass, FlinkConfig config, Action<UpgradeDecision> decided)
    {
        var decision = UpgradeRules.Decide(CaseOf(pass, pass.Status.JobManager));
        if (!decision.MayFallBack)
        {
            decided(decision);
            yield break;
        }
        var hasMetadata = HighAvailability.HasMetadata(pass.Op.World, pass.Object.Namespace, pass.ClusterId);
        if (hasMetadata && FlinkOptions.IsHighlyAvailable(config.Values) && FlinkOptions.IsHighlyAvailable(pass.ObserveConfig))
        {
            decided(new UpgradeDecision(StopWay.KeepMetadata, "last-state"));
            yield break;
        }
        if (pass.Status.JobManager != "MISSING" && pass.Status.Reconciled!.Spec.UpgradeMode != "last-state" && JobManagerObserver.NeverStarted(pass.ReadDeployment()))
        {
            pass.Status.Job.State = "FAILED";
            foreach (var wait in ClusterShutdown.Run(pass, deleteMetadata: false))
                yield return wait;
            decided(UpgradeRules.Decide(CaseOf(pass, pass.Status.JobManager)));
            yield break;
        }
        if (pass.Status.JobManager is "MISSING" or "ERROR" && !hasMetadata)
            throw new UpgradeFailure(NoMetadata, "UpgradeFailed");
    }

    /// <inheritdoc />
    protected override IEnumerable<TimeSpan> Stop(PassContext pass, StopWay way, Action pending)
    {
        var standalone = pass.Status.Reconciled!.Spec.IsStandalone;
        switch (way)
        {
            case StopWay.Savepoint:
                if (pass.Rest is not { } rest)
                    throw new UpgradeFailure("Savepoint Error", "SavepointError");
                foreach (var wait in StopWithSavepoint(pass, rest))
                    yield return wait;
                break;
            case StopWay.Cancel:
                Cancel(pass);
                pass.Status.Job.State = "CANCELLING";
                pending();
                yield break;
            case StopWay.Stateless:
                CancelQuietly(pass);
                break;
        }
        if (way is StopWay.Stateless or StopWay.KeepMetadata || (standalone && way == StopWay.Savepoint))
        {
            foreach (var wait in ClusterShutdown.Run(pass, deleteMetadata: way != StopWay.KeepMetadata))
                yield return wait;
        }
        pass.Status.Job.State = "FINISHED";
    }

    /// <inheritdoc />
    protected override IEnumerable<TimeSpan> ReconcileOther(PassContext pass)
    {
        var status = pass.Status;
        var highlyAvailable = FlinkOptions.IsHighlyAvailable(pass.ObserveConfig);
        if (status.JobManager == "MISSING" && !status.IsSuspended && !status.Job.IsTerminal
            && FlinkOptions.Switch(pass.ObserveConfig, "jm-deployment-recovery.enabled", true)
            && (highlyAvailable || pass.Spec.UpgradeMode == "stateless"))
        {
            pass.Op.Events.Warning(pass.Object, "RecoverDeployment", EventComponent.Job, "Recovering lost deployment");
            return Resubmit(pass, needsMetadata: highlyAvailable);
        }
        if (ClusterHealth.Verdict(pass) is { } verdict && (pass.Spec.UpgradeMode == "stateless" || (highlyAvailable && HighAvailability.HasMetadata(pass.Op.World, pass.Object.Namespace, pass.ClusterId))))
            return RestartUnhealthy(pass, verdict, highlyAvailable);
        return IsPastTtl(pass) ? ClusterShutdown.Run(pass, deleteMetadata: false) : base.ReconcileOther(pass);
    }

    /// <inheritdoc />
    protected override bool Scale(PassContext pass, FlinkConfig config) => InPlaceScaling.Try(pass, config);

    private IEnumerable<TimeSpan> RestartUnhealthy(PassContext pass, string verdict, bool highlyAvailable)
    {
        pass.Op.Events.Warning(pass.Object, "RestartUnhealthyJob", EventComponent.Job, verdict);
        foreach (var wait in ClusterShutdown.Run(pass, deleteMetadata: false))
            yield return wait;
        foreach (var wait in Resubmit(pass, needsMetadata: highlyAvailable))
            yield return wait;
    }

    private static bool IsPastTtl(PassContext pass)
    {
        var status = pass.Status;
        return status.Job.IsTerminal && status.JobManager == "READY" && long.TryParse(status.Job.UpdateTime, out var since)
            && pass.Op.Millis - since > FlinkOptions.Duration(pass.ObserveConfig, "jm-deployment.shutdown-ttl", DefaultTtl).TotalMilliseconds;
    }

    private static void Cancel(PassContext pass)
    {
        try
        {
            (pass.Rest ?? throw new UpgradeFailure("Cancellation Error", "CleanupFailed")).Cancel(pass.Status.Job.JobId!);
        }
        catch (FlinkRefusal e)
        {
            throw new UpgradeFailure(e.Status == 404 ? "Cannot find job when trying to cancel" : "Cancellation Error", "CleanupFailed");
        }
    }

    private static void CancelQuietly(PassContext pass)
    {
        try
        {
            if (pass.Status.Job is { IsTerminal: false, JobId: { } id })
                pass.Rest?.Cancel(id);
        }
        catch (FlinkRefusal)
        {
            // Best effort: the cluster is deleted anyway.
            pass.Status.Job.State ??= "FINISHED";
        }
    }
}
