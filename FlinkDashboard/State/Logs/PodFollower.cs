using System.Globalization;
using System.Threading.Channels;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Logs;

namespace FlinkDashboard.State.Logs;

/// <summary>Follows the log of one container of one pod across lost connections, rotations and restarts, each line once.</summary>
internal sealed partial class PodFollower(Pod pod, LogPlace place, LogView view, UserIdentity? user, KubernetesApi api, ClusterState state, TimeProvider time, ChannelWriter<PodItem> items)
{
    private static readonly TimeSpan ForbiddenPause = TimeSpan.FromSeconds(30);
    private readonly string container = PodChoice.ContainerOf(pod, place.Container);
    private readonly Backoff backoff = new(new Random(pod.Metadata.Uid.GetHashCode(StringComparison.Ordinal)));
    private readonly RepeatedLines seen = new();
    private LogSourceState now = new(pod.Metadata.Name, LogFeedState.Connecting, null);
    private int? restarts;
    private long taken;

    /// <summary>Pod name.</summary>
    public string Name => pod.Metadata.Name;

    /// <summary>How well it is known.</summary>
    public LogSourceState Now => Volatile.Read(ref now);

    /// <summary>Makes its entries; used by the reader alone.</summary>
    public EntryFold Fold { get; } = new(pod.Metadata.Name);

    /// <summary>Reads until the pod is gone, or once.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var isLost = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await NoticeRestartAsync(isLost, stop);
                isLost = false;
                if (await ReadAsync(place.Previous, stop) && (!view.IsLive || place.Previous || await IsOverAsync(stop)))
                {
                    Tell(LogFeedState.Ended, null);
                    return;
                }
                await PauseAsync(backoff.Next(), stop);
            }
            catch (KubernetesApiException e)
            {
                isLost = true;
                if (await IsFinalAsync(e, stop))
                    return;
                await PauseAsync(e.IsForbidden ? ForbiddenPause : backoff.Next(e.RetryAfter), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    // One connection, to its end. False when it ended at the end of the window.
    private async Task<bool> ReadAsync(bool previous, CancellationToken stop)
    {
        var follow = view.IsLive && !previous;
        var query = new LogQuery(container, follow, seen.Last is null ? view.Tail : null, previous, seen.Last ?? view.From, () => Tell(follow ? LogFeedState.Live : LogFeedState.Connecting, null));
        var pass = seen.Begin();
        var isProven = seen.IsFresh;
        await foreach (var text in api.LogLinesAsync(pod.Metadata.Namespace, Name, query, user, stop))
        {
            var line = LogStamp.Split(text);
            if (line.Time is not { } at)
            {
                await MarkAsync(LogMark.Note(time.GetUtcNow(), Name, $"The kubelet says: {text}"), stop); // of a file that it cannot read
                continue;
            }
            if (view.To is { } to && at >= to)
                return true;
            if (!isProven && at > seen.Last)
                await MarkAsync(LogMark.Gap(at, Name, $"Lines may be missing here: the log of {Name} was read to {Clock(seen.Last)}, and that line is no longer in it."), stop);
            isProven = true;
            if (pass.IsRepeated(at))
                continue;
            if (at >= (view.From ?? DateTimeOffset.MinValue))
                await TakeAsync(line, at, stop);
        }
        return true;
    }

    private async ValueTask TakeAsync(SourceLine line, DateTimeOffset at, CancellationToken stop)
    {
        backoff.Reset();
        taken++;
        NoteFirst(at);
        await items.WriteAsync(new(this, line, null), stop);
    }

    private ValueTask MarkAsync(LogEntry mark, CancellationToken stop) => items.WriteAsync(new(this, null, mark), stop);

    private void Tell(LogFeedState known, string? problem)
    {
        var next = new LogSourceState(Name, known, problem);
        if (next == now)
            return;
        Volatile.Write(ref now, next);
        items.TryWrite(new(this, null, null));
    }

    // After a lost connection the rest of the run that ended meanwhile is read first.
    private async Task NoticeRestartAsync(bool isLost, CancellationToken stop)
    {
        var status = Status;
        if (restarts is { } before && status?.RestartCount > before && !place.Previous)
        {
            if (isLost && status.RestartCount == before + 1)
                await ReadAsync(previous: true, stop);
            var how = status.LastState is ContainerTerminated end ? string.Create(CultureInfo.InvariantCulture, $" after exit code {end.ExitCode}{(end.Reason is { } reason ? $" ({reason})" : "")}") : "";
            await MarkAsync(LogMark.Note((status.State as ContainerRunning)?.StartedAt ?? time.GetUtcNow(), Name, $"{container} started again{how}."), stop);
            seen.Forget();
        }
        restarts = status?.RestartCount ?? restarts;
    }

    private async Task<bool> IsFinalAsync(KubernetesApiException e, CancellationToken stop)
    {
        if (e.IsNotFound || (e.Code == 400 && (place.Previous || !view.IsLive)))
        {
            if (taken == 0)
                Tell(LogFeedState.Failed, e.IsNotFound ? $"Pod {Name} is gone: CloudWatch or the archive may still have its lines." : Sentence(e.Message));
            else
                await GoneAsync(stop);
            return true;
        }
        if (!view.IsLive && !e.IsTransient)
        {
            Tell(LogFeedState.Failed, Problem(e));
            return true;
        }
        Tell(e.IsForbidden ? LogFeedState.Failed : LogFeedState.Paused, Problem(e));
        return false;
    }

    private string Problem(KubernetesApiException e) => e.IsForbidden
        ? $"{user?.Name ?? "The dashboard"} may not read the log of {Name}: the right \"get pods/log\" in {pod.Metadata.Namespace} is missing."
        : $"The log of {Name} cannot be read now: {Sentence(e.Message)} It is tried again.";

    // The stream has ended: for good, when the pod is gone or will not start its container again.
    private async Task<bool> IsOverAsync(CancellationToken stop)
    {
        var current = state.Now<Pod>().FindByUid(pod.Metadata.Uid);
        if (current is not null && current.Status.Phase is not ("Succeeded" or "Failed"))
            return false;
        await GoneAsync(stop);
        return true;
    }

    private async Task GoneAsync(CancellationToken stop)
    {
        var end = state.Now<Pod>().FindByUid(pod.Metadata.Uid);
        await MarkAsync(LogMark.Note(time.GetUtcNow(), Name, end is null ? $"Pod {Name} is gone." : $"Pod {Name} has ended ({end.Status.Phase})."), stop);
        Tell(LogFeedState.Ended, null);
    }

    // Until the time is over, or the container has started anew.
    private async Task PauseAsync(TimeSpan wait, CancellationToken stop)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = state.Of<Pod>().Subscribe(pod.Metadata.Namespace, Name, () =>
        {
            if (Status is null || Status.RestartCount > restarts)
                changed.TrySetResult();
        });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(changed.Task, Task.Delay(wait, time, end.Token));
        await end.CancelAsync();
    }

    private ContainerStatus? Status => state.Now<Pod>().FindByUid(pod.Metadata.Uid) is { } current ? PodChoice.StatusOf(current, container) : null;

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";

    private static string Clock(DateTimeOffset? at) => at?.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture) ?? "";
}
