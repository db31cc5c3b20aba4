using System.Text;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Replay;

/// <summary>A recording as a world.</summary>
public sealed class RecordingWorldTests : IDisposable
{
    private static readonly DateTimeOffset Later = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SmallRecording _recording = new();

    [Fact]
    public void Objects_AppearChangeAndGo_AtTheirTimes()
    {
        var world = Build();
        Assert.Null(Pod(world));
        world.Timeline.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Pending", (string?)Pod(world)!.Read()["status"]!["phase"]);
        world.Timeline.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Running", (string?)Pod(world)!.Read()["status"]!["phase"]);
        world.Timeline.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(Pod(world));
        Assert.NotNull(world.Objects.Find(ResourceTypes.FlinkDeployments, "small", "orders"));
    }

    [Fact]
    public void Changes_ReachWatches_AsTheyWereRecorded_WithVersionsOfThisWorld()
    {
        var world = Build();
        var before = world.Objects.Version;
        world.Timeline.Advance(TimeSpan.FromSeconds(9));
        var changes = world.Objects.ChangesSince(before);
        Assert.Equal([ChangeType.Added, ChangeType.Added, ChangeType.Modified, ChangeType.Deleted], changes.Select(c => c.Type));
        Assert.True(changes.All(c => c.Object.ResourceVersion > before));
        Assert.Equal("u-1", changes[1].Object.Uid);
        Assert.Equal(1, changes[0].Object.Generation);
    }

    [Fact]
    public void Times_AreMoved_SoThatAgesAreThoseOfTheRecording()
    {
        var world = Build(Later);
        world.Timeline.Advance(TimeSpan.FromSeconds(5));
        var deployment = world.Objects.Get(ResourceTypes.FlinkDeployments, "small", "orders").Read();
        var moved = Later - SmallRecording.StartedAt;
        Assert.Equal("2027-03-01T12:00:01Z", (string?)deployment["metadata"]!["creationTimestamp"]);
        Assert.Equal(1795536284000 + (long)moved.TotalMilliseconds, (long)deployment["status"]!["reconciliationStatus"]!["reconciliationTimestamp"]!);
        Assert.Equal((1795536285000 + (long)moved.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture), (string?)deployment["status"]!["jobStatus"]!["startTime"]);
    }

    [Fact]
    public void Logs_AreWritten_AtTheirTimes()
    {
        var world = Build();
        world.Timeline.Advance(TimeSpan.FromSeconds(5));
        var log = world.Logs.Read("u-1", "main", 0)!.Value;
        Assert.Equal(["one"], log.Lines.Select(l => l.Text));
        Assert.Equal(SmallRecording.StartedAt.AddSeconds(4.5), log.Lines[0].Time);
        world.Timeline.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["one", "two words"], world.Logs.Read("u-1", "main", 0)!.Value.Lines.Select(l => l.Text));
        world.Timeline.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(world.Logs.Read("u-1", "main", 0));
    }

    [Fact]
    public async Task JobManager_Answers_AsOfNow()
    {
        var world = Build();
        world.Timeline.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(await AskAsync(world, "/jobs/overview"));
        world.Timeline.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("CREATED", (await AskAsync(world, "/jobs/overview"))!.Value.Body, StringComparison.Ordinal);
        world.Timeline.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("RUNNING", (await AskAsync(world, "/jobs/overview"))!.Value.Body, StringComparison.Ordinal);
        Assert.Equal(404, (await AskAsync(world, "/config"))!.Value.Status);
    }

    [Fact]
    public void End_IsShownForAWhile_ThenItStartsOver()
    {
        var world = Build();
        world.Timeline.Advance(TimeSpan.FromSeconds(10) + RecordingPlayer.PauseAtEnd - TimeSpan.FromSeconds(1));
        Assert.NotNull(world.Objects.Find(ResourceTypes.FlinkDeployments, "small", "orders"));
        world.Timeline.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Null(world.Objects.Find(ResourceTypes.FlinkDeployments, "small", "orders"));
        world.Timeline.Advance(TimeSpan.FromSeconds(3.5));
        Assert.Equal("Running", (string?)Pod(world)!.Read()["status"]!["phase"]);
        Assert.Equal(ObjectStore.Timestamp(SmallRecording.StartedAt.AddSeconds(32)), (string?)Pod(world)!.Read()["metadata"]!["creationTimestamp"]);
    }

    [Fact]
    public void World_IsReadOnly_AndHasWhatTheRecordingTakesForGranted()
    {
        var world = Build();
        Assert.StartsWith("this is a recording", world.ReadOnlyBecause, StringComparison.Ordinal);
        var node = Assert.Single(world.Objects.List(ResourceTypes.Nodes).Items);
        Assert.Equal("us-west-2b", node.Labels["topology.kubernetes.io/zone"]);
        Assert.Equal("v1.36.2", (string?)node.Read()["status"]!["nodeInfo"]!["kubeletVersion"]);
        Assert.NotNull(world.Objects.Find(ResourceTypes.Namespaces, "", "small"));
        Assert.NotNull(world.Objects.Find(ResourceTypes.CustomResourceDefinitions, "", "flinkdeployments.flink.apache.org"));
    }

    [Fact]
    public void Folder_WithoutRecording_IsRefusedByName()
    {
        var error = Assert.Throws<ArgumentException>(() => Worlds.Build(new SandboxOptions { World = "recording:/nowhere", Speed = 0 }));
        Assert.Contains("/nowhere", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _recording.Dispose();

    private SandboxWorld Build(DateTimeOffset? start = null) => Worlds.Build(new SandboxOptions
    {
        World = "recording:" + _recording.Folder,
        Speed = 0,
        Start = start ?? SmallRecording.StartedAt,
        Failed = e => throw new InvalidOperationException("A behaviour failed.", e),
    });

    private static WorldObject? Pod(SandboxWorld world) => world.Objects.Find(ResourceTypes.Pods, "small", "orders-abc");

    private static async Task<(int Status, string Body)?> AskAsync(SandboxWorld world, string path) =>
        await world.Servers.AskAsync(new PodRequest(Pod(world)!, 8081, "GET", path, "", default), CancellationToken.None) is { } answer
            ? (answer.Status, Encoding.UTF8.GetString(answer.Body.Span))
            : null;
}
