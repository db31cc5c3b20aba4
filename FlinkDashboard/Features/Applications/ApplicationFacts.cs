using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Features.Applications;

/// <summary>What the pages of one application say about its spec and status, read once per change.</summary>
/// <param name="Jar">Jar as the spec names it.</param>
/// <param name="JobManagerResources">CPU and memory in words, as the next.</param>
public sealed record ApplicationFacts(string? Jar, string? EntryClass, string Arguments, string? Image, string? ServiceAccount, string? RoleArn, string JobManagerResources, string TaskManagerResources, int Slots,
    bool HighAvailability, string? JobId, string? JobName, DateTimeOffset? JobStart, DateTimeOffset? JobUpdate, string JobManager, string Reconciliation, DateTimeOffset? ReconciledAt, long Generation, long? Observed,
    string? RunningVersion, string? Revision, string? TotalCpu, double? TotalMemory, double? StateSize, OperatorError? Error, StatePoint? LastSavepoint, StatePoint? LastCheckpoint, StatePoint? NextStart,
    string? CheckpointInterval, string? CheckpointDirectory, string? SavepointDirectory, string? LogGroup, string? LogUri, string? Ingress, Values<KeyValuePair<string, string>> Configuration)
{
    public bool Pending => Observed is { } seen && Generation > seen;

    public static ApplicationFacts From(FlinkDeployment app, IReadOnlyList<FlinkStateSnapshot>? snapshots)
    {
        var (spec, status, job) = (app.Spec, app.Status, app.Status.JobStatus);
        var configuration = spec.FlinkConfiguration;
        var info = status.ClusterInfo;
        return new ApplicationFacts(spec.Job?.JarUri, spec.Job?.EntryClass, string.Join(' ', spec.Job?.Args ?? []), spec.Image, spec.ServiceAccount, spec.ExecutionRoleArn,
            ResourcesOf(spec.JobManager), ResourcesOf(spec.TaskManager), FlinkReading.SlotsOf(app), FlinkReading.IsHighlyAvailable(app),
            job.JobId, job.JobName, job.StartTime, job.UpdateTime, status.JobManagerDeploymentStatus.Text, status.ReconciliationStatus.State.Text, status.ReconciliationStatus.ReconciliationTimestamp,
            app.Metadata.Generation, status.ObservedGeneration, info["flink-version"], info["flink-revision"], info["total-cpu"], Number(info["total-memory"]), Number(info["state-size"]),
            OperatorError.Of(status.Error),
            StatePoint.LastSavepointOf(job, FlinkDeployment.Info.Kind, app.Metadata, snapshots), StatePoint.LastCheckpointOf(job, FlinkDeployment.Info.Kind, app.Metadata, snapshots), StatePoint.NextStartOf(job, snapshots),
            configuration["execution.checkpointing.interval"], configuration["execution.checkpointing.dir"] ?? configuration["state.checkpoints.dir"],
            configuration["execution.checkpointing.savepoint-dir"] ?? configuration["state.savepoints.dir"],
            spec.MonitoringConfiguration?.CloudWatchMonitoringConfiguration?.LogGroupName, spec.MonitoringConfiguration?.S3MonitoringConfiguration?.LogUri, spec.Ingress?.Template,
            Values<KeyValuePair<string, string>>.Of(configuration.Select(Redacted)));
    }

    private static string ResourcesOf(FlinkComponentSpec component)
    {
        var cpu = component.Resources?.Requests["cpu"] ?? component.Resource?.Cpu?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var memory = component.Resources?.Requests["memory"] ?? component.Resource?.Memory;
        return cpu is null && memory is null ? "operator's default" : $"{cpu ?? "–"} CPU, {memory ?? "–"} memory";
    }

    private static KeyValuePair<string, string> Redacted(KeyValuePair<string, string> entry) => Redaction.Hides(entry.Key) ? KeyValuePair.Create(entry.Key, Redaction.Mask) : entry;

    private static double? Number(string? text) => double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
