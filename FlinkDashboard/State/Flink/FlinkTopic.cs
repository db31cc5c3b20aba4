using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.State.Flink;

/// <summary>Something one can know of a JobManager, and how often it is worth asking. Two topics with the same key are the same topic.</summary>
/// <param name="Key">What is asked, with its parameters.</param>
/// <param name="Pace">Least time between two questions; <see cref="Once"/> for what does not change by itself.</param>
public abstract record FlinkTopic(string Key, TimeSpan Pace)
{
    /// <summary>Asked at the first look and when somebody asks for a refresh.</summary>
    public static readonly TimeSpan Once = Timeout.InfiniteTimeSpan;

    /// <summary>Key of the topic whose answer says what to ask for here; its first answer is waited for where somebody watches it. Null: needs no other.</summary>
    public string? After { get; init; }

    internal abstract Task<object> AskAsync(FlinkQuestion question, CancellationToken stop);
}

/// <summary>A topic whose answer is a <typeparamref name="T"/>.</summary>
/// <param name="Key">What is asked, with its parameters.</param>
/// <param name="Pace">Least time between two questions.</param>
/// <param name="Ask">Asks; at most one request.</param>
public sealed record FlinkTopic<T>(string Key, TimeSpan Pace, Func<FlinkQuestion, CancellationToken, Task<T>> Ask) : FlinkTopic(Key, Pace) where T : class
{
    internal override async Task<object> AskAsync(FlinkQuestion question, CancellationToken stop) => await Ask(question, stop);
}

/// <summary>What a topic has at hand when it asks.</summary>
/// <param name="Api">The gateway.</param>
/// <param name="From">The JobManager.</param>
/// <param name="Feed">What else is known of it.</param>
/// <param name="Previous">The last good answer to the same topic; null before the first.</param>
/// <param name="Now">Time of the question.</param>
public sealed record FlinkQuestion(FlinkRestApi Api, JobManagerAddress From, JobManagerFeed Feed, object? Previous, DateTimeOffset Now);
