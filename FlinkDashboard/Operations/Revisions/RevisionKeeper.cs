using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Revisions;
using FlinkDashboard.State;

namespace FlinkDashboard.Operations.Revisions;

/// <summary>
/// Keeps every spec that is seen of a Flink application, session job or blue/green deployment as an apps/v1 ControllerRevision owned by it, with the
/// dashboard's own account. Woken by the caches; reads the object itself, because the caches hold neither all of a spec nor who wrote it. Several
/// dashboards may run at once: revisions are named by their content, numbers are checked by resourceVersion.
/// </summary>
public sealed partial class RevisionKeeper(KubernetesApi api, ClusterState state, TimeProvider time, ILogger<RevisionKeeper> logger) : BackgroundService
{
    /// <summary>Revisions kept of one object.</summary>
    public const int Kept = 20;

    private const int Attempts = 3;
    private static readonly TimeSpan ForbiddenWait = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim woken = new(1, 1);
    private readonly Dictionary<string, long> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (KindInfo Kind, DateTimeOffset Until, Backoff Wait)> postponed = new(StringComparer.Ordinal);
    // Namespaces whose revisions this account may not write, until when: asked once a minute, not once for each object.
    private readonly Dictionary<string, DateTimeOffset> closed = new(StringComparer.Ordinal);
    private volatile RevisionKeeperStatus status = RevisionKeeperStatus.Starting;

    /// <summary>How well it does.</summary>
    public RevisionKeeperStatus Status => status;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var applications = state.Of<FlinkDeployment>().Subscribe(Wake);
        using var jobs = state.Of<FlinkSessionJob>().Subscribe(Wake);
        using var blueGreen = state.Of<FlinkBlueGreenDeployment>().Subscribe(Wake);
        using var revisions = state.Of<ControllerRevision>().Subscribe(WakeOnce);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(stoppingToken);
                await PassAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Looks once at everything that is known; a test calls it, too.</summary>
    internal async Task PassAsync(CancellationToken stop)
    {
        // Before the kept revisions are known, all specs look new.
        if (!state.Of<ControllerRevision>().Status.IsKnown && state.Of<ControllerRevision>().Status.State == WatchState.Connecting)
            return;
        var due = Due();
        if (due.Count > 0)
        {
            var generations = Generations();
            foreach (var one in due)
                await KeepAsync(one, generations, stop);
        }
        if (postponed.Count == 0 && status.State != RevisionKeeperState.Keeping)
            status = new(RevisionKeeperState.Keeping, null);
    }

    private List<Watched> Due()
    {
        var (due, now) = (new List<Watched>(), time.GetUtcNow());
        var alive = Add(FlinkDeployment.Info) + Add(FlinkSessionJob.Info) + Add(FlinkBlueGreenDeployment.Info);
        if (known.Count > alive * 2 + 64)
            known.Clear(); // mostly of objects that are gone; the others are found among the revisions again
        return due;

        int Add<T>(KindInfo<T> kind) where T : class, IKubernetesObject
        {
            var all = state.Now<T>().All;
            foreach (var o in all)
            {
                var meta = o.Metadata;
                if (known.GetValueOrDefault(meta.Uid) == meta.Generation || meta.IsDeleting || FlinkReading.IsCanary(o) || meta.OwnerReferences.Any(r => r.Kind == FlinkBlueGreenDeployment.Info.Kind))
                    continue;
                if (!(postponed.TryGetValue(meta.Uid, out var later) && later.Until > now))
                    due.Add(new(kind, meta, stop => WrittenAsync(kind, meta, stop)));
            }
            foreach (var gone in postponed.Where(p => p.Value.Kind == kind && state.Now<T>().FindByUid(p.Key) is null).ToList())
                postponed.Remove(gone.Key);
            return all.Count;
        }
    }

