using System.Collections.Concurrent;

namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>What S3 holds: what the world keeps there, and over it what clients uploaded. Thread-safe.</summary>
public sealed class Buckets
{
    private readonly WorldObjects _world;
    private readonly ConcurrentDictionary<(string Bucket, string Key), StoredObject> _uploads = [];
    private long _uploaded;

    /// <summary>The buckets of a world.</summary>
    public Buckets(SandboxWorld world)
    {
        _world = new WorldObjects(world);
        Created = world.Now;
    }

    /// <summary>When the buckets were made, simulated.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>Bytes that uploads may take; more is refused.</summary>
    public long Capacity { get; set; } = 4L << 30;

    /// <summary>Bytes that uploads take, unfinished ones included.</summary>
    public long Uploaded => Interlocked.Read(ref _uploaded);

    /// <summary>All buckets, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _world.All().Select(o => o.Bucket).Append(AwsAccount.Bucket).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Objects whose key begins with a prefix, in order of their keys' UTF-8 bytes.</summary>
    public IReadOnlyList<StoredObject> List(string bucket, string prefix)
    {
        var found = new Dictionary<string, StoredObject>(StringComparer.Ordinal);
        foreach (var (_, o) in _world.All().Where(o => o.Bucket == bucket && o.Object.Key.StartsWith(prefix, StringComparison.Ordinal)))
            found[o.Key] = o;
        foreach (var ((_, key), o) in _uploads.Where(u => u.Key.Bucket == bucket && u.Key.Key.StartsWith(prefix, StringComparison.Ordinal)))
            found[key] = o;
        return [.. found.Values.OrderBy(o => o.Key, KeyOrder.Instance)];
    }

    /// <summary>One object, or null.</summary>
    public StoredObject? Find(string bucket, string key) =>
        _uploads.TryGetValue((bucket, key), out var uploaded) ? uploaded : _world.All().FirstOrDefault(o => o.Bucket == bucket && o.Object.Key == key).Object;

    /// <summary>Adds or replaces an object.</summary>
    public void Put(string bucket, StoredObject o)
    {
        if (_uploads.TryGetValue((bucket, o.Key), out var old))
            Release(old.Size);
        _uploads[(bucket, o.Key)] = o;
    }

    /// <summary>Takes room for an upload.</summary>
    /// <returns>False when there is not so much.</returns>
    public bool Reserve(long bytes)
    {
        if (Interlocked.Add(ref _uploaded, bytes) <= Capacity)
            return true;
        Release(bytes);
        return false;
    }

    /// <summary>Gives room back.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _uploaded, -bytes);

    /// <summary>S3's order of keys: by UTF-8 bytes, which is the order of code points.</summary>
    public sealed class KeyOrder : IComparer<string>
    {
        /// <summary>The only one.</summary>
        public static readonly KeyOrder Instance = new();

        /// <inheritdoc />
        public int Compare(string? x, string? y)
        {
            for (var i = 0; i < x!.Length && i < y!.Length; i++)
            {
                if (x[i] != y[i])
                    return char.IsSurrogate(x[i]) == char.IsSurrogate(y[i]) ? x[i] - y[i] : char.IsSurrogate(x[i]) ? 1 : -1;
            }
            return x.Length - y!.Length;
        }
    }
}
