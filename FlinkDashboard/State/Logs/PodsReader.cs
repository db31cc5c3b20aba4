using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

/// <summary>
/// Reads the logs of an application's pods, merged, through the API server and as the user: pods that come later join, pods that end stay with what they said.
/// </summary>
internal sealed class PodsReader(LogPlace place, LogView view, UserIdentity? user, KubernetesApi api, ClusterState state, TimeProvider time, int room) : LogReader
{
    private const int TailOfLive = 1_000;
    private const int Waiting = 8_192; // read and not yet understood: beyond it the kubelet waits

    // Batches are drawn ten times a second at most; smaller ones only cost.
    private static readonly TimeSpan Pinch = TimeSpan.FromMilliseconds(50);

    private readonly Channel<PodItem> items = Channel.CreateBounded<PodItem>(new BoundedChannelOptions(Waiting) { SingleReader = true });
    private readonly ConcurrentDictionary<string, PodFollower> followers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string Words => place.Name is { } name && place.Pods is not { Count: > 0 } ? $"Pods of {name}" : $"Pod {string.Join(", ", place.Pods ?? [])}";

    /// <inheritdoc/>
    public override async Task RunAsync(LogFeed feed, CancellationToken stop)
    {
        var following = FollowAllAsync(feed, stop);
        try
        {
            List<PodItem> batch = [];
            while (await items.Reader.WaitToReadAsync(stop))
            {
                while (batch.Count < Waiting && items.Reader.TryRead(out var item))
                    batch.Add(item);
                Take(feed, batch);
                batch.Clear();
                if (items.Reader.Count < Waiting / 2)
                    await Task.Delay(Pinch, time, stop);
            }
        }
        finally
        {
            await following;
        }
        Tell(feed);
    }

    /// <inheritdoc/>
    public override async Task OlderAsync(LogFeed feed, CancellationToken stop)
    {
        var open = followers.Values.Where(f => f.MayHaveOlder).ToList();
        if (open.Count == 0)
        {
            feed.Say(s => s with { Older = OlderLines.None });
            return;
        }
        var each = (int)Math.Max(50, Math.Min(TailOfLive, feed.Room / open.Count));
        List<FoldedEntry> batch = [];
        List<LogEntry> adopted = [];
        List<string> failed = [];
        foreach (var follower in open)
        {
            try
            {
                if (await follower.OlderAsync(each, batch, stop) is { } orphan)
                    adopted.Add(orphan);
            }
            catch (KubernetesApiException e)
            {
                failed.Add($"{follower.Name}: {e.Message}");
            }
        }
        feed.PutOlder(batch, adopted, s => s with
        {
            Older = followers.Values.Any(f => f.MayHaveOlder) ? failed.Count == open.Count ? OlderLines.None : OlderLines.Possible : OlderLines.None,
            SearchedTo = SearchedTo(),
            Problem = failed.Count > 0 ? $"Older lines could not be read. {failed[0]}" : s.Problem
        });
    }

    // Starts a follower for each pod of the place as it comes; ends, unless live, with the last of them.
    private async Task FollowAllAsync(LogFeed feed, CancellationToken stop)
    {
        List<Task> tasks = [];
        using var changed = new SemaphoreSlim(0);
        using var subscription = state.Of<Pod>().Subscribe(() => changed.Release());
        try
        {
            while (true)
            {
                var pods = PodChoice.Of(place, state.Now<Pod>());
                foreach (var pod in pods.Where(p => !followers.ContainsKey(p.Metadata.Uid) && PodChoice.HasStarted(p, PodChoice.ContainerOf(p, place.Container))))
                {
                    var follower = new PodFollower(pod, place, view with { Tail = TailOf(pods.Count) }, user, api, state, time, items.Writer);
                    followers[pod.Metadata.Uid] = follower;
                    tasks.Add(follower.RunAsync(stop));
                }
                Tell(feed);
                if (!view.IsLive && state.Of<Pod>().Status.IsKnown)
                    break;
                await changed.WaitAsync(stop);
                while (changed.Wait(0, CancellationToken.None))
                {
                    // One look for all changes that have come meanwhile.
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        await Task.WhenAll(tasks);
        items.Writer.TryComplete();
    }

    private int TailOf(int pods) => view.Tail ?? Math.Max(100, Math.Min(view is { From: null, IsLive: true } ? TailOfLive : room, room / Math.Max(1, pods)));

    private void Take(LogFeed feed, List<PodItem> batch)
    {
        List<FoldedEntry> entries = [];
        foreach (var item in batch)
        {
            if (item.Mark is { } mark)
            {
                item.From.Fold.Flush(entries);
                entries.Add(new(mark, Math.Max(mark.Time.UtcTicks, item.From.Fold.Order)));
            }
            else if (item.Line is { } line)
                item.From.Fold.Read(line, entries);
        }
        foreach (var follower in batch.Select(i => i.From).Distinct())
            follower.Fold.Flush(entries);
        feed.Put(entries, Told);
    }

    private void Tell(LogFeed feed) => feed.Say(Told);

    private LogSnapshot Told(LogSnapshot s)
    {
        var sources = followers.Values.Select(f => f.Now).OrderBy(n => n.Name, StringComparer.Ordinal).ToList();
        var (problem, told) = Overall(sources);
        return s with
        {
            Sources = sources,
            State = told,
            Problem = problem,
            SearchedTo = SearchedTo(),
            Older = s.Older == OlderLines.Loading ? s.Older : followers.IsEmpty || followers.Values.Any(f => f.MayHaveOlder) ? OlderLines.Possible : OlderLines.None
        };
    }

    private DateTimeOffset? SearchedTo() => followers.IsEmpty ? null : followers.Values.Max(f => f.First ?? view.From);

    private (string? Problem, LogFeedState State) Overall(List<LogSourceState> sources)
    {
        if (sources.Count == 0)
            return Nobody();
        var troubled = sources.Where(s => s.Problem is not null).ToList();
        var problem = troubled.Count switch
        {
            0 => null,
            1 => troubled[0].Problem,
            _ => string.Create(CultureInfo.InvariantCulture, $"{troubled.Count} of {sources.Count} pods cannot be read. {troubled[0].Problem}")
        };
        LogFeedState[] best = [LogFeedState.Live, LogFeedState.Connecting, LogFeedState.Paused, LogFeedState.Ended];
        return (problem, best.Where(b => sources.Exists(s => s.State == b)).DefaultIfEmpty(LogFeedState.Failed).First());
    }

    private (string? Problem, LogFeedState State) Nobody()
    {
        var status = state.Of<Pod>().StatusIn(place.Namespace ?? "");
        if (!status.IsKnown)
            return (status.LastError is { } error ? $"The pods are not known: {error}" : null, status.State == WatchState.Forbidden ? LogFeedState.Failed : LogFeedState.Connecting);
        var who = place.Pods is { Count: > 0 } ? $"{Words} is not there, or has not started" : $"No pod of {place.Name} has started";
        return view.IsLive ? ($"{who}: lines appear when it does.", LogFeedState.Paused) : ($"{who}. CloudWatch or the archive may still have its lines.", LogFeedState.Failed);
    }
}

/// <summary>Something a pod's log gave: a line, a mark, or only news of its state.</summary>
internal readonly record struct PodItem(PodFollower From, SourceLine? Line, LogEntry? Mark);
