using System.Text.Json.Nodes;

namespace FlinkDashboard.Sandbox.World;

/// <summary>Which part of an object a write may change.</summary>
public enum WritePart
{
    /// <summary>The main resource: everything but status (for kinds with a status subresource).</summary>
    Main,

    /// <summary>The status subresource: only status.</summary>
    Status,

    /// <summary>Everything; for behaviours that play a component writing both, and for loading worlds.</summary>
    All,
}

/// <summary>
/// The one truth: all objects by kind, namespace and name, one version counter, and a bounded log that watches read.
/// Applies what etcd and the generic registry do: versions, uid, generation, optimistic locking, finalizers, deletion.
/// Does not validate, default or authorize: that is the API server's part. Thread-safe; a write is one commit.
/// </summary>
public sealed class ObjectStore(TimeProvider clock, Func<string> newUid, int logLimit = 20_000)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceType, SortedDictionary<(string Namespace, string Name), WorldObject>> _objects = [];
    private readonly Queue<Change> _log = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version = 1000;
    private long _oldest = 1000;

    /// <summary>Raised after each commit, outside the lock, in commit order per thread.</summary>
    public event Action<Change>? Committed;

    /// <summary>Version of the last commit.</summary>
    public long Version { get { lock (_lock) return _version; } }

    /// <summary>The object, or null.</summary>
    public WorldObject? Find(ResourceType type, string ns, string name)
    {
        lock (_lock)
            return Of(type).GetValueOrDefault((ns, name));
    }

    /// <summary>The object; 404 if there is none.</summary>
    public WorldObject Get(ResourceType type, string ns, string name) => Find(type, ns, name) ?? throw ApiError.NotFound(type, name);

    /// <summary>All objects of a kind, of one namespace if given, by namespace and name, with the version they are consistent at.</summary>
    public (long Version, IReadOnlyList<WorldObject> Items) List(ResourceType type, string? ns = null)
    {
        lock (_lock)
            return (_version, [.. Of(type).Values.Where(o => ns is null || o.Namespace == ns)]);
    }

    /// <summary>Creates an object from its JSON (which this call takes over). 409 when the name is taken.</summary>
    public WorldObject Create(ResourceType type, JsonObject node, bool dryRun = false, WritePart part = WritePart.Main) => Commit(() =>
    {
        var meta = node["metadata"]!.AsObject();
        var key = ((string?)meta["namespace"] ?? "", (string?)meta["name"] ?? "");
        if (Of(type).ContainsKey(key))
            throw ApiError.AlreadyExists(type, key.Item2);
        node["apiVersion"] = type.ApiVersion;
        node["kind"] = type.Kind;
        if (part != WritePart.All || meta["uid"] is null)
            meta["uid"] = newUid();
        if (part != WritePart.All || meta["creationTimestamp"] is null)
            meta["creationTimestamp"] = Timestamp(clock.GetUtcNow());
        meta.Remove("deletionTimestamp");
        meta.Remove("deletionGracePeriodSeconds");
        if (type.HasGeneration && (part != WritePart.All || meta["generation"] is null))
            meta["generation"] = 1;
        if (type.HasStatus && part == WritePart.Main)
            node.Remove("status");
        return Stored(type, node, ChangeType.Added, null, dryRun);
    });

    /// <summary>
    /// Reads, changes and stores an object in one step. <paramref name="change"/> gets a fresh copy and returns what to store.
    /// A write without a difference commits nothing. Emptying the finalizers of a deleting object removes it.
    /// </summary>
    /// <param name="expectedVersion">Optimistic lock: 409 if the stored version is another.</param>
    public WorldObject Update(ResourceType type, string ns, string name, Func<JsonObject, JsonObject> change,
        WritePart part = WritePart.Main, long? expectedVersion = null, bool dryRun = false) => Commit(() =>
    {
        var old = Of(type).GetValueOrDefault((ns, name)) ?? throw ApiError.NotFound(type, name);
        if (expectedVersion is { } expected && expected != old.ResourceVersion)
            throw ApiError.Conflict(type, name);
        var before = old.Read();
        var after = Merge(type, before, change(old.Read()), part);
        if (JsonNode.DeepEquals(before, after))
            return (old, null);
        var metadata = after["metadata"]!.AsObject();
        if (type.HasGeneration && !SameButMetadataAndStatus(before, after))
            metadata["generation"] = old.Generation + 1;
        if (old.IsDeleting && metadata["finalizers"] is null or JsonArray { Count: 0 } && part != WritePart.Status && old.Finalizers.Count > 0)
            return Stored(type, after, ChangeType.Deleted, old, dryRun);
        return Stored(type, after, ChangeType.Modified, old, dryRun);
    });

    /// <summary>
    /// Deletes: at once, or by setting deletionTimestamp where finalizers (or a pod's grace period) hold the object.
    /// </summary>
    /// <returns>The last state, and whether it is gone.</returns>
    public (WorldObject Object, bool Gone) Delete(ResourceType type, string ns, string name, DeleteRequest? request = null)
    {
        request ??= new DeleteRequest();
        var gone = false;
        var result = Commit(() =>
        {
            var old = Of(type).GetValueOrDefault((ns, name)) ?? throw ApiError.NotFound(type, name);
            request.Check(old);
            var node = old.Read();
            var meta = node["metadata"]!.AsObject();
            var finalizers = old.Finalizers.ToList();
            if (request.Propagation is { } p && FinalizerOf(p) is { } extra && !old.IsDeleting && !finalizers.Contains(extra))
                finalizers.Add(extra);
            var grace = request.GraceSeconds ?? DefaultGrace(type, node);
            if (finalizers.Count == 0 && grace == 0)
            {
                gone = true;
                return Stored(type, node, ChangeType.Deleted, old, request.DryRun);
            }
            if (old.IsDeleting && (grace >= ((long?)meta["deletionGracePeriodSeconds"] ?? 0)))
                return (old, null);
            meta["deletionTimestamp"] = Timestamp(clock.GetUtcNow().AddSeconds(grace));
            meta["deletionGracePeriodSeconds"] = grace;
            if (finalizers.Count > 0)
                meta["finalizers"] = new JsonArray([.. finalizers.Select(f => (JsonNode)f)]);
            if (type.HasGeneration && !old.IsDeleting)
                meta["generation"] = old.Generation + 1;
            return Stored(type, node, ChangeType.Modified, old, request.DryRun);
        });
        return (result, gone);
    }

    /// <summary>Changes after a version, oldest first; 410 when the log no longer reaches back that far.</summary>
    public IReadOnlyList<Change> ChangesSince(long version)
    {
        lock (_lock)
        {
            if (version < _oldest)
                throw ApiError.Expired(version, _oldest);
            return version >= _version ? [] : [.. _log.SkipWhile(c => c.Object.ResourceVersion <= version)];
        }
    }

    /// <summary>Completes at the first commit after <paramref name="version"/> (at once if there was one).</summary>
    public Task WaitForChangeAsync(long version, CancellationToken cancel)
    {
        lock (_lock)
            return _version > version ? Task.CompletedTask : _changed.Task.WaitAsync(cancel);
    }

    /// <summary>Forgets the log, so that watches from older versions get 410.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _log.Clear();
            _oldest = _version;
        }
    }

    /// <summary>RFC 3339 with second precision, as metadata timestamps are written.</summary>
    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private SortedDictionary<(string Namespace, string Name), WorldObject> Of(ResourceType type)
    {
        if (!_objects.TryGetValue(type, out var map))
            _objects[type] = map = new(KeyOrder.Instance);
        return map;
    }

    private WorldObject Commit(Func<(WorldObject Object, Change? Change)> write)
    {
        Change? change;
        WorldObject result;
        TaskCompletionSource? wake = null;
        lock (_lock)
        {
            (result, change) = write();
            if (change is not null)
            {
                _log.Enqueue(change);
                while (_log.Count > logLimit)
                    _oldest = _log.Dequeue().Object.ResourceVersion;
                wake = _changed;
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
        wake?.SetResult();
        if (change is not null)
            Committed?.Invoke(change);
        return result;
    }

    private (WorldObject, Change?) Stored(ResourceType type, JsonObject node, ChangeType kind, WorldObject? old, bool dryRun)
    {
        var meta = node["metadata"]!.AsObject();
        if (!dryRun)
            meta["resourceVersion"] = (++_version).ToString(System.Globalization.CultureInfo.InvariantCulture);
        else if (kind == ChangeType.Added)
            meta.Remove("resourceVersion");
        var stored = WorldObject.From(type, node);
        if (dryRun)
            return (stored, null);
        if (kind == ChangeType.Deleted)
            Of(type).Remove((stored.Namespace, stored.Name));
        else
            Of(type)[(stored.Namespace, stored.Name)] = stored;
        return (stored, new Change(kind, stored, old));
    }

    private static JsonObject Merge(ResourceType type, JsonObject before, JsonObject after, WritePart part)
    {
        if (part == WritePart.Status)
        {
            var result = before.DeepClone().AsObject();
            if (after["status"] is { } status)
                result["status"] = status.DeepClone();
            else
                result.Remove("status");
            return result;
        }
        if (part == WritePart.Main && type.HasStatus)
        {
            if (before["status"] is { } status)
                after["status"] = status.DeepClone();
            else
                after.Remove("status");
        }
        after["apiVersion"] = type.ApiVersion;
        after["kind"] = type.Kind;
        foreach (var kept in ServerOwned)
        {
            if (before["metadata"]![kept] is { } value)
                after["metadata"]![kept] = value.DeepClone();
            else
                after["metadata"]!.AsObject().Remove(kept);
        }
        return after;
    }

    private static bool SameButMetadataAndStatus(JsonObject a, JsonObject b)
    {
        static IEnumerable<KeyValuePair<string, JsonNode?>> Rest(JsonObject o) => o.Where(p => p.Key is not ("metadata" or "status"));
        return Rest(a).Count() == Rest(b).Count() && Rest(a).All(p => b.TryGetPropertyValue(p.Key, out var other) && JsonNode.DeepEquals(p.Value, other));
    }

    private static readonly string[] ServerOwned =
        ["uid", "resourceVersion", "creationTimestamp", "generation", "namespace", "name", "deletionTimestamp", "deletionGracePeriodSeconds"];

    private static string? FinalizerOf(string propagation) => propagation switch
    {
        "Foreground" => "foregroundDeletion",
        "Orphan" => "orphan",
        _ => null,
    };

    // A pod that runs on a node is stopped by its kubelet first; every other object has no grace period.
    private static long DefaultGrace(ResourceType type, JsonObject node) =>
        type == ResourceTypes.Pods && node["spec"]?["nodeName"] is not null && (string?)node["status"]?["phase"] is not ("Succeeded" or "Failed")
            ? (long?)node["spec"]?["terminationGracePeriodSeconds"] ?? 30
            : 0;

    private sealed class KeyOrder : IComparer<(string Namespace, string Name)>
    {
        public static readonly KeyOrder Instance = new();

        public int Compare((string Namespace, string Name) x, (string Namespace, string Name) y)
        {
            var byNamespace = string.CompareOrdinal(x.Namespace, y.Namespace);
            return byNamespace != 0 ? byNamespace : string.CompareOrdinal(x.Name, y.Name);
        }
    }
}
