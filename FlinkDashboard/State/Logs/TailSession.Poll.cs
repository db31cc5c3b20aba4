using FlinkDashboard.Gateways.CloudWatchLogs;

namespace FlinkDashboard.State.Logs;

internal sealed partial class TailSession
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortOverlap = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnotherTry = TimeSpan.FromMinutes(5);
    private bool isPolling;

    // Returns when Live Tail is worth another try; throws when the group cannot be read at all.
    private async Task PollAsync(CloudWatchLogsException refusal, CancellationToken stop)
    {
        if (!isPolling)
            Mark(false, time.GetUtcNow(), $"Live Tail is not possible: {refusal.Message} CloudWatch is asked every {Pace.TotalSeconds:0} s instead.");
        isPolling = true;
        var since = time.GetTimestamp();
        var overlap = Overlap;
        while (refusal.Fault != LogsFault.LimitExceeded || time.GetElapsedTime(since) < AnotherTry)
        {
            try
            {
                overlap = await PollOnceAsync(overlap, stop);
                Tell(LogFeedState.Live, null);
                backoff.Reset();
                await Task.Delay(Pace, time, stop);
            }
            catch (CloudWatchLogsException e) when (e.IsTransient || e.Fault is LogsFault.Credentials)
            {
                Tell(LogFeedState.Paused, $"{e.Message} It is tried again.");
                await Task.Delay(backoff.Next(Pace), time, stop);
            }
        }
    }

    // The overlap is read again each time, for events that come in late; it shrinks where that would cost too much.
    private async Task<TimeSpan> PollOnceAsync(TimeSpan overlap, CancellationToken stop)
    {
        var from = Math.Max(began.ToUnixTimeMilliseconds() - (long)Overlap.TotalMilliseconds, newest - (long)overlap.TotalMilliseconds);
        var until = time.GetUtcNow().ToUnixTimeMilliseconds() + 1;
        var (events, readTo) = await scope.ReadAsync(api, pattern, from, until, CloudScope.Pages, stop);
        await DeliverAsync(events.Where(e => e.Timestamp >= began.ToUnixTimeMilliseconds()), ledger.Begin(isLookBack: true), false, stop);
        if (readTo >= until)
            return events.Count > 10_000 ? ShortOverlap : overlap;
        if (overlap == ShortOverlap)
        {
            Mark(true, Moment(readTo), $"More is written than can be read by asking: lines from {Clock(readTo)} to {Clock(until)} are missing, in unknown number. A window of time shows all of them.");
            newest = until;
        }
        return ShortOverlap;
    }
}
