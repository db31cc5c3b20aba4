using FlinkDashboard.Gateways.FlinkRest;

namespace FlinkDashboard.State.Flink;

public sealed partial class JobManagerFeed
{
    private async Task RunAsync()
    {
        while (true)
        {
            Task woken;
            TimeSpan wait;
            lock (gate)
            {
                if (wake.Task.IsCompleted)
                    wake = New();
                woken = wake.Task;
                if (asking == 0 && IsOver)
                {
                    loop = Task.CompletedTask;
                    Settle();
                    return;
                }
                if (Next(out wait) is { } topic)
                {
                    topic.IsAsking = true;
                    asking++;
                    Requests++;
                    _ = AskAsync(topic); // counted: the loop ends only when none is under way
                    continue;
                }
                if (asking == 0)
                    Settle();
            }
            await WaitForAsync(woken, wait);
        }
    }

    private bool IsOver => end.IsCancellationRequested || topics.Values.All(t => t.Listeners.Count == 0);

    // What somebody waits for comes first, then the topic that has waited longest; else how long until one is due and may be asked.
    private TopicState? Next(out TimeSpan wait)
    {
        wait = Timeout.InfiniteTimeSpan;
        var now = time.GetTimestamp();
        if (asking >= AtOnce || end.IsCancellationRequested)
            return null;
        var first = topics.Values.Where(t => t.Listeners.Count > 0 && !t.IsAsking && t.Due is not null && !WaitsForAnother(t)).MinBy(t => (t.Due > now, !t.IsWaitedFor, t.Due));
        if (first is null)
            return null;
        var from = Math.Max(first.Due!.Value, quietUntil);
        if (from > now)
        {
            wait = time.GetElapsedTime(now, from);
            return null;
        }
        return budget.TryTake(first.IsWaitedFor, out wait) ? first : null;
    }

    private bool WaitsForAnother(TopicState topic) =>
        topic.Topic.After is { } key && topics.TryGetValue(key, out var other) && other.Listeners.Count > 0 && other.Value is null && other.Failure is null;

    private async Task AskAsync(TopicState topic)
    {
        await Task.Yield();
        List<Action> told;
        try
        {
            var value = await topic.Topic.AskAsync(new(api, Address, this, topic.Value, time.GetUtcNow()), end.Token);
            lock (gate)
            {
                topic.Answered(value, time.GetUtcNow(), time.GetTimestamp(), time);
                told = Ended(topic, all: trouble is not null);
                trouble = null;
                backoff.Reset();
            }
        }
        catch (Exception e)
        {
            if (!end.IsCancellationRequested && e is not FlinkRestException)
                LogBroken(e, topic.Topic.Key, Address);
            lock (gate)
                told = end.IsCancellationRequested ? Ended(topic, all: false) : Failed(topic, e);
        }
        foreach (var changed in told)
            changed();
    }

    private List<Action> Failed(TopicState topic, Exception e)
    {
        var failure = e is FlinkRestException known ? Of(known) : new(Address.ToString(), topic.Topic.Key, e.Message, null, time.GetUtcNow(), 0, false, false);
        if (!failure.IsOfTheWay)
        {
            topic.Failed(failure, time.GetTimestamp(), time);
            return Ended(topic, all: false);
        }
        if (trouble?.Message != failure.Message)
            LogTrouble(Address, failure.Message);
        trouble = failure;
        quietUntil = time.GetTimestamp() + (long)(backoff.Next().TotalSeconds * time.TimestampFrequency);
        return Ended(topic, all: true);
    }

    private List<Action> Ended(TopicState topic, bool all)
    {
        topic.IsAsking = false;
        asking--;
        wake.TrySetResult();
        return [.. (all ? topics.Values.SelectMany(t => t.Listeners) : topic.Listeners).Select(l => l.Changed)];
    }

    private async Task WaitForAsync(Task woken, TimeSpan wait)
    {
        if (wait == Timeout.InfiniteTimeSpan)
        {
            await woken;
            return;
        }
        using var stop = new CancellationTokenSource();
        await Task.WhenAny(woken, Task.Delay(wait, time, stop.Token));
        await stop.CancelAsync();
    }

    [LoggerMessage(LogLevel.Information, "JobManager {Address} cannot be asked: {Reason}")]
    private partial void LogTrouble(object address, string reason);

    [LoggerMessage(LogLevel.Error, "Topic {Topic} of {Address} broke")]
    private partial void LogBroken(Exception e, string topic, object address);
}
