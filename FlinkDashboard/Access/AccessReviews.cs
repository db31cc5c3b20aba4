using System.Collections.Concurrent;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Access;

/// <summary>May somebody do something, and if not, why not.</summary>
/// <param name="Allowed">May.</param>
/// <param name="Reason">Why not, in plain words; empty when allowed.</param>
public sealed record Decision(bool Allowed, string Reason)
{
    /// <summary>Yes.</summary>
    public static Decision Yes { get; } = new(true, "");

    /// <summary>No, and why.</summary>
    public static Decision No(string reason) => new(false, reason);
}

/// <summary>Asks the API server what a user may do. An answer is kept for 30 s; equal questions at the same time share one request.</summary>
public sealed class AccessReviews(KubernetesApi api, TimeProvider time, AccessMeter? meter = null)
{
    /// <summary>How long an answer is believed.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    private const int Room = 20_000;
    private readonly ConcurrentDictionary<(string User, AccessQuestion Question), Lazy<Asked>> asked = new();

    /// <summary>May the user do this? A cluster that cannot be asked is a "no" that says so.</summary>
    /// <param name="user">Who; null is the dashboard's own account.</param>
    /// <param name="verb">get, list, watch, create, patch, delete.</param>
    /// <param name="kind">Kind of the object.</param>
    /// <param name="subresource">For instance <c>status</c>; null for the object itself.</param>
    /// <param name="ns">Namespace; null for all.</param>
    /// <param name="name">Object; null for any.</param>
    /// <param name="stop">Ends the wait, not the question others may share.</param>
    public async Task<Decision> MayAsync(UserIdentity? user, string verb, KindInfo kind, string? subresource, string? ns, string? name, CancellationToken stop)
    {
        var question = new AccessQuestion(verb, kind.Group, kind.Plural, subresource, ns, name);
        try
        {
            var answer = await Answer(user, question).WaitAsync(stop);
            return answer.Allowed ? Decision.Yes : Decision.No(Sentence(user, question, answer.Reason));
        }
        catch (KubernetesApiException e)
        {
            return Decision.No(e.IsForbidden
                ? $"The dashboard may not act as {user?.Name ?? "its own account"}: {e.Message}"
                : $"Your rights cannot be checked now: {e.Message}");
        }
    }

    private Task<AccessAnswer> Answer(UserIdentity? user, AccessQuestion question)
    {
        var (key, now) = ((user?.Key ?? "", question), time.GetUtcNow());
        if (asked.TryGetValue(key, out var known) && known.Value.IsGood(now))
        {
            meter?.Kept();
            return known.Value.Answer;
        }
        if (asked.Count > Room)
            foreach (var old in asked.Where(a => a.Value.IsValueCreated && !a.Value.Value.IsGood(now)))
                asked.TryRemove(old.Key, out _);
        var fresh = new Lazy<Asked>(() => new(AskAsync(user, question), now + Life));
        var kept = asked.AddOrUpdate(key, fresh, (_, held) => held.Value.IsGood(now) ? held : fresh);
        return kept.Value.Answer;
    }

    private async Task<AccessAnswer> AskAsync(UserIdentity? user, AccessQuestion question)
    {
        try
        {
            var answer = await api.ReviewAccessAsync(question, user, CancellationToken.None);
            meter?.Asked(answer.Allowed ? "allowed" : "denied");
            return answer;
        }
        catch (KubernetesApiException)
        {
            meter?.Asked("failed");
            throw;
        }
    }

    private static string Sentence(UserIdentity? user, AccessQuestion question, string reason)
    {
        var what = $"{question.Resource}{(question.Subresource is null ? "" : "/" + question.Subresource)}";
        var where = question.Namespace is null ? "across the cluster" : $"in namespace {question.Namespace}";
        return $"{(user is null ? "The dashboard's account" : $"User {user.Name}")} may not {question.Verb} {what} {where}{(reason.Length > 0 ? $" ({reason})" : "")}.";
    }

    private sealed record Asked(Task<AccessAnswer> Answer, DateTimeOffset Until)
    {
        public bool IsGood(DateTimeOffset now) => now < Until && !Answer.IsFaulted && !Answer.IsCanceled;
    }
}
