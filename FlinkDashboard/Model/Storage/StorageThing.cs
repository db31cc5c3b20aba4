using System.Globalization;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.Storage;

/// <summary>What a folder or object is, by its name.</summary>
public enum StorageKind
{
    /// <summary>A folder of no special kind.</summary>
    Folder,

    /// <summary>Checkpoints of one job: a folder named by a job id.</summary>
    Checkpoints,

    /// <summary>One checkpoint: <c>chk-N</c>.</summary>
    Checkpoint,

    /// <summary>State that several checkpoints share: <c>shared</c> of incremental checkpoints, <c>taskowned</c>.</summary>
    SharedState,

    /// <summary>One savepoint: <c>savepoint-xxxxxx-yyyyyyyyyyyy</c>.</summary>
    Savepoint,

    /// <summary><c>_metadata</c>: a checkpoint or savepoint without it was not completed.</summary>
    Metadata,

    /// <summary>A file of a checkpoint or savepoint.</summary>
    StateFile,

    /// <summary>What a new JobManager starts from: pointers to checkpoints, job graphs, blobs, results of jobs.</summary>
    HighAvailability,

    /// <summary>A log that the sidecar of a pod shipped.</summary>
    Log,

    /// <summary>A jar.</summary>
    Jar,

    /// <summary>Anything else.</summary>
    Other
}

/// <summary>The reading of a name. Flink's layouts: <c>FileSystemCheckpointStorage</c>, <c>AbstractFsCheckpointStorageAccess</c>, <c>BlobUtils</c>; EMR's log sidecar.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Unit">The folder that is kept or lost as one: of a job's checkpoints, a savepoint, a pod's logs, high-availability files; else the object itself.</param>
/// <param name="JobId">Of checkpoints: 32 hexadecimal digits; of savepoints: the first six. Null: the name does not tell.</param>
/// <param name="Number">Of a checkpoint; null for others.</param>
public sealed partial record StorageThing(StorageKind Kind, StorageAddress Unit, string? JobId = null, long? Number = null)
{
    /// <summary>What an application keeps it for; null when the name does not tell.</summary>
    public ClaimKind? Claim => Kind switch
    {
        StorageKind.Savepoint => ClaimKind.Savepoints,
        StorageKind.Checkpoints or StorageKind.Checkpoint or StorageKind.SharedState => ClaimKind.Checkpoints,
        StorageKind.Metadata or StorageKind.StateFile => JobId?.Length == 6 ? ClaimKind.Savepoints : ClaimKind.Checkpoints,
        StorageKind.HighAvailability => ClaimKind.HighAvailability,
        StorageKind.Log => ClaimKind.Logs,
        StorageKind.Jar => ClaimKind.Jar,
        _ => null
    };

    /// <summary>Reads a name.</summary>
    public static StorageThing Of(StorageAddress place)
    {
        var parts = place.Key.TrimEnd('/').Split('/');
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            var (part, inside) = (parts[i], i < parts.Length - 1 || place.IsFolder);
            if (inside && SavepointName().Match(part) is { Success: true } savepoint)
                return new(At(StorageKind.Savepoint), Up(i), savepoint.Groups["job"].Value);
            if (inside && CheckpointName().Match(part) is { Success: true } checkpoint && i > 0 && JobName().IsMatch(parts[i - 1]))
                return new(At(StorageKind.Checkpoint), Up(i - 1), parts[i - 1], long.TryParse(checkpoint.Groups["n"].Value, CultureInfo.InvariantCulture, out var n) ? n : null);
            if (inside && part is "shared" or "taskowned" && i > 0 && JobName().IsMatch(parts[i - 1]))
                return new(i == parts.Length - 1 ? StorageKind.SharedState : StorageKind.StateFile, Up(i - 1), parts[i - 1]);
            if (part == "job-result-store" || (part == "blob" && inside))
                return new(StorageKind.HighAvailability, Up(part == "blob" ? i - 1 : Math.Min(i + 1, parts.Length - 1)));
            if (inside && JobName().IsMatch(part) && i == parts.Length - 1)
                return new(StorageKind.Checkpoints, Up(i), part);

            StorageKind At(StorageKind folder) => i == parts.Length - 1 ? folder : i == parts.Length - 2 && parts[^1] == "_metadata" && !place.IsFolder ? StorageKind.Metadata : StorageKind.StateFile;
        }
        if (place.IsFolder)
            return new(StorageKind.Folder, place);
        var name = parts[^1];
        return HighAvailabilityName().IsMatch(name) ? new(StorageKind.HighAvailability, place.Parent!.Value)
            : LogName().IsMatch(name) ? new(StorageKind.Log, place.Parent!.Value)
            : new(name.EndsWith(".jar", StringComparison.OrdinalIgnoreCase) ? StorageKind.Jar : StorageKind.Other, place);

        StorageAddress Up(int last) => last < 0 ? place with { Key = "" } : place with { Key = string.Join('/', parts[..(last + 1)]) + (last == parts.Length - 1 && !place.IsFolder ? "" : "/") };
    }

    // FsCompletedCheckpointStorageLocation, FileSystemStateStorageHelper (prefix + random suffix).
    [GeneratedRegex("^savepoint-(?<job>[0-9a-f]{6})-[0-9a-f]{12}$")]
    private static partial Regex SavepointName();

    [GeneratedRegex(@"^chk-(?<n>\d+)$")]
    private static partial Regex CheckpointName();

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex JobName();

    [GeneratedRegex("^(completedCheckpoint|submittedJobGraph|submittedExecutionPlan|executionPlan|jobGraph|mesosWorkerStore)[0-9a-f-]{6,}$")]
    private static partial Regex HighAvailabilityName();

    [GeneratedRegex(@"^(STDOUT|STDERR|stdout|stderr)(_\d{8}_\d+)?\.gz$")]
    private static partial Regex LogName();
}
