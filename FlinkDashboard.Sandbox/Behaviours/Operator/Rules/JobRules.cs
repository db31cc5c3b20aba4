using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Rules;

/// <summary>Rules for the job section, the same for applications and session jobs.</summary>
public static class JobRules
{
    private const string SavepointKey = "execution.checkpointing.savepoint-dir";

    /// <summary>The first error, or null.</summary>
    /// <param name="job">Job section; null is none.</param>
    /// <param name="taskManagers">spec.taskManager.replicas, which makes parallelism unimportant.</param>
    /// <param name="config">Effective configuration.</param>
    public static string? Error(JsonObject? job, long? taskManagers, IReadOnlyDictionary<string, string> config)
    {
        if (job is null)
            return null;
        var mode = (string?)job["upgradeMode"];
        if (mode != "stateless" && FlinkOptions.CheckpointDirectory(config) is null)
            return "Checkpoint directory[execution.checkpointing.dir] must be defined for last-state and savepoint upgrade modes";
        if (FlinkOptions.SavepointDirectory(config) is null && WithoutSavepointDirectory(job, mode, config) is { } error)
            return error;
        if (taskManagers is { } replicas)
            return replicas < 1 ? "TaskManager replicas must be larger than 0" : null;
        return (long?)job["parallelism"] is null or < 1 ? "Job parallelism must be larger than 0" : null;
    }

    private static string? WithoutSavepointDirectory(JsonObject job, string? mode, IReadOnlyDictionary<string, string> config) =>
        mode == "savepoint" ? $"Job could not be upgraded with savepoint while config key[{SavepointKey}] is not set"
        : job["savepointTriggerNonce"] is not null ? $"Savepoint could not be manually triggered for the running job while config key[{SavepointKey}] is not set"
        : !string.IsNullOrWhiteSpace(FlinkOptions.OfOperator(config, "periodic.savepoint.interval")) ? $"Periodic savepoints cannot be enabled when config key[{SavepointKey}] is not set"
        : FlinkOptions.OfOperator(config, "job.upgrade.last-state.max.allowed.checkpoint.age") is not null
            ? $"In order to use max-checkpoint age functionality config key[{SavepointKey}] must be set to allow triggering savepoint upgrades."
            : null;
}
