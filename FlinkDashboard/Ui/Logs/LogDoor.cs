using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Model.Storage;
using FlinkDashboard.State.Logs;
using FlinkDashboard.State.Storage;
using FlinkDashboard.Ui.Live;
using FlinkDashboard.Ui.Storage;

namespace FlinkDashboard.Ui.Logs;

/// <summary>
/// The door from a page to a log. CloudWatch and archives are read once for all viewers, with the dashboard's own credentials; so what each viewer may read is asked of the API
/// server first. Pods are read as the viewer anyway.
/// </summary>
public sealed class LogDoor(LogHub hub, LogSources sources, StorageFiles files, InsightsDesk insights, SourceRights rights, ClusterView cluster)
{
    private Model.UserIdentity? Viewer => cluster.User.Identity;

    /// <summary>What logs there are of an application; null for those who do not see it and its pods.</summary>
    public LogOffer? OfferOf(string ns, string name) => cluster.Sees<FlinkDeployment>(ns) && cluster.Sees<Pod>(ns) ? sources.Of(ns, name) : null;

    /// <summary>The feed of a view, or why this viewer may not see it. Ask again now and then: the answer is believed for 30 s.</summary>
    public async Task<OpenedLog> OpenAsync(LogPlace place, LogView view, CancellationToken stop)
    {
        var target = sources.TargetOf(place);
        var may = await MayAsync(target, stop);
        return new(may, target.Beyond is not null, !may.Allowed ? null : place is { Way: LogWay.Archive, Address: { } address } ? hub.OpenArchive(place, view, s => files.OpenArchiveAsync(address, s)) : hub.Open(target, view, Viewer));
    }

    /// <summary>All lines of a window, or why this viewer may not have them. See <see cref="LogHub"/>.</summary>
    public async Task<(Decision May, IAsyncEnumerable<string>? Lines)> DownloadAsync(LogPlace place, LogView view, CancellationToken stop)
    {
        var target = sources.TargetOf(place);
        var may = await MayAsync(target, stop);
        return (may, may.Allowed ? hub.DownloadAsync(target, view, Viewer, stop) : null);
    }

    /// <summary>The streams that CloudWatch has of a place, and so pods that only CloudWatch still knows; none for those who may not read its lines there.</summary>
    public async Task<PlaceStreams> StreamsAsync(LogPlace place, CancellationToken stop)
    {
        var target = sources.TargetOf(place with { Way = LogWay.CloudWatch, Pods = null, Output = null, Address = null });
        return (await MayAsync(target, stop)).Allowed ? await sources.StreamsAsync(target, stop) : PlaceStreams.None;
    }

    /// <summary>May this viewer query whole log groups?</summary>
    public Task<Decision> MayQueryAsync(CancellationToken stop) => rights.MayReadLogsAsync(Viewer, new(LogWay.CloudWatch), null, stop);

    /// <summary>Log groups to choose from, or why this viewer may choose none.</summary>
    public async Task<(Decision May, IReadOnlyList<string> Groups)> GroupsAsync(CancellationToken stop)
    {
        var may = await MayQueryAsync(stop);
        return (may, may.Allowed ? await sources.Groups.NamesAsync(stop) : []);
    }

    /// <summary>Bytes that a group holds; null when it is not known, or this viewer may not ask.</summary>
    public async Task<long?> HeldAsync(string group, CancellationToken stop) =>
        (await rights.MayReadLogsAsync(Viewer, new(LogWay.CloudWatch, Group: group), null, stop)).Allowed ? await sources.Groups.HeldAsync(group, stop) : null;

    /// <summary>Starts a query of whole groups, or says why this viewer may not.</summary>
    public async Task<(Decision May, InsightsRun? Run)> AskAsync(IReadOnlyList<string> groups, string query, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        var may = await rights.MayReadLogsAsync(Viewer, new(LogWay.CloudWatch, Group: groups[0]), null, stop);
        return (may, may.Allowed ? insights.Start(groups, query, from, to) : null);
    }

    /// <summary>What a query of before has found, or why this viewer may not see it.</summary>
    public async Task<(Decision May, InsightsRun? Run)> AskedAsync(string id, CancellationToken stop)
    {
        var may = await MayQueryAsync(stop);
        return (may, may.Allowed ? insights.Resume(id) : null);
    }

    private Task<Decision> MayAsync(LogTarget target, CancellationToken stop) =>
        target is { Place: { Way: LogWay.Archive, Address: { } address }, Beyond: { } beyond } ? MayBrowseAsync(target.Place, address, beyond, stop)
            : rights.MayReadLogsAsync(Viewer, target.Place, target.Beyond, stop);

    // A file is for those whose place of storage it is, whoever names it.
    private async Task<Decision> MayBrowseAsync(LogPlace log, string address, string beyond, CancellationToken stop)
    {
        if (StorageAddress.Of(address) is not { } place)
            return Decision.No($"\"{address}\" is no address of an archive: it is written s3://bucket/key.");
        var may = await StorageView.MayAsync(files.Locations, rights, Viewer, place, stop);
        // What a spec names is not told to those who may not read the application's own logs.
        return !may.Allowed && (await rights.MayReadLogsAsync(Viewer, log, null, stop)).Allowed ? Decision.No($"{beyond} {may.Reason}") : may;
    }
}

/// <summary>A log, or why not.</summary>
/// <param name="May">The decision and its reason.</param>
/// <param name="IsBeyond">The right to the application's own logs is not enough.</param>
/// <param name="Feed">The feed; null when it may not be seen.</param>
public sealed record OpenedLog(Decision May, bool IsBeyond, LogFeed? Feed);
