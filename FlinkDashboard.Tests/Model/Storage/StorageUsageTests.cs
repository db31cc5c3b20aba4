using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Storage;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Model.Storage;

/// <summary>Which application keeps what, and what nobody names.</summary>
public class StorageUsageTests
{
    private const string Job = "7304a0255fcbcf7ba3fb84593216c84b", Other = "00bb6a1ebfbafc05a5354d234d0c443b", Old = "ffffffffffffffffffffffffffffffff";

    [Fact]
    public void OwnDirectories_BelongToTheirApplication_OldJobsIncluded()
    {
        var usage = Usage([App("orders", Job, ("state.checkpoints.dir", "s3://b01/orders/c"), ("state.savepoints.dir", "s3a://b01/orders/s/"), ("high-availability.storageDir", "s3://b01/orders/ha"))], [],
            ($"orders/c/{Job}/chk-1/_metadata", 10), ($"orders/c/{Old}/chk-1/x", 5), ("orders/s/savepoint-ffffff-000000000000/_metadata", 3), ("orders/ha/orders/completedCheckpoint123456", 2), ("orders/else", 1));
        var owner = Assert.Single(usage.Owners);
        Assert.Equal(("orders", 15L, 3L, 2L, 20L), (owner.Owner.Name, owner.Checkpoints.Bytes, owner.Savepoints.Bytes, owner.HighAvailability.Bytes, owner.Total.Bytes));
        Assert.Empty(usage.Orphans);
        Assert.Equal((1L, 21L), (usage.Other.Bytes, usage.Total.Bytes));
    }

    [Fact]
    public void SharedDirectories_AreTornApartByJobAndName()
    {
        (string, string)[] shared = [("execution.checkpointing.dir", "s3://b01/c"), ("execution.checkpointing.savepoint-dir", "s3://b01/s"), ("high-availability.storageDir", "s3://b01/ha")];
        var usage = Usage([App("orders", Job, shared), App("clicks", Other, shared)], [],
            ($"c/{Job}/chk-1/_metadata", 10), ($"c/{Other}/shared/x", 20), ($"c/{Old}/chk-9/_metadata", 30), ("s/savepoint-7304a0-000000000000/_metadata", 1), ("s/savepoint-ffffff-000000000000/_metadata", 2),
            ("ha/clicks/blob/job_x/blob_1", 4), ("ha/gone/blob/job_x/blob_1", 5), ("ha/job-result-store/orders/x.json", 6));
        Assert.Equal([("clicks", 24L), ("orders", 17L)], usage.Owners.Select(o => (o.Owner.Name, o.Total.Bytes)));
        Assert.Equal([$"c/{Old}/", "ha/gone/", "s/savepoint-ffffff-000000000000/"], usage.Orphans.Select(o => o.Thing.Unit.Key));
    }

    [Fact]
    public void Snapshots_AndStatus_NameSavepointsAnywhere()
    {
        var app = App("orders", Job) with { Status = new() { JobStatus = new() { JobId = Job, UpgradeSavepointPath = "s3://b01/x/savepoint-111111-000000000000" } } };
        var snapshot = new FlinkStateSnapshot { Metadata = new() { Namespace = "team", Name = "kept" }, Spec = new() { JobReference = new() { Kind = "FlinkDeployment", Name = "gone" } }, Status = new() { Path = "s3://b01/x/savepoint-222222-000000000000/" } };
        var lonely = new FlinkStateSnapshot { Metadata = new() { Namespace = "team", Name = "free" }, Spec = new() { Savepoint = new() { AlreadyExists = true, Path = "s3://b01/x/savepoint-333333-000000000000" } } };
        var usage = Usage([app], [snapshot, lonely], ("x/savepoint-111111-000000000000/_metadata", 1), ("x/savepoint-222222-000000000000/_metadata", 2), ("x/savepoint-333333-000000000000/_metadata", 3), ("x/savepoint-444444-000000000000/_metadata", 4));
        Assert.Equal(["gone", "orders"], usage.Owners.Select(o => o.Owner.Name));
        Assert.Equal("x/savepoint-444444-000000000000/", Assert.Single(usage.Orphans).Thing.Unit.Key);
        var named = Assert.Single(StorageOwnership.Of([app], [], []).StatesAt(new("b01", "x/savepoint-111111-000000000000/")));
        Assert.True(named.Continues);
    }

