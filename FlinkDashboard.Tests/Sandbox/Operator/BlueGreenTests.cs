using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>The walk of a blue/green deployment between its two children.</summary>
public class BlueGreenTests
{
    [Fact]
    public void FirstDeployment_ComesToActiveBlue()
    {
        var stage = new BlueGreenStage();
        Assert.Equal(["INITIALIZING_BLUE ", "TRANSITIONING_TO_BLUE RECONCILING", "ACTIVE_BLUE RUNNING"], stage.Until("ACTIVE_BLUE RUNNING", 90));
        var blue = stage.Child("blue")!;
        Assert.Equal("BLUE", (string?)blue["metadata"]!["labels"]!["flink/blue-green-deployment-type"]);
        var owner = blue["metadata"]!["ownerReferences"]!.AsArray().Single()!;
        Assert.Equal(("FlinkBlueGreenDeployment", "orders", true, false),
            ((string?)owner["kind"], (string?)owner["name"], (bool?)owner["blockOwnerDeletion"], (bool?)owner["controller"]));
        Assert.Null(stage.Child("green"));
        Assert.Equal("1970-01-01T00:00:00Z", (string?)stage.Status["abortTimestamp"]);
        Assert.Equal("1970-01-01T00:00:00Z", (string?)stage.Status["deploymentReadyTimestamp"]);
        Assert.Null(stage.Status["error"]);
        Assert.StartsWith("{\"spec\":{", (string?)stage.Status["lastReconciledSpec"], StringComparison.Ordinal);
        Assert.False(stage.Stage.World.Objects.Get(ResourceTypes.FlinkBlueGreenDeployments, BlueGreenStage.Namespace, "orders").Finalizers.Count > 0);
    }

    [Fact]
    public void ChangeOfImage_TakesASavepointAndMovesToGreen()
    {
        var stage = Active();
        stage.Patch(new JsonObject { ["image"] = "flink:1.20.1" });
        Assert.Equal(
            ["SAVEPOINTING_BLUE RUNNING", "ACTIVE_BLUE RUNNING", "TRANSITIONING_TO_GREEN RECONCILING", "ACTIVE_GREEN RUNNING"],
            stage.Until("ACTIVE_GREEN RUNNING", 180).SkipWhile(s => s == "ACTIVE_BLUE RUNNING"));
        Assert.StartsWith("/flink-data/savepoints/savepoint-", (string?)stage.Child("green")!["spec"]!["job"]!["initialSavepointPath"], StringComparison.Ordinal);
        Assert.Null(stage.Status["savepointTriggerId"]);
        Assert.Null(stage.Child("blue"));
        var job = stage.Stage.World.Flink.Find(BlueGreenStage.Namespace, "orders-green")!.Jobs.Single();
        Assert.True(job.Checkpoints!.LatestRestored!.IsSavepoint);
    }

    [Fact]
    public void ChangeOfStatelessJob_NeedsNoSavepoint()
    {
        var stage = Active("stateless");
        stage.Patch(new JsonObject { ["job"] = new JsonObject { ["parallelism"] = 1 } });
        var walk = stage.Until("ACTIVE_GREEN RUNNING", 180);
        Assert.DoesNotContain(walk, s => s.StartsWith("SAVEPOINTING", StringComparison.Ordinal));
        Assert.Null(stage.Child("green")!["spec"]!["job"]!["initialSavepointPath"]);
    }

    [Fact]
    public void OldChild_StaysForTheDeletionDelay()
    {
        var stage = Active("stateless", new JsonObject { ["kubernetes.operator.bluegreen.deployment-deletion.delay"] = "2 min" });
        stage.Patch(new JsonObject { ["restartNonce"] = 1 });
        stage.Advance(110);
        Assert.Equal("TRANSITIONING_TO_GREEN RECONCILING", stage.State);
        Assert.NotEqual("1970-01-01T00:00:00Z", (string?)stage.Status["deploymentReadyTimestamp"]);
        Assert.NotNull(stage.Child("blue"));
        stage.Until("ACTIVE_GREEN RUNNING", 120);
        Assert.Null(stage.Child("blue"));
    }

