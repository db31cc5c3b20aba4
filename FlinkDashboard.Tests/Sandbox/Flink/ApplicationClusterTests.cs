using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Tests.Sandbox.Flink;

public sealed class ApplicationClusterTests
{
    private const string StateMachine = "local:///opt/flink/examples/streaming/StateMachineExample.jar";

    private readonly FlinkStage _stage = new();

    private FlinkJob Job => _stage.Cluster().Job(FlinkStage.Job)!;

    [Fact]
    public void JobManager_BeforeLeadership_DoesNotAnswer()
    {
        _stage.Deploy(StateMachine);
        _stage.Advance(3);
        Assert.Null(_stage.World.Flink.Find(FlinkStage.Namespace, "orders"));
        Assert.False(_stage.Container("orders-abc-1").IsServing);
        _stage.Advance(3);
        Assert.True(_stage.Container("orders-abc-1").IsServing);
        Assert.Equal("1.20.1", _stage.Cluster().Version);
    }

    [Fact]
    public void Application_InNativeMode_MakesTaskManagersAndRuns()
    {
        _stage.Deploy(StateMachine);
        _stage.Advance(7.5);
        Assert.Equal("RUNNING", Job.State);
        Assert.All(Job.Vertices, v => Assert.Equal("SCHEDULED", v.State));
        Assert.Equal(["orders-taskmanager-1-1"], _stage.Pods("taskmanager"));
        _stage.Advance(6);
        Assert.Equal("State machine job", Job.Name);
        Assert.True(Job.AllTasksRunning);
        Assert.Equal(0, _stage.Cluster().TaskManagers.Single().FreeSlots);
        Assert.Equal(0.1, _stage.Cluster().TaskManagers.Single().Cpu);
        Assert.Equal(1L << 30, _stage.Cluster().TaskManagers.Single().ProcessMemory);
    }

    [Fact]
    public void Checkpoints_WhileTasksWait_FailAndThenComplete()
    {
        _stage.Deploy(StateMachine);
        _stage.Advance(30);
        var checkpoints = Job.Checkpoints!;
        Assert.InRange(checkpoints.Failed, 1, 4);
        Assert.InRange(checkpoints.Completed, 7, 10);
        Assert.Equal(checkpoints.Completed, checkpoints.LatestCompleted!.Id);
        Assert.Equal($"file:/flink-data/checkpoints/{FlinkStage.Job}/chk-{checkpoints.Completed}", checkpoints.LatestCompleted.Path);
        Assert.InRange(checkpoints.LatestCompleted.StateSize, 15_000, 17_000);
        Assert.True(_stage.World.Flink.Storage.Exists(FlinkStage.Namespace, checkpoints.LatestCompleted.Path!));
        Assert.False(_stage.World.Flink.Storage.Exists(FlinkStage.Namespace, $"file:///flink-data/checkpoints/{FlinkStage.Job}/chk-1"));
    }

    [Fact]
    public void Checkpoints_LookedAtOnceOrOften_AreTheSame()
    {
        var often = new FlinkStage();
        often.Deploy(StateMachine);
        _stage.Deploy(StateMachine);
        for (var i = 0; i < 120; i++)
        {
            often.Advance(1);
            _ = often.World.Flink.Find(FlinkStage.Namespace, "orders")?.Job(FlinkStage.Job)?.Checkpoints;
        }
        _stage.Advance(120);
        Assert.Equal(Job.Checkpoints!.History, often.Cluster().Job(FlinkStage.Job)!.Checkpoints!.History);
    }

    [Fact]
    public void TaskManager_Lost_IsReplacedAndJobRestarts()
    {
        _stage.Deploy(StateMachine);
        _stage.Advance(20);
        _stage.Delete("orders-taskmanager-1-1");
        _stage.Advance(0.5);
        Assert.Equal("RESTARTING", Job.State);
        Assert.Equal(["orders-taskmanager-1-2"], _stage.Pods("taskmanager"));
        Assert.Equal("Pod terminated, container termination statuses: []", Job.RootException!.Failure.Message);
        _stage.Advance(6);
        Assert.True(Job.AllTasksRunning);
        Assert.Equal(1, Job.Restarts);
        Assert.Equal(1, Job.Checkpoints!.Restores);
    }