    [Fact]
    public void Logs_BelongToTheApplicationOfThePod()
    {
        FlinkDeployment Logged(string name) => App(name, Job) with { Spec = new() { MonitoringConfiguration = new() { S3MonitoringConfiguration = new() { LogUri = "b01/logs" } } } };
        var usage = Usage([Logged("job-a"), Logged("job-a-b")], [], ("logs/job-a-taskmanager-1-1/STDOUT.gz", 1), ("logs/job-a-b-7c7d9c6fd9-cdfmd/STDERR.gz", 2), ("logs/gone-taskmanager-1-1/STDOUT.gz", 4));
        Assert.Equal([("job-a-b", 2L), ("job-a", 1L)], usage.Owners.Select(o => (o.Owner.Name, o.Logs.Bytes)));
        Assert.Equal("logs/gone-taskmanager-1-1/", Assert.Single(usage.Orphans).Thing.Unit.Key);
    }

    [Fact]
    public void SessionJobs_KeepTheirStateInTheirClustersDirectories()
    {
        var session = FlinkObjects.Session() with { Spec = new() { FlinkConfiguration = Map(("state.checkpoints.dir", "s3://b01/c")) } };
        var job = FlinkObjects.SessionJob() with { Status = new() { JobStatus = new() { JobId = Job } } };
        var usage = Usage([session], [], [job], ($"c/{Job}/chk-1/_metadata", 1), ($"c/{Old}/chk-1/_metadata", 2));
        Assert.Equal([("session", false), ("clicks", true)], usage.Owners.Select(o => (o.Owner.Name, o.Owner.IsSessionJob)));
        Assert.Equal("/sessions/team/clicks", usage.Owners[1].Owner.Address);
    }

    [Fact]
    public void Jars_AreNobodys_ButHaveUsers()
    {
        var ownership = StorageOwnership.Of([App("orders", Job) with { Spec = new() { Job = new() { JarUri = "s3a://b01/jobs/a.jar" } } }], [], []);
        Assert.Equal("orders", Assert.Single(ownership.UsersOf(new("b01", "jobs/a.jar"))).Name);
        Assert.Empty(ownership.UsersOf(new("b01", "jobs/b.jar")));
    }

    [Fact]
    public void ManyUnits_AreCountedInTheWholeOnly()
    {
        var count = new StorageCount();
        for (var i = 0; i < StorageCount.MostUnits + 5; i++)
            count.Add(new(new("b01", $"jobs/{i}.jar"), 1, default, ""));
        Assert.Equal((StorageCount.MostUnits, 5L, StorageCount.MostUnits + 5L), (count.Units.Count, count.Other.Objects, count.Total.Objects));
    }

    private static StorageUsage Usage(FlinkDeployment[] apps, FlinkStateSnapshot[] snapshots, params (string Key, long Size)[] objects) => Usage(apps, snapshots, [], objects);

    private static StorageUsage Usage(FlinkDeployment[] apps, FlinkStateSnapshot[] snapshots, FlinkSessionJob[] jobs, params (string Key, long Size)[] objects)
    {
        var count = new StorageCount();
        foreach (var (key, size) in objects)
            count.Add(new(new("b01", key), size, FlinkObjects.Now, ""));
        return StorageUsage.Of(count, StorageOwnership.Of(apps, jobs, snapshots));
    }

    private static FlinkDeployment App(string name, string job, params (string Key, string Value)[] configuration) => new()
    {
        Metadata = new() { Namespace = "team", Name = name },
        Spec = new() { FlinkConfiguration = Map(configuration), Job = new() },
        Status = new() { JobStatus = new() { JobId = job } }
    };

    private static StringMap Map(params (string Key, string Value)[] pairs) => StringMap.From(pairs.Select(p => KeyValuePair.Create(p.Key, p.Value)));
}
