using FlinkDashboard.Gateways.S3;
using FlinkDashboard.Model.Storage;

namespace FlinkDashboard.State.Storage;

/// <summary>Answers kept for a short while and shared by all viewers; equal questions at the same time are one request. A failure keeps the last good answer, with its age.</summary>
/// <param name="time">Clock.</param>
/// <param name="life">How long an answer is good.</param>
/// <param name="room">Answers kept.</param>
internal sealed class SharedReads<T>(TimeProvider time, TimeSpan life, int room) where T : class
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Held> held = new(StringComparer.Ordinal);

    /// <summary>The answer to a question.</summary>
    /// <param name="key">The question.</param>
    /// <param name="read">Asks; goes on when this viewer leaves, for others.</param>
    /// <param name="fresh">Do not be content with a kept answer.</param>
    /// <param name="stop">Ends the wait.</param>
    public Task<StorageAnswer<T>> ReadAsync(string key, Func<CancellationToken, Task<T>> read, bool fresh, CancellationToken stop)
    {
        lock (gate)
        {
            var known = held.GetValueOrDefault(key);
            if (known is { Running.IsCompleted: false } || (known is not null && !fresh && time.GetUtcNow() < known.Until))
                return known.Running.WaitAsync(stop);
            MakeRoom();
            var asked = new Held(known?.Last, time.GetUtcNow() + life);
            held[key] = asked;
            asked.Running = AskAsync(asked, read);
            return asked.Running.WaitAsync(stop);
        }
    }

    private async Task<StorageAnswer<T>> AskAsync(Held asked, Func<CancellationToken, Task<T>> read)
    {
        await Task.Yield(); // the request is not made inside the lock
        try
        {
            return asked.Last = new(await read(CancellationToken.None), time.GetUtcNow(), null);
        }
        catch (S3Exception e)
        {
            return new(asked.Last?.Value, asked.Last?.At, Failures.Of(e, time.GetUtcNow()));
        }
    }

    private void MakeRoom()
    {
        if (held.Count < room)
            return;
        foreach (var old in held.Where(h => h.Value.Running.IsCompleted).OrderBy(h => h.Value.Until).Take(room / 4).ToList())
            held.Remove(old.Key);
    }

    private sealed class Held(StorageAnswer<T>? last, DateTimeOffset until)
    {
        public StorageAnswer<T>? Last { get; set; } = last;

        public DateTimeOffset Until { get; } = until;

        public Task<StorageAnswer<T>> Running { get; set; } = Task.FromResult(new StorageAnswer<T>(null, null, null));
    }
}

/// <summary>Failures of the gateway as pages show them.</summary>
internal static class Failures
{
    public static StorageFailure Of(S3Exception e, DateTimeOffset at) => new(e.Message, e.Detail, e.Fault is S3Fault.Absent or S3Fault.NoBucket, at);
}
