using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Ui.Live;

namespace FlinkDashboard.Ui.Flink;

/// <summary>Reads every savepoint and checkpoint that the viewer may see.</summary>
public static class SnapshotReader
{
    /// <summary>Objects, then those that only a status names.</summary>
    public static IReadOnlyList<SnapshotRow> Rows(ClusterView cluster, DateTimeOffset now)
    {
        var evidence = new Evidence(now) { Pods = [], Snapshots = [] };
        var events = cluster.All<CoreEvent>().Where(one => one.InvolvedObject.Kind == FlinkStateSnapshot.Info.Kind).ToLookup(one => (one.InvolvedObject.Namespace, one.InvolvedObject.Name));
        SnapshotRow[] objects = [.. cluster.All<FlinkStateSnapshot>().Select(one => SnapshotRow.From(one, evidence with { Events = [.. events[(one.Metadata.Namespace, one.Metadata.Name)]] }))];
        var known = objects.Where(row => row.Path is not null).Select(row => row.Path!).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. objects,
            .. cluster.All<FlinkDeployment>().SelectMany(app => SnapshotRow.FromStatus(FlinkDeployment.Info.Kind, app.Metadata, app.Status.JobStatus, known)),
            .. cluster.All<FlinkSessionJob>().SelectMany(job => SnapshotRow.FromStatus(FlinkSessionJob.Info.Kind, job.Metadata, job.Status.JobStatus, known)),
        ];
    }

    /// <summary>Those of one application or session job.</summary>
    /// <param name="kind">FlinkDeployment or FlinkSessionJob.</param>
    public static IReadOnlyList<SnapshotRow> Of(ClusterView cluster, string kind, ObjectMeta job, FlinkJobStatus status, DateTimeOffset now)
    {
        var events = cluster.In<CoreEvent>(job.Namespace).Where(one => one.InvolvedObject.Kind == FlinkStateSnapshot.Info.Kind).ToLookup(one => one.InvolvedObject.Name);
        SnapshotRow[] objects = [.. StatePoint.Of(kind, job, cluster.In<FlinkStateSnapshot>(job.Namespace)).Select(one => SnapshotRow.From(one, new Evidence(now) { Pods = [], Snapshots = [], Events = [.. events[one.Metadata.Name]] }))];
        return [.. objects, .. SnapshotRow.FromStatus(kind, job, status, objects.Where(row => row.Path is not null).Select(row => row.Path!).ToHashSet(StringComparer.Ordinal))];
    }

    /// <summary>Its job's status names this path as what it starts from next.</summary>
    public static bool ContinuesFrom(ClusterView cluster, SnapshotRow row)
    {
        if (row.Path is null || row.Job.Length == 0)
            return false;
        var status = row.JobKind == FlinkSessionJob.Info.Kind ? cluster.Find<FlinkSessionJob>(row.Namespace, row.Job)?.Status : cluster.Find<FlinkDeployment>(row.Namespace, row.Job)?.Status;
        return status?.JobStatus.UpgradeSavepointPath == row.Path;
    }
}
