using FlinkDashboard.Model.Storage;

namespace FlinkDashboard.Tests.Model.Storage;

/// <summary>What keys are, by Flink's and EMR's layouts.</summary>
public class StorageThingTests
{
    private const string Job = "7304a0255fcbcf7ba3fb84593216c84b";

    [Theory]
    [InlineData("team/", StorageKind.Folder, "team/")]
    [InlineData("team/checkpoints/" + Job + "/", StorageKind.Checkpoints, "team/checkpoints/" + Job + "/")]
    [InlineData("team/checkpoints/" + Job + "/chk-42/", StorageKind.Checkpoint, "team/checkpoints/" + Job + "/")]
    [InlineData("team/checkpoints/" + Job + "/chk-42/_metadata", StorageKind.Metadata, "team/checkpoints/" + Job + "/")]
    [InlineData("team/checkpoints/" + Job + "/chk-42/0c943316-dc84", StorageKind.StateFile, "team/checkpoints/" + Job + "/")]
    [InlineData("team/checkpoints/" + Job + "/shared/", StorageKind.SharedState, "team/checkpoints/" + Job + "/")]
    [InlineData("team/checkpoints/" + Job + "/taskowned/x", StorageKind.StateFile, "team/checkpoints/" + Job + "/")]
    [InlineData("sp/savepoint-7304a0-f095c31d45ee/", StorageKind.Savepoint, "sp/savepoint-7304a0-f095c31d45ee/")]
    [InlineData("sp/savepoint-7304a0-f095c31d45ee/_metadata", StorageKind.Metadata, "sp/savepoint-7304a0-f095c31d45ee/")]
    [InlineData("savepoint-7304a0-f095c31d45ee/x/y", StorageKind.StateFile, "savepoint-7304a0-f095c31d45ee/")]
    [InlineData("ha/orders/completedCheckpoint6ee90112d2e1", StorageKind.HighAvailability, "ha/orders/")]
    [InlineData("ha/orders/blob/job_" + Job + "/blob_p-1", StorageKind.HighAvailability, "ha/orders/")]
    [InlineData("ha/job-result-store/orders/" + Job + ".json", StorageKind.HighAvailability, "ha/job-result-store/orders/")]
    [InlineData("logs/orders-taskmanager-1-1/STDOUT.gz", StorageKind.Log, "logs/orders-taskmanager-1-1/")]
    [InlineData("logs/orders-5d6-x/stderr_20261124_3.gz", StorageKind.Log, "logs/orders-5d6-x/")]
    [InlineData("jobs/a.jar", StorageKind.Jar, "jobs/a.jar")]
    [InlineData("_metadata", StorageKind.Other, "_metadata")]
    [InlineData("chk-1/x", StorageKind.Other, "chk-1/x")]
    [InlineData("savepoint-XYZ/x.gz", StorageKind.Other, "savepoint-XYZ/x.gz")]
    public void Name_TellsKindAndUnit(string key, StorageKind kind, string unit)
    {
        var thing = StorageThing.Of(new("bucket", key));
        Assert.Equal((kind, unit), (thing.Kind, thing.Unit.Key));
    }

    [Fact]
    public void Name_TellsJobAndNumber()
    {
        Assert.Equal((Job, 42L), (StorageThing.Of(new("bucket", $"c/{Job}/chk-42/")) is var c ? (c.JobId!, c.Number!.Value) : default));
        Assert.Equal("7304a0", StorageThing.Of(new("bucket", "savepoint-7304a0-f095c31d45ee/")).JobId);
        Assert.Null(StorageThing.Of(new("bucket", $"c/{Job}/chk-99999999999999999999999/")).Number);
    }
}
