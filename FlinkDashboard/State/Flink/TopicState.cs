using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.State.Flink;

/// <summary>What is known of one topic and who wants to know. Guarded by the feed's lock, except <see cref="Listeners"/>' calls.</summary>
internal sealed class TopicState(FlinkTopic topic, long now)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AbsentPause = TimeSpan.FromSeconds(15);
    private int failures;

    public FlinkTopic Topic => topic;

    public List<TopicListener> Listeners { get; } = [];

    public object? Value { get; private set; }

    public DateTimeOffset? At { get; private set; }

    public FlinkFailure? Failure { get; private set; }

    public bool IsAsking { get; set; }

    /// <summary>Never asked before, or somebody has asked for it anew: they look at an empty place.</summary>
    public bool IsWaitedFor { get; private set; } = true;

    /// <summary>Timestamp from which it may be asked again; null when only a refresh may.</summary>
    public long? Due { get; private set; } = now;

    /// <summary>Timestamp of the last look.</summary>
    public long LastLook { get; set; } = now;

    /// <summary>The shortest pace anybody wants; never shorter than the topic's own.</summary>
    public TimeSpan Pace => Listeners.Count == 0 ? topic.Pace : Listeners.Min(l => l.Pace is { } own && topic.Pace != FlinkTopic.Once && own > topic.Pace ? own : topic.Pace);

    public void Answered(object value, DateTimeOffset at, long now, TimeProvider time)
    {
        (Value, At, Failure, failures, IsWaitedFor) = (value, at, null, 0, false);
        Due = Pace == FlinkTopic.Once ? null : After(now, Pace, time);
    }

    public void Failed(FlinkFailure failure, long now, TimeProvider time)
    {
        (Failure, IsWaitedFor) = (failure, false);
        var pace = Pace == FlinkTopic.Once ? TimeSpan.FromSeconds(5) : Pace;
        var pause = failure.IsAbsent ? AbsentPause : pace * Math.Pow(2, Math.Min(failures++, 6));
        Due = After(now, pause > LongestPause ? LongestPause : pause, time);
    }

    public void AskNow(long now) => (Due, IsWaitedFor) = (now, true);

    private static long After(long now, TimeSpan wait, TimeProvider time) => now + (long)(wait.TotalSeconds * time.TimestampFrequency);
}

/// <summary>Somebody who wants to know a topic.</summary>
/// <param name="Changed">Called after each answer and each failure.</param>
/// <param name="Pace">Wants to know no more often than this; null: as often as the topic has it.</param>
internal sealed record TopicListener(Action Changed, TimeSpan? Pace);
