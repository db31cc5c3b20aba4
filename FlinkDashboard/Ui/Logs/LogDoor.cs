using FlinkDashboard.Access;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Model.Storage;
using FlinkDashboard.State.Logs;
using FlinkDashboard.State.Storage;
using FlinkDashboard.Ui.Storage;

namespace FlinkDashboard.Ui.Logs;

/// <summary>
/// The door from a page to a log. CloudWatch and archives are read once for all viewers, with the dashboard's own credentials; so what each viewer may read is asked of the API
/// server first. Pods are read as the viewer anyway.
/// </summary>
public sealed class LogDoor(LogHub hub, LogSources sources, StorageFiles files, InsightsDesk insights, SourceRights rights, CurrentUser user)
{
    /// <summary>The feed of a view, or why this viewer may not see it. Ask again now and then: the answer is believed for 30 s.</summary>
    public async Task<OpenedLog> OpenAsync(LogPlace place, LogView view, CancellationToken stop)
    {
        var may = await MayAsync(place, stop);
        return new(may, !may.Allowed ? null : place is { Way: LogWay.Archive, Address: { } address } ? hub.OpenArchive(place, view, s => files.OpenArchiveAsync(address, s)) : hub.Open(place, view, user.Identity));
    }

    /// <summary>May this viewer read it? An application's own archives stand in its specification; any other is a file.</summary>
    public Task<Decision> MayAsync(LogPlace place, CancellationToken stop) =>
        place is not { Way: LogWay.Archive, Address: { } address } ? rights.MayReadLogsAsync(user.Identity, place, stop)
            : IsOwn(place, address) ? rights.MayReadLogsAsync(user.Identity, place with { Address = null }, stop)
            : MayBrowseAsync(address, stop);

    /// <summary>Log groups to choose from, or why this viewer may choose none.</summary>
    public async Task<(Decision May, IReadOnlyList<string> Groups)> GroupsAsync(CancellationToken stop)
    {
        var may = await rights.MayReadLogsAsync(user.Identity, new(LogWay.CloudWatch), stop);
        return (may, may.Allowed ? await sources.Groups.NamesAsync(stop) : []);
    }

    /// <summary>Starts a query of whole groups, or says why this viewer may not.</summary>
    public async Task<(Decision May, InsightsRun? Run)> AskAsync(IReadOnlyList<string> groups, string query, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        var may = await rights.MayReadLogsAsync(user.Identity, new(LogWay.CloudWatch, Group: groups[0]), stop);
        return (may, may.Allowed ? insights.Start(groups, query, from, to) : null);
    }

    private bool IsOwn(LogPlace place, string address) =>
        place is { Namespace: { } ns, Name: { } name } && sources.Of(ns, name).ArchiveUri is { } uri && address.StartsWith(uri + "/", StringComparison.Ordinal)
        && StreamName.BelongsTo(address[(uri.Length + 1)..].Split('/')[0], name);

    private Task<Decision> MayBrowseAsync(string address, CancellationToken stop) => StorageAddress.Of(address) is { } place
        ? StorageView.MayAsync(files.Locations, rights, user.Identity, place, stop)
        : Task.FromResult(Decision.No($"\"{address}\" is no address of an archive: it is written s3://bucket/key."));
}

/// <summary>A log, or why not.</summary>
/// <param name="May">The decision and its reason.</param>
/// <param name="Feed">The feed; null when it may not be seen.</param>
public sealed record OpenedLog(Decision May, LogFeed? Feed);
