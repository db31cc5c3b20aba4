namespace FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;

/// <summary>How the running job is stopped.</summary>
internal enum StopWay
{
    /// <summary>Nothing to stop: it has ended.</summary>
    Nothing,

    /// <summary>Best-effort cancel, cluster and HA data deleted.</summary>
    Stateless,

    /// <summary>Stop with savepoint.</summary>
    Savepoint,

    /// <summary>Cancelled through REST, asynchronously; its last checkpoint is used.</summary>
    Cancel,

    /// <summary>Cluster deleted, HA metadata kept.</summary>
    KeepMetadata,
}

/// <summary>What the operator decided about stopping a job for an upgrade or suspension.</summary>
/// <param name="Stop">How to stop; null means wait.</param>
/// <param name="Restore">upgradeMode of the next start.</param>
/// <param name="MayFallBack">No way was found yet; an application may still use its HA metadata.</param>
internal sealed record UpgradeDecision(StopWay? Stop, string Restore = "", bool MayFallBack = false)
{
    /// <summary>Wait for a better moment.</summary>
    public static readonly UpgradeDecision Wait = new((StopWay?)null);

    /// <summary>None of the common rules fits.</summary>
    public static readonly UpgradeDecision None = new(null, MayFallBack: true);
}

/// <summary>What the decision looks at.</summary>
internal sealed record UpgradeCase
{
    /// <summary>Wanted upgradeMode.</summary>
    public required string Mode { get; init; }

    /// <summary>jobStatus.state.</summary>
    public required string? JobState { get; init; }

    /// <summary>FAILED, CANCELED or FINISHED.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>Not unknown, not terminal.</summary>
    public required bool IsCancellable { get; init; }

    /// <summary>jobManagerDeploymentStatus; READY for the cluster of a session job.</summary>
    public required string JobManager { get; init; }

    /// <summary>HA metadata of the job exist.</summary>
    public required bool HasMetadata { get; init; }

    /// <summary>It is a session job.</summary>
    public required bool IsSessionJob { get; init; }

    /// <summary>flinkVersion differs from what is deployed.</summary>
    public required bool VersionChanged { get; init; }

    /// <summary>A savepoint directory is configured.</summary>
    public required bool HasSavepointDirectory { get; init; }

    /// <summary>…job.upgrade.last-state-fallback.enabled.</summary>
    public required bool Fallback { get; init; }

    /// <summary>…job.upgrade.last-state.job-cancel.enabled.</summary>
    public required bool CancelForLastState { get; init; }

    /// <summary>upgradeSavepointPath is the dummy of a last-state start, so the real path is unknown.</summary>
    public required bool IsPathUnknown { get; init; }

    /// <summary>Age rule: use the checkpoint, wait for the pending one, or take a savepoint.</summary>
    public required Func<CheckpointAge> Age { get; init; }
}

/// <summary>Verdict on the newest checkpoint against max.allowed.checkpoint.age.</summary>
internal enum CheckpointAge
{
    /// <summary>Young enough, or no limit.</summary>
    Young,

    /// <summary>One is under way.</summary>
    Pending,

    /// <summary>Too old.</summary>
    Old,
}

/// <summary>The stop and restore decision common to applications and session jobs (AbstractJobReconciler.getJobUpgrade), first match wins.</summary>
internal static class UpgradeRules
{
    /// <summary>Decides.</summary>
    /// <exception cref="UpgradeFailure">The job ended and nobody knows its last state.</exception>
    public static UpgradeDecision Decide(UpgradeCase c)
    {
        if (c.Mode == "stateless")
            return new UpgradeDecision(c.IsTerminal ? StopWay.Nothing : StopWay.Stateless, "stateless");
        if (c.IsTerminal && (c.JobState == "CANCELED" || !c.HasMetadata || c.JobManager == "READY"))
        {
            return c.IsPathUnknown
                ? throw new UpgradeFailure("Job is in terminal state but last checkpoint is unknown, possibly due to an unrecoverable restore error. Manual restore required.", "UpgradeFailed")
                : new UpgradeDecision(StopWay.Nothing, "savepoint");
        }
        if (c.JobState == "CANCELLING")
            return UpgradeDecision.Wait;
        var running = c.JobState == "RUNNING";
        if (c.Mode == "savepoint")
        {
            if (running)
                return new UpgradeDecision(StopWay.Savepoint, "savepoint");
            if (!c.VersionChanged && !c.Fallback)
                return UpgradeDecision.Wait;
        }
        return LastState(c, running);
    }

    private static UpgradeDecision LastState(UpgradeCase c, bool running)
    {
        var cancel = new UpgradeDecision(StopWay.Cancel, "savepoint");
        if (c.VersionChanged)
        {
            return running && c.HasSavepointDirectory ? new UpgradeDecision(StopWay.Savepoint, "savepoint")
                : c.IsCancellable ? cancel
                : UpgradeDecision.Wait;
        }
        var cancels = c.IsCancellable && (c.IsSessionJob || !c.HasMetadata || c.CancelForLastState);
        if (!running)
            return cancels ? cancel : UpgradeDecision.None;
        return c.Age() switch
        {
            CheckpointAge.Pending => UpgradeDecision.Wait,
            CheckpointAge.Old => new UpgradeDecision(StopWay.Savepoint, "savepoint"),
            _ => cancels ? cancel : new UpgradeDecision(StopWay.KeepMetadata, "last-state"),
        };
    }
}
