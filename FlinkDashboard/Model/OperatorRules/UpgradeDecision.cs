namespace FlinkDashboard.Model.OperatorRules;

/// <summary>How the operator stops the running job.</summary>
public enum StopWay
{
    /// <summary>There is nothing to stop.</summary>
    Nothing,

    /// <summary>Best-effort cancel, then the cluster and its HA data are deleted.</summary>
    DeleteWithHaData,

    /// <summary>Stop with a savepoint.</summary>
    StopWithSavepoint,

    /// <summary>Cancel, asynchronously.</summary>
    Cancel,

    /// <summary>The cluster is deleted, its HA metadata stays.</summary>
    DeleteKeepHaData,

    /// <summary>The JobManager never ran: its Deployment is deleted and the last known savepoint used.</summary>
    DeleteNeverStarted,

    /// <summary>Nothing yet: the operator waits and decides again at its next pass.</summary>
    Wait,

    /// <summary>The upgrade fails; a person must act.</summary>
    Fail,
}

/// <summary>What the next job starts from.</summary>
public enum RestoreFrom
{
    /// <summary>Not decided, or nothing will start.</summary>
    Undecided,

    /// <summary>Empty state.</summary>
    EmptyState,

    /// <summary>The savepoint that the stop takes.</summary>
    NewSavepoint,

    /// <summary>The savepoint or checkpoint path the status already names.</summary>
    KnownSavepoint,

    /// <summary>The newest completed checkpoint, by its path.</summary>
    LastCheckpoint,

    /// <summary>The HA metadata, which point to the newest checkpoint.</summary>
    HaMetadata,
}

/// <summary>The operator's decision about a stateful or stateless upgrade (facts: the 13-row table of AbstractJobReconciler and ApplicationReconciler).</summary>
/// <param name="Row">Row of the table that decided, from 1; a row that hands over counts as the row it hands over to.</param>
/// <param name="Stop">How the job is stopped.</param>
/// <param name="Restore">What the next job starts from.</param>
/// <param name="Why">The fact that decided, as a clause.</param>
public sealed record UpgradeDecision(int Row, StopWay Stop, RestoreFrom Restore, string Why)
{
    /// <summary>What the operator will do in this situation.</summary>
    public static UpgradeDecision Of(UpgradeSituation now)
    {
        if (now.UpgradeMode == "stateless")
            return new(1, now.IsTerminal ? StopWay.Nothing : now.IsSessionJob ? StopWay.Cancel : StopWay.DeleteWithHaData, RestoreFrom.EmptyState, "the upgrade mode is stateless");
        if (now.IsTerminal && (now.JobState == "CANCELED" || !now.HasHaMetadata || now.JobManager == "READY"))
            return Terminal(now);
        if (now.JobState == "CANCELLING")
            return new(3, StopWay.Wait, RestoreFrom.Undecided, "the job is being cancelled");
        if (now.UpgradeMode == "savepoint" && now.JobState == "RUNNING")
            return new(4, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint, "the job runs and the upgrade mode is savepoint");
        if (now.UpgradeMode == "savepoint" && !now.ChangesFlinkVersion && !now.LastStateFallback)
            return new(6, StopWay.Wait, RestoreFrom.Undecided, "the job does not run, and falling back to last-state is switched off");
        return LastState(now) ?? WithoutJob(now);
    }

    private static UpgradeDecision Terminal(UpgradeSituation now) => now.SavepointPath switch
    {
        UpgradeSituation.LastStatePath => new(2, StopWay.Fail, RestoreFrom.Undecided, "the job has ended and its last checkpoint is not known"),
        null => new(2, StopWay.Nothing, RestoreFrom.EmptyState, $"the job is {now.JobState} and no savepoint or checkpoint of it is known"),
        _ => new(2, StopWay.Nothing, RestoreFrom.KnownSavepoint, $"the job is {now.JobState}"),
    };

    // Rows 7 to 9; null where they do not apply.
    private static UpgradeDecision? LastState(UpgradeSituation now)
    {
        if (now.ChangesFlinkVersion)
        {
            if (now.JobState == "RUNNING" && now.HasSavepointDirectory)
                return new(7, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint, "flinkVersion changes, so HA metadata cannot be used");
            return now.IsCancellable
                ? new(7, StopWay.Cancel, RestoreFrom.LastCheckpoint, "flinkVersion changes, so HA metadata cannot be used")
                : new(7, StopWay.Wait, RestoreFrom.Undecided, "flinkVersion changes and the job can neither be stopped with a savepoint nor cancelled");
        }
        var cancels = !now.HasHaMetadata || now.IsSessionJob || now.CancelForLastState;
        if (now.JobState == "RUNNING")
            return Running(now, cancels);
        return cancels && now.IsCancellable ? new(9, StopWay.Cancel, RestoreFrom.LastCheckpoint, $"the job is {now.JobState} and can be cancelled") : null;
    }

    private static UpgradeDecision Running(UpgradeSituation now, bool cancels)
    {
        if (now.MaxCheckpointAge is { } limit && !(now.JobAge < limit) && !(now.CheckpointAge <= limit))
        {
            return now.YoungCheckpointPending
                ? new(8, StopWay.Wait, RestoreFrom.Undecided, "the last checkpoint is too old and a new one is running")
                : new(8, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint, "the last checkpoint is older than allowed");
        }
        return cancels
            ? new(8, StopWay.Cancel, RestoreFrom.LastCheckpoint, now.HasHaMetadata ? "the job runs and is cancelled for last-state" : "the job runs and there is no HA metadata")
            : new(8, StopWay.DeleteKeepHaData, RestoreFrom.HaMetadata, "the job runs with HA metadata");
    }

    // Rows 10 to 13: the job itself cannot be asked.
    private static UpgradeDecision WithoutJob(UpgradeSituation now)
    {
        if (now is { HaBefore: true, HaAfter: true, HasHaMetadata: true })
            return new(10, StopWay.DeleteKeepHaData, RestoreFrom.HaMetadata, "the job does not answer, and HA metadata is there");
        if (now.JobManagerNeverStarted && now.LastUsedMode != "last-state")
        {
            return new(11, StopWay.DeleteNeverStarted, now.SavepointPath is null or UpgradeSituation.LastStatePath ? RestoreFrom.EmptyState : RestoreFrom.KnownSavepoint,
                "the JobManager never started");
        }
        return now.JobManager is "MISSING" or "ERROR" && !now.HasHaMetadata
            ? new(12, StopWay.Fail, RestoreFrom.Undecided, "the JobManager is gone and there is no HA metadata")
            : new(13, StopWay.Wait, RestoreFrom.Undecided, $"the job is {now.JobState ?? "not known"} and the JobManager {now.JobManager}");
    }
}
