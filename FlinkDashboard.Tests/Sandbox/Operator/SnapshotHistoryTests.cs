using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>Which snapshots the operator takes by itself, which it cleans up, and how it keeps them in the status where the kind is switched off.</summary>
public class SnapshotHistoryTests
{
    private const string Namespace = "history";

    [Fact]
    public void PeriodicSavepoints_AreKeptToTheirCount_AndManualOnesForEver()
    {
        var stage = Running(("periodic.savepoint.interval", "20 s"), ("savepoint.history.max.count", "3"));
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["savepointTriggerNonce"] = 1 } });
        stage.Advance(TimeSpan.FromSeconds(180));
        var snapshots = Snapshots(stage);
        Assert.InRange(snapshots.Count(s => s.Name.Contains("-periodic-", StringComparison.Ordinal)), 3, 4);
        Assert.Single(snapshots, s => s.Name.Contains("-manual-", StringComparison.Ordinal));
    }

    [Fact]
    public void OldSavepoints_GoButTheNewestCompleted()
    {
        var stage = Running(("periodic.savepoint.interval", "20 s"), ("savepoint.history.max.age", "30 s"));
        stage.Advance(TimeSpan.FromSeconds(100));
        Assert.InRange(Snapshots(stage).Count, 1, 3);
        stage.Patch("orders", Config(("periodic.savepoint.interval", "0")));
        stage.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal("COMPLETED", (string?)Assert.Single(Snapshots(stage)).Read()["status"]!["state"]);
    }

    [Fact]
    public void CleanUpSwitchedOff_KeepsAll()
    {
        var stage = Running(("periodic.savepoint.interval", "20 s"), ("savepoint.history.max.count", "1"), ("savepoint.cleanup.enabled", "false"));
        stage.Advance(TimeSpan.FromSeconds(120));
        Assert.True(Snapshots(stage).Count >= 4);
    }

    [Fact]
    public void PeriodicCheckpoints_AreKeptToTheRetainedNumber()
    {
        var stage = Running(("periodic.checkpoint.interval", "20 s"));
        stage.Advance(TimeSpan.FromSeconds(120));
        Assert.InRange(Snapshots(stage).Count, 1, 2);
    }

    [Fact]
    public void CronExpression_TriggersOnItsMinutes()
    {
        var stage = Running(("periodic.savepoint.interval", "0 * * * * ?"));
        stage.Advance(TimeSpan.FromMinutes(5));
        var seconds = Snapshots(stage).Select(s => DateTimeOffset.Parse((string)s.Read()["metadata"]!["creationTimestamp"]!, System.Globalization.CultureInfo.InvariantCulture).Second).ToList();
        Assert.InRange(seconds.Count, 5, 6);
        Assert.All(seconds.Skip(1), s => Assert.InRange(s, 0, 6));
    }

    [Fact]
    public void DisposedSnapshot_WaitsForItsJobToRun()
    {
        var stage = Running(("periodic.savepoint.interval", "20 s"), ("savepoint.dispose-on-delete", "true"));
        stage.Advance(TimeSpan.FromSeconds(30));
        var snapshot = Snapshots(stage)[0];
        var path = (string)snapshot.Read()["status"]!["path"]!;
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["state"] = "suspended" } });
        stage.Advance(TimeSpan.FromSeconds(10));
        stage.World.Objects.Delete(ResourceTypes.FlinkStateSnapshots, Namespace, snapshot.Name);
        stage.Advance(TimeSpan.FromSeconds(20));
        Assert.Contains("Cannot dispose of snapshot because referenced Flink job is not running!", Messages(stage, "CleanupFailed"));
        Assert.True(stage.World.Flink.Storage.Exists(Namespace, path));
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["state"] = "running" } });
        stage.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(stage.World.Objects.Find(ResourceTypes.FlinkStateSnapshots, Namespace, snapshot.Name));
        Assert.False(stage.World.Flink.Storage.Exists(Namespace, path));
    }

    [Fact]
    public void WithoutResources_NonceShowsInTheStatus()
    {
        var stage = Running(("snapshot.resource.enabled", "false"));
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["savepointTriggerNonce"] = 7, ["checkpointTriggerNonce"] = 3 } });
        stage.Advance(TimeSpan.FromSeconds(0.1));
        var pending = Info(stage, "savepointInfo");
        Assert.Equal(("MANUAL", "CANONICAL", true), ((string?)pending["triggerType"], (string?)pending["formatType"], pending["triggerId"] is not null && (long?)pending["triggerTimestamp"] > 0));
        stage.Advance(TimeSpan.FromSeconds(20));
        var info = Info(stage, "savepointInfo");
        Assert.Null(info["triggerId"]);
        Assert.Equal((7L, "MANUAL"), ((long)info["lastSavepoint"]!["triggerNonce"]!, (string?)info["lastSavepoint"]!["triggerType"]));
        Assert.Equal((string?)info["lastSavepoint"]!["location"], (string?)info["savepointHistory"]!.AsArray().Single()!["location"]);
        Assert.Equal((3L, "FULL"), ((long)Info(stage, "checkpointInfo")["lastCheckpoint"]!["triggerNonce"]!, (string?)Info(stage, "checkpointInfo")["lastCheckpoint"]!["formatType"]));
        Assert.Empty(Snapshots(stage));
        Assert.Equal("STABLE", (string?)stage.Status("orders")["lifecycleState"]);
    }

    [Fact]
    public void WithoutResources_UpgradeSavepointJoinsTheHistory_AndOldFilesAreDisposed()
    {
        var stage = Running(("snapshot.resource.enabled", "false"), ("periodic.savepoint.interval", "15 s"), ("savepoint.history.max.count", "2"));
        stage.Advance(TimeSpan.FromSeconds(90));
        Assert.InRange(Info(stage, "savepointInfo")["savepointHistory"]!.AsArray().Count, 2, 3);
        Assert.True((long)Info(stage, "savepointInfo")["lastPeriodicSavepointTimestamp"]! > 0);
        Assert.InRange(stage.World.Flink.Storage.All.Count(s => s.IsSavepoint), 2, 3);
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["state"] = "suspended" } });
        stage.Advance(TimeSpan.FromSeconds(20));
        var last = Info(stage, "savepointInfo")["lastSavepoint"]!;
        Assert.Equal(("UPGRADE", (string?)stage.Status("orders")["jobStatus"]!["upgradeSavepointPath"]), ((string?)last["triggerType"], (string?)last["location"]));
    }

    [Fact]
    public void WithoutResources_FailingSavepointIsGivenUpAfterTheGracePeriod()
    {
        var stage = Running(("snapshot.resource.enabled", "false"), ("savepoint.trigger.grace-period", "1 s"));
        stage.World.Flink.Storage.ReadOnlyPrefixes.Add("file:/flink-data");
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["savepointTriggerNonce"] = 9 } });
        stage.Advance(TimeSpan.FromSeconds(60));
        Assert.Contains("Savepoint failed for savepointTriggerNonce: 9", Messages(stage, "SavepointError"));
        Assert.Null(Info(stage, "savepointInfo")["triggerId"]);
        Assert.Null(Info(stage, "savepointInfo")["lastSavepoint"]);
        Assert.Contains("\"savepointTriggerNonce\":9", (string?)stage.Status("orders")["reconciliationStatus"]!["lastReconciledSpec"], StringComparison.Ordinal);
    }

    [Fact]
    public void FailingSnapshot_IsRetriedWithGrowingWaits_UntilItsLimit()
    {
        var stage = Running();
        stage.World.Objects.Create(ResourceTypes.FlinkStateSnapshots, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "bad", ["namespace"] = Namespace },
            ["spec"] = new JsonObject
            {
                ["jobReference"] = new JsonObject { ["kind"] = "FlinkDeployment", ["name"] = "orders" },
                ["savepoint"] = new JsonObject { ["path"] = "file:///proc/no" },
                ["backoffLimit"] = 2,
            },
        });
        JsonNode Status() => stage.World.Objects.Get(ResourceTypes.FlinkStateSnapshots, Namespace, "bad").Read()["status"]!;
        var failures = new List<double>();
        for (var t = 0.0; t < 80; t += 0.5)
        {
            stage.Advance(TimeSpan.FromSeconds(0.5));
            if (((int?)Status()?["failures"] ?? 0) > failures.Count)
                failures.Add(t);
        }
        Assert.Equal("FAILED", (string?)Status()["state"]);
        Assert.Equal(3, failures.Count);
        Assert.InRange(failures[1] - failures[0], 9, 17);
        Assert.InRange(failures[2] - failures[1], 19, 27);
    }

    private static ScenarioStage Running(params (string Key, string Value)[] options)
    {
        var stage = new ScenarioStage(HandMadeScenario.Of(Namespace, []));
        var spec = (JsonObject)MergePatch.Apply(HandMadeScenario.Application("savepoint"), Config(options))!;
        stage.World.Objects.Create(ResourceTypes.FlinkDeployments, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "orders", ["namespace"] = Namespace }, ["spec"] = spec });
        for (var i = 0; i < 60 && (string?)stage.World.Objects.Get(ResourceTypes.FlinkDeployments, Namespace, "orders").Read()["status"]?["lifecycleState"] != "STABLE"; i++)
            stage.Advance(TimeSpan.FromSeconds(1));
        stage.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("STABLE", (string?)stage.Status("orders")["lifecycleState"]);
        return stage;
    }

    private static JsonObject Config(params (string Key, string Value)[] options) =>
        new() { ["flinkConfiguration"] = new JsonObject(options.Select(o => KeyValuePair.Create("kubernetes.operator." + o.Key, (JsonNode?)o.Value))) };

    private static IReadOnlyList<WorldObject> Snapshots(ScenarioStage stage) => stage.World.Objects.List(ResourceTypes.FlinkStateSnapshots, Namespace).Items;

    private static JsonNode Info(ScenarioStage stage, string field) => stage.Status("orders")["jobStatus"]![field]!;

    private static IEnumerable<string?> Messages(ScenarioStage stage, string reason) => stage.World.Objects.List(ResourceTypes.Events, Namespace).Items
        .Select(e => e.Read()).Where(e => (string?)e["reason"] == reason).Select(e => (string?)e["message"]);
}
