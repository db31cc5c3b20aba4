using FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;

/// <summary>FlinkDeployments without a job: session clusters (SessionReconciler).</summary>
internal sealed class SessionReconciler : ResourceReconciler
{
    private static readonly TimeSpan SubmitTime = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc />
    public override IEnumerable<TimeSpan> Cleanup(PassContext pass, Action done)
    {
        if (Blocker(pass) is { } text)
        {
            pass.Op.Events.Warning(pass.Object, "CleanupFailed", EventComponent.Operator, text);
            yield break;
        }
        foreach (var wait in ClusterShutdown.Run(pass, deleteMetadata: true))
            yield return wait;
        done();
    }

    /// <inheritdoc />
    protected override bool IsReady(PassContext pass) => true;

    /// <inheritdoc />
    protected override IEnumerable<TimeSpan> Deploy(PassContext pass, FlinkConfig config, string? savepoint, bool needsMetadata)
    {
        yield return SubmitTime;
        foreach (var wait in new ClusterObjects(pass.Op.World, pass.Object, pass.Spec, config).Create())
            yield return wait;
        pass.Status.JobManager = "DEPLOYING";
    }

    /// <inheritdoc />
    protected override IEnumerable<TimeSpan> ReconcileSpecChange(PassContext pass, FlinkConfig config, FlinkSpec last, DiffType type)
    {
        if (pass.Status.JobManager != "MISSING" || pass.Deployment is not null)
        {
            var job = pass.Status.Job.State;
            foreach (var wait in ClusterShutdown.Run(pass, deleteMetadata: false))
                yield return wait;
            pass.Status.Job.State = job;
        }
        StatusUpdates.BeforeAttempt(pass, config);
        pass.WriteStatus();
        foreach (var wait in Deploy(pass, config, null, needsMetadata: false))
            yield return wait;
        StatusUpdates.Deployed(pass, config);
    }

    /// <inheritdoc />
    protected override IEnumerable<TimeSpan> ReconcileOther(PassContext pass)
    {
        if (pass.Status.JobManager != "MISSING" || !FlinkOptions.Switch(pass.ObserveConfig, "jm-deployment-recovery.enabled", true))
            yield break;
        pass.Op.Events.Warning(pass.Object, "RecoverDeployment", EventComponent.Job, "Recovering lost deployment");
        pass.Spec = pass.Status.DeployedSpec!;
        foreach (var wait in Deploy(pass, ConfigFor(pass), null, needsMetadata: false))
            yield return wait;
    }

    private static string? Blocker(PassContext pass)
    {
        var blocks = FlinkOptions.Switch(pass.ObserveConfig, "session.deletion.block-on-session-jobs", true);
        var jobs = pass.Op.World.Objects.List(ResourceTypes.FlinkSessionJobs, pass.Object.Namespace).Items
            .Where(j => (string?)j.Read()["spec"]?["deploymentName"] == pass.Object.Name).Select(j => j.Name).ToList();
        if (jobs.Count > 0 && blocks)
            return $"The session jobs [{string.Join(", ", jobs)}] should be deleted first";
        if (!FlinkOptions.Switch(pass.ObserveConfig, "session.deletion.block-on-unmanaged-jobs", blocks) || pass.Status.JobManager != "READY")
            return null;
        var running = pass.Rest?.Jobs.Where(j => !j.IsTerminal).Select(j => j.Id).ToList() ?? [];
        return running.Count > 0 ? $"The session cluster has non terminated jobs [{string.Join(", ", running)}] that should be cancelled first" : null;
    }
}
