using FlinkDashboard.Access;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.State.Logs;

namespace FlinkDashboard.Ui.Logs;

/// <summary>
/// The door from a page to a log. CloudWatch and archives are read once for all viewers, with the dashboard's own credentials; so what each viewer may read is asked of the API
/// server first. Pods are read as the viewer anyway.
/// </summary>
public sealed class LogDoor(LogHub hub, LogSources sources, SourceRights rights, CurrentUser user)
{
    /// <summary>The feed of a view, or why this viewer may not see it. Ask again now and then: the answer is believed for 30 s.</summary>
    public async Task<OpenedLog> OpenAsync(LogPlace place, LogView view, CancellationToken stop)
    {
        var (may, found) = await FindAsync(place, stop);
        return new(may, may.Allowed ? hub.Open(found, view, user.Identity) : null);
    }

    /// <summary>May this viewer read it, and where it really is: an application's own streams and archives stand in its specification.</summary>
    public async Task<(Decision May, LogPlace Place)> FindAsync(LogPlace place, CancellationToken stop)
    {
        if (place is { Way: LogWay.Archive, Address: { } address })
            return (OwnArchive(place, address) ? await rights.MayReadLogsAsync(user.Identity, place with { Address = null }, stop) : await rights.MayBrowseAsync(user.Identity, null, stop), place);
        if (place is not { Way: LogWay.CloudWatch, Group: null, Namespace: { } ns, Name: { } name })
            return (await rights.MayReadLogsAsync(user.Identity, place, stop), place);
        var may = await rights.MayReadLogsAsync(user.Identity, place, stop);
        return sources.Of(ns, name).CloudWatch is { } own
            ? (may, own with { Pods = place.Pods })
            : (may.Allowed ? Decision.No($"{name} names no log group in its monitoringConfiguration.") : may, place);
    }

    private bool OwnArchive(LogPlace place, string address) =>
        place is { Namespace: { } ns, Name: { } name } && sources.Of(ns, name).ArchiveUri is { } uri && address.StartsWith(uri + "/", StringComparison.Ordinal)
        && LogSourceName.IsPodOf(address[(uri.Length + 1)..].Split('/')[0], name);
}

/// <summary>A log, or why not.</summary>
/// <param name="May">The decision and its reason.</param>
/// <param name="Feed">The feed; null when it may not be seen.</param>
public sealed record OpenedLog(Decision May, LogFeed? Feed);