    [Fact]
    public void NewChildThatNeverStarts_IsSuspendedAfterTheGracePeriod()
    {
        var stage = Active("savepoint", new JsonObject { ["kubernetes.operator.bluegreen.abort.grace-period"] = "1 min" });
        stage.Patch(new JsonObject { ["image"] = "flink:does-not-exist" });
        stage.Until("ACTIVE_BLUE FAILING", 200);
        Assert.Equal("Aborting deployment 'orders-green', rolling B/G deployment back to ACTIVE_BLUE", (string?)stage.Status["error"]);
        Assert.Equal("suspended", (string?)stage.Child("green")!["spec"]!["job"]!["state"]);
        Assert.Equal("STABLE", (string?)stage.Child("blue")!["status"]!["lifecycleState"]);
    }

    [Fact]
    public void FirstChildThatNeverStarts_GoesBackToTheBeginningAndIsTriedAgainWithANewSpec()
    {
        var stage = new BlueGreenStage("stateless", new JsonObject { ["kubernetes.operator.bluegreen.abort.grace-period"] = "1 min" },
            s => s["template"]!["spec"]!["image"] = "flink:does-not-exist");
        stage.Until("INITIALIZING_BLUE FAILING", 120);
        stage.Patch(new JsonObject { ["image"] = "flink:1.20" });
        stage.Until("ACTIVE_BLUE RUNNING", 180);
        Assert.Null(stage.Status["error"]);
    }

    [Fact]
    public void IgnoredField_IsPatchedIntoTheActiveChild()
    {
        var stage = Active();
        var uid = (string?)stage.Child("blue")!["metadata"]!["uid"];
        stage.Patch(new JsonObject { ["flinkConfiguration"] = new JsonObject { ["kubernetes.operator.periodic.savepoint.interval"] = "1 h" } });
        stage.Advance(20);
        Assert.Equal("ACTIVE_BLUE RUNNING", stage.State);
        Assert.Equal("ACTIVE_BLUE RUNNING", stage.State);
        Assert.Equal(uid, (string?)stage.Child("blue")!["metadata"]!["uid"]);
        Assert.Equal("1 h", (string?)stage.Child("blue")!["spec"]!["flinkConfiguration"]!["kubernetes.operator.periodic.savepoint.interval"]);
        Assert.Null(stage.Child("green"));
    }

    [Fact]
    public void SuspendAndResume_HappenInTheActiveChild()
    {
        var stage = Active();
        stage.Patch(new JsonObject { ["job"] = new JsonObject { ["state"] = "suspended" } });
        stage.Until("ACTIVE_BLUE SUSPENDED", 60);
        Assert.Equal("SUSPENDED", (string?)stage.Child("blue")!["status"]!["lifecycleState"]);
        stage.Patch(new JsonObject { ["job"] = new JsonObject { ["state"] = "running" } });
        stage.Until("ACTIVE_BLUE RUNNING", 120);
        Assert.True(stage.Stage.World.Flink.Find(BlueGreenStage.Namespace, "orders-blue")!.Jobs.Single().Checkpoints!.LatestRestored!.IsSavepoint);
        Assert.Null(stage.Child("green"));
    }

    [Fact]
    public void InitialSuspended_IsRefused()
    {
        var stage = new BlueGreenStage(change: s => s["template"]!["spec"]!["job"]!["state"] = "suspended");
        stage.Until("INITIALIZING_BLUE FAILING", 10);
        Assert.NotNull(stage.Status["error"]);
        Assert.Null(stage.Child("blue"));
        stage.Patch(new JsonObject { ["job"] = new JsonObject { ["state"] = "running" } });
        stage.Until("ACTIVE_BLUE RUNNING", 90);
    }

