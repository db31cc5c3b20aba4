using System.Collections.Immutable;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.State;

/// <summary>All objects of one kind at one moment. Immutable; a change makes a new one that shares nearly everything.</summary>
public sealed class ResourceSet<T> where T : class, IKubernetesObject
{
    private static readonly ImmutableDictionary<string, T> None = ImmutableDictionary.Create<string, T>(StringComparer.Ordinal);

    private readonly KindInfo<T> kind;
    private readonly ImmutableDictionary<string, ImmutableDictionary<string, T>> byNamespace;
    private readonly ImmutableDictionary<string, T> byUid;
    private readonly Lazy<IReadOnlyList<T>> all;

    private ResourceSet(KindInfo<T> kind, ImmutableDictionary<string, ImmutableDictionary<string, T>> byNamespace, ImmutableDictionary<string, T> byUid)
    {
        (this.kind, this.byNamespace, this.byUid) = (kind, byNamespace, byUid);
        all = new(() => [.. this.byNamespace.SelectMany(n => n.Value.Values)]);
    }

    /// <summary>Nothing of this kind.</summary>
    public static ResourceSet<T> Empty(KindInfo<T> kind) => new(kind, ImmutableDictionary.Create<string, ImmutableDictionary<string, T>>(StringComparer.Ordinal), None);

    /// <summary>How many.</summary>
    public int Count => byUid.Count;

    /// <summary>Every object, in no order; made once per set.</summary>
    public IReadOnlyList<T> All => all.Value;

    /// <summary>Namespaces that hold at least one; the empty string for cluster-scoped kinds.</summary>
    public IEnumerable<string> Namespaces => byNamespace.Keys;

    /// <summary>The objects of a namespace.</summary>
    public IEnumerable<T> In(string ns) => byNamespace.TryGetValue(ns, out var names) ? names.Values : [];

    /// <summary>One object, or null. The namespace of a cluster-scoped object is null or empty.</summary>
    public T? Find(string? ns, string name) => byNamespace.TryGetValue(ns ?? "", out var names) ? names.GetValueOrDefault(name) : null;

    /// <summary>One object by uid, or null.</summary>
    public T? FindByUid(string uid) => byUid.GetValueOrDefault(uid);

    /// <summary>With this object, new or changed.</summary>
    public ResourceSet<T> With(T item)
    {
        var (ns, name, uid) = Key(item);
        var names = byNamespace.GetValueOrDefault(ns, None);
        var uids = names.TryGetValue(name, out var old) && Key(old).Uid is var oldUid && oldUid != uid ? byUid.Remove(oldUid) : byUid;
        return new(kind, byNamespace.SetItem(ns, names.SetItem(name, item)), uids.SetItem(uid, item));
    }

    /// <summary>Without this object; the same set when its name has meanwhile been taken by another uid.</summary>
    public ResourceSet<T> Without(T item)
    {
        var (ns, name, uid) = Key(item);
        if (!byNamespace.TryGetValue(ns, out var names) || !names.TryGetValue(name, out var held) || Key(held).Uid != uid)
            return this;
        var rest = names.Remove(name);
        return new(kind, rest.IsEmpty ? byNamespace.Remove(ns) : byNamespace.SetItem(ns, rest), byUid.Remove(uid));
    }

    /// <summary>Exactly these objects, in a namespace or (null) in all.</summary>
    public ResourceSet<T> Replaced(string? ns, IEnumerable<T> items)
    {
        var kept = ns is null ? [] : byNamespace.Where(n => n.Key != ns).SelectMany(n => n.Value.Values);
        var everything = kept.Concat(items).ToList();
        return new(
            kind,
            everything.GroupBy(i => Key(i).Namespace).ToImmutableDictionary(g => g.Key, g => None.SetItems(g.Select(i => KeyValuePair.Create(Key(i).Name, i))), StringComparer.Ordinal),
            None.SetItems(everything.Select(i => KeyValuePair.Create(Key(i).Uid, i))));
    }

    // metrics.k8s.io objects have no uid: their name stands in.
    private (string Namespace, string Name, string Uid) Key(T item)
    {
        var metadata = item.Metadata;
        var ns = metadata.Namespace;
        return (ns, metadata.Name, metadata.Uid.Length == 0 ? $"{ns}/{metadata.Name}" : metadata.Uid);
    }
}
