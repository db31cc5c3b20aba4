using System.Collections.Immutable;
using FlinkDashboard.Gateways.CloudWatchLogs;

namespace FlinkDashboard.State.Logs;

/// <summary>
/// Live events of one group, choice of streams and pattern: a Live Tail session, opened anew when it ends or breaks, with a look back at what came meanwhile;
/// or, where Live Tail is refused, the same by asking every few seconds. Each event once.
/// </summary>
internal sealed partial class TailSession
{
    private const int Remembered = 200_000; // events in the ledger: well over the overlap at 500 a second
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnotherLook = TimeSpan.FromSeconds(30);
    private readonly CloudScope scope;
    private readonly string? pattern;
    private readonly CloudWatchLogsApi api;
    private readonly LogGroups groups;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Backoff backoff = new(new Random(1));
    private readonly EventLedger ledger = new(Remembered);
    private readonly SemaphoreSlim delivering = new(1);
    private readonly CancellationTokenSource end = new();
    private readonly Lock telling = new();
    private readonly DateTimeOffset began;
    private ImmutableArray<Action<TailNews>> views = [];
    private TailNews last = new([], LogFeedState.Connecting, null, false, null);
    private long newest;
    private long? unread; // from here on something may not be read
    private (DateTimeOffset At, string Why)? broken;

    public TailSession(CloudScope scope, string? pattern, CloudWatchLogsApi api, LogGroups groups, TimeProvider time, ILogger logger)
    {
        (this.scope, this.pattern, this.api, this.groups, this.time, this.logger) = (scope, pattern, api, groups, time, logger);
        began = time.GetUtcNow();
        newest = began.ToUnixTimeMilliseconds();
        unread = newest;
        _ = Task.Run(() => RunAsync(end.Token)); // ends with End, and tells failures itself
    }

    public void Add(Action<TailNews> told)
    {
        ImmutableInterlocked.Update(ref views, static (all, one) => all.Add(one), told);
        told(last with { Events = [], Mark = null });
    }

    public int Remove(Action<TailNews> told)
    {
        ImmutableInterlocked.Update(ref views, static (all, one) => all.Remove(one), told);
        return views.Length;
    }

