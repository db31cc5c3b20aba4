using System.Text.Json.Nodes;

namespace FlinkDashboard.Model.OperatorRules;

/// <summary>Rules about a job that hold for applications and session jobs.</summary>
internal static class JobRules
{
    private const string CheckpointDir = "execution.checkpointing.dir";
    private const string SavepointDir = "execution.checkpointing.savepoint-dir";

    public static string? CheckpointDirectory(DeploymentDraft draft) =>
        draft.Job is not null && draft.UpgradeMode != "stateless" && draft.Value(CheckpointDir, "state.checkpoints.dir") is null
            ? $"Checkpoint directory[{CheckpointDir}] must be defined for last-state and savepoint upgrade modes"
            : null;

    public static string? SavepointDirectory(DeploymentDraft draft)
    {
        if (draft.Job is null || draft.Value(SavepointDir, "state.savepoints.dir") is not null)
            return null;
        if (draft.UpgradeMode == "savepoint")
            return $"Job could not be upgraded with savepoint while config key[{SavepointDir}] is not set";
        if (draft.Job["savepointTriggerNonce"] is not null)
            return $"Savepoint could not be manually triggered for the running job while config key[{SavepointDir}] is not set";
        if (draft.Value("kubernetes.operator.periodic.savepoint.interval") is { Length: > 0 })
            return $"Periodic savepoints cannot be enabled when config key[{SavepointDir}] is not set";
        return draft.Value("kubernetes.operator.job.upgrade.last-state.max.allowed.checkpoint.age") is not null
            ? $"In order to use max-checkpoint age functionality config key[{SavepointDir}] must be set to allow triggering savepoint upgrades."
            : null;
    }

    public static string? SavepointRedeploy(DeploymentDraft draft) =>
        draft.Deployed?["job"] is JsonObject deployed && draft.Job?["savepointRedeployNonce"] is { } nonce && !JsonNode.DeepEquals(nonce, deployed["savepointRedeployNonce"])
        && string.IsNullOrWhiteSpace(draft.Job.Text("initialSavepointPath"))
            ? "InitialSavepointPath must not be empty for savepoint redeployment"
            : null;
}
