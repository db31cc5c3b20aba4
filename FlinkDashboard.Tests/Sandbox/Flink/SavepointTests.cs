using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Tests.Sandbox.Flink;

public sealed class SavepointTests
{
    private const string StateMachine = "local:///opt/flink/examples/streaming/StateMachineExample.jar";

    private readonly FlinkStage _stage = new();

    private FlinkJob Job => _stage.Cluster().Job(FlinkStage.Job)!;

    private void Run(string jar = StateMachine, params string[] settings)
    {
        _stage.Deploy(jar, settings: settings);
        _stage.Advance(20);
    }

    [Fact]
    public void Savepoint_Triggered_IsInProgressAndThenHasItsPath()
    {
        Run();
        var trigger = _stage.Cluster().TriggerSavepoint(FlinkStage.Job, null);
        Assert.True(_stage.Cluster().Operation(trigger)!.InProgress);
        _stage.Advance(1);
        var done = _stage.Cluster().Operation(trigger)!;
        Assert.True(done.Completed);
        Assert.Matches("^file:/flink-data/savepoints/savepoint-855959-[0-9a-f]{12}$", done.Location);
        Assert.True(_stage.World.Flink.Storage.Exists(FlinkStage.Namespace, done.Location!));
        Assert.Equal(done.Location, Job.Checkpoints!.LatestSavepoint!.Path);
        _stage.Advance(301);
        Assert.Null(_stage.Cluster().Operation(trigger));
    }

    [Fact]
    public void Savepoint_IntoFolderThatCannotBeWritten_FailsWithTheRecordedCause()
    {
        Run();
        var trigger = _stage.Cluster().TriggerSavepoint(FlinkStage.Job, "file:///proc/not-writable");
        _stage.Advance(1);
        var done = _stage.Cluster().Operation(trigger)!;
        Assert.True(done.Failed);
        Assert.Equal("java.util.concurrent.CompletionException: org.apache.flink.runtime.checkpoint.CheckpointException: An Exception occurred while triggering the checkpoint. IO-problem detected.", done.Failure!.ToString());
        Assert.Contains("Failed to create savepoint directory at file:/proc/not-writable", done.FailureCause);
    }

    [Fact]
    public void Stop_WithSavepoint_FinishesTheJobAndANewOneGoesOnFromIt()
    {
        Run();
        var trigger = _stage.Cluster().StopWithSavepoint(FlinkStage.Job, "file:///flink-data/savepoints");
        _stage.Advance(1);
        Assert.Equal("FINISHED", Job.State);
        var path = _stage.Cluster().Operation(trigger)!.Location!;
        var id = Job.Checkpoints!.LatestSavepoint!.Id;
        _stage.Delete("orders-abc-1");
        _stage.Deploy(StateMachine, settings: [$"execution.savepoint.path: {path}", "job-result-store.storage-path: file:///flink-data/ha/job-result-store/orders/2"]);
        _stage.Advance(30);
        Assert.True(Job.AllTasksRunning);
        Assert.Equal(new RestoredCheckpoint(id, Job.Checkpoints!.LatestRestored!.At, true, path), Job.Checkpoints.LatestRestored);
        Assert.True(Job.Checkpoints.LatestCompleted!.Id > id);
    }

