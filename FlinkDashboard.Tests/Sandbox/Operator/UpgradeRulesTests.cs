using FlinkDashboard.Sandbox.Behaviours.Operator;
using FlinkDashboard.Sandbox.Behaviours.Operator.Reconcilers;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>The operator's decision how to stop and how to restore, row by row.</summary>
public class UpgradeRulesTests
{
    private static readonly UpgradeCase Running = new()
    {
        Mode = "savepoint",
        JobState = "RUNNING",
        IsTerminal = false,
        IsCancellable = true,
        JobManager = "READY",
        HasMetadata = true,
        IsSessionJob = false,
        VersionChanged = false,
        HasSavepointDirectory = true,
        Fallback = true,
        CancelForLastState = false,
        IsPathUnknown = false,
        Age = () => CheckpointAge.Young,
    };

    private static readonly UpgradeCase Ended = Running with { JobState = "FINISHED", IsTerminal = true, IsCancellable = false };

    private static readonly UpgradeCase Unknown = Running with { JobState = "RECONCILING", IsCancellable = false, JobManager = "ERROR" };

    private static readonly Dictionary<string, (UpgradeCase Case, UpgradeDecision Decision)> Rows = new()
    {
        ["stateless, running"] = (Running with { Mode = "stateless" }, new(StopWay.Stateless, "stateless")),
        ["stateless, ended"] = (Ended with { Mode = "stateless" }, new(StopWay.Nothing, "stateless")),
        ["ended, JobManager still there"] = (Ended, new(StopWay.Nothing, "savepoint")),
        ["ended, no metadata"] = (Ended with { JobManager = "MISSING", HasMetadata = false }, new(StopWay.Nothing, "savepoint")),
        ["ended, only metadata left"] = (Ended with { JobManager = "MISSING", Mode = "last-state" }, UpgradeDecision.None),
        ["cancelling"] = (Running with { JobState = "CANCELLING" }, UpgradeDecision.Wait),
        ["savepoint, running"] = (Running, new(StopWay.Savepoint, "savepoint")),
        ["savepoint, unknown, no fallback"] = (Unknown with { Fallback = false }, UpgradeDecision.Wait),
        ["savepoint, unknown, fallback"] = (Unknown, UpgradeDecision.None),
        ["last-state, running, metadata"] = (Running with { Mode = "last-state" }, new(StopWay.KeepMetadata, "last-state")),
        ["last-state, running, no metadata"] = (Running with { Mode = "last-state", HasMetadata = false }, new(StopWay.Cancel, "savepoint")),
        ["last-state, running, cancel asked"] = (Running with { Mode = "last-state", CancelForLastState = true }, new(StopWay.Cancel, "savepoint")),
        ["last-state, session job"] = (Running with { Mode = "last-state", IsSessionJob = true }, new(StopWay.Cancel, "savepoint")),
        ["last-state, checkpoint too old"] = (Running with { Mode = "last-state", Age = () => CheckpointAge.Old }, new(StopWay.Savepoint, "savepoint")),
        ["last-state, checkpoint pending"] = (Running with { Mode = "last-state", Age = () => CheckpointAge.Pending }, UpgradeDecision.Wait),
        ["last-state, restarting, no metadata"] = (Running with { Mode = "last-state", JobState = "RESTARTING", HasMetadata = false }, new(StopWay.Cancel, "savepoint")),
        ["version changed, running"] = (Running with { Mode = "last-state", VersionChanged = true }, new(StopWay.Savepoint, "savepoint")),
        ["version changed, no savepoint directory"] = (Running with { Mode = "last-state", VersionChanged = true, HasSavepointDirectory = false }, new(StopWay.Cancel, "savepoint")),
        ["version changed, unknown"] = (Unknown with { Mode = "last-state", VersionChanged = true }, UpgradeDecision.Wait),
    };

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decide_InSituation_StopsAndRestoresAsTheTableSays(string situation)
    {
        var (subject, expected) = Rows[situation];
        Assert.Equal(expected, UpgradeRules.Decide(subject));
    }

    [Fact]
    public void Decide_EndedWithUnknownPath_AsksForManualRestore()
    {
        var failure = Assert.Throws<UpgradeFailure>(() => UpgradeRules.Decide(Ended with { IsPathUnknown = true }));
        Assert.EndsWith("Manual restore required.", failure.Message, StringComparison.Ordinal);
        Assert.Equal("UpgradeFailed", failure.Reason);
    }
}