    public void End() => end.Cancel();

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                try
                {
                    while (await TailAsync(stop) is { } refusal)
                        await PollAsync(refusal, stop);
                }
                catch (CloudWatchLogsException e)
                {
                    Tell(LogFeedState.Failed, e.Message);
                }
                await Task.Delay(AnotherLook, time, stop); // a right may be given, a group made
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception e)
        {
            LogBroken(e, scope.Group);
            Tell(LogFeedState.Failed, $"Reading ended: {e.Message}");
        }
    }

    // Session after session. Ends with the reason why there can be none, which polling may still get round.
    private async Task<CloudWatchLogsException?> TailAsync(CancellationToken stop)
    {
        for (var session = 0; ; session++)
        {
            using var look = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var looking = Task.CompletedTask;
            try
            {
                var request = new StartLiveTailRequest([await groups.ArnAsync(scope.Group, stop)], scope.Prefixes.Count > 0 ? scope.Prefixes : null, pattern);
                var pass = ledger.Begin();
                var before = time.GetTimestamp();
                await foreach (var update in api.StartLiveTailAsync(request, () => { Tell(LogFeedState.Live, null); looking = LookBackAsync(session > 0, look.Token); }, stop))
                {
                    backoff.Reset();
                    looking = AgainIfSlow(looking, before, look.Token);
                    before = time.GetTimestamp();
                    var events = (update.SessionResults ?? []).Select(e => new CloudEvent(e.LogStreamName, e.Timestamp, e.Message));
                    await DeliverAsync(events, pass, update.SessionMetadata?.Sampled == true, stop);
                }
            }
            catch (CloudWatchLogsException e) when (e.Fault is LogsFault.Forbidden or LogsFault.NotSupported or LogsFault.LimitExceeded or LogsFault.BadRequest)
            {
                return e;
            }
            catch (CloudWatchLogsException e) when (e.Fault == LogsFault.SessionTimeout)
            {
                LogRenewed(scope.Group);
            }
            catch (CloudWatchLogsException e) when (e.IsTransient || e.Fault is LogsFault.Credentials)
            {
                LogTrouble(scope.Group, e.Message);
                broken ??= (time.GetUtcNow(), e.Message);
                Tell(LogFeedState.Paused, $"{e.Message} It is tried again.");
                await Task.Delay(backoff.Next(), time, stop);
            }
            finally
            {
                unread ??= newest;
                await look.CancelAsync();
                await looking;
            }
        }
    }

    // The service keeps the updates of some seconds for a slow reader, then gives up the oldest without a word.
    private Task AgainIfSlow(Task looking, long before, CancellationToken stop)
    {
        if (time.GetElapsedTime(before) < Slow || !looking.IsCompleted)
            return looking;
        unread ??= newest;
        return LookBackAsync(true, stop);
    }

    // What was written before the session was open: at once, and again when the service has everything searchable.
    private async Task LookBackAsync(bool isAgain, CancellationToken stop)
    {
        var from = (unread ?? newest) - (long)Overlap.TotalMilliseconds;
        try
        {
            await LookAsync(from, isAgain, stop);
            await Task.Delay(SecondLook, time, stop);
            await LookAsync(from, false, stop);
            unread = null;
        }
        catch (CloudWatchLogsException e)
        {
            LogTrouble(scope.Group, e.Message);
            if (isAgain)
                Mark(true, time.GetUtcNow(), $"The connection to Live Tail was lost, and what was written meanwhile cannot be read. {e.Message}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The session it belongs to has ended.
        }
    }

    private async Task LookAsync(long from, bool isAgain, CancellationToken stop)
    {
        var (start, until) = (began.ToUnixTimeMilliseconds(), time.GetUtcNow().ToUnixTimeMilliseconds() + 1);
        var (events, readTo) = await scope.ReadAsync(api, pattern, Math.Max(from, start - (long)Overlap.TotalMilliseconds), until, CloudScope.Pages, stop);
        await DeliverAsync(events.Where(e => e.Timestamp >= start), ledger.Begin(isLookBack: true), null, stop);
        if (!isAgain)
            return;
        if (readTo < until)
            Mark(true, Moment(readTo), $"The connection to Live Tail was lost. Lines after {Clock(readTo)} may be missing: more was written meanwhile than is read again.");
        else if (broken is { } end)
            Mark(false, end.At, $"The connection to Live Tail was lost here and taken up again; what was written meanwhile has been read. {end.Why}");
        broken = null;
    }

    // One delivery at a time: sessions, looks back and polls overlap.
    private async Task DeliverAsync(IEnumerable<CloudEvent> events, EventLedger.Pass pass, bool? isSampled, CancellationToken stop)
    {
        await delivering.WaitAsync(stop);
        try
        {
            var fresh = events.Where(e => scope.SourceOf(e.Stream) is not null && pass.IsNew(e)).OrderBy(e => e.Timestamp).ToList();
            if (fresh.Count > 0)
                newest = Math.Max(newest, fresh[^1].Timestamp);
            var sampled = isSampled ?? last.IsSampled;
            var mark = sampled == last.IsSampled ? null : sampled
                ? new TailMark(true, Earliest(fresh), "CloudWatch delivers at most 500 lines a second to a live view: from here on lines are missing, in unknown number. A window of time shows all of them.")
                : new TailMark(false, Earliest(fresh), "From here on all lines are delivered again.");
            if (fresh.Count > 0 || mark is not null)
                Tell(last with { Events = fresh, IsSampled = sampled, Mark = mark });
        }
        finally
        {
            delivering.Release();
        }
    }

    private DateTimeOffset Earliest(List<CloudEvent> fresh) => fresh.Count > 0 ? Moment(fresh[0].Timestamp) : time.GetUtcNow();

    private void Mark(bool isGap, DateTimeOffset at, string text) => Tell(last with { Events = [], Mark = new(isGap, at, text) });

    private void Tell(LogFeedState state, string? problem)
    {
        if (last.State != state || last.Problem != problem)
            Tell(last with { Events = [], Mark = null, State = state, Problem = problem });
    }

    private void Tell(TailNews news)
    {
        lock (telling)
        {
            last = news with { Events = [], Mark = null };
            foreach (var view in views)
                view(news); // puts it into its own queue
        }
    }

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string Clock(long milliseconds) => Moment(milliseconds).UtcDateTime.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Information, "Live Tail of {Group}: {Reason}")]
    private partial void LogTrouble(string group, string reason);

    [LoggerMessage(LogLevel.Debug, "Live Tail of {Group} is renewed after its three hours")]
    private partial void LogRenewed(string group);

    [LoggerMessage(LogLevel.Error, "Live events of {Group} broke")]
    private partial void LogBroken(Exception e, string group);
}
