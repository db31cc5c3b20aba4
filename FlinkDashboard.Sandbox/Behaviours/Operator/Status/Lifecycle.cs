namespace FlinkDashboard.Sandbox.Behaviours.Operator.Status;

/// <summary>status.lifecycleState, computed from the rest of the status (api/status, first match wins).</summary>
public static class Lifecycle
{
    private static readonly string[] Hopeless =
    [
        "Manual restore required.",
        "It is possible that the job has finished or terminally failed, or the configmaps have been deleted.",
        "HA metadata is not available",
    ];

    /// <summary>The state.</summary>
    public static string Of(ResourceStatus status)
    {
        if (status.StoredLifecycle is { } stored)
            return stored;
        if (status.IsBeforeFirstDeployment)
            return string.IsNullOrEmpty(status.Error) ? "CREATED" : "FAILED";
        if (status.State is "UPGRADING" or "ROLLING_BACK")
            return status.State;
        if (status.IsSuspended)
            return "SUSPENDED";
        if (status.Job.State == "FAILED" || IsHopeless(status))
            return "FAILED";
        return status.State == "ROLLED_BACK" ? "ROLLED_BACK" : status.IsStable ? "STABLE" : "DEPLOYED";
    }

    private static bool IsHopeless(ResourceStatus status) =>
        !status.IsSessionJob && status.JobManager is "MISSING" or "ERROR"
        && status.Error is { } error && Hopeless.Any(h => error.Contains(h, StringComparison.Ordinal));
}
