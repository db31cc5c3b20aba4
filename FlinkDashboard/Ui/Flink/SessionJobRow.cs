using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Ui.Flink;

/// <summary>A job of a session cluster in one line.</summary>
/// <param name="Cluster">Name of its FlinkDeployment.</param>
/// <param name="Jar">File name of its jar.</param>
public sealed record SessionJobRow(string Namespace, string Name, string Cluster, VerdictState State, string Sentence, string Job, string Lifecycle, string UpgradeMode, int? Parallelism, string? Jar,
    string? JobId, StatePoint? LastState, DateTimeOffset? Started, DateTimeOffset? Created)
{
    public string Key => $"{Namespace}/{Name}";

    public static SessionJobRow From(FlinkSessionJob job, FlinkDeployment? cluster, Evidence evidence)
    {
        var verdict = VerdictOf.SessionJob(job, cluster, evidence);
        var status = job.Status.JobStatus;
        var points = new[] { StatePoint.LastSavepointOf(status, FlinkSessionJob.Info.Kind, job.Metadata, evidence.Snapshots), StatePoint.LastCheckpointOf(status, FlinkSessionJob.Info.Kind, job.Metadata, evidence.Snapshots) };
        return new SessionJobRow(job.Metadata.Namespace, job.Metadata.Name, job.Spec.DeploymentName, verdict.State, verdict.Sentence, status.State.Text, job.Status.LifecycleState.Text,
            FlinkReading.UpgradeModeOf(job.Spec.Job).Text, job.Spec.Job.Parallelism, job.Spec.Job.JarUri is { } jar ? jar[(jar.LastIndexOf('/') + 1)..] : null, status.JobId,
            points.Where(point => point is not null).MaxBy(point => point!.At ?? DateTimeOffset.MinValue), status.StartTime, job.Metadata.CreationTimestamp);
    }
}
