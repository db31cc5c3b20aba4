using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Operations;

/// <summary>Points of state, in words.</summary>
internal static class StateWords
{
    /// <summary>"savepoint s3://…, 6 min old".</summary>
    public static string Of(StatePoint point, DateTimeOffset now) =>
        $"{point.Kind}{(point.Path is null ? "" : " " + point.Path)}{(point.At is { } at ? $"{(point.Path is null ? "" : ",")} {AgeText.Of(now - at)} old" : "")}";

    /// <summary>The job's state, or that it is not known.</summary>
    public static string Of(JobState state) => state.IsEmpty ? "in an unknown state" : state.Text;
}

/// <summary>Pods that an action removes, in words.</summary>
internal static class PodWords
{
    /// <summary>"1 JobManager and 4 TaskManager pods"; empty when there are none.</summary>
    public static string Of(ClusterPods pods, bool keepsJobManager = false)
    {
        var (jobManagers, taskManagers) = (keepsJobManager ? 0 : pods.JobManagers.Count, pods.TaskManagers.Count);
        string[] parts = [.. jobManagers > 0 ? [$"{jobManagers} JobManager"] : (string[])[], .. taskManagers > 0 ? [$"{taskManagers} TaskManager"] : (string[])[]];
        return parts.Length == 0 ? "" : $"{string.Join(" and ", parts)} {(parts.Length == 1 && jobManagers + taskManagers == 1 ? "pod" : "pods")}";
    }
}
