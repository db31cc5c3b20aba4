using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// The controllers' shared view of the store, kept by commits and never by scans: objects by uid and owner, pods by namespace
/// and node, what each node carries. Always as new as the store itself. Thread-safe, because API requests commit too.
/// </summary>
internal sealed class ClusterIndex : IBehaviour
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, WorldObject> _byUid = [];
    private readonly Dictionary<string, Dictionary<string, WorldObject>> _dependents = [];
    private readonly Dictionary<string, PodFacts> _pods = [];
    private readonly Dictionary<string, Dictionary<string, PodFacts>> _podsIn = [];
    private readonly Dictionary<string, NodeLoad> _loads = [];
    private readonly Dictionary<string, NodeFacts> _nodes = [];
    private ObjectStore _objects = null!;

    public void Start(SandboxWorld world)
    {
        _objects = world.Objects;
        _objects.Committed += change => Refresh(change.Object);
        foreach (var type in ResourceTypes.All.Where(IsIndexed))
        {
            foreach (var item in _objects.List(type).Items)
                Refresh(item);
        }
    }

    public WorldObject? ByUid(string uid) { lock (_lock) return _byUid.GetValueOrDefault(uid); }

    /// <summary>Objects with an owner reference to this uid.</summary>
    public IReadOnlyList<WorldObject> Dependents(string uid) { lock (_lock) return _dependents.TryGetValue(uid, out var d) ? [.. d.Values] : []; }

    public PodFacts? Pod(string uid) { lock (_lock) return _pods.GetValueOrDefault(uid); }

    /// <summary>Pods with an owner reference to this uid.</summary>
    public IReadOnlyList<PodFacts> PodsOf(string ownerUid)
    {
        lock (_lock)
            return _dependents.TryGetValue(ownerUid, out var d) ? [.. d.Keys.Select(u => _pods.GetValueOrDefault(u)).OfType<PodFacts>()] : [];
    }

    public IReadOnlyList<PodFacts> PodsIn(string ns) { lock (_lock) return _podsIn.TryGetValue(ns, out var p) ? [.. p.Values] : []; }

    public IReadOnlyList<PodFacts> PodsOn(string node) { lock (_lock) return _loads.TryGetValue(node, out var l) ? [.. l.Pods.Values] : []; }

    public IReadOnlyList<PodFacts> Pods() { lock (_lock) return [.. _pods.Values]; }

    public NodeFacts? Node(string name) { lock (_lock) return _nodes.GetValueOrDefault(name); }

    public IReadOnlyList<NodeFacts> Nodes() { lock (_lock) return [.. _nodes.Values]; }

    /// <summary>What the pods on a node request, and how many they are.</summary>
    public (long CpuMillis, long MemoryBytes, int Pods) Load(string node)
    {
        lock (_lock)
            return _loads.TryGetValue(node, out var l) ? (l.CpuMillis, l.MemoryBytes, l.Count) : default;
    }

    private static bool IsIndexed(ResourceType type) => type.Kind is not ("Event" or "Endpoints" or "Lease" or "NodeMetrics" or "PodMetrics");

    // Two threads may announce their commits in the wrong order, so the announcement only says where to look.
    private void Refresh(WorldObject announced)
    {
        if (!IsIndexed(announced.Type))
            return;
        lock (_lock)
        {
            var current = _objects.Find(announced.Type, announced.Namespace, announced.Name);
            if (current?.Uid != announced.Uid)
                current = null;
            var old = _byUid.GetValueOrDefault(announced.Uid);
            if (ReferenceEquals(old, current))
                return;
            if (old is not null)
                Forget(old, current);
            if (current is not null)
                Learn(current);
        }
    }

    private void Learn(WorldObject o)
    {
        _byUid[o.Uid] = o;
        foreach (var owner in o.OwnerUids)
            Slot(_dependents, owner)[o.Uid] = o;
        if (o.Type == ResourceTypes.Nodes)
            _nodes[o.Name] = NodeFacts.Of(o);
        if (o.Type != ResourceTypes.Pods)
            return;
        var pod = PodFacts.Of(o);
        _pods[o.Uid] = pod;
        Slot(_podsIn, o.Namespace)[o.Uid] = pod;
        if (pod.NodeName.Length > 0)
            Slot(_loads, pod.NodeName).Add(pod, 1);
    }

    private void Forget(WorldObject o, WorldObject? next)
    {
        foreach (var owner in o.OwnerUids)
        {
            if (next?.OwnerUids.Contains(owner) != true && _dependents.TryGetValue(owner, out var d) && d.Remove(o.Uid) && d.Count == 0)
                _dependents.Remove(owner);
        }
        if (_pods.TryGetValue(o.Uid, out var pod) && pod.NodeName.Length > 0)
            _loads[pod.NodeName].Add(pod, -1);
        if (next is not null)
            return;
        _byUid.Remove(o.Uid);
        if (o.Type == ResourceTypes.Nodes)
            _nodes.Remove(o.Name);
        if (pod is null)
            return;
        _pods.Remove(o.Uid);
        _podsIn[o.Namespace].Remove(o.Uid);
    }

    private static T Slot<T>(Dictionary<string, T> map, string key) where T : new()
    {
        if (!map.TryGetValue(key, out var value))
            map[key] = value = new T();
        return value;
    }
}
