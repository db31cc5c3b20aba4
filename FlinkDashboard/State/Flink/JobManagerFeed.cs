using System.Globalization;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.State.Flink;

/// <summary>
/// All that is asked of one JobManager, for all viewers together: only topics that somebody watches, each at its own pace, at most one request in any
/// second on the whole, but for the first questions of a page (<see cref="RequestBudget"/>). Stops when nobody watches. The last answers stay, with their age and with what went wrong since.
/// </summary>
public sealed partial class JobManagerFeed : IAsyncDisposable
{
    private const int AtOnce = 3;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    private readonly FlinkRestApi api;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly Dictionary<string, TopicState> topics = new(StringComparer.Ordinal);
    private readonly RequestBudget budget;
    private readonly Backoff backoff;
    private readonly CancellationTokenSource end = new();
    private FlinkFailure? trouble;
    private long quietUntil;
    private int asking;
    private Task loop = Task.CompletedTask;
    private TaskCompletionSource wake = New();
    private TaskCompletionSource? settled;

    internal JobManagerFeed(JobManagerAddress address, FlinkRestApi api, TimeProvider time, ILogger logger)
    {
        (Address, this.api, this.time, this.logger) = (address, api, time, logger);
        (budget, backoff) = (new(time), new(new Random(address.GetHashCode())));
    }

    /// <summary>Which JobManager.</summary>
    public JobManagerAddress Address { get; }

    /// <summary>How many watch something here; zero when every page has cleaned up.</summary>
    public int Watchers { get { lock (gate) return topics.Values.Sum(t => t.Listeners.Count); } }

    /// <summary>Requests sent since the start of the process.</summary>
    public long Requests { get; private set; }

    /// <summary>What is known of a topic now. Asks nothing by itself: <see cref="Watch"/> does.</summary>
    public FlinkAnswer<T> Now<T>(FlinkTopic<T> topic) where T : class
    {
        lock (gate)
            return topics.TryGetValue(topic.Key, out var state) ? new((T?)state.Value, state.At, state.Failure ?? trouble) : new(null, null, trouble);
    }

    /// <summary>
    /// Keeps asking a topic until disposed; pages and recorders alike. <paramref name="changed"/> is called after each answer and each failure, from
    /// any thread, outside locks: it only marks its owner dirty, who then reads <see cref="Now"/>.
    /// </summary>
    /// <param name="topic">What to know.</param>
    /// <param name="changed">Told when it is known anew.</param>
    /// <param name="pace">For those to whom less often is enough (a recorder); never faster than the topic's own pace.</param>
    public IDisposable Watch(FlinkTopic topic, Action changed, TimeSpan? pace = null)
    {
        var listener = new TopicListener(changed, pace);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(end.IsCancellationRequested, this);
            ForgetOld();
            if (!topics.TryGetValue(topic.Key, out var state))
                topics[topic.Key] = state = new(topic, time.GetTimestamp());
            state.Listeners.Add(listener);
            Start();
        }
        return new Watching(() => Leave(topic.Key, listener));
    }

    /// <summary>Asks a watched topic as soon as the budget allows, whatever its pace.</summary>
    public void Refresh(FlinkTopic topic)
    {
        lock (gate)
        {
            if (topics.TryGetValue(topic.Key, out var state))
                state.AskNow(time.GetTimestamp());
            Start();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        Task running;
        lock (gate)
        {
            running = loop;
            wake.TrySetResult();
        }
        await running;
        end.Dispose();
    }

    /// <summary>Makes the loop look at its topics once and waits until nothing is under way: for tests with a clock that stands still.</summary>
    internal Task SettleAsync()
    {
        lock (gate)
        {
            settled ??= New();
            var task = settled.Task;
            if (loop.IsCompleted)
                Settle();
            else
                wake.TrySetResult();
            return task;
        }
    }

    private void Leave(string key, TopicListener listener)
    {
        lock (gate)
        {
            if (!topics.TryGetValue(key, out var state))
                return;
            state.Listeners.Remove(listener);
            state.LastLook = time.GetTimestamp();
            wake.TrySetResult();
        }
    }

    private void Start()
    {
        if (loop.IsCompleted && topics.Values.Any(t => t.Listeners.Count > 0))
            loop = Task.Run(RunAsync);
        else
            wake.TrySetResult();
    }

    private void ForgetOld()
    {
        foreach (var old in topics.Where(t => t.Value.Listeners.Count == 0 && !t.Value.IsAsking && time.GetElapsedTime(t.Value.LastLook) > Memory).ToList())
            topics.Remove(old.Key);
    }

    private void Settle()
    {
        settled?.TrySetResult();
        settled = null;
    }

    private FlinkFailure Of(FlinkRestException e) => new(
        string.Create(CultureInfo.InvariantCulture, $"JobManager {Address.Cluster} in {Address.Namespace}, {api.Way}"), e.Path, e.Message, e.Detail, e.At, e.Code, e.IsAbsent, e.IsOfTheWay);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Watching(Action leave) : IDisposable
    {
        private Action? leave = leave;

        public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
    }
}
