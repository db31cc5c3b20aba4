using FlinkDashboard.Model.OperatorRules;

namespace FlinkDashboard.Tests.Model.OperatorRules;

public class UpgradeDecisionTests
{
    private static readonly UpgradeSituation Savepoint = new() { UpgradeMode = "savepoint", JobState = "RUNNING", HasSavepointDirectory = true, HasHaMetadata = true, HaBefore = true, HaAfter = true };
    private static readonly UpgradeSituation LastState = Savepoint with { UpgradeMode = "last-state" };

    public static TheoryData<string, UpgradeSituation, int, StopWay, RestoreFrom> Rows => new()
    {
        { "stateless", Savepoint with { UpgradeMode = "stateless" }, 1, StopWay.DeleteWithHaData, RestoreFrom.EmptyState },
        { "stateless, ended", Savepoint with { UpgradeMode = "stateless", JobState = "FINISHED" }, 1, StopWay.Nothing, RestoreFrom.EmptyState },
        { "failed, JobManager there", Savepoint with { JobState = "FAILED", SavepointPath = "s3://b/chk-7" }, 2, StopWay.Nothing, RestoreFrom.KnownSavepoint },
        { "cancelled, no JobManager", Savepoint with { JobState = "CANCELED", JobManager = "MISSING", SavepointPath = "s3://b/chk-7" }, 2, StopWay.Nothing, RestoreFrom.KnownSavepoint },
        { "ended, checkpoint not known", Savepoint with { JobState = "FAILED", SavepointPath = UpgradeSituation.LastStatePath }, 2, StopWay.Fail, RestoreFrom.Undecided },
        { "failed, JobManager gone, HA metadata", Savepoint with { JobState = "FAILED", JobManager = "MISSING" }, 10, StopWay.DeleteKeepHaData, RestoreFrom.HaMetadata },
        { "cancelling", Savepoint with { JobState = "CANCELLING" }, 3, StopWay.Wait, RestoreFrom.Undecided },
        { "savepoint, running", Savepoint, 4, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint },
        { "savepoint falls back", Savepoint with { JobState = "RESTARTING" }, 10, StopWay.DeleteKeepHaData, RestoreFrom.HaMetadata },
        { "savepoint falls back to cancel", Savepoint with { JobState = "RESTARTING", HasHaMetadata = false }, 9, StopWay.Cancel, RestoreFrom.LastCheckpoint },
        { "savepoint may not fall back", Savepoint with { JobState = "RESTARTING", LastStateFallback = false }, 6, StopWay.Wait, RestoreFrom.Undecided },
        { "savepoint, new version, not running", Savepoint with { JobState = "RESTARTING", LastStateFallback = false, ChangesFlinkVersion = true }, 7, StopWay.Cancel, RestoreFrom.LastCheckpoint },
        { "last-state, new version", LastState with { ChangesFlinkVersion = true }, 7, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint },
        { "last-state, new version, no directory", LastState with { ChangesFlinkVersion = true, HasSavepointDirectory = false }, 7, StopWay.Cancel, RestoreFrom.LastCheckpoint },
        { "last-state, new version, silent", LastState with { ChangesFlinkVersion = true, JobState = "RECONCILING" }, 7, StopWay.Wait, RestoreFrom.Undecided },
        { "last-state, running", LastState, 8, StopWay.DeleteKeepHaData, RestoreFrom.HaMetadata },
        { "last-state, running, no HA", LastState with { HasHaMetadata = false }, 8, StopWay.Cancel, RestoreFrom.LastCheckpoint },
        { "last-state, session job", LastState with { IsSessionJob = true }, 8, StopWay.Cancel, RestoreFrom.LastCheckpoint },
        { "last-state, cancel asked for", LastState with { CancelForLastState = true }, 8, StopWay.Cancel, RestoreFrom.LastCheckpoint },
        { "checkpoint too old", Old, 8, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint },
        { "checkpoint too old, young one running", Old with { YoungCheckpointPending = true }, 8, StopWay.Wait, RestoreFrom.Undecided },
        { "no checkpoint, job young", Old with { CheckpointAge = null, JobAge = TimeSpan.FromMinutes(1) }, 8, StopWay.DeleteKeepHaData, RestoreFrom.HaMetadata },
        { "checkpoint young enough", Old with { CheckpointAge = TimeSpan.FromMinutes(2) }, 8, StopWay.DeleteKeepHaData, RestoreFrom.HaMetadata },
        { "last-state, not running, cancellable", LastState with { JobState = "FAILING", CancelForLastState = true }, 9, StopWay.Cancel, RestoreFrom.LastCheckpoint },
        { "silent with HA", LastState with { JobState = "RECONCILING", JobManager = "MISSING" }, 10, StopWay.DeleteKeepHaData, RestoreFrom.HaMetadata },
        { "never started", Silent with { JobManager = "DEPLOYING", JobManagerNeverStarted = true, SavepointPath = "s3://b/sp" }, 11, StopWay.DeleteNeverStarted, RestoreFrom.KnownSavepoint },
        { "never started, last-state", Silent with { JobManager = "ERROR", JobManagerNeverStarted = true, LastUsedMode = "last-state" }, 12, StopWay.Fail, RestoreFrom.Undecided },
        { "gone without HA", Silent with { JobManager = "MISSING" }, 12, StopWay.Fail, RestoreFrom.Undecided },
        { "otherwise", Silent with { JobManager = "DEPLOYING" }, 13, StopWay.Wait, RestoreFrom.Undecided },
    };

    private static UpgradeSituation Old => LastState with { MaxCheckpointAge = TimeSpan.FromMinutes(5), CheckpointAge = TimeSpan.FromMinutes(9), JobAge = TimeSpan.FromHours(1) };

    private static UpgradeSituation Silent => LastState with { JobState = "RECONCILING", HasHaMetadata = false };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Situation_IsDecided_ByItsRow(string name, UpgradeSituation now, int row, StopWay stop, RestoreFrom restore)
    {
        var decision = UpgradeDecision.Of(now);
        Assert.True((decision.Row, decision.Stop, decision.Restore) == (row, stop, restore), $"{name}: {decision}");
        Assert.NotEmpty(decision.Why);
    }
}
