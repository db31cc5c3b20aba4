namespace FlinkDashboard.Sandbox.Behaviours.Operator.Status;

/// <summary>Reason and message of the condition Running (api/utils/ConditionsUtils).</summary>
internal static class Conditions
{
    /// <summary>Of an application: the job's state. Reason is null while it has none.</summary>
    public static (bool IsTrue, string? Reason, string Message) OfApplication(ResourceStatus status) => status.Job.State is { } state
        ? (state == "RUNNING", state[0] + state[1..].ToLowerInvariant(), $"Job status {state}")
        : (false, null, "");

    /// <summary>Of a session cluster: the JobManager's state.</summary>
    public static (bool IsTrue, string? Reason, string Message) OfSession(ResourceStatus status) => status.JobManager switch
    {
        "READY" => (true, "JobManagerReady", "JobManager is running and ready to receive REST API calls"),
        "DEPLOYED_NOT_READY" => (false, "DeployedNotReady", "JobManager is running but not yet ready to receive REST API calls"),
        "DEPLOYING" => (false, "JobManagerIsDeploying", "JobManager process is starting up"),
        "ERROR" => (false, "Error", "JobManager deployment failed"),
        _ => (false, "JobManagerDeploymentMissing", "JobManager deployment not found"),
    };
}
