using System.Collections.Concurrent;
using System.Collections.Immutable;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.State;

/// <summary>What is known of one kind, whatever its type: for status lines and lists of kinds.</summary>
public abstract class ResourceCache(KindInfo kind)
{
    private readonly ConcurrentDictionary<string, WatchStatus> statuses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<Action>> keyed = new(StringComparer.Ordinal);
    private ImmutableArray<Action> listeners = [];

    /// <summary>The kind.</summary>
    public KindInfo KindInfo { get; } = kind;

    /// <summary>How well it is known; several watches of one kind merged.</summary>
    public WatchStatus Status => statuses.IsEmpty ? Unknown : WatchStatus.Merge([.. statuses]);

    /// <summary>How well it is known in one namespace.</summary>
    public WatchStatus StatusIn(string ns) => statuses.TryGetValue(ns, out var status) ? status : Status;

    /// <summary>How many objects are held.</summary>
    public abstract int Count { get; }

    /// <summary>How many subscriptions are open; zero when every component has cleaned up.</summary>
    public int Subscribers => listeners.Length + keyed.Values.Sum(k => k.Length);

    private static WatchStatus Unknown { get; } = new(WatchState.Connecting, DateTimeOffset.MinValue, null, null, []);

    /// <summary>
    /// Calls <paramref name="changed"/> after every change of an object or of the status, on the watch's thread, outside locks and without payload: the
    /// listener only marks itself dirty. Dispose to stop.
    /// </summary>
    public IDisposable Subscribe(Action changed)
    {
        ImmutableInterlocked.Update(ref listeners, static (all, one) => all.Add(one), changed);
        return new Subscription(() => ImmutableInterlocked.Update(ref listeners, static (all, one) => all.Remove(one), changed));
    }

    /// <summary>As <see cref="Subscribe(Action)"/>, but only for one object (and for replacements of everything).</summary>
    public IDisposable Subscribe(string? ns, string name, Action changed)
    {
        var key = $"{ns}/{name}";
        keyed.AddOrUpdate(key, static (_, one) => [one], static (_, all, one) => all.Add(one), changed);
        return new Subscription(() =>
        {
            keyed.AddOrUpdate(key, static (_, _) => [], static (_, all, one) => all.Remove(one), changed);
            keyed.TryRemove(KeyValuePair.Create(key, ImmutableArray<Action>.Empty));
        });
    }

    /// <summary>Sets the status of the watch of <paramref name="scope"/> (a namespace, or empty for the cluster). Tells listeners when the state or the error changed.</summary>
    internal void Report(string scope, WatchState state, DateTimeOffset now, bool contact, string? error)
    {
        var before = statuses.GetValueOrDefault(scope);
        var since = before is not null && before.State == state ? before.Since : now;
        statuses[scope] = new(state, since, contact ? now : before?.LastContact, error, []);
        if (before is null || before.State != state || before.LastError != error)
            TellAll();
    }

    /// <summary>Tells everybody.</summary>
    protected void TellAll()
    {
        foreach (var listener in listeners)
            listener();
        foreach (var of in keyed.Values)
            foreach (var listener in of)
                listener();
    }

    /// <summary>Tells those who listen to everything or to this object.</summary>
    protected void Tell(string? ns, string name)
    {
        foreach (var listener in listeners)
            listener();
        if (!keyed.IsEmpty && keyed.TryGetValue($"{ns}/{name}", out var of))
            foreach (var listener in of)
                listener();
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        private Action? end = end;

        public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke();
    }
}

/// <summary>What is known of one kind: one immutable set, swapped as a whole.</summary>
public sealed class ResourceCache<T>(KindInfo<T> kind) : ResourceCache(kind) where T : class, IKubernetesObject
{
    private readonly Lock writing = new();
    private ResourceSet<T> current = ResourceSet<T>.Empty(kind);

    /// <summary>The kind.</summary>
    public KindInfo<T> Kind { get; } = kind;

    /// <summary>The objects now. Take it once per render and read from that.</summary>
    public ResourceSet<T> Current => Volatile.Read(ref current);

    /// <inheritdoc/>
    public override int Count => Current.Count;

    /// <summary>An object is new or changed.</summary>
    internal void Put(T item)
    {
        lock (writing)
            Volatile.Write(ref current, current.With(item));
        Tell(item.Metadata.Namespace, item.Metadata.Name);
    }

    /// <summary>An object is gone.</summary>
    internal void Remove(T item)
    {
        lock (writing)
            Volatile.Write(ref current, current.Without(item));
        Tell(item.Metadata.Namespace, item.Metadata.Name);
    }

    /// <summary>A list arrived: these are all objects of a namespace, or (null) of the cluster.</summary>
    internal void Replace(string? ns, IEnumerable<T> items)
    {
        lock (writing)
            Volatile.Write(ref current, current.Replaced(ns, items));
        TellAll();
    }
}
