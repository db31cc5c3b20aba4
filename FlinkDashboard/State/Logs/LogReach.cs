using FlinkDashboard.Configuration;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Model.Storage;

namespace FlinkDashboard.State.Logs;

/// <summary>A place and what is read for it, as the cluster said at one moment.</summary>
/// <param name="Place">The place.</param>
/// <param name="Beyond">Why it may hold lines of others, so that the right to the application's own logs is not enough; null: it is the application's own, or does not come from its spec.</param>
public sealed record LogTarget(LogPlace Place, string? Beyond)
{
    /// <summary>Streams of CloudWatch; null for other ways, or when the application names no group.</summary>
    internal CloudScope? Scope { get; init; }
}

/// <summary>
/// Whether the log group and the archive that a spec names are the application's own. Whoever may write a spec can name any group and any folder, and the dashboard would read it
/// with its own role. Own is what the settings give to the namespace; what they give to nobody is its own unless an application of another namespace keeps lines there under
/// names that could be taken for its.
/// </summary>
internal sealed class LogReach(ClusterState state, DashboardOptions options)
{
    private const string CannotTell = "their lines cannot be told apart";
    private readonly IReadOnlyList<LogGrant> grants = [.. options.Logs.ApplicationGroups.Select(text => LogGrant.Of(text, out _)).OfType<LogGrant>()];
    private readonly StorageLocations locations = StorageLocations.Of(options.Storage.Locations, options.Storage.Jars);

    /// <summary>Why an application's streams may be others'; null: they are its own.</summary>
    public string? BeyondOf(string ns, string name, CloudScope scope)
    {
        var given = grants.Where(grant => grant.Covers(ns, scope.Group, scope.Prefixes)).ToList();
        if (given.Exists(grant => grant.IsOwn))
            return null;
        if (grants.Count > 0 && given.Count == 0)
            return $"{name} names the log group {scope.Group}, streams {string.Join(" and ", scope.Prefixes)}…, which Logs:ApplicationGroups does not give to applications of namespace {ns} ({Rules(ns)}).";
        return Others(ns, name).Any(other => other.Spec.MonitoringConfiguration?.CloudWatchMonitoringConfiguration is { } cloud && cloud.LogGroupName == scope.Group && Meet(scope.Prefixes, StreamName.PrefixesOf(cloud.LogStreamNamePrefix, other.Metadata.Name)))
            ? $"An application of another namespace sends to the log group {scope.Group} too, with a name and a prefix as {name} has them: {CannotTell}. A prefix or a group for each namespace, or Logs:ApplicationGroups, does that."
            : null;
    }

    /// <summary>Why an archive may be others'; null: it is a file of a pod of the application, in the folder that its spec names and that is its own.</summary>
    public string? BeyondOf(string? ns, string? name, string? uri, string address)
    {
        if (ns is null || name is null || uri is null || StorageAddress.FolderOf(uri) is not { } folder || StorageAddress.Of(address) is not { } file || !IsOfPod(file, folder, name))
            return "It is no archive that an application names.";
        var covering = locations.Covering(file);
        // The innermost location says whose it is.
        List<StorageLocation> innermost = [.. covering.Where(location => covering.All(other => location.Root.IsIn(other.Root)))];
        if (innermost.Exists(location => location.Namespace == ns))
            return null;
        if (innermost.Count == 0 || locations.All.Any(location => location.Namespace is not null))
            return $"{name} names {folder}, which Storage:Locations does not give to namespace {ns}.";
        return Others(ns, name).Any(other => StorageAddress.FolderOf(other.Spec.MonitoringConfiguration?.S3MonitoringConfiguration?.LogUri, schemeless: true) is { } theirs && (theirs.IsIn(folder) || folder.IsIn(theirs)))
            ? $"An application of another namespace keeps archives in {folder} too, and its name is as {name}: {CannotTell}. A folder for each namespace, or Storage:Locations, does that."
            : null;
    }

    private IEnumerable<FlinkDeployment> Others(string ns, string name) =>
        state.Now<FlinkDeployment>().All.Where(other => other.Metadata.Namespace != ns && StreamName.AreAlike(other.Metadata.Name, name));

    private string Rules(string ns) => grants.Where(grant => grant.Namespace is null || grant.Namespace == ns).Select(grant => grant.Text).ToList() is { Count: > 0 } rules ? string.Join(", ", rules) : "it names none for it";

    private static bool Meet(IReadOnlyList<string> ours, IReadOnlyList<string> theirs) =>
        ours.Any(one => theirs.Any(other => one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal)));

    // <folder>/<pod>/STDOUT.gz and nothing deeper: what stands deeper may be another's folder.
    private static bool IsOfPod(StorageAddress file, StorageAddress folder, string name) =>
        file.IsIn(folder) && file.Key[folder.Key.Length..].Split('/') is [var pod, _] && StreamName.BelongsTo(pod, name) && StorageThing.Of(file).Kind == StorageKind.Log;
}
