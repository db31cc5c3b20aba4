using FlinkDashboard.Model.Flink;
using FlinkDashboard.State.Flink;
using FlinkDashboard.Ui.Live;
using Microsoft.AspNetCore.Components;

namespace FlinkDashboard.Ui.Job;

/// <summary>
/// A component drawn from what one JobManager answers. It watches what its projection looks at and nothing else: a topic that the next projection does
/// not look at is not asked any more.
/// </summary>
public abstract class FlinkPanel : LiveComponent
{
    private readonly Dictionary<string, IDisposable> _watching = new(StringComparer.Ordinal);
    private readonly HashSet<string> _looked = new(StringComparer.Ordinal);
    private JobManagerFeed? _from;
    private Action _mark = () => { };

    /// <summary>The JobManager.</summary>
    [Parameter, EditorRequired] public JobManagerFeed Feed { get; set; } = null!;

    protected override void OnInitialized() => Listen(mark =>
    {
        _mark = mark;
        return new Ending(StopWatching);
    });

    /// <summary>What is known of a topic, and keeps it up to date as long as projections look at it. For <see cref="Look"/> only.</summary>
    protected FlinkAnswer<T> See<T>(FlinkTopic<T> topic) where T : class
    {
        _looked.Add(topic.Key);
        if (!_watching.ContainsKey(topic.Key))
            _watching[topic.Key] = Feed.Watch(topic, _mark);
        return Feed.Now(topic);
    }

    /// <summary>Reads topics with <see cref="See{T}"/> into what the markup shows.</summary>
    protected abstract void Look();

    protected sealed override void Project()
    {
        if (!ReferenceEquals(_from, Feed))
            StopWatching();
        _from = Feed;
        _looked.Clear();
        Look();
        foreach (var key in _watching.Keys.Where(k => !_looked.Contains(k)).ToList())
        {
            _watching[key].Dispose();
            _watching.Remove(key);
        }
    }

    private void StopWatching()
    {
        foreach (var watching in _watching.Values)
            watching.Dispose();
        _watching.Clear();
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
