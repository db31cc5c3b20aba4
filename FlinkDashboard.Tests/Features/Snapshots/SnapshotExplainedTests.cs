using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Ui.Flink;

namespace FlinkDashboard.Tests.Features.Snapshots;

public class SnapshotExplainedTests
{
    [Theory]
    [InlineData("ABANDONED", 0, null, "no file was written")]
    [InlineData("FAILED", 3, "Checkpoint expired before completing.", "execution.checkpointing.timeout")]
    [InlineData("FAILED", 1, "Failed to create savepoint directory at file:/none", "directory")]
    [InlineData("TRIGGER_PENDING", 2, "Not all required tasks are currently running.", "not running at that moment")]
    [InlineData("IN_PROGRESS", 1, "x", "this is the next one")]
    public void Trouble_IsExplained(string state, int failures, string? error, string expected) =>
        Assert.Contains(expected, SnapshotExplained.Why(Row(state, failures, error)), StringComparison.Ordinal);

    [Theory]
    [InlineData("COMPLETED", "s3://b/sp", true)]
    [InlineData("COMPLETED", null, false)]
    [InlineData("COMPLETED", StatePoint.LastStateMarker, false)]
    [InlineData("FAILED", "s3://b/sp", false)]
    public void Restorable_IsOnlyACompleteOneWithItsPath(string state, string? path, bool expected) => Assert.Equal(expected, SnapshotExplained.CanBeRestored(Row(state, 0, null) with { Path = path }));

    [Fact]
    public void Kept_TellsHandMadeFromCleanedUp()
    {
        Assert.Contains("until somebody deletes", SnapshotExplained.Kept(Row("COMPLETED", 0, null)), StringComparison.Ordinal);
        Assert.Contains("newest complete one always stays", SnapshotExplained.Kept(Row("COMPLETED", 0, null) with { Trigger = "PERIODIC" }), StringComparison.Ordinal);
    }

    private static SnapshotRow Row(string state, int failures, string? error) => new(SnapshotOrigin.Object, "team", "sp", "savepoint", VerdictState.Healthy, "", state, "FlinkDeployment", "orders", "MANUAL", "", null, null, null, null, failures, null, OperatorError.Of(error), false);
}
