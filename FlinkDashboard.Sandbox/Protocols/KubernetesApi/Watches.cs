using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>WATCH: one JSON line per event until the time is over, the client leaves, or the version is forgotten.</summary>
internal sealed class Watches(SandboxWorld world, TimeProvider real, Faults faults)
{
    private static readonly TimeSpan BookmarkPeriod = TimeSpan.FromMinutes(1);

    /// <summary>Answers a watch.</summary>
    public async Task WatchAsync(ApiRequest request, ObjectWriter writer)
    {
        var selection = new Selection(request);
        var stream = new WatchStream(request.Http.Response.BodyWriter, writer, request.Type, selection);
        var bookmarks = request.Flag("allowWatchBookmarks");
        var version = await StartAsync(request, stream, bookmarks).ConfigureAwait(false);
        var seconds = request.Number("timeoutSeconds") is { } s and > 0 ? s : 2700;
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), real);
        var cut = faults.Cut;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(request.Cancel, timeout.Token, cut);
        try
        {
            await RunAsync(stream, version, bookmarks, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cut.IsCancellationRequested)
        {
            // A watch that comes to its end leaves the client at the newest version.
            if (bookmarks && !faults.StallWatches)
            {
                stream.WriteBookmark(stream.Version, initial: false);
                await stream.FlushAsync(request.Cancel).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            request.Http.Abort();
        }
    }

    // Gives the state that the watch begins with and the version after which changes are due.
    private async Task<long> StartAsync(ApiRequest request, WatchStream stream, bool bookmarks)
    {
        var asked = request.Query("resourceVersion");
        var match = request.Query("resourceVersionMatch");
        var initial = request.Flag("sendInitialEvents");
        VersionWait.CheckMatch(request, asked, match);
        if (initial && match != "NotOlderThan")
            throw VersionWait.Invalid("resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        var version = asked.Length == 0 ? 0 : VersionWait.Parse(asked);
        if (version > 0 && !initial && faults.ExpiredAsHttp)
            world.Objects.ChangesSince(version);
        var response = request.Http.Response;
        response.ContentType = "application/json";
        // The client must know that its watch stands before anything happens.
        await response.BodyWriter.FlushAsync(request.Cancel).ConfigureAwait(false);
        if (version == 0 || initial)
        {
            var (now, items) = world.Objects.List(request.Type, request.Scope);
            await stream.WriteInitialAsync(items, request.Cancel).ConfigureAwait(false);
            version = now;
            if (initial && bookmarks)
                stream.WriteBookmark(version, initial: true);
        }
        await stream.FlushAsync(request.Cancel).ConfigureAwait(false);
        return version;
    }

    private async Task RunAsync(WatchStream stream, long version, bool bookmarks, CancellationToken stop)
    {
        stream.Version = version;
        while (true)
        {
            using var pause = new CancellationTokenSource(bookmarks ? BookmarkPeriod : Timeout.InfiniteTimeSpan, real);
            using var wake = CancellationTokenSource.CreateLinkedTokenSource(stop, pause.Token);
            try
            {
                if (!faults.StallWatches && !Drain(stream))
                {
                    await stream.FlushAsync(stop).ConfigureAwait(false);
                    return;
                }
                await stream.FlushAsync(stop).ConfigureAwait(false);
                await world.Objects.WaitForChangeAsync(faults.StallWatches ? long.MaxValue : stream.Version, wake.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (pause.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                if (!faults.StallWatches)
                    stream.WriteBookmark(stream.Version, initial: false);
            }
        }
    }

    // Writes what has happened; false when the version is forgotten, after the ERROR event that ends the watch.
    private bool Drain(WatchStream stream)
    {
        try
        {
            foreach (var change in world.Objects.ChangesSince(stream.Version))
                stream.Write(change);
            return true;
        }
        catch (ApiError e) when (e.Code == 410)
        {
            stream.WriteError(e);
            return false;
        }
    }
}
