namespace FlinkDashboard.Model.Logs;

/// <summary>Where lines are read from.</summary>
public enum LogWay
{
    /// <summary>The kubelet, through the API server: pods that are there.</summary>
    Pods,

    /// <summary>CloudWatch Logs: also pods that are gone.</summary>
    CloudWatch,

    /// <summary>An archive in S3, written by the log sidecar.</summary>
    Archive,
}

/// <summary>A log that one can look at.</summary>
/// <param name="Way">Where lines are read from.</param>
/// <param name="Namespace">Of the application; null for a group chosen freely.</param>
/// <param name="Name">Of the application.</param>
/// <param name="Pods">Only these pods; empty: all of the application, JobManager and TaskManagers.</param>
/// <param name="Container">Of the pods; null: the one that runs Flink.</param>
/// <param name="Previous">The run before the last restart.</param>
/// <param name="Group">CloudWatch log group.</param>
/// <param name="StreamPrefix">Streams that begin so; null: all of the group.</param>
/// <param name="Address">Of the archive, <c>s3://bucket/key</c>.</param>
/// <param name="Output">Only CloudWatch streams of this output, <c>STDOUT</c> or <c>STDERR</c>; null: all.</param>
public sealed record LogPlace(LogWay Way, string? Namespace = null, string? Name = null, IReadOnlyList<string>? Pods = null, string? Container = null, bool Previous = false, string? Group = null, string? StreamPrefix = null, string? Address = null, string? Output = null);
