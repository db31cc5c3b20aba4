using FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;
using FlinkDashboard.Sandbox.Behaviours.Operator.Rules;
using FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;
using FlinkDashboard.Sandbox.Behaviours.Operator.Spec;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;

/// <summary>Applications and session jobs: stop, restore, redeploy, restart, snapshots (AbstractJobReconciler).</summary>
internal abstract class JobReconciler : ResourceReconciler
{
    /// <summary>Path written when a start relies on HA metadata: unusable on purpose.</summary>
    protected const string LastStatePath = "KUBERNETES_OPERATOR_LAST_STATE";

    private const string CheckpointTimeout = "execution.checkpointing.timeout";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>A savepoint that stands in the job's status has to end first.</summary>
    protected static bool AwaitsSavepoint(PassContext pass) =>
        pass.Status.Job.Savepoints.TriggerId is not null && !FlinkOptions.Switch(pass.Spec.Configuration, "job.upgrade.ignore-pending-savepoint");

    /// <summary>Decides how to stop.</summary>
    protected abstract IEnumerable<TimeSpan> Decide(PassContext pass, FlinkConfig config, Action<UpgradeDecision> decided);

    /// <summary>Stops the job; calls <paramref name="pending"/> when it only began to cancel.</summary>
    protected abstract IEnumerable<TimeSpan> Stop(PassContext pass, StopWay way, Action pending);

    /// <inheritdoc />
    protected override IEnumerable<TimeSpan> ReconcileSpecChange(PassContext pass, FlinkConfig config, FlinkSpec last, DiffType type)
    {
        if (type == DiffType.SavepointRedeploy)
            return Redeploy(pass, config);
        var stopped = last.IsSuspended || (pass.Status is { State: "ROLLING_BACK", JobManager: "MISSING", Job.IsTerminal: true });
        return stopped ? Resume(pass, config, last) : StopAndGoOn(pass, config);
    }

    /// <inheritdoc />
    protected override IEnumerable<TimeSpan> ReconcileOther(PassContext pass)
    {
        if (pass.Status.Job.State == "FAILED" && FlinkOptions.Switch(pass.ObserveConfig, "job.restart.failed"))
        {
            foreach (var wait in Stop(pass, StopWay.KeepMetadata, () => { }))
                yield return wait;
            pass.Status.Error = null;
            foreach (var wait in Resubmit(pass, needsMetadata: false))
                yield return wait;
            yield break;
        }
        SnapshotTriggers.TriggerDue(pass);
    }

    /// <summary>Submits again what is deployed.</summary>
    protected IEnumerable<TimeSpan> Resubmit(PassContext pass, bool needsMetadata)
    {
        var mode = needsMetadata ? "last-state" : pass.Spec.UpgradeMode == "stateless" ? "stateless" : "savepoint";
        pass.Spec = pass.Status.DeployedSpec!;
        pass.Spec.UpgradeMode = mode;
        var config = ConfigFor(pass);
        return Restore(pass, config, needsMetadata);
    }

    /// <summary>Facts for the decision.</summary>
    protected static UpgradeCase CaseOf(PassContext pass, string jobManager) => new()
    {
        Mode = pass.Spec.UpgradeMode!,
        JobState = pass.Status.Job.State,
        IsTerminal = pass.Status.Job.IsTerminal,
        IsCancellable = pass.Status.Job.IsCancellable,
        JobManager = jobManager,
        HasMetadata = FlinkOptions.IsHighlyAvailable(pass.ObserveConfig) && HighAvailability.HasMetadata(pass.Op.World, pass.Object.Namespace, pass.ClusterId),
        IsSessionJob = pass.Status.IsSessionJob,
        VersionChanged = !pass.Status.IsSessionJob && pass.Status.DeployedSpec?.FlinkVersion != pass.Spec.FlinkVersion,
        HasSavepointDirectory = FlinkOptions.SavepointDirectory(pass.ObserveConfig) is not null,
        Fallback = FlinkOptions.Switch(pass.Spec.Configuration, "job.upgrade.last-state-fallback.enabled", true),
        CancelForLastState = FlinkOptions.Switch(pass.ObserveConfig, "job.upgrade.last-state.job-cancel.enabled"),
        IsPathUnknown = pass.Status.Job.UpgradeSavepointPath == LastStatePath,
        Age = () => AgeOf(pass),
    };