    private Dictionary<string, long> Generations()
    {
        var newest = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var revision in state.Now<ControllerRevision>().All)
        {
            if (revision.Metadata.Labels[RevisionLabels.OwnerUid] is { } owner)
                newest[owner] = Math.Max(newest.GetValueOrDefault(owner), RevisionStamp.Of(revision.Metadata).Generation);
        }
        return newest;
    }

    private async Task KeepAsync(Watched one, Dictionary<string, long> generations, CancellationToken stop)
    {
        var uid = one.Meta.Uid;
        var wait = postponed.TryGetValue(uid, out var before) ? before.Wait : new Backoff(new Random(HashCode.Combine(uid, Environment.ProcessId)));
        if (closed.TryGetValue(one.Meta.Namespace, out var until) && until > time.GetUtcNow())
        {
            postponed[uid] = (one.Kind, until, wait);
            return;
        }
        try
        {
            if (generations.GetValueOrDefault(uid) < one.Meta.Generation)
                await StoreAsync(one, stop);
            known[uid] = one.Meta.Generation;
            postponed.Remove(uid);
        }
        catch (KubernetesApiException e) when (e.IsNotFound)
        {
            known[uid] = one.Meta.Generation; // deleted meanwhile: the watch will say so
        }
        catch (KubernetesApiException e)
        {
            var state = e.Code == 403 ? RevisionKeeperState.Forbidden : RevisionKeeperState.Failing;
            var next = time.GetUtcNow() + (e.Code == 403 ? ForbiddenWait : wait.Next(e.RetryAfter));
            if (e.Code == 403)
                closed[one.Meta.Namespace] = next;
            postponed[uid] = (one.Kind, next, wait);
            if (status.State != state)
                LogProblem(one.Meta.Namespace, one.Meta.Name, e.Message);
            status = new(state, e.Message);
        }
    }

    private async Task StoreAsync(Watched one, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await one.Read(stop) is not { } written)
                return;
            try
            {
                await StoreAsync(one.Kind, written, await api.ListRevisionsAsync(written.Owner, null, stop), stop);
                return;
            }
            catch (KubernetesApiException e) when (e.IsConflict && attempt < Attempts)
            {
                // Another dashboard was faster: look at what it left.
            }
        }
    }

    private async Task StoreAsync(KindInfo kind, Written written, IReadOnlyList<ControllerRevision> kept, CancellationToken stop)
    {
        var (owner, content, stamp) = written;
        var newest = kept.Count == 0 ? null : kept[^1];
        var same = kept.FirstOrDefault(r => r.Metadata.Labels[RevisionLabels.Hash] == content.Hash);
        if (same is not null && same == newest)
        {
            // Only a nonce or job.state: the author of the version stays.
            if (RevisionStamp.Of(same.Metadata) is var old && old.Generation < stamp.Generation)
                await api.StampRevisionAsync(same, same.Revision, old with { Generation = stamp.Generation }, stop);
            return;
        }
        var number = (newest?.Revision ?? 0) + 1;
        if (same is not null)
            await api.StampRevisionAsync(same, number, stamp, stop);
        else
            await api.CreateRevisionAsync(kind, owner, content, number, stamp, stop);
        foreach (var old in kept.Where(r => r != same).Take(kept.Count + (same is null ? 1 : 0) - Kept))
            await DeleteAsync(old, stop);
    }

    private async Task DeleteAsync(ControllerRevision old, CancellationToken stop)
    {
        try
        {
            await api.DeleteAsync(new(ControllerRevision.Info, old.Metadata.Namespace, old.Metadata.Name), old.Metadata.Uid, false, null, stop);
        }
        catch (KubernetesApiException e) when (e.IsNotFound || e.IsConflict)
        {
            // another dashboard was faster
        }
    }

    private async Task<Written?> WrittenAsync<T>(KindInfo<T> kind, ObjectMeta seen, CancellationToken stop) where T : class, IKubernetesObject
    {
        var standing = await api.GetStandingAsync(kind, seen.Namespace, seen.Name, null, stop);
        var meta = standing.Object.Metadata;
        if (meta.Uid != seen.Uid || meta.IsDeleting)
            return null;
        var at = FieldWriter.OfSpec(standing.Writers)?.At ?? (meta.Generation <= 1 ? meta.CreationTimestamp : time.GetUtcNow());
        return new(meta, RevisionContent.Of(standing.Manifest), new(meta.Generation, Author.Of(standing.Writers, meta.Annotations[Author.Annotation]), at));
    }

    private void Wake()
    {
        if (woken.CurrentCount > 0)
            return;
        try
        {
            woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // two watches at the same moment: once is enough
        }
    }

    // Its own writes come back here; only the first list matters.
    private void WakeOnce()
    {
        if (status == RevisionKeeperStatus.Starting)
            Wake();
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        if (postponed.Count == 0)
        {
            await woken.WaitAsync(stop);
            return;
        }
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var wait = postponed.Values.Min(p => p.Until) - time.GetUtcNow();
        await Task.WhenAny(woken.WaitAsync(either.Token), Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, either.Token));
        await either.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    [LoggerMessage(LogLevel.Warning, "The spec of {Namespace}/{Name} could not be kept as a revision: {Problem}")]
    private partial void LogProblem(string @namespace, string name, string problem);

    private sealed record Watched(KindInfo Kind, ObjectMeta Meta, Func<CancellationToken, Task<Written?>> Read);

    private sealed record Written(ObjectMeta Owner, RevisionContent Content, RevisionStamp Stamp);
}
