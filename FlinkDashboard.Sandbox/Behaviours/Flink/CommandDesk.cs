using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>Commands to a JobManager and the operations they trigger.</summary>
internal sealed class CommandDesk(SandboxWorld world, JobManager owner)
{
    // rest.async.store-duration
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, AsyncOperation> _operations = [];

    public AsyncOperation? Operation(string triggerId) =>
        _operations.GetValueOrDefault(triggerId) is { } found && !(world.Now - found.CompletedAt > Kept) ? found : null;

    public void Cancel(string jobId)
    {
        var run = Find(jobId) ?? throw new FlinkRefusal(404, FlinkThrowable.Of("org.apache.flink.runtime.rest.handler.RestHandlerException", "Job could not be found.",
            "org.apache.flink.runtime.rest.handler.job.JobCancellationHandler.lambda$handleRequest$0(JobCancellationHandler.java:128)", Failures.JobNotFound(jobId)).StackTrace);
        if (run.Job.State == "CANCELED")
            return;
        if (run.Job.IsTerminal)
            throw new FlinkRefusal(409, FlinkThrowable.Of("org.apache.flink.runtime.rest.handler.RestHandlerException",
                $"Job cancellation failed because the job has already reached another terminal state ({run.Job.State}).",
                "org.apache.flink.runtime.rest.handler.job.JobCancellationHandler.lambda$handleRequest$0(JobCancellationHandler.java:115)").StackTrace);
        run.Cancel();
    }

    public string Savepoint(string jobId, string? directory, string? format, string? triggerId, string type, bool cancel)
    {
        directory ??= owner.Configuration.Text("execution.checkpointing.savepoint-dir", "state.savepoints.dir")
            ?? throw new FlinkRefusal(400, "org.apache.flink.runtime.rest.handler.RestHandlerException: Config key [state.savepoints.dir] is not set. Property [target-directory] must be provided.");
        var id = Begin(AsyncOperationKind.Savepoint, jobId, triggerId);
        if (Coordinator(id, jobId) is not { } run)
            return id;
        run.Checkpoints!.Take(type, format ?? "CANONICAL", directory, checkpoint =>
        {
            Settle(id, o => o with { Location = checkpoint.Path });
            if (type == "SYNC_SAVEPOINT")
                run.Finish();
            else if (cancel)
                run.Cancel();
        }, why =>
        {
            Settle(id, o => o with { Failure = why });
            // A stop that fails leaves sources stopped, so Flink restarts the job.
            if (type == "SYNC_SAVEPOINT" && run.Job.AllTasksRunning && run.Checkpointing!.Trouble != CheckpointTrouble.None)
                run.Fail(why);
        }, isLast: cancel || type == "SYNC_SAVEPOINT");
        return id;
    }

    public string Checkpoint(string jobId, string? triggerId)
    {
        var id = Begin(AsyncOperationKind.Checkpoint, jobId, triggerId);
        Coordinator(id, jobId)?.Checkpoints!.Take("CHECKPOINT", null, null,
            checkpoint => Settle(id, o => o with { CheckpointId = checkpoint.Id }),
            why => Settle(id, o => o with { Failure = why }));
        return id;
    }

    public string Dispose(string path)
    {
        var id = Begin(AsyncOperationKind.Disposal, null, null);
        world.Timeline.After(TimeSpan.FromMilliseconds(50), () =>
        {
            lock (world.Flink.Gate)
                Settle(id, o => world.Flink.Storage.Remove(owner.Namespace, path) ? o : o with { Failure = Failures.NotDisposable(path) });
        });
        return id;
    }

