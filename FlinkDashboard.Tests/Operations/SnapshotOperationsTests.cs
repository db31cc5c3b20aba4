using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.State;

namespace FlinkDashboard.Tests.Operations;

public sealed class SnapshotOperationsTests : IAsyncLifetime
{
    private readonly ResourceCache<FlinkStateSnapshot> cache = new(FlinkStateSnapshot.Info);
    private OperationsStage stage = null!;
    private SnapshotOperations operations = null!;

    public async Task InitializeAsync()
    {
        stage = await OperationsStage.StartAsync();
        operations = new(stage.Api, stage.Runner, new([cache], TimeProvider.System), TimeProvider.System);
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Savepoint_IsAskedForByAResource_WithItsOptions()
    {
        var request = new SnapshotRequest(SnapshotKind.Savepoint) { FormatType = "NATIVE", Path = "s3://b/savepoints", DisposeOnDelete = false, BackoffLimit = 2 };
        Assert.Equal(Outcome.Accepted, (await operations.TriggerAsync(await stage.OrdersAsync(), request, stage.User, "before the upgrade", default)).Outcome);
        var made = Assert.Single((await stage.Api.ListAsync(FlinkStateSnapshot.Info, "default", default)).Items);
        Assert.Equal(("FlinkDeployment", "orders", "NATIVE", "s3://b/savepoints", false, 2),
            (made.Spec.JobReference!.Kind, made.Spec.JobReference.Name, made.Spec.Savepoint!.FormatType, made.Spec.Savepoint.Path, made.Spec.Savepoint.DisposeOnDelete, made.Spec.BackoffLimit));
        Assert.Equal(1, (await stage.OrdersAsync()).Metadata.Generation);
        Assert.Equal(["Savepoint Issued", "Savepoint Executed"], stage.Trail);
        Assert.Equal("orders", (string?)stage.Audit[0]["name"]);
        Assert.Equal(Outcome.Accepted, (await operations.TriggerAsync(await stage.OrdersAsync(), new(SnapshotKind.Checkpoint), stage.User, null, default)).Outcome);
        Assert.Contains((await stage.Api.ListAsync(FlinkStateSnapshot.Info, "default", default)).Items, s => s.Spec.Checkpoint is not null);
    }

    [Fact]
    public async Task WithoutTheResource_ANonceTriggers_AndOptionsAreRefused()
    {
        cache.Report("", WatchState.Absent, DateTimeOffset.UnixEpoch, contact: true, "no such kind");
        Assert.Equal(Outcome.Accepted, (await operations.TriggerAsync(await stage.OrdersAsync(), new(SnapshotKind.Savepoint), stage.User, null, default)).Outcome);
        Assert.Equal(Outcome.Accepted, (await operations.TriggerAsync(await stage.OrdersAsync(), new(SnapshotKind.Checkpoint), stage.User, null, default)).Outcome);
        var job = (await stage.OrdersAsync()).Spec.Job!;
        Assert.Equal((1L, 1L), (job.SavepointTriggerNonce, job.CheckpointTriggerNonce));
        Assert.Equal(Outcome.Refused, (await operations.TriggerAsync(await stage.OrdersAsync(), new(SnapshotKind.Savepoint) { Path = "s3://x" }, stage.User, null, default)).Outcome);
    }

    [Theory]
    [InlineData("FAILED", "while the job is FAILED")]
    [InlineData("RECONCILING", "while the job is RECONCILING")]
    public async Task Savepoint_OfAJobThatDoesNotRun_IsRefused(string state, string why)
    {
        stage.Sandbox.Change(ResourceTypes.FlinkDeployments, "default", "orders", o => o["status"]!["jobStatus"]!["state"] = state);
        var result = await operations.TriggerAsync(await stage.OrdersAsync(), new(SnapshotKind.Savepoint), stage.User, null, default);
        Assert.Equal(Outcome.Refused, result.Outcome);
        Assert.Contains(why, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_SetsPathAndNonceInOnePatch_AndStartsWhatIsSuspended()
    {
        Assert.Equal(Outcome.Accepted, (await operations.RestoreFromAsync(await stage.OrdersAsync(), "s3://b/savepoint-1", stage.User, null, default)).Outcome);
        var once = await stage.OrdersAsync();
        Assert.Equal(("s3://b/savepoint-1", 1L, 2L), (once.Spec.Job!.InitialSavepointPath, once.Spec.Job.SavepointRedeployNonce, once.Metadata.Generation));
        stage.Sandbox.Change(ResourceTypes.FlinkDeployments, "default", "orders", o => o["spec"]!["job"]!["state"] = "suspended");
        await operations.RestoreFromAsync(await stage.OrdersAsync(), "s3://b/savepoint-1", stage.User, null, default);
        var twice = await stage.OrdersAsync();
        Assert.Equal((2L, false, 4L), (twice.Spec.Job!.SavepointRedeployNonce, twice.Spec.Job.IsSuspended, twice.Metadata.Generation));
        Assert.Equal(Outcome.Refused, (await operations.RestoreFromAsync(twice, "KUBERNETES_OPERATOR_LAST_STATE", stage.User, null, default)).Outcome);
        Assert.Equal(Outcome.Refused, (await operations.RestoreFromAsync(twice, " ", stage.User, null, default)).Outcome);
    }

    [Fact]
    public async Task Dispose_WhileTheJobStands_IsRefused_UnlessTheFilesAreKept()
    {
        var seen = await SnapshotAsync("sp", "COMPLETED");
        stage.Sandbox.Change(ResourceTypes.FlinkDeployments, "default", "orders", o => o["status"]!["jobStatus"]!["state"] = "FINISHED");
        var refused = await operations.DisposeAsync(seen, false, stage.User, null, default);
        Assert.Equal(Outcome.Refused, refused.Outcome);
        Assert.Contains("would hang", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Outcome.Accepted, (await operations.DisposeAsync(seen, true, stage.User, null, default)).Outcome);
        var left = stage.Stored(ResourceTypes.FlinkStateSnapshots, "sp");
        Assert.False((bool)left["spec"]!["savepoint"]!["disposeOnDelete"]!);
        Assert.NotNull(left["metadata"]!["deletionTimestamp"]);
        Assert.Equal(["Dispose Issued", "Dispose Failed", "Dispose Issued", "Dispose Executed"], stage.Trail);
    }

    [Fact]
    public async Task Dispose_OfARunningJobsSavepoint_Deletes_AndKeepFilesEndsAHangingDeletion()
    {
        var seen = await SnapshotAsync("sp", "COMPLETED");
        Assert.Contains("and its files", (await operations.DisposeAsync(seen, false, stage.User, null, default)).Message, StringComparison.Ordinal);
        Assert.True((await ReadAsync("sp")).Metadata.IsDeleting);
        Assert.Equal(Outcome.Accepted, (await operations.KeepFilesAsync(seen, stage.User, null, default)).Outcome);
        Assert.Equal(Outcome.AlreadySo, (await operations.KeepFilesAsync(seen, stage.User, null, default)).Outcome);
    }

    private async Task<FlinkStateSnapshot> SnapshotAsync(string name, string state)
    {
        stage.Sandbox.Put(ResourceTypes.FlinkStateSnapshots, $$$"""
            {"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkStateSnapshot","metadata":{"name":"{{{name}}}","namespace":"default","finalizers":["flinkstatesnapshots.flink.apache.org/finalizer"]},
             "spec":{"jobReference":{"kind":"FlinkDeployment","name":"orders"},"savepoint":{} },"status":{"state":"{{{state}}}","path":"s3://b/savepoint-1"} }
            """);
        return await ReadAsync(name);
    }

    private Task<FlinkStateSnapshot> ReadAsync(string name) => stage.Api.GetAsync(FlinkStateSnapshot.Info, "default", name, null, default);
}