    [Fact]
    public void JobManager_LostWithHighAvailability_GoesOnFromCheckpointWithItsTaskManagers()
    {
        _stage.Deploy(StateMachine);
        _stage.Advance(31);
        var before = Job.Checkpoints!.LatestCompleted!.Id;
        _stage.Delete("orders-abc-1");
        _stage.Advance(1);
        Assert.Null(_stage.World.Flink.Find(FlinkStage.Namespace, "orders"));
        _stage.StartJobManager("orders-abc-2", "orders", FlinkStage.Namespace, "flink-native-kubernetes", ["bash", "-c", "kubernetes-jobmanager.sh kubernetes-application "]);
        _stage.Advance(8);
        // Killed, it could not give up its lease: fifteen seconds after the last renewal it can be taken.
        Assert.Null(_stage.World.Flink.Find(FlinkStage.Namespace, "orders"));
        _stage.Advance(14);
        Assert.True(Job.AllTasksRunning);
        Assert.Equal(["orders-taskmanager-1-1"], _stage.Pods("taskmanager"));
        Assert.InRange(Job.Checkpoints!.LatestRestored!.Id, before, before + 1);
        Assert.True(Job.Checkpoints.LatestCompleted!.Id > before);
    }

    [Fact]
    public void HighAvailability_WhileJobRuns_HasItsConfigMaps()
    {
        _stage.Deploy(StateMachine);
        _stage.Advance(25);
        var cluster = _stage.World.Objects.Get(ResourceTypes.ConfigMaps, FlinkStage.Namespace, "orders-cluster-config-map");
        Assert.Equal("high-availability", cluster.Labels["configmap-type"]);
        Assert.Empty(cluster.OwnerUids);
        Assert.StartsWith("rO0AB", (string)cluster.Read()["data"]![$"jobGraph-{FlinkStage.Job}"]!);
        var job = _stage.World.Objects.Get(ResourceTypes.ConfigMaps, FlinkStage.Namespace, $"orders-{FlinkStage.Job}-config-map").Read()["data"]!.AsObject();
        var key = Assert.Single(job, d => d.Key.StartsWith("checkpointID-", StringComparison.Ordinal)).Key;
        Assert.Equal(long.Parse(key["checkpointID-".Length..]) + 1, long.Parse((string)job["counter"]!));
    }

    [Fact]
    public void Job_ThatFailsForEver_EndsFailedWhenItsRestartsAreUsed()
    {
        _stage.Deploy("local:///opt/flink/jobs/failing.jar", args: null, settings:
            ["$internal.application.program-args: --every;15;--fail-forever", "restart-strategy.type: fixed-delay", "restart-strategy.fixed-delay.attempts: 3", "restart-strategy.fixed-delay.delay: 3 s"]);
        _stage.Advance(30);
        Assert.Equal("FAILED", Job.State);
        Assert.Equal(3, Job.Restarts);
        Assert.Equal("org.apache.flink.runtime.JobException: Recovery is suppressed by FixedDelayRestartBackoffTimeStrategy(maxNumberRestartAttempts=3, backoffTimeMS=3000)", Job.RootException!.Failure.ToString());
        Assert.Equal("Planned failure while opening", Job.RootException.Failure.Cause!.Message);
        Assert.Equal(4, Job.ExceptionHistory.Count);
        Assert.DoesNotContain($"orders-{FlinkStage.Job}-config-map", _stage.ConfigMaps());
        Assert.Empty(_stage.Exits);
    }

