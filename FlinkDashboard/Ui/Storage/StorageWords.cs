using FlinkDashboard.Model.Storage;
using FlinkDashboard.Ui.Menu;

namespace FlinkDashboard.Ui.Storage;

/// <summary>What is said of things in storage, and where they are shown.</summary>
public static class StorageWords
{
    /// <summary>What a thing is, in a word or two.</summary>
    public static string Of(StorageThing thing) => thing.Kind switch
    {
        StorageKind.Folder => "folder",
        StorageKind.Checkpoints => "checkpoints of a job",
        StorageKind.Checkpoint => thing.Number is { } number ? $"checkpoint {number}" : "checkpoint",
        StorageKind.SharedState => "state that checkpoints share",
        StorageKind.Savepoint => "savepoint",
        StorageKind.Metadata => "metadata",
        StorageKind.StateFile => "state file",
        StorageKind.HighAvailability => "high-availability data",
        StorageKind.Log => "archived log",
        StorageKind.Jar => "jar",
        _ => "file",
    };

    /// <summary>What an application keeps there.</summary>
    public static string Of(ClaimKind kind) => kind switch
    {
        ClaimKind.Checkpoints => "checkpoints",
        ClaimKind.Savepoints => "savepoints",
        ClaimKind.HighAvailability => "high-availability data",
        ClaimKind.Logs => "logs",
        _ => "jar",
    };

    /// <summary>The page of a folder, or of an object beside its folder.</summary>
    public static string Address(StorageAddress place) => place.IsFolder ? PageQuery.Empty.With("at", place.ToString()).On("/storage") : PageQuery.Empty.With("at", place.Parent?.ToString()).With("show", place.ToString()).On("/storage");

    /// <summary>Saves an object.</summary>
    public static string Download(StorageAddress place) => PageQuery.Empty.With("at", place.ToString()).On("/storage/file");

    /// <summary>The log view of an archive.</summary>
    public static string LogAddress(StorageAddress place) => PageQuery.Empty.With("way", "archive").With("address", place.ToString()).On("/logs");

    /// <summary>The form of a new application that runs a jar.</summary>
    public static string DeployAddress(StorageAddress jar) => PageQuery.Empty.With("start", "basic").With("jar", jar.ToString()).On("/deploy/new");
}
