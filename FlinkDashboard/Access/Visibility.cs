using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Access;

/// <summary>Which namespaces' objects of a kind somebody may see.</summary>
/// <param name="IsKnown">False until the cluster has answered: show nothing yet.</param>
/// <param name="Everywhere">All of them.</param>
/// <param name="Namespaces">Those, when not all.</param>
/// <param name="Reason">Why some or all are hidden; empty when nothing is.</param>
public sealed record Visible(bool IsKnown, bool Everywhere, IReadOnlySet<string> Namespaces, string Reason)
{
    /// <summary>Not asked yet.</summary>
    public static Visible Unknown { get; } = new(false, false, FrozenSet<string>.Empty, "");

    /// <summary>No limit.</summary>
    public static Visible All { get; } = new(true, true, FrozenSet<string>.Empty, "");

    /// <summary>Objects of this namespace (empty for cluster-scoped kinds) may be seen.</summary>
    public bool Shows(string ns) => Everywhere || Namespaces.Contains(ns);

    /// <summary>Known, and nothing at all may be seen.</summary>
    public bool IsNothing => IsKnown && !Everywhere && Namespaces.Count == 0;
}

/// <summary>
/// What the user of one circuit may see. The caches hold what the dashboard's own account sees; rows are filtered by this. Answers come from access
/// reviews and are asked again after 30 s while someone looks.
/// </summary>
public sealed class Visibility : IDisposable
{
    private readonly CurrentUser user;
    private readonly AccessReviews reviews;
    private readonly TimeProvider time;
    private readonly ILogger<Visibility> logger;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, Known> known = new(StringComparer.Ordinal);
    private ImmutableArray<Action> listeners = [];

    /// <summary>Made once per circuit.</summary>
    public Visibility(CurrentUser user, AccessReviews reviews, TimeProvider time, ILogger<Visibility> logger) =>
        (this.user, this.reviews, this.time, this.logger) = (user, reviews, time, logger);

    /// <summary>
    /// What is known now; asks in the background when nothing is known or the answer is old, and tells subscribers when it arrives. Call it in every
    /// projection with the namespaces that hold objects of the kind.
    /// </summary>
    public Visible Of(KindInfo kind, IEnumerable<string> namespaces)
    {
        if (user.Identity is not { } identity)
            return Visible.All;
        var key = kind.QualifiedName;
        var now = time.GetUtcNow();
        var held = known.GetValueOrDefault(key);
        var wanted = namespaces.ToFrozenSet(StringComparer.Ordinal);
        if (held is null || ((now >= held.Until || !wanted.IsSubsetOf(held.Asked)) && !held.IsAsking))
        {
            // Stored before it is asked: an answer may come at once, and must not be overwritten by what was known before.
            known[key] = held = new(held?.Visible ?? Visible.Unknown, wanted, now + AccessReviews.Life);
            held.Asking = AskAsync(held, identity, kind);
        }
        return held.Visible;
    }

    /// <summary>Asks and waits: for reads on demand, such as a log or an object's YAML.</summary>
    public Task<Decision> MayAsync(string verb, KindInfo kind, string? subresource, string? ns, string? name, CancellationToken cancel) =>
        reviews.MayAsync(user.Identity, verb, kind, subresource, ns, name, cancel);

    /// <summary>Calls <paramref name="changed"/> when an answer of <see cref="Of"/> changed.</summary>
    public IDisposable Subscribe(Action changed)
    {
        ImmutableInterlocked.Update(ref listeners, static (all, one) => all.Add(one), changed);
        return new Subscription(() => ImmutableInterlocked.Update(ref listeners, static (all, one) => all.Remove(one), changed));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private async Task AskAsync(Known asked, UserIdentity identity, KindInfo kind)
    {
        try
        {
            await Task.Yield(); // listeners are told on a thread of their own, never inside the projection that asked
            var (before, visible) = (asked.Visible, await SeeAsync(identity, kind, asked.Asked));
            asked.Visible = visible;
            if (before.IsKnown != visible.IsKnown || before.Everywhere != visible.Everywhere || !before.Namespaces.SetEquals(visible.Namespaces))
                Tell();
        }
        catch (Exception e)
        {
            if (!stop.IsCancellationRequested)
                logger.LogWarning(e, "What {User} may see of {Kind} could not be asked", identity.Name, kind.Plural);
        }
    }

    private async Task<Visible> SeeAsync(UserIdentity identity, KindInfo kind, FrozenSet<string> namespaces)
    {
        var everywhere = await reviews.MayAsync(identity, "list", kind, null, null, null, stop.Token);
        if (everywhere.Allowed)
            return Visible.All;
        if (!kind.Namespaced)
            return new(true, false, FrozenSet<string>.Empty, everywhere.Reason);
        var seen = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(namespaces, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = stop.Token }, async (ns, cancel) =>
        {
            if ((await reviews.MayAsync(identity, "list", kind, null, ns, null, cancel)).Allowed)
                seen.Add(ns);
        });
        return new(true, false, seen.ToFrozenSet(StringComparer.Ordinal), everywhere.Reason);
    }

    private void Tell()
    {
        foreach (var listener in listeners)
            listener();
    }

    private sealed class Known(Visible visible, FrozenSet<string> asked, DateTimeOffset until)
    {
        private volatile Visible visible = visible;
        private volatile Task? asking;

        public FrozenSet<string> Asked { get; } = asked;

        public DateTimeOffset Until { get; } = until;

        public Visible Visible { get => visible; set => visible = value; }

        public Task? Asking { set => asking = value; }

        public bool IsAsking => asking is not { IsCompleted: true };
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
