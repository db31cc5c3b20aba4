using System.Collections.Concurrent;

namespace FlinkDashboard.Sandbox.World.Aws;

/// <summary>What S3 holds: what the world keeps there, over it what clients uploaded, without what they deleted. Thread-safe.</summary>
public sealed class Buckets
{
    private readonly SandboxWorld _sandbox;
    private readonly WorldObjects _world;
    private readonly ConcurrentDictionary<(string Bucket, string Key), StoredObject> _uploads = [];

    // When objects of the world were deleted: what it writes afterwards is there again.
    private readonly ConcurrentDictionary<(string Bucket, string Key), DateTimeOffset> _deleted = [];

    // Uploads of a bucket in their order, as of a version: a listing of many pages sorts them once.
    private readonly ConcurrentDictionary<string, (long Version, StoredObject[] Objects)> _sorted = [];
    private long _version;
    private long _uploaded;

    /// <summary>The buckets of a world.</summary>
    public Buckets(SandboxWorld world)
    {
        _sandbox = world;
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
    public IReadOnlyList<string> Names => [.. _world.All().Select(o => o.Bucket).Concat(_deleted.Keys.Select(d => d.Bucket)).Append(AwsAccount.Bucket).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Objects whose key begins with a prefix, in order of their keys' UTF-8 bytes.</summary>
    public IReadOnlyList<StoredObject> List(string bucket, string prefix)
    {
        var uploads = Sorted(bucket);
        var (first, end) = (0, uploads.Length);
        while (first < end)
        {
            var middle = (first + end) / 2;
            if (KeyOrder.Instance.Compare(uploads[middle].Key, prefix) < 0)
                first = middle + 1;
            else
                end = middle;
        }
        while (end < uploads.Length && uploads[end].Key.StartsWith(prefix, StringComparison.Ordinal))
            end++;
        var found = new ArraySegment<StoredObject>(uploads, first, end - first);
        var world = new Dictionary<string, StoredObject>(StringComparer.Ordinal);
        foreach (var (_, o) in OfWorld().Where(o => o.Bucket == bucket && o.Object.Key.StartsWith(prefix, StringComparison.Ordinal) && !_uploads.ContainsKey((bucket, o.Object.Key))))
            world[o.Key] = o;
        return world.Count == 0 ? found : [.. world.Values.Concat(found).OrderBy(o => o.Key, KeyOrder.Instance)];
    }

    /// <summary>One object, or null.</summary>
    public StoredObject? Find(string bucket, string key) =>
        _uploads.TryGetValue((bucket, key), out var uploaded) ? uploaded : OfWorld().FirstOrDefault(o => o.Bucket == bucket && o.Object.Key == key).Object;

    /// <summary>Adds or replaces an object.</summary>
    public void Put(string bucket, StoredObject o)
    {
        if (_uploads.TryGetValue((bucket, o.Key), out var old))
            Release(old.Size);
        _uploads[(bucket, o.Key)] = o;
        Interlocked.Increment(ref _version);
    }

    /// <summary>Removes an object, if it is there. State of Flink is lost with its metadata.</summary>
    public void Delete(string bucket, string key)
    {
        if (_uploads.TryRemove((bucket, key), out var old))
        {
            Release(old.Size);
            Interlocked.Increment(ref _version);
        }
        if (!OfWorld().Any(o => o.Bucket == bucket && o.Object.Key == key))
            return;
        _deleted[(bucket, key)] = _sandbox.Now;
        _world.Lose(bucket, key);
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

    private StoredObject[] Sorted(string bucket)
    {
        var version = Interlocked.Read(ref _version);
        if (_sorted.TryGetValue(bucket, out var known) && known.Version == version)
            return known.Objects;
        StoredObject[] sorted = [.. _uploads.Where(u => u.Key.Bucket == bucket).Select(u => u.Value).OrderBy(o => o.Key, KeyOrder.Instance)];
        _sorted[bucket] = (version, sorted);
        return sorted;
    }

    private IEnumerable<(string Bucket, StoredObject Object)> OfWorld() =>
        _world.All().Where(o => !_deleted.TryGetValue((o.Bucket, o.Object.Key), out var at) || o.Object.LastModified > at);

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
