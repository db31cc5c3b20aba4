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
    public void Suspend_ThroughCancel_StaysUpgrading_ButCanBeResumed()
    {
        var stage = Running("suspend-resume-last-state");
        var cancels = new JsonObject { ["kubernetes.operator.job.upgrade.last-state.job-cancel.enabled"] = "true" };
        stage.Patch("orders", new JsonObject { ["flinkConfiguration"] = cancels });
        stage.Advance(TimeSpan.FromSeconds(10));
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["state"] = "suspended" } });
        stage.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(("UPGRADING", "CANCELED"), ((string?)stage.Status("orders")["lifecycleState"], (string?)stage.Status("orders")["jobStatus"]!["state"]));
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["state"] = "running" } });
        stage.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(("STABLE", "RUNNING"), ((string?)stage.Status("orders")["lifecycleState"], (string?)stage.Status("orders")["jobStatus"]!["state"]));
    }

    [RecordedFact]
    public void Edit_WhileSuspended_IsTakenUpByTheResume()
    {
        var stage = Running("suspend-resume-savepoint");
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["state"] = "suspended" } });
        stage.Advance(TimeSpan.FromSeconds(20));
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["parallelism"] = 1 } });
        stage.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(("SUSPENDED", 2L), ((string?)stage.Status("orders")["lifecycleState"], (long)stage.Status("orders")["observedGeneration"]!));
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["state"] = "running" } });
        stage.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(("STABLE", 4L), ((string?)stage.Status("orders")["lifecycleState"], (long)stage.Status("orders")["observedGeneration"]!));
        Assert.Equal(1, stage.World.Flink.Find(stage.Namespace, "orders")!.Jobs.Single().Vertices[0].Parallelism);
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

    [RecordedTheory]
    [InlineData(1, 0)]
    [InlineData(2, 0.3)]
    [InlineData(3, 5)]
    [InlineData(4, 60)]
    public void TwoJobManagers_SuspendedWhileTheClockJumps_ResumeFromTheSavepoint(int seed, double jump)
    {
        var stage = Running("suspend-resume-savepoint", seed, 2);
        SuspendAndJump(stage, jump);
        var path = (string?)stage.Status("orders")["jobStatus"]!["upgradeSavepointPath"];
        Assert.Contains("/savepoint-", path, StringComparison.Ordinal);
        Resume(stage);
        Assert.Equal(path, stage.World.Flink.Find(stage.Namespace, "orders")!.Jobs.Single().Checkpoints!.LatestRestored!.Path);
    }

    [RecordedTheory]
    [InlineData(1, true, 1)]
    [InlineData(2, true, 40)]
    [InlineData(3, false, 1)]
    [InlineData(4, false, 40)]
    public void TwoJobManagers_LeaderLostWhileSuspended_Resume(int seed, bool force, double wait)
    {
        var stage = Running("suspend-resume-savepoint", seed, 2);
        SuspendAndJump(stage, 0);
        DeleteLeader(stage, force);
        stage.Advance(TimeSpan.FromSeconds(wait));
        Resume(stage);
    }

    [RecordedTheory]
    [InlineData(1, true, 0.5)]
    [InlineData(2, true, 8)]
    [InlineData(3, false, 0.5)]
    [InlineData(4, false, 8)]
    public void TwoJobManagers_SuspendedJustAfterTheLeaderIsLost_Resume(int seed, bool force, double wait)
    {
        var stage = Running("suspend-resume-savepoint", seed, 2);
        DeleteLeader(stage, force);
        stage.Advance(TimeSpan.FromSeconds(wait));
        SuspendAndJump(stage, 0);
        Resume(stage);
        stage.Patch("orders", new JsonObject { ["restartNonce"] = 7 });
        stage.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal("STABLE", (string?)stage.Status("orders")["lifecycleState"]);
    }

    private static void DeleteLeader(ScenarioStage stage, bool force) => stage.World.Objects.Delete(ResourceTypes.Pods, stage.Namespace,
        stage.World.Flink.Find(stage.Namespace, "orders")!.PodName, new DeleteRequest { GraceSeconds = force ? 0 : null });

    // The clock jumps while the savepoint is under way.
    private static void SuspendAndJump(ScenarioStage stage, double jump)
    {
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["state"] = "suspended" } });
        var job = stage.World.Flink.Find(stage.Namespace, "orders")?.Jobs.SingleOrDefault();
        for (var i = 0; i < 2000 && job?.Checkpoints?.History.Any(c => c is { Type: "SYNC_SAVEPOINT", Status: "IN_PROGRESS" }) == false; i++)
            stage.Advance(TimeSpan.FromMilliseconds(10));
        stage.World.Clock.Advance(TimeSpan.FromSeconds(jump));
        stage.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("SUSPENDED", (string?)stage.Status("orders")["lifecycleState"]);
    }

    private static void Resume(ScenarioStage stage)
    {
        stage.Patch("orders", new JsonObject { ["job"] = new JsonObject { ["state"] = "running" } });
        stage.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(("STABLE", "RUNNING", null), ((string?)stage.Status("orders")["lifecycleState"], (string?)stage.Status("orders")["jobStatus"]!["state"], (string?)stage.Status("orders")["error"]));
    }

    private static ScenarioStage Running(string scenario, int seed = 1, int jobManagers = 1)
    {
        var recorded = RecordedScenario.Load(scenario);
        var stage = new ScenarioStage(recorded, seed);
        if (jobManagers > 1)
            recorded.Steps[0].Json["object"]!["spec"]!["jobManager"]!["replicas"] = jobManagers;
        stage.Send(recorded.Steps[0]);
        stage.Advance(TimeSpan.FromSeconds(45));
        Assert.Equal("STABLE", (string?)stage.Status("orders")["lifecycleState"]);
        return stage;
    }
}
