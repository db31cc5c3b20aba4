using System.Globalization;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>Facts about a FlinkDeployment that stand in several places or must be computed.</summary>
public static class FlinkReading
{
    /// <summary>Flink version: what runs if known (<c>1.20.1</c>), else what is asked for (<c>1.20</c>), else null.</summary>
    public static string? FlinkVersionOf(FlinkDeployment d) =>
        d.Status.ClusterInfo["flink-version"] is { Length: > 0 } running ? running
        : d.Spec.FlinkVersion is { Length: > 1 } asked ? asked.TrimStart('v').Replace('_', '.')
        : null;

    /// <summary><c>native</c> or <c>standalone</c>; an unknown mode as it is.</summary>
    public static string ModeOf(FlinkDeployment d) => d.Spec.Mode.IsEmpty ? DeploymentMode.Native.Text : d.Spec.Mode.Text;

    /// <summary>Upgrade mode, with the operator's default.</summary>
    public static UpgradeMode UpgradeModeOf(FlinkJobSpec job) => job.UpgradeMode.IsEmpty ? UpgradeMode.Stateless : job.UpgradeMode;

    /// <summary>Slots of each TaskManager.</summary>
    public static int SlotsOf(FlinkDeployment d) =>
        int.TryParse(d.Spec.FlinkConfiguration["taskmanager.numberOfTaskSlots"], NumberStyles.Integer, CultureInfo.InvariantCulture, out var slots) && slots > 0 ? slots : 1;

    /// <summary>Parallelism asked for; TaskManager replicas, when set, win over job.parallelism. Null for a session cluster.</summary>
    public static int? ParallelismOf(FlinkDeployment d) => d.Spec.Job is not { } job ? null
        : d.Spec.TaskManager.Replicas is { } replicas ? replicas * SlotsOf(d)
        : job.Parallelism;

    /// <summary>
    /// TaskManagers that should run now: what the operator counts, else computed from the spec. 0 when suspended or finished; null for a
    /// native session cluster, which starts them on demand.
    /// </summary>
    public static int? TaskManagersWantedOf(FlinkDeployment d)
    {
        if (d.Spec.Job is not { } job)
            return d.Spec.Mode == DeploymentMode.Standalone ? d.Spec.TaskManager.Replicas ?? 1 : null;
        if (job.IsSuspended || d.Status.JobStatus.State == JobState.Finished || d.Status.JobStatus.State == JobState.Canceled || d.Status.JobStatus.State == JobState.Failed)
            return 0;
        if (d.Status.TaskManager is { Replicas: > 0 } counted)
            return counted.Replicas;
        return ParallelismOf(d) is { } parallelism ? (parallelism + SlotsOf(d) - 1) / SlotsOf(d) : null;
    }

    /// <summary>JobManagers that should run.</summary>
    public static int JobManagersWantedOf(FlinkDeployment d) => d.Spec.Job is { IsSuspended: true } ? 0 : Math.Max(d.Spec.JobManager.Replicas ?? 1, 1);

    /// <summary>Keeps HA metadata, so that a lost JobManager continues from the last checkpoint. Amazon EMR switches it on by default.</summary>
    public static bool IsHighlyAvailable(FlinkDeployment d)
    {
        var type = d.Spec.FlinkConfiguration["high-availability.type"] ?? d.Spec.FlinkConfiguration["high-availability"];
        return type is not null ? !type.Equals("none", StringComparison.OrdinalIgnoreCase) && !type.Equals("NONE", StringComparison.Ordinal)
            : d.Spec.JobManager.HighAvailabilityEnabled ?? (d.Spec.EmrReleaseLabel is not null);
    }

    /// <summary>
    /// The operator has not acted on the newest spec. Operators before 1.8 do not write observedGeneration; there the spec is compared with
    /// the last reconciled one in what this app shows of it.
    /// </summary>
    public static bool HasPendingChange(FlinkDeployment d) => d.Status.ObservedGeneration is { } seen
        ? d.Metadata.Generation > seen
        : LastReconciledSpec.Of(d.Status.ReconciliationStatus.LastReconciledSpec) is { } last && Differs(d.Spec, last.Deployment);

    /// <summary>The same for a session job.</summary>
    public static bool HasPendingChange(FlinkSessionJob j) => j.Status.ObservedGeneration is { } seen
        ? j.Metadata.Generation > seen
        : LastReconciledSpec.Of(j.Status.ReconciliationStatus.LastReconciledSpec) is { } last && DiffersIn(j.Spec.Job, last.Deployment.Job);

    /// <summary>A canary of the operator: no application, only proof that the operator is alive.</summary>
    public static bool IsCanary(IKubernetesObject o) => o.Metadata.Labels["flink.apache.org/canary"] == "true";

    private static bool Differs(FlinkDeploymentSpec a, FlinkDeploymentSpec b) =>
        a.Image != b.Image || a.FlinkVersion != b.FlinkVersion || a.RestartNonce != b.RestartNonce || !a.FlinkConfiguration.Equals(b.FlinkConfiguration)
        || a.TaskManager.Replicas != b.TaskManager.Replicas || a.TaskManager.Resource != b.TaskManager.Resource || a.JobManager.Resource != b.JobManager.Resource
        || DiffersIn(a.Job, b.Job);

    // The operator rewrites upgradeMode in what it stores, so that says nothing.
    private static bool DiffersIn(FlinkJobSpec? a, FlinkJobSpec? b) => a is null || b is null
        ? a is not null || b is not null
        : a.JarUri != b.JarUri || (a.Parallelism ?? 0) != (b.Parallelism ?? 0) || a.EntryClass != b.EntryClass || !a.Args.SequenceEqual(b.Args) || a.IsSuspended != b.IsSuspended
            || a.SavepointTriggerNonce != b.SavepointTriggerNonce || a.SavepointRedeployNonce != b.SavepointRedeployNonce;
}
