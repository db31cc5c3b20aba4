using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>What the operator does for a job without being asked by a change of spec: health check, restart of failed jobs, the end of idle clusters, a savepoint before deletion.</summary>
public class CareTests
{
    private static readonly (string, string)[] Kept =
    [
        ("state.checkpoints.dir", "s3://bucket/checkpoints"), ("state.savepoints.dir", "s3://bucket/savepoints"), ("execution.checkpointing.interval", "10 s"),
        ("high-availability.type", "kubernetes"), ("high-availability.storageDir", "s3://bucket/ha"),
    ];

    private readonly LiveStage _stage = new();

    [Fact]
    public void RestartsOverTheThreshold_RestartTheCluster()
    {
        _stage.Run("orders", Job("failing.jar", "last-state", "--every", "6", "--restarts", "1000", "--delay-ms", "500"), [.. Kept,
            ("kubernetes.operator.cluster.health-check.enabled", "true"), ("kubernetes.operator.cluster.health-check.restarts.threshold", "5"), ("kubernetes.operator.cluster.health-check.restarts.window", "1 min")]);
        var before = JobManager();
        for (var i = 0; i < 60 && _stage.Messages("RestartUnhealthyJob").Count == 0; i++)
            _stage.Advance(5);
        Assert.Equal("Restart count hit threshold: 5", _stage.Messages("RestartUnhealthyJob").Single());
        _stage.Advance(45);
        Assert.NotEqual(before, JobManager());
        Assert.Equal("KUBERNETES_OPERATOR_LAST_STATE", (string?)_stage.Status("orders")["jobStatus"]!["upgradeSavepointPath"]);
    }

    [Fact]
    public void NoCheckpointForTooLong_RestartsTheCluster()
    {
        _stage.Run("orders", Job("nostop.jar", "last-state", "--mode", "decline", "--after", "1", "--checkpoint-timeout-ms", "10000", "--tolerated-failures", "1000"), [.. Kept,
            ("execution.checkpointing.timeout", "10 s"), ("kubernetes.operator.cluster.health-check.enabled", "true")]);
        for (var i = 0; i < 60 && _stage.Messages("RestartUnhealthyJob").Count == 0; i++)
            _stage.Advance(5);
        Assert.Equal("Cluster is not able to complete checkpoints", _stage.Messages("RestartUnhealthyJob").Single());
    }

    [Fact]
    public void HealthyJob_IsLeftAlone_AndItsHealthIsWritten()
    {
        _stage.Run("orders", Job("steady.jar", "last-state"), [.. Kept, ("kubernetes.operator.cluster.health-check.enabled", "true")]);
        _stage.Advance(300);
        Assert.Empty(_stage.Messages("RestartUnhealthyJob"));
        var health = JsonNode.Parse((string)_stage.Status("orders")["clusterInfo"]!["ClusterHealthInfo"]!)!;
        Assert.True((bool)health["healthResult"]!["healthy"]!);
        Assert.True((long)health["numCompletedCheckpoints"]! > 10);
    }

    [Theory]
    [InlineData("savepoint", true)]
    [InlineData("stateless", false)]
    public void FailedJob_IsStartedAgain_WhenAskedFor(string mode, bool restores)
    {
        _stage.Run("orders", Job("failing.jar", mode, "--every", "40", "--restarts", "0"), [.. Kept, ("kubernetes.operator.job.restart.failed", "true")]);
        var job = _stage.Job("orders").Id;
        for (var i = 0; i < 60 && _stage.Messages("Error").Count == 0; i++)
            _stage.Advance(1);
        _stage.Advance(40);
        Assert.NotEqual(job, _stage.Job("orders").Id);
        Assert.Equal(restores, _stage.Job("orders").Checkpoints!.LatestRestored is not null);
        Assert.Null(_stage.Status("orders")["error"]);
        Assert.Equal("STABLE", (string?)_stage.Status("orders")["lifecycleState"]);
    }

    [Fact]
    public void FailedJob_StaysFailed_Otherwise()
    {
        _stage.Run("orders", Job("failing.jar", "savepoint", "--every", "40", "--restarts", "0"), Kept);
        _stage.Advance(120);
        Assert.Equal("FAILED", (string?)_stage.Status("orders")["lifecycleState"]);
    }

    [Fact]
    public void FinishedJob_LosesItsJobManager_AfterTheTimeToLive()
    {
        _stage.Run("orders", Job("bounded.jar", "stateless", "--seconds", "60"), ("kubernetes.operator.jm-deployment.shutdown-ttl", "2 min"));
        _stage.Advance(90);
        Assert.Equal(("FINISHED", "READY"), State());
        _stage.Advance(120);
        Assert.Equal(("FINISHED", "MISSING"), State());
        Assert.Empty(_stage.World.Objects.List(ResourceTypes.Deployments, LiveStage.Namespace).Items);
        Assert.Empty(_stage.Messages("RecoverDeployment"));
    }

    [Fact]
    public void Deletion_TakesASavepoint_WhenAskedFor()
    {
        _stage.Run("orders", Job("steady.jar", "savepoint"), [.. Kept, ("kubernetes.operator.job.savepoint-on-deletion", "true")]);
        var job = _stage.Job("orders");
        _stage.World.Objects.Delete(ResourceTypes.FlinkDeployments, LiveStage.Namespace, "orders");
        _stage.Advance(30);
        Assert.Null(_stage.World.Objects.Find(ResourceTypes.FlinkDeployments, LiveStage.Namespace, "orders"));
        Assert.Equal("FINISHED", job.State);
        Assert.True(_stage.World.Flink.Storage.Exists(LiveStage.Namespace, job.Checkpoints!.LatestSavepoint!.Path!));
    }

    [Fact]
    public void Deletion_ThatNeedsASavepoint_WaitsWhileTheJobDoesNotRun()
    {
        _stage.Run("orders", Job("failing.jar", "savepoint", "--every", "40", "--restarts", "1000", "--delay-ms", "600000"), [.. Kept, ("kubernetes.operator.job.savepoint-on-deletion", "true")]);
        for (var i = 0; i < 60 && _stage.Job("orders").State != "RESTARTING"; i++)
            _stage.Advance(1);
        _stage.World.Objects.Delete(ResourceTypes.FlinkDeployments, LiveStage.Namespace, "orders");
        _stage.Advance(60);
        Assert.NotNull(_stage.World.Objects.Find(ResourceTypes.FlinkDeployments, LiveStage.Namespace, "orders"));
        Assert.NotNull(_stage.Status("orders")["error"]);
        Assert.NotEmpty(_stage.Messages("Error"));
    }

    private string JobManager() => _stage.World.Objects.List(ResourceTypes.Deployments, LiveStage.Namespace).Items.Single().Uid;

    private (string, string) State() => ((string)_stage.Status("orders")["jobStatus"]!["state"]!, (string)_stage.Status("orders")["jobManagerDeploymentStatus"]!);

    private static JsonObject Job(string jar, string mode, params string[] args) => new()
    {
        ["job"] = new JsonObject { ["jarURI"] = $"local:///opt/flink/jobs/{jar}", ["upgradeMode"] = mode, ["args"] = new JsonArray([.. args.Select(a => (JsonNode)a)]) },
    };
}
