using System.Collections.Immutable;
using FlinkDashboard.Gateways.S3;
using FlinkDashboard.Model.Storage;

namespace FlinkDashboard.State.Storage;

/// <summary>How far counting is.</summary>
/// <param name="Count">The last whole count; null before there was one.</param>
/// <param name="At">When it was done.</param>
/// <param name="IsCut">Counting stopped at its limit: there is more.</param>
/// <param name="Failures">Places that could not be counted, the last time.</param>
/// <param name="IsRunning">Counting now.</param>
/// <param name="Seen">Objects seen by the count that is running.</param>
public sealed record UsageState(StorageCount? Count, DateTimeOffset? At, bool IsCut, IReadOnlyList<StorageFailure> Failures, bool IsRunning, long Seen);

/// <summary>
/// Counts everything in the configured locations, in the background and on demand; one count for all viewers. Bounded: at most <see cref="MostRequests"/> requests, one
/// after the other. What was counted last stays, with its age, when counting fails.
/// </summary>
public sealed class UsageCount(S3Api api, StorageFiles files, TimeProvider time, ILogger<UsageCount> logger) : IAsyncDisposable
{
    /// <summary>Requests of one count; each lists at most 1,000 objects.</summary>
    public const int MostRequests = 3_000;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource end = new();
    private ImmutableArray<Action> listeners = [];
    private Task running = Task.CompletedTask;
    private volatile UsageState now = new(null, null, false, [], false, 0);

    /// <summary>What is known.</summary>
    public UsageState Now => now;

    /// <summary>Counts anew, or joins the count under way.</summary>
    public Task StartAsync()
    {
        lock (gate)
        {
            if (running.IsCompleted && !end.IsCancellationRequested)
            {
                Tell(now with { IsRunning = true, Seen = 0 });
                running = Task.Run(CountAsync);
            }
            return running;
        }
    }

    /// <summary>Calls <paramref name="changed"/> as counting goes on, from any thread.</summary>
    public IDisposable Subscribe(Action changed)
    {
        ImmutableInterlocked.Update(ref listeners, static (all, one) => all.Add(one), changed);
        return new Subscription(() => ImmutableInterlocked.Update(ref listeners, static (all, one) => all.Remove(one), changed));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        end.Dispose();
    }

    private async Task CountAsync()
    {
        var (count, failures, left) = (new StorageCount(), new List<StorageFailure>(), MostRequests);
        try
        {
            foreach (var location in files.Locations.Outermost)
                left = await CountAsync(location, count, failures, left);
            var failed = failures.Count > 0 && count.Total.Objects == 0;
            Tell(failed ? now with { Failures = failures, IsRunning = false } : new(count, time.GetUtcNow(), left < 0, failures, false, count.Total.Objects));
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            Tell(now with { IsRunning = false });
        }
        catch (Exception e)
        {
            logger.LogError(e, "Counting what storage holds failed");
            Tell(now with { Failures = [new(e.Message, null, false, time.GetUtcNow())], IsRunning = false });
        }
    }

    private async Task<int> CountAsync(StorageLocation location, StorageCount count, List<StorageFailure> failures, int left)
    {
        string? next = null;
        try
        {
            do
            {
                if (left-- <= 0)
                    return left;
                var page = await api.ListBelowAsync(location.Root, next, end.Token);
                foreach (var one in page.Objects)
                    count.Add(one);
                next = page.Next;
                Tell(now with { Seen = count.Total.Objects });
            }
            while (next is not null);
        }
        catch (S3Exception e)
        {
            failures.Add(Failures.Of(e, time.GetUtcNow()));
        }
        return left;
    }

    private void Tell(UsageState state)
    {
        now = state;
        foreach (var listener in listeners)
            listener();
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
