using System.Text.Json.Nodes;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>What the diff calls SCALE is done without a restart of the cluster where that is possible, and by an upgrade elsewhere.</summary>
public class InPlaceScalingTests
{
    private const string Key = "pipeline.jobvertex-parallelism-overrides";
    private static readonly (string, string) Adaptive = ("jobmanager.scheduler", "adaptive");

    private readonly LiveStage _stage = new();

    [Fact]
    public void Overrides_WithTheAdaptiveScheduler_RescaleTheRunningJob()
    {
        _stage.Run("orders", null, Adaptive);
        var (job, jobManager) = (_stage.Job("orders"), JobManager());
        Override(3, 1, 2);
        _stage.Advance(30);
        Assert.Equal("3 1 2", _stage.Parallelisms("orders"));
        Assert.True(_stage.Job("orders").AllTasksRunning);
        Assert.Equal((job.Id, jobManager), (_stage.Job("orders").Id, JobManager()));
        Assert.Equal(3, _stage.TaskManagerPods("orders").Count);
        Assert.Equal(["In-place scaling triggered"], _stage.Messages("Scaling"));
        Assert.StartsWith("SCALE change(s) detected (Diff: FlinkDeploymentSpec[flinkConfiguration." + Key + " : null -> ", _stage.Messages("SpecChanged").Single(), StringComparison.Ordinal);
        Assert.Empty(_stage.Messages("Suspended"));
        Assert.Equal("STABLE", (string?)_stage.Status("orders")["lifecycleState"]);
        Assert.NotNull(_stage.Recorded("orders")["flinkConfiguration"]![Key]);
    }

    [Fact]
    public void Overrides_Lowered_ReleaseTheTaskManagers()
    {
        _stage.Run("orders", null, Adaptive);
        Override(3, 3, 3);
        _stage.Advance(40);
        Assert.Equal(3, _stage.TaskManagerPods("orders").Count);
        Override(1, 1, 1);
        _stage.Advance(120);
        Assert.Equal("1 1 1", _stage.Parallelisms("orders"));
        Assert.Single(_stage.TaskManagerPods("orders"));
        Assert.Empty(_stage.Messages("Suspended"));
    }

    [Fact]
    public void JobGoesOn_UntilTheSlotsAreThere()
    {
        _stage.Run("orders", null, Adaptive);
        var since = _stage.Job("orders").StateTimestamps["RUNNING"];
        Override(2, 2, 2);
        for (var i = 0; i < 200 && _stage.TaskManagerPods("orders").Count < 2; i++)
            _stage.Advance(0.1);
        Assert.True(_stage.Job("orders").AllTasksRunning);
        Assert.Equal(("1 1 1", since), (_stage.Parallelisms("orders"), _stage.Job("orders").StateTimestamps["RUNNING"]));
        _stage.Advance(30);
        Assert.Equal("2 2 2", _stage.Parallelisms("orders"));
    }

    [Fact]
    public void RemovedOverride_IsAnUpgrade()
    {
        _stage.Run("orders", null, Adaptive);
        Override(2, 2, 2);
        _stage.Advance(30);
        var job = _stage.Job("orders").Id;
        Override(2, 2);
        _stage.Advance(60);
        AssertUpgraded(job, "2 2 1");
    }

    [Theory]
    [InlineData("kubernetes.operator.job.upgrade.inplace-scaling.enabled", "false")]
    [InlineData("jobmanager.scheduler", "default")]
    public void WithoutInPlaceScaling_OverridesAreAnUpgrade(string key, string value)
    {
        _stage.Run("orders", null, Adaptive, (key, value));
        var job = _stage.Job("orders").Id;
        Override(2, 1, 2);
        _stage.Advance(60);
        AssertUpgraded(job, "2 1 2");
    }

    [Fact]
    public void OldFlink_IsUpgraded()
    {
        _stage.Run("orders", new JsonObject { ["flinkVersion"] = "v1_17", ["image"] = "flink:1.17" }, Adaptive);
        var job = _stage.Job("orders").Id;
        Override(2, 2, 2);
        _stage.Advance(60);
        AssertUpgraded(job, "2 2 2");
    }

    [Fact]
    public void OtherChangesBesides_MakeItAnUpgrade()
    {
        _stage.Run("orders", null, Adaptive);
        var job = _stage.Job("orders").Id;
        _stage.Patch("orders", """{"restartNonce":1}""");
        Override(2, 2, 2);
        _stage.Advance(60);
        AssertUpgraded(job, "2 2 2");
    }

    [Fact]
    public void Standalone_InReactiveMode_GetsMoreTaskManagers()
    {
        _stage.Run("orders", new JsonObject { ["mode"] = "standalone" }, ("scheduler-mode", "reactive"), ("execution.checkpointing.interval", "10 s"));
        var (job, jobManager) = (_stage.Job("orders").Id, JobManager());
        _stage.Patch("orders", """{"job":{"parallelism":3}}""");
        _stage.Advance(40);
        Assert.Equal("3 3 3", _stage.Parallelisms("orders"));
        Assert.Equal((job, jobManager), (_stage.Job("orders").Id, JobManager()));
        Assert.Equal(3, _stage.TaskManagerPods("orders").Count);
        _stage.Patch("orders", """{"job":{"parallelism":1}}""");
        _stage.Advance(60);
        Assert.Equal("1 1 1", _stage.Parallelisms("orders"));
        Assert.Equal("RUNNING", _stage.Job("orders").State);
        Assert.Empty(_stage.Messages("Suspended"));
    }

    [Fact]
    public void Standalone_WithoutReactiveMode_IsUpgraded()
    {
        _stage.Run("orders", new JsonObject { ["mode"] = "standalone" });
        var job = _stage.Job("orders").Id;
        _stage.Patch("orders", """{"job":{"parallelism":2}}""");
        _stage.Advance(60);
        AssertUpgraded(job, "2 2 2");
    }

    private string JobManager() => _stage.World.Flink.Find(LiveStage.Namespace, "orders")!.PodName;

    private void Override(params int[] parallelisms) => _stage.Patch("orders", new JsonObject
    {
        ["flinkConfiguration"] = new JsonObject { [Key] = string.Join(',', parallelisms.Select((p, i) => $"{_stage.Job("orders").Vertices[i].Id}:{p}")) },
    }.ToJsonString());

    private void AssertUpgraded(string job, string parallelisms)
    {
        Assert.NotEmpty(_stage.Messages("Suspended"));
        Assert.NotEqual(job, _stage.Job("orders").Id);
        Assert.Equal(parallelisms, _stage.Parallelisms("orders"));
        Assert.Equal("STABLE", (string?)_stage.Status("orders")["lifecycleState"]);
    }
}