    public string Run(JarRun run)
    {
        if (run.JobId is { } id && (Find(id) is not null || owner.HasResult(id)))
            throw new FlinkRefusal(500, "Internal server error.", "<Exception on server side:\norg.apache.flink.client.program.ProgramInvocationException: The main method caused an error: Failed to execute job.\nCaused by: org.apache.flink.runtime.client.DuplicateJobSubmissionException: Job has already been submitted.\nEnd of exception on server side>");
        var withId = run with { JobId = run.JobId ?? world.Hex(32) };
        if (withId.SavepointPath is { } path && !world.Flink.Storage.Exists(owner.Namespace, path))
        {
            owner.Submit(withId);
            throw new FlinkRefusal(400, FlinkThrowable.Of("org.apache.flink.runtime.rest.handler.RestHandlerException", "Could not execute application.",
                "org.apache.flink.runtime.webmonitor.handlers.JarRunHandler.lambda$handleRequest$1(JarRunHandler.java:114)",
                Failures.InitializationFailed(Failures.StateMissing(path))).StackTrace);
        }
        world.Flink.Storage.AddGraph(owner.Namespace, withId.JobId!, withId);
        return owner.Submit(withId).Id;
    }

    public void Rescale(string jobId, IReadOnlyDictionary<string, int> parallelism)
    {
        var run = Find(jobId) ?? throw FlinkRefusal.JobNotFound(jobId);
        if (!string.Equals(owner.Configuration.Text("jobmanager.scheduler"), "adaptive", StringComparison.OrdinalIgnoreCase))
            throw new FlinkRefusal(500, "Internal server error.", "<Exception on server side:\njava.lang.UnsupportedOperationException: The DefaultScheduler does not support changing the parallelism without a job restart. This feature is currently only expected to work with the AdaptiveScheduler.\n\tat org.apache.flink.runtime.scheduler.SchedulerNG.updateJobResourceRequirements(SchedulerNG.java:148)\nEnd of exception on server side>");
        var missing = run.Job.Vertices.Where(v => !parallelism.ContainsKey(v.Id)).ToList();
        if (missing.Count > 0)
            throw new FlinkRefusal(400, FlinkThrowable.Of("org.apache.flink.runtime.rest.handler.RestHandlerException",
                string.Join('\n', missing.Select(v => $"The request is incomplete, missing job vertex [{v.Id}] resource requirements.")),
                "org.apache.flink.runtime.dispatcher.Dispatcher.validateJobResourceRequirements(Dispatcher.java:1240)").StackTrace);
        var tooMany = run.Job.Vertices.Where(v => parallelism[v.Id] > v.MaxParallelism).ToList();
        if (tooMany.Count > 0)
            throw new FlinkRefusal(400, FlinkThrowable.Of("org.apache.flink.runtime.rest.handler.RestHandlerException",
                string.Join('\n', tooMany.Select(v => $"The newly requested parallelism {parallelism[v.Id]} for the job vertex {v.Id} exceeds its maximum parallelism {v.MaxParallelism}.")),
                "org.apache.flink.runtime.dispatcher.Dispatcher.validateMaxParallelism(Dispatcher.java:1226)").StackTrace);
        if (run.Job.Vertices.Any(v => parallelism[v.Id] != v.Wanted))
            run.Rescale(parallelism);
    }

    private JobRun? Find(string jobId) => owner.Runs.FirstOrDefault(r => r.Job.Id == jobId);

    // The job if it can take checkpoints; otherwise the operation has failed.
    private JobRun? Coordinator(string operation, string jobId)
    {
        var run = Find(jobId);
        if (run?.Checkpoints is not null && !run.Job.IsTerminal)
            return run;
        Settle(operation, o => o with { Failure = Failures.Completion(run is null ? Failures.JobNotFound(jobId) : Failures.Suspending()) });
        return null;
    }

    private string Begin(AsyncOperationKind kind, string? jobId, string? triggerId)
    {
        var id = triggerId ?? world.Hex(32);
        _operations[id] = new AsyncOperation(id, kind, jobId);
        return id;
    }

    private void Settle(string id, Func<AsyncOperation, AsyncOperation> result) => _operations[id] = result(_operations[id]) with { CompletedAt = world.Now };
}
