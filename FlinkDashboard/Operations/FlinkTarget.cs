using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Operations;

/// <summary>What an application and a session job have in common, so that rules and consequences are written once.</summary>
/// <param name="Kind">FlinkDeployment or FlinkSessionJob.</param>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Job">Its job; null for a session cluster.</param>
/// <param name="Status">Its status.</param>
/// <param name="Configuration">Its own Flink and operator keys.</param>
public sealed record FlinkTarget(KindInfo Kind, ObjectMeta Metadata, FlinkJobSpec? Job, FlinkDeploymentStatus Status, StringMap Configuration)
{
    /// <summary>Of an application or a session cluster.</summary>
    public static FlinkTarget Of(FlinkDeployment d) => new(FlinkDeployment.Info, d.Metadata, d.Spec.Job, d.Status, d.Spec.FlinkConfiguration) { RestartNonce = d.Spec.RestartNonce, IsStandalone = d.Spec.Mode == DeploymentMode.Standalone, FlinkMinor = MinorOf(d.Spec.FlinkVersion) };

    /// <summary>Of a session job.</summary>
    public static FlinkTarget Of(FlinkSessionJob j) => new(FlinkSessionJob.Info, j.Metadata, j.Spec.Job, j.Status, j.Spec.FlinkConfiguration) { RestartNonce = j.Spec.RestartNonce };

    /// <summary>Of either.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static FlinkTarget OfEither(IKubernetesObject one) => one switch
    {
        FlinkDeployment d => Of(d),
        FlinkSessionJob j => Of(j),
        _ => throw new ArgumentException($"{one.Metadata.Name} is neither an application nor a session job.", nameof(one)),
    };

    /// <summary>spec.restartNonce.</summary>
    public long? RestartNonce { get; init; }

    /// <summary>spec.mode; native for a session job.</summary>
    public bool IsStandalone { get; init; }

    /// <summary>Minor version of Flink 1 that is asked for: 20 for <c>v1_20</c>; null when not known or not Flink 1.</summary>
    public int? FlinkMinor { get; init; }

    /// <summary>For sentences: "session cluster", "application" or "session job".</summary>
    public string Noun => Kind == FlinkSessionJob.Info ? "session job" : Job is null ? "session cluster" : "application";

    /// <summary>An operator switch set on the object itself; the operator's own defaults are not visible from here.</summary>
    public bool Switch(string key, bool otherwise) => Configuration[key] is { } text ? text.Equals("true", StringComparison.OrdinalIgnoreCase) : otherwise;

    private static int? MinorOf(string? version) =>
        version is not null && version.StartsWith("v1_", StringComparison.Ordinal) && int.TryParse(version.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture, out var minor) ? minor : null;
}
