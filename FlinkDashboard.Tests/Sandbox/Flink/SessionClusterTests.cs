using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Tests.Sandbox.Flink;

public sealed class SessionClusterTests
{
    private readonly FlinkStage _stage = new();

    public SessionClusterTests()
    {
        _stage.Deploy("", "cluster", args: ["bash", "-c", "kubernetes-jobmanager.sh kubernetes-session "], settings: ["execution.checkpointing.interval: 10 s", "parallelism.default: 1"]);
        _stage.Advance(8);
    }

    private FlinkCluster Cluster => _stage.Cluster("cluster");

    private string Run(string jar, int parallelism = 1) => Cluster.RunJar(new JarRun($"file:///opt/flink/usrlib/{jar}") { Parallelism = parallelism });

    [Fact]
    public void Cluster_WithoutJobs_HasNoTaskManagers()
    {
        Assert.True(Cluster.IsSession);
        Assert.Empty(Cluster.Jobs);
        Assert.Empty(_stage.Pods("taskmanager"));
    }

    [Fact]
    public void Jobs_OfOneSlotEach_ShareATaskManager()
    {
        Run("steady.jar");
        Run("steady.jar");
        _stage.Advance(7);
        Assert.All(Cluster.Jobs, j => Assert.True(j.AllTasksRunning));
        Assert.Equal(["cluster-taskmanager-1-1"], _stage.Pods("taskmanager"));
        Run("steady.jar", 2);
        _stage.Advance(7);
        Assert.Equal(["cluster-taskmanager-1-1", "cluster-taskmanager-1-2"], _stage.Pods("taskmanager"));
    }

    [Fact]
    public void TaskManager_Idle_IsReleasedAfterHalfAMinuteToAMinute()
    {
        var id = Run("steady.jar");
        _stage.Advance(10);
        Cluster.Cancel(id);
        _stage.Advance(29);
        Assert.Single(_stage.Pods("taskmanager"));
        _stage.Advance(31);
        Assert.Empty(_stage.Pods("taskmanager"));
        Assert.Equal("CANCELED", Cluster.Job(id)!.State);
    }

    [Fact]
    public void Run_FromASavepointThatIsMissing_IsRefusedAndLeavesAFailedJob()
    {
        var refusal = Assert.Throws<FlinkRefusal>(() => Cluster.RunJar(new JarRun("steady.jar") { SavepointPath = "file:///flink-data/none" }));
        Assert.Equal(400, refusal.Status);
        _stage.Advance(1);
        Assert.Equal("FAILED", Cluster.Jobs.Single().State);
        Assert.Empty(_stage.Exits);
    }

    [Fact]
    public void JobManager_Restarted_RunsItsSubmittedJobsAgain()
    {
        var id = Run("steady.jar");
        var ended = Run("bounded.jar");
        _stage.Advance(30);
        Assert.Equal("FINISHED", Cluster.Job(ended)!.State);
        _stage.Container("cluster-abc-1").Stop();
        _stage.Restart("cluster-abc-1");
        _stage.Advance(10);
        Assert.True(Assert.Single(Cluster.Jobs).AllTasksRunning);
        Assert.Equal(id, Cluster.Jobs.Single().Id);
    }
}