    [Fact]
    public void BoundedJob_Finished_ReleasesItsTaskManagerWithinAMinute()
    {
        _stage.Deploy("local:///opt/flink/jobs/bounded.jar", settings: ["$internal.application.program-args: --seconds;30", "execution.checkpointing.interval: 10 s"]);
        _stage.Advance(45);
        Assert.Equal("FINISHED", Job.State);
        Assert.Equal(["orders-taskmanager-1-1"], _stage.Pods("taskmanager"));
        var checkpoint = Job.Checkpoints!.LatestCompleted!.Path!;
        Assert.False(_stage.World.Flink.Storage.Exists(FlinkStage.Namespace, checkpoint));
        _stage.Advance(60);
        Assert.Empty(_stage.Pods("taskmanager"));
    }

    [Fact]
    public void Jar_ThatIsMissing_EndsTheJobManagerWithCodeOne()
    {
        _stage.Deploy("local:///opt/flink/jobs/not-there.jar");
        _stage.Advance(2);
        Assert.Equal(1, _stage.Exits["orders-abc-1#0"]);
        var pod = _stage.World.Objects.Get(ResourceTypes.Pods, FlinkStage.Namespace, "orders-abc-1");
        Assert.Contains(_stage.World.Logs.Read(pod.Uid, "flink-main-container", 0)!.Value.Lines, l => l.Text.Contains("JAR file does not exist '/opt/flink/jobs/not-there.jar'", StringComparison.Ordinal));
        Assert.Empty(_stage.World.Flink.All);
    }

    [Fact]
    public void Savepoint_ThatIsMissing_EndsTheJobManagerAndThenThereIsNoJob()
    {
        _stage.Deploy(StateMachine, settings: ["execution.savepoint.path: file:///flink-data/savepoints/does-not-exist"]);
        _stage.Advance(8);
        Assert.Equal(2, _stage.Exits["orders-abc-1#0"]);
        _stage.Restart("orders-abc-1");
        _stage.Advance(20);
        Assert.Empty(_stage.Cluster().Jobs);
        Assert.Empty(_stage.Pods("taskmanager"));
        Assert.Single(_stage.Exits);
    }

    [Fact]
    public void NewTaskManagers_RefusedByQuota_AreAskedForAgain()
    {
        _stage.World.Objects.Create(ResourceTypes.ResourceQuotas, new System.Text.Json.Nodes.JsonObject
        {
            ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "tight", ["namespace"] = FlinkStage.Namespace },
            ["spec"] = new System.Text.Json.Nodes.JsonObject { ["hard"] = new System.Text.Json.Nodes.JsonObject { ["pods"] = "1" } },
        });
        _stage.Deploy(StateMachine);
        _stage.Advance(40);
        Assert.Empty(_stage.Pods("taskmanager"));
        Assert.Equal("RUNNING", Job.State);
        Assert.True(Job.Checkpoints!.Failed > 10);
        _stage.World.Objects.Delete(ResourceTypes.ResourceQuotas, FlinkStage.Namespace, "tight");
        _stage.Advance(12);
        Assert.True(Job.AllTasksRunning);
    }

    [Fact]
    public void Application_InStandaloneMode_UsesTheTaskManagersThatCome()
    {
        _stage.Deploy(StateMachine, type: "flink-standalone-kubernetes", args: ["standalone-job", "--host", "$(_POD_IP_ADDRESS)"]);
        _stage.Advance(12);
        Assert.Empty(_stage.Pods("taskmanager"));
        Assert.False(Job.AllTasksRunning);
        _stage.World.Objects.Create(ResourceTypes.Pods, FlinkStage.Pod("orders-taskmanager-x-y", "orders", FlinkStage.Namespace, "taskmanager", "flink-standalone-kubernetes", ["taskmanager"]));
        _stage.Advance(6);
        Assert.True(Job.AllTasksRunning);
        Assert.Matches(@"^10\.1\.16\.\d+:6122-[0-9a-f]{6}$", _stage.Cluster().TaskManagers.Single().Id);
    }
}
