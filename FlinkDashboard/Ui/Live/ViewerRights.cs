using System.Collections.Concurrent;
using System.Collections.Immutable;
using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Ui.Live;

/// <summary>
/// What one viewer may do to single objects, for buttons: answers at once with what is known, asks behind the scenes when that is old, and tells listeners when the answer is there.
/// </summary>
public sealed class ViewerRights(Visibility visibility, TimeProvider clock, ILogger<ViewerRights> logger)
{
    private static readonly Decision Asking = Decision.No("Your rights are being asked.");

    private readonly ConcurrentDictionary<Question, Answer> _answers = new();
    private ImmutableArray<Action> _listeners = [];

    /// <summary>What is known now.</summary>
    public Decision May(string verb, KindInfo kind, string ns, string name)
    {
        var question = new Question(verb, kind.QualifiedName, ns, name);
        var now = clock.GetUtcNow();
        var known = _answers.GetValueOrDefault(question);
        if (known is null || now >= known.Until)
        {
            _answers[question] = known = new Answer(known?.Decision ?? Asking, now + AccessReviews.Life);
            _ = AskAsync(question, kind);
        }

        return known.Decision;
    }

    /// <summary>Told when an answer has come.</summary>
    public IDisposable Subscribe(Action changed)
    {
        ImmutableInterlocked.Update(ref _listeners, static (all, one) => all.Add(one), changed);
        return new Ending(() => ImmutableInterlocked.Update(ref _listeners, static (all, one) => all.Remove(one), changed));
    }

    private async Task AskAsync(Question question, KindInfo kind)
    {
        try
        {
            var decision = await visibility.MayAsync(question.Verb, kind, null, question.Namespace, question.Name, CancellationToken.None);
            var changed = !_answers.TryGetValue(question, out var known) || known.Decision != decision;
            _answers[question] = new Answer(decision, clock.GetUtcNow() + AccessReviews.Life);
            if (!changed)
                return;
            foreach (var listener in _listeners)
                listener();
        }
        catch (Exception error)
        {
            logger.LogWarning(error, "What the viewer may do to {Name} could not be asked", question.Name);
        }
    }

    private sealed record Question(string Verb, string Kind, string Namespace, string Name);

    private sealed record Answer(Decision Decision, DateTimeOffset Until);

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
