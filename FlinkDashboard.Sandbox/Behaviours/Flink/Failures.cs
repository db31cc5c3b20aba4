using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>The exceptions Flink itself raises, worded as recorded.</summary>
internal static class Failures
{
    private const string CheckpointException = "org.apache.flink.runtime.checkpoint.CheckpointException";

    /// <summary>A failure that reached a client through a future.</summary>
    public static FlinkThrowable Completion(FlinkThrowable cause) => FlinkThrowable.Of(
        "java.util.concurrent.CompletionException", cause.ToString(), "java.base/java.util.concurrent.CompletableFuture.encodeThrowable(CompletableFuture.java:332)", cause);

    public static FlinkThrowable JobNotFound(string jobId) => FlinkThrowable.Of(
        "org.apache.flink.runtime.messages.FlinkJobNotFoundException", $"Could not find Flink job ({jobId})",
        "org.apache.flink.runtime.dispatcher.Dispatcher.getJobMasterGateway(Dispatcher.java:1495)");

    public static FlinkThrowable NotAllRunning(FlinkJob job) => Checkpoint(
        $"Checkpoint triggering task {job.Vertices[0].Name} (1/{job.Vertices[0].Parallelism}) of job {job.Id} is not being executed at the moment. Aborting checkpoint. Failure reason: Not all required tasks are currently running.");

    public static FlinkThrowable CannotWrite(string directory) => Checkpoint(
        "An Exception occurred while triggering the checkpoint. IO-problem detected.",
        FlinkThrowable.Of("java.io.IOException", $"Failed to create savepoint directory at {FlinkStorage.Normalise(directory)}",
            "org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess.initializeLocationForSavepoint(AbstractFsCheckpointStorageAccess.java:172)"));

    public static FlinkThrowable Suspending() => Checkpoint("Checkpoint Coordinator is suspending.");

    public static FlinkThrowable Declined() => Checkpoint("Asynchronous task checkpoint failed.",
        FlinkThrowable.Of("java.io.IOException", "Planned failure while state is written", "jobs.NoStop$Trap.write(NoStop.java:98)"));

    public static FlinkThrowable Expired() => Checkpoint("Checkpoint expired before completing.");

    public static FlinkThrowable TooManyFailedCheckpoints() => FlinkThrowable.Of(
        "org.apache.flink.util.FlinkRuntimeException", "Exceeded checkpoint tolerable failure threshold. The latest checkpoint failed due to Asynchronous task checkpoint failed., view the Checkpoint History tab or the Job Manager log to find out why continuous checkpoints failed.",
        "org.apache.flink.runtime.checkpoint.CheckpointFailureManager.checkFailureAgainstCounter(CheckpointFailureManager.java:212)");

    public static FlinkThrowable SnapshotThrew(long checkpoint, FlinkVertex vertex) => FlinkThrowable.Of(
        "java.io.IOException", $"Could not perform checkpoint {checkpoint} for operator {vertex.Name} (1/{vertex.Parallelism})#{vertex.Attempt}.",
        "org.apache.flink.streaming.runtime.tasks.StreamTask.triggerCheckpointOnBarrier(StreamTask.java:1394)",
        FlinkThrowable.Of("java.io.IOException", "Planned failure in snapshotState", "jobs.NoStop$Guard.snapshotState(NoStop.java:71)"));

    public static FlinkThrowable Suppressed(RestartStrategy strategy, FlinkThrowable cause) => FlinkThrowable.Of(
        "org.apache.flink.runtime.JobException", $"Recovery is suppressed by {strategy}",
        "org.apache.flink.runtime.executiongraph.failover.ExecutionFailureHandler.handleFailure(ExecutionFailureHandler.java:219)", cause);

    public static FlinkThrowable PodTerminated() => FlinkThrowable.Of(
        "java.lang.Exception", "Pod terminated, container termination statuses: []",
        "org.apache.flink.runtime.resourcemanager.active.ActiveResourceManager.onWorkerTerminated(ActiveResourceManager.java:319)");

    public static FlinkThrowable WorkerShutDown() => FlinkThrowable.Of(
        "org.apache.flink.util.FlinkException", "The TaskExecutor is shutting down.",
        "org.apache.flink.runtime.taskexecutor.TaskExecutor.onStop(TaskExecutor.java:504)");

    public static FlinkThrowable NoResources() => FlinkThrowable.Of(
        "org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException", "Could not acquire the minimum required resources.",
        "org.apache.flink.runtime.jobmaster.slotpool.DeclarativeSlotPoolBridge.failPendingRequests(DeclarativeSlotPoolBridge.java:436)");

    public static FlinkThrowable StateMissing(string path) => FlinkThrowable.Of(
        "java.io.FileNotFoundException", $"Cannot find checkpoint or savepoint file/directory '{path}' on file system '{Scheme(path)}'.",
        "org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(AbstractFsCheckpointStorageAccess.java:275)");

    public static FlinkThrowable InitializationFailed(FlinkThrowable cause) => FlinkThrowable.Of(
        "org.apache.flink.runtime.client.JobInitializationException", "Could not start the JobMaster.",
        "org.apache.flink.runtime.jobmaster.DefaultJobMasterServiceProcess.lambda$new$0(DefaultJobMasterServiceProcess.java:97)", Completion(cause));

    public static FlinkThrowable JarMissing(string path) => FlinkThrowable.Of(
        "org.apache.flink.util.FlinkException", "Could not load the provided entrypoint class.", "org.apache.flink.client.program.DefaultPackagedProgramRetriever.getPackagedProgram(DefaultPackagedProgramRetriever.java:231)",
        FlinkThrowable.Of("org.apache.flink.client.program.ProgramInvocationException", $"JAR file does not exist '{path}'", "org.apache.flink.client.program.PackagedProgram.checkJarFile(PackagedProgram.java:618)",
            FlinkThrowable.Of("java.io.IOException", $"JAR file does not exist '{path}'", "org.apache.flink.util.JarUtils.checkJarFile(JarUtils.java:46)")));

    public static FlinkThrowable NotDisposable(string path) => FlinkThrowable.Of(
        "org.apache.flink.util.FlinkException", $"Could not dispose savepoint {path}.",
        "org.apache.flink.runtime.dispatcher.Dispatcher.lambda$disposeSavepoint$11(Dispatcher.java:806)", StateMissing(path));

    private static FlinkThrowable Checkpoint(string message, FlinkThrowable? cause = null) => FlinkThrowable.Of(
        CheckpointException, message, "org.apache.flink.runtime.checkpoint.CheckpointCoordinator.onTriggerFailure(CheckpointCoordinator.java:1045)", cause);

    private static string Scheme(string path) => path.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? path[..colon] : "file";
}