    // A clock that runs fast under load jumps: the timers of a savepoint come late, and periodic checkpoints were due in between.
    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(7)]
    [InlineData(60)]
    public void Stop_WhilePeriodicCheckpointsAreDue_EndsWithItsSavepointAsTheNewestState(double jump)
    {
        Run(StateMachine, "execution.checkpointing.interval: 100 ms");
        var trigger = _stage.Cluster().StopWithSavepoint(FlinkStage.Job, null);
        _stage.World.Clock.Advance(TimeSpan.FromSeconds(jump));
        _stage.Advance(0.4);
        var path = _stage.Cluster().Operation(trigger)!.Location!;
        Assert.Equal("FINISHED", Job.State);
        Assert.True(_stage.World.Flink.Storage.Exists(FlinkStage.Namespace, path));
        Assert.True(Job.Checkpoints!.LatestSavepoint!.Id > Job.Checkpoints.LatestCompleted!.Id);
    }

    [Fact]
    public void Checkpoint_Triggered_HasAnIdOfItsOwn()
    {
        Run();
        var trigger = _stage.Cluster().TriggerCheckpoint(FlinkStage.Job);
        _stage.Advance(1);
        var id = _stage.Cluster().Operation(trigger)!.CheckpointId!.Value;
        Assert.Equal("COMPLETED", Job.Checkpoints!.Find(id)!.Status);
    }

    [Fact]
    public void Operations_OnUnknownJob_CompleteWithFailure()
    {
        Run();
        var trigger = _stage.Cluster().TriggerSavepoint(new string('f', 32), null);
        Assert.Contains($"Could not find Flink job ({new string('f', 32)})", _stage.Cluster().Operation(trigger)!.FailureCause);
        Assert.Equal(404, Assert.Throws<FlinkRefusal>(() => _stage.Cluster().Cancel(new string('f', 32))).Status);
    }

    [Fact]
    public void Cancel_RunningJob_EndsCanceledAndKeepsItsCheckpoint()
    {
        Run();
        var checkpoint = Job.Checkpoints!.LatestCompleted!.Path!;
        _stage.Cluster().Cancel(FlinkStage.Job);
        Assert.Equal("CANCELLING", Job.State);
        _stage.Advance(1);
        Assert.Equal("CANCELED", Job.State);
        Assert.True(_stage.World.Flink.Storage.Exists(FlinkStage.Namespace, checkpoint));
        _stage.Cluster().Cancel(FlinkStage.Job);
    }

    [Fact]
    public void Cancel_FinishedJob_IsRefused()
    {
        Run("local:///opt/flink/jobs/bounded.jar", "$internal.application.program-args: --seconds;1");
        var refusal = Assert.Throws<FlinkRefusal>(() => _stage.Cluster().Cancel(FlinkStage.Job));
        Assert.Equal(409, refusal.Status);
        Assert.StartsWith("org.apache.flink.runtime.rest.handler.RestHandlerException: Job cancellation failed because the job has already reached another terminal state (FINISHED).", refusal.Errors[0]);
    }

    [Fact]
    public void Job_WhoseCheckpointsAreDeclined_CannotBeStoppedAndRestarts()
    {
        Run("local:///opt/flink/jobs/nostop.jar", "execution.checkpointing.interval: 2 s");
        Assert.Equal(0, Job.Checkpoints!.Completed);
        Assert.Equal("Asynchronous task checkpoint failed.", Job.Checkpoints.LatestFailed!.FailureMessage);
        var trigger = _stage.Cluster().StopWithSavepoint(FlinkStage.Job, null);
        _stage.Advance(0.6);
        Assert.StartsWith("java.util.concurrent.CompletionException: org.apache.flink.runtime.checkpoint.CheckpointException: Asynchronous task checkpoint failed.", _stage.Cluster().Operation(trigger)!.FailureCause);
        Assert.Equal("RESTARTING", Job.State);
    }

    [Fact]
    public void Disposal_OfASavepoint_RemovesItOnce()
    {
        Run();
        var trigger = _stage.Cluster().TriggerSavepoint(FlinkStage.Job, null);
        _stage.Advance(1);
        var path = _stage.Cluster().Operation(trigger)!.Location!;
        var first = _stage.Cluster().DisposeSavepoint(path);
        _stage.Advance(1);
        var second = _stage.Cluster().DisposeSavepoint(path);
        _stage.Advance(1);
        Assert.True(_stage.Cluster().Operation(first)!.Completed);
        Assert.StartsWith($"org.apache.flink.util.FlinkException: Could not dispose savepoint {path}.", _stage.Cluster().Operation(second)!.FailureCause);
    }
}
