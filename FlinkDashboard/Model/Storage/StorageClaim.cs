using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Storage;

/// <summary>What an application keeps in a directory.</summary>
public enum ClaimKind
{
    /// <summary><c>state.checkpoints.dir</c>, since Flink 1.20 <c>execution.checkpointing.dir</c>.</summary>
    Checkpoints,

    /// <summary><c>state.savepoints.dir</c>, <c>execution.checkpointing.savepoint-dir</c>.</summary>
    Savepoints,

    /// <summary><c>high-availability.storageDir</c>, EMR's <c>jobManager.storageDir</c>.</summary>
    HighAvailability,

    /// <summary>EMR's <c>s3MonitoringConfiguration.logUri</c>.</summary>
    Logs,

    /// <summary><c>jarURI</c>.</summary>
    Jar
}

/// <summary>Who keeps things in storage.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsSessionJob">A FlinkSessionJob; else a FlinkDeployment.</param>
public sealed record StorageOwner(string Namespace, string Name, bool IsSessionJob = false)
{
    /// <summary>Its page.</summary>
    public string Address => $"/{(IsSessionJob ? "sessions" : "applications")}/{Namespace}/{Name}";
}

/// <summary>A directory, or a jar, that an application's spec names.</summary>
/// <param name="Owner">The application.</param>
/// <param name="Kind">What for.</param>
/// <param name="Place">A folder; of a jar the object.</param>
/// <param name="JobId">Id of the owner's job now; null when it has none.</param>
public sealed record StorageClaim(StorageOwner Owner, ClaimKind Kind, StorageAddress Place, string? JobId)
{
    private static readonly (ClaimKind Kind, string[] Keys)[] Directories =
    [
        (ClaimKind.Checkpoints, ["execution.checkpointing.dir", "state.checkpoints.dir"]),
        (ClaimKind.Savepoints, ["execution.checkpointing.savepoint-dir", "state.savepoints.dir"]),
        (ClaimKind.HighAvailability, ["high-availability.storageDir"])
    ];

    /// <summary>What an application or session cluster names.</summary>
    public static IEnumerable<StorageClaim> Of(FlinkDeployment app)
    {
        var (owner, job) = (new StorageOwner(app.Metadata.Namespace, app.Metadata.Name), app.Status.JobStatus.JobId);
        foreach (var claim in Of(owner, job, app.Spec.FlinkConfiguration, app.Spec.Job))
            yield return claim;
        if (StorageAddress.FolderOf(app.Spec.JobManager.StorageDir) is { } storage)
            yield return new(owner, ClaimKind.HighAvailability, storage, job);
        if (StorageAddress.FolderOf(app.Spec.MonitoringConfiguration?.S3MonitoringConfiguration?.LogUri, schemeless: true) is { } logs)
            yield return new(owner, ClaimKind.Logs, logs, job);
    }

    /// <summary>What a session job names; where it names nothing, its session cluster's directories hold its state.</summary>
    public static IEnumerable<StorageClaim> Of(FlinkSessionJob job, FlinkDeployment? cluster)
    {
        var (owner, id) = (new StorageOwner(job.Metadata.Namespace, job.Metadata.Name, true), job.Status.JobStatus.JobId);
        List<StorageClaim> own = [.. Of(owner, id, job.Spec.FlinkConfiguration, job.Spec.Job)];
        var inherited = cluster is null ? [] : Of(owner, id, cluster.Spec.FlinkConfiguration, null).Where(c => c.Kind is ClaimKind.Checkpoints or ClaimKind.Savepoints && own.All(o => o.Kind != c.Kind));
        return own.Concat(inherited);
    }

    private static IEnumerable<StorageClaim> Of(StorageOwner owner, string? id, StringMap configuration, FlinkJobSpec? job)
    {
        foreach (var (kind, keys) in Directories)
            foreach (var key in keys)
                if (StorageAddress.FolderOf(configuration[key]) is { } folder)
                    yield return new(owner, kind, folder, id);
        if (StorageAddress.Of(job?.JarUri) is { IsFolder: false } jar)
            yield return new(owner, ClaimKind.Jar, jar, id);
    }
}