    /// <summary>Takes a savepoint and stops the job; throws what the operator reports if that fails.</summary>
    protected static IEnumerable<TimeSpan> StopWithSavepoint(PassContext pass, FlinkCluster rest)
    {
        var drain = pass.Object.IsDeleting && FlinkOptions.Switch(pass.ObserveConfig, "job.drain-on-savepoint-deletion");
        var (format, triggered) = (SnapshotWriter.Format(pass), pass.Op.Millis);
        string trigger;
        try
        {
            trigger = rest.StopWithSavepoint(pass.Status.Job.JobId!, FlinkOptions.SavepointDirectory(pass.ObserveConfig), drain, format);
        }
        catch (FlinkRefusal)
        {
            throw new UpgradeFailure("Savepoint Error", "SavepointError");
        }
        var deadline = pass.Op.World.Now + (FlinkOptions.ParseDuration(pass.ObserveConfig.GetValueOrDefault(CheckpointTimeout)) ?? DefaultTimeout) - Poll;
        while (rest.Operation(trigger) is { InProgress: true })
        {
            if (pass.Op.World.Now >= deadline)
                throw new UpgradeFailure($"Timed out stopping the job {pass.Status.Job.JobId} with savepoint, please configure a larger timeout via '{CheckpointTimeout}'", "SavepointError");
            yield return Poll;
        }
        if (rest.Operation(trigger) is not { Completed: true, Location: { } path })
            throw new UpgradeFailure("Savepoint Error", "SavepointError", rest.Operation(trigger)?.Failure);
        pass.Status.Job.UpgradeSavepointPath = path;
        pass.Status.Job.State = "FINISHED";
        SnapshotWriter.CreateForUpgrade(pass, path, triggered);
    }

    /// <summary>Starts the job from the state the spec's upgradeMode names.</summary>
    protected IEnumerable<TimeSpan> Restore(PassContext pass, FlinkConfig config, bool needsMetadata)
    {
        var path = pass.Spec.UpgradeMode == "savepoint" ? pass.Status.Job.UpgradeSavepointPath ?? pass.Status.Job.Savepoints.Last?.Location : null;
        return Deploy(pass, config, path, needsMetadata);
    }

    private IEnumerable<TimeSpan> StopAndGoOn(PassContext pass, FlinkConfig config)
    {
        var decision = UpgradeDecision.None;
        foreach (var wait in Decide(pass, config, d => decision = d))
            yield return wait;
        if (decision.Stop is not { } way)
        {
            Acted = false;
            yield break;
        }
        if (way != StopWay.Nothing)
            pass.Op.Events.Normal(pass.Object, "Suspended", EventComponent.JobManagerDeployment, "Suspending existing deployment.");
        var cancelling = false;
        foreach (var wait in Stop(pass, way, () => cancelling = true))
            yield return wait;
        if (cancelling)
        {
            pass.Status.State = "UPGRADING";
            StatusUpdates.Amend(pass, s => s.UpgradeMode = decision.Restore, firstDeployment: false);
            yield break;
        }
        pass.Spec.UpgradeMode = decision.Restore;
        if (pass.Spec.IsSuspended)
        {
            StatusUpdates.Deployed(pass, config);
            yield break;
        }
        StatusUpdates.BeforeAttempt(pass, config);
        // A job that had already ended is replaced in the same pass.
        if (way != StopWay.Nothing)
            yield break;
        foreach (var wait in Resume(pass, config, pass.Status.Reconciled!.Spec, recorded: true))
            yield return wait;
    }

    private IEnumerable<TimeSpan> Resume(PassContext pass, FlinkConfig config, FlinkSpec last, bool recorded = false)
    {
        // Operator 1.15 records nothing here: edits of a suspended job are taken up when it is resumed, and a suspension through an
        // asynchronous cancel stays UPGRADING (FLINK-40164).
        if (pass.Spec.IsSuspended)
            yield break;
        if (pass.Spec.UpgradeMode != "stateless")
            pass.Spec.UpgradeMode = last.UpgradeMode;
        if (!recorded)
            StatusUpdates.BeforeAttempt(pass, config);
        pass.WriteStatus();
        foreach (var wait in Restore(pass, config, last.UpgradeMode == "last-state"))
            yield return wait;
        StatusUpdates.Deployed(pass, config);
    }

    private IEnumerable<TimeSpan> Redeploy(PassContext pass, FlinkConfig config)
    {
        foreach (var wait in Stop(pass, StopWay.Stateless, () => { }))
            yield return wait;
        pass.Spec.UpgradeMode = "savepoint";
        pass.Status.Job.UpgradeSavepointPath = pass.Spec.JobText("initialSavepointPath");
        if (!pass.Spec.IsSuspended)
        {
            foreach (var wait in Restore(pass, config, needsMetadata: false))
                yield return wait;
        }
        StatusUpdates.Deployed(pass, config);
        pass.Status.StableText = pass.Status.ReconciledText;
    }

    private static CheckpointAge AgeOf(PassContext pass)
    {
        if (FlinkOptions.ParseDuration(FlinkOptions.OfOperator(pass.Spec.Configuration, "job.upgrade.last-state.max.allowed.checkpoint.age")) is not { } limit)
            return CheckpointAge.Young;
        var oldest = pass.Op.World.Now - limit;
        var job = pass.Rest?.Job(pass.Status.Job.JobId ?? "");
        if (job is null || job.StartTime > oldest || job.Checkpoints?.LatestCompleted?.TriggeredAt > oldest)
            return CheckpointAge.Young;
        return job.Checkpoints?.History.Any(c => c.Status == "IN_PROGRESS" && c.TriggeredAt > oldest) == true ? CheckpointAge.Pending : CheckpointAge.Old;
    }
}
