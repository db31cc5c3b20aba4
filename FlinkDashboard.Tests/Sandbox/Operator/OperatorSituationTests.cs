using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>Situations that no recording has, played on the whole stage of the recorded ones.</summary>
public class OperatorSituationTests
{
    [RecordedFact]
    public void Deployment_DeletedUnderRunningJob_IsRecoveredFromLastState()
    {
        var stage = Running("suspend-resume-last-state");
        stage.World.Objects.Delete(ResourceTypes.Deployments, stage.Namespace, "orders", new DeleteRequest { Propagation = "Background" });
        stage.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("STABLE", (string?)stage.Status("orders")["lifecycleState"]);
        Assert.Equal("RUNNING", (string?)stage.Status("orders")["jobStatus"]!["state"]);
        Assert.Equal("KUBERNETES_OPERATOR_LAST_STATE", (string?)stage.Status("orders")["jobStatus"]!["upgradeSavepointPath"]);
        Assert.Null(stage.Status("orders")["error"]);
        Assert.Superset(new HashSet<string> { "Missing", "RecoverDeployment", "Submit" }, stage.Reasons().ToHashSet());
    }

    [RecordedFact]
    public void Job_CancelledThroughFlink_IsStartedAgain()
    {
        var stage = Running("suspend-resume-savepoint");
        var rest = stage.World.Flink.Find(stage.Namespace, "orders")!;
        rest.Cancel(rest.Jobs.First().Id);
        stage.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal("RUNNING", (string?)stage.Status("orders")["jobStatus"]!["state"]);
        Assert.Equal("STABLE", (string?)stage.Status("orders")["lifecycleState"]);
    }

    [RecordedFact]
    public void Suspend_Stateless_DeletesTheClusterAndResumesEmpty()
    {
        var stage = Running("suspend-resume-savepoint");
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["state"] = "suspended", ["upgradeMode"] = "stateless" } });
        stage.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("SUSPENDED", (string?)stage.Status("orders")["lifecycleState"]);
        Assert.Equal("MISSING", (string?)stage.Status("orders")["jobManagerDeploymentStatus"]);
        Assert.Empty(stage.World.Objects.List(ResourceTypes.Deployments, stage.Namespace).Items);
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["state"] = "running" } });
        stage.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("STABLE", (string?)stage.Status("orders")["lifecycleState"]);
        Assert.Null(stage.Status("orders")["jobStatus"]!["upgradeSavepointPath"]);
    }

    [RecordedFact]
    public void Deleted_WhileSuspended_LeavesNothing()
    {
        var stage = Running("suspend-resume-savepoint");
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["state"] = "suspended" } });
        stage.Advance(TimeSpan.FromSeconds(20));
        stage.World.Objects.Delete(ResourceTypes.FlinkDeployments, stage.Namespace, "orders");
        stage.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty(stage.World.Objects.List(ResourceTypes.FlinkDeployments, stage.Namespace).Items);
        Assert.Empty(stage.World.Objects.List(ResourceTypes.Deployments, stage.Namespace).Items);
        Assert.Equal(["kube-root-ca.crt"], stage.World.Objects.List(ResourceTypes.ConfigMaps, stage.Namespace).Items.Select(c => c.Name));
    }

    [RecordedFact]
    public void Upgrade_LastStateByCancel_RestoresFromTheLastCheckpoint()
    {
        var stage = Running("suspend-resume-last-state");
        stage.Patch("orders", new JsonObject
        {
            ["flinkConfiguration"] = new JsonObject { ["kubernetes.operator.job.upgrade.last-state.job-cancel.enabled"] = "true" },
            ["job"] = new JsonObject { ["parallelism"] = 1 },
        });
        stage.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal("STABLE", (string?)stage.Status("orders")["lifecycleState"]);
        Assert.Contains("/chk-", (string?)stage.Status("orders")["jobStatus"]!["upgradeSavepointPath"], StringComparison.Ordinal);
    }

    private static ScenarioStage Running(string scenario)
    {
        var recorded = RecordedScenario.Load(scenario);
        var stage = new ScenarioStage(recorded);
        stage.Send(recorded.Steps[0]);
        stage.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal("STABLE", (string?)stage.Status("orders")["lifecycleState"]);
        return stage;
    }
}
