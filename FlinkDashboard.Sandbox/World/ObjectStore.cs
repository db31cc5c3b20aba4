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

    /// <summary>Everything, without a new generation: binding a pod to a node does not count as a change of its spec.</summary>
    Binding,
}

/// <summary>
/// The one truth: all objects by kind, namespace and name, one version counter, and a bounded log that watches read.
/// Applies what etcd and the generic registry do: versions, uid, generation, optimistic locking, finalizers, deletion.
/// Does not validate, default or authorize: that is the API server's part. Thread-safe; a write is one commit.
/// </summary>
public sealed class ObjectStore(TimeProvider clock, Func<string> newUid, int logLimit = 20_000)
{
    private const long FirstVersion = 1000;
    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceType, SortedDictionary<(string Namespace, string Name), WorldObject>> _objects = [];
    private readonly ChangeLog _log = new(logLimit, FirstVersion);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version = FirstVersion;

    /// <summary>Raised after each commit, outside the lock, in commit order per thread.</summary>
    public event Action<Change>? Committed;

    /// <summary>Time that the next commit would carry.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

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

    /// <summary>All objects of a kind as they were at a version; 410 when the log no longer reaches back that far.</summary>
    public IReadOnlyList<WorldObject> ListAt(ResourceType type, string? ns, long version)
    {
        lock (_lock)
        {
            if (version < _log.Oldest)
                throw ApiError.Expired(version, _log.Oldest);
            var then = new Dictionary<(string, string), WorldObject?>();
            foreach (var change in _log.After(version).Where(c => c.Object.Type == type && (ns is null || c.Object.Namespace == ns)))
                then.TryAdd((change.Object.Namespace, change.Object.Name), change.Previous);
            var now = Of(type).Values.Where(o => ns is null || o.Namespace == ns);
            return then.Count == 0 ? [.. now] : [.. now.Where(o => !then.ContainsKey((o.Namespace, o.Name)))
                .Concat(then.Values.OfType<WorldObject>()).OrderBy(o => (o.Namespace, o.Name), KeyOrder.Instance)];
        }
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
            meta["generation"] = 1L;
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
        var after = WriteRules.Merge(type, before, change(old.Read()), part);
        if (JsonNode.DeepEquals(before, after))
            return (old, null);
        var metadata = after["metadata"]!.AsObject();
        if (type.HasGeneration && part != WritePart.Binding && !WriteRules.SameButMetadataAndStatus(before, after))
            metadata["generation"] = old.Generation + 1;
        // Emptied finalizers end the object: the writer is answered what it wrote, watches see the last stored state (registry deleteWithoutFinalizers).
        if (old.IsDeleting && old.Finalizers.Count > 0 && metadata["finalizers"] is null or JsonArray { Count: 0 } && (metadata.Number("deletionGracePeriodSeconds") ?? 0) == 0)
            return (WorldObject.From(type, after), Stored(type, before, ChangeType.Deleted, old, dryRun).Change);
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
            if (request.Propagation is { } p && WriteRules.FinalizerOf(p) is { } extra && !old.IsDeleting && !finalizers.Contains(extra))
                finalizers.Add(extra);
            var grace = request.GraceSeconds ?? WriteRules.DefaultGrace(type, node);
            if (finalizers.Count == 0 && grace == 0)
            {
                gone = true;
                return Stored(type, node, ChangeType.Deleted, old, request.DryRun);
            }
            if (old.IsDeleting && (grace >= (meta.Number("deletionGracePeriodSeconds") ?? 0)))
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

    /// <summary>
    /// Stores or removes an object exactly as given but for its version, which is this world's: for replaying what another cluster did.
    /// No other rule of this store applies.
    /// </summary>
    public WorldObject Replay(ResourceType type, JsonObject node, bool gone) => Commit(() =>
    {
        var old = Of(type).GetValueOrDefault(((string?)node["metadata"]!["namespace"] ?? "", (string?)node["metadata"]!["name"] ?? ""));
        return Stored(type, node, gone ? ChangeType.Deleted : old is null ? ChangeType.Added : ChangeType.Modified, old, dryRun: false);
    });

    /// <summary>Changes after a version, oldest first; 410 when the log no longer reaches back that far.</summary>
    public IReadOnlyList<Change> ChangesSince(long version)
    {
        lock (_lock)
        {
            if (version < _log.Oldest)
                throw ApiError.Expired(version, _log.Oldest);
            return version >= _version ? [] : _log.After(version);
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
            _log.Clear(_version);
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
                _log.Add(change);
                wake = _changed;
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
        wake?.SetResult();
        if (change is not null)
            Committed?.Invoke(change);
        return result;
    }

    private (WorldObject Object, Change? Change) Stored(ResourceType type, JsonObject node, ChangeType kind, WorldObject? old, bool dryRun)
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