    [Fact]
    public void ChangeWhileTheActiveChildIsNotReady_IsRefused()
    {
        var stage = Active();
        var pod = stage.Stage.World.Flink.Find(BlueGreenStage.Namespace, "orders-blue")!.PodName;
        stage.Stage.World.Objects.Delete(ResourceTypes.Pods, BlueGreenStage.Namespace, pod, new DeleteRequest { GraceSeconds = 0 });
        stage.Advance(15);
        stage.Patch(new JsonObject { ["image"] = "flink:1.20.1" });
        stage.Until("ACTIVE_BLUE FAILING", 15);
        Assert.Equal("Transition to GREEN not possible, current Flink Deployment 'orders-blue' is not READY. FAILING 'orders'", (string?)stage.Status["error"]);
    }

    [Fact]
    public void SavepointRedeploy_StartsTheOtherColourFromTheGivenPath()
    {
        var stage = Active();
        var rest = stage.Stage.World.Flink.Find(BlueGreenStage.Namespace, "orders-blue")!;
        var trigger = rest.TriggerSavepoint(rest.Jobs.Single().Id, "file:///flink-data/mine", "CANONICAL");
        stage.Advance(5);
        var path = rest.Operation(trigger)!.Location!;
        stage.Patch(new JsonObject { ["job"] = new JsonObject { ["initialSavepointPath"] = path, ["savepointRedeployNonce"] = 1 } });
        var walk = stage.Until("ACTIVE_GREEN RUNNING", 180);
        Assert.DoesNotContain(walk, s => s.StartsWith("SAVEPOINTING", StringComparison.Ordinal));
        Assert.Equal(path, stage.Stage.World.Flink.Find(BlueGreenStage.Namespace, "orders-green")!.Jobs.Single().Checkpoints!.LatestRestored!.Path);
    }

    [Fact]
    public void Ingress_FollowsTheActiveColour()
    {
        var stage = new BlueGreenStage("stateless", change: s =>
        {
            s["ingress"] = new JsonObject { ["template"] = "{{name}}.flink.example.com" };
            s["template"]!["spec"]!["ingress"] = new JsonObject { ["template"] = "{{name}}.flink.example.com" };
        });
        stage.Until("ACTIVE_BLUE RUNNING", 90);
        Assert.Equal(("orders.flink.example.com", "orders-blue-rest"), Ingress(stage, "orders"));
        Assert.Equal(("blue-orders-blue.flink.example.com", "orders-blue-rest"), Ingress(stage, "orders-blue"));
        stage.Patch(new JsonObject { ["restartNonce"] = 1 });
        stage.Until("ACTIVE_GREEN RUNNING", 180);
        Assert.Equal(("orders.flink.example.com", "orders-green-rest"), Ingress(stage, "orders"));
    }

    [Fact]
    public void Deletion_TakesTheChildrenAlong()
    {
        var stage = Active("stateless");
        stage.Stage.World.Objects.Delete(ResourceTypes.FlinkBlueGreenDeployments, BlueGreenStage.Namespace, "orders");
        stage.Advance(60);
        Assert.Empty(stage.Stage.World.Objects.List(ResourceTypes.FlinkDeployments).Items);
        Assert.Empty(stage.Stage.World.Objects.List(ResourceTypes.Deployments, BlueGreenStage.Namespace).Items);
    }

    private static BlueGreenStage Active(string upgradeMode = "savepoint", JsonObject? configuration = null)
    {
        var stage = new BlueGreenStage(upgradeMode, configuration);
        stage.Until("ACTIVE_BLUE RUNNING", 90);
        stage.Advance(1);
        return stage;
    }

    private static (string? Host, string? Service) Ingress(BlueGreenStage stage, string name)
    {
        var rule = stage.Stage.World.Objects.Get(ResourceTypes.Ingresses, BlueGreenStage.Namespace, name).Read()["spec"]!["rules"]![0]!;
        return ((string?)rule["host"], (string?)rule["http"]!["paths"]![0]!["backend"]!["service"]!["name"]);
    }
}
