using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>Where EMR's log sidecar of a pod sends what the Flink container writes.</summary>
/// <param name="Pod">Pod name.</param>
/// <param name="LogGroup">CloudWatch log group, or null.</param>
/// <param name="StreamPrefix">What stream names begin with; may be empty.</param>
/// <param name="LogUri">Folder in S3, with or without <c>s3://</c>, or null.</param>
public sealed record LogDestination(string Pod, string? LogGroup, string StreamPrefix, string? LogUri)
{
    /// <summary>As <c>spec.monitoringConfiguration</c> of a FlinkDeployment says.</summary>
    internal static LogDestination Of(string pod, JsonNode monitoring) => new(pod,
        monitoring.Text("cloudWatchMonitoringConfiguration", "logGroupName"),
        monitoring.Text("cloudWatchMonitoringConfiguration", "logStreamNamePrefix") ?? "",
        monitoring.Text("s3MonitoringConfiguration", "logUri"));
}

/// <summary>One shipped line.</summary>
/// <param name="Number">Position in its stream, from 0.</param>
/// <param name="Time">When it was written, simulated.</param>
/// <param name="Text">Without line break.</param>
public sealed record ShippedLine(long Number, DateTimeOffset Time, string Text);
