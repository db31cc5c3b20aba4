using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>Rules of the loop that no recording shows.</summary>
public class OperatorLoopTests
{
    [Fact]
    public void Application_CreatedSuspended_IsNeverDeployed()
    {
        var stage = new OperatorStage();
        stage.Create(Application(job => job["state"] = "suspended"));
        stage.Advance(60);
        Assert.Null(stage.Status("team", "orders"));
        Assert.Empty(stage.World.Objects.List(ResourceTypes.Deployments).Items);
    }

    [Fact]
    public void Application_InvalidFromTheStart_FailsWithTheMessage()
    {
        var stage = new OperatorStage();
        stage.Create(Application(job => job["parallelism"] = 0));
        stage.Advance(5);
        var status = stage.Status("team", "orders")!;
        Assert.Equal("FAILED", (string?)status["lifecycleState"]);
        Assert.Contains("Job parallelism must be larger than 0", (string?)status["error"], StringComparison.Ordinal);
        Assert.Contains("Warning ValidationError: Job parallelism must be larger than 0", stage.Events("team"));
    }

    [Fact]
    public void Application_DeletedBeforeItStarted_LeavesNoFinalizer()
    {
        var stage = new OperatorStage();
        stage.Create(Application(job => job["state"] = "suspended"));
        stage.Advance(1);
        stage.World.Objects.Delete(ResourceTypes.FlinkDeployments, "team", "orders");
        stage.Advance(1);
        Assert.Null(stage.World.Objects.Find(ResourceTypes.FlinkDeployments, "team", "orders"));
    }

    [Fact]
    public void Operator_WithNothingToDo_WritesNothing()
    {
        var stage = new OperatorStage();
        stage.Create(Application(_ => { }));
        stage.Advance(10);
        var before = stage.World.Objects.Version;
        stage.Advance(300);
        Assert.Equal(before, stage.World.Objects.Version);
    }

    [Fact]
    public void SessionJob_WithoutItsCluster_WarnsAndWaits()
    {
        var stage = new OperatorStage();
        stage.Create(new JsonObject
        {
            ["apiVersion"] = "flink.apache.org/v1beta1",
            ["kind"] = "FlinkSessionJob",
            ["metadata"] = new JsonObject { ["name"] = "clicks", ["namespace"] = "team" },
            ["spec"] = new JsonObject { ["deploymentName"] = "nowhere", ["job"] = new JsonObject { ["jarURI"] = "https://x/y.jar", ["parallelism"] = 1 } },
        });
        stage.Advance(30);
        Assert.Equal(["Warning UnsupportedFlinkVersion: Flink version null is not supported by this operator version"], stage.Events("team"));
    }

    private static JsonObject Application(Action<JsonObject> change)
    {
        var job = new JsonObject { ["jarURI"] = "local:///opt/flink/examples/streaming/StateMachineExample.jar", ["parallelism"] = 2, ["upgradeMode"] = "stateless", ["state"] = "running" };
        change(job);
        JsonObject Resource() => new() { ["resource"] = new JsonObject { ["memory"] = "1024m", ["cpu"] = 0.5 } };
        return new JsonObject
        {
            ["apiVersion"] = "flink.apache.org/v1beta1",
            ["kind"] = "FlinkDeployment",
            ["metadata"] = new JsonObject { ["name"] = "orders", ["namespace"] = "team" },
            ["spec"] = new JsonObject { ["image"] = "flink:1.20", ["flinkVersion"] = "v1_20", ["serviceAccount"] = "flink", ["jobManager"] = Resource(), ["taskManager"] = Resource(), ["job"] = job },
        };
    }
}
