using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Ui.Job;

/// <summary>How states of jobs, tasks and checkpoints are tinted: healthy, changing, degraded, failing, stopped or unknown.</summary>
public static class StateTone
{
    /// <summary>Of a job.</summary>
    public static string Of(JobState state) => state.Text switch
    {
        "RUNNING" => "healthy",
        "FAILED" or "FAILING" => "failing",
        "RESTARTING" => "degraded",
        "CREATED" or "INITIALIZING" or "RECONCILING" or "CANCELLING" => "changing",
        "FINISHED" or "CANCELED" or "SUSPENDED" => "stopped",
        _ => "unknown",
    };

    /// <summary>Of a task or a vertex.</summary>
    public static string Of(TaskState state) => state.Text switch
    {
        "RUNNING" => "healthy",
        "FAILED" => "failing",
        "CREATED" or "SCHEDULED" or "DEPLOYING" or "INITIALIZING" or "RECONCILING" or "CANCELING" => "changing",
        "FINISHED" or "CANCELED" => "stopped",
        _ => "unknown",
    };

    /// <summary>Of a checkpoint.</summary>
    public static string OfCheckpoint(string status) => status switch { "COMPLETED" => "healthy", "FAILED" => "failing", "IN_PROGRESS" => "changing", _ => "unknown" };

    /// <summary>Of a share of back pressure, by Flink's own borders: above a tenth low, above a half high.</summary>
    public static string OfPressure(double share) => share switch { > 0.5 => "failing", > 0.1 => "degraded", >= 0 => "healthy", _ => "unknown" };
}
