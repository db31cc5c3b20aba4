using System.Globalization;

namespace FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

/// <summary>Pods and nodes as the metrics see them, by the changes so far.</summary>
internal sealed class ClusterView(SandboxWorld world)
{
    /// <summary>Whether a target answers.</summary>
    public static readonly MetricTable<int> UpTable = new("", new MetricRow<int>("up", _ => 1));

    private readonly Dictionary<string, NodeUse> _use = [];
    private readonly HashSet<string> _touched = [];
    private readonly Dictionary<string, HashSet<string>> _podsOn = [];
    private readonly Dictionary<Exporter, SortedDictionary<string, PodState>> _exporters = Enum.GetValues<Exporter>().ToDictionary(e => e, _ => new SortedDictionary<string, PodState>(StringComparer.Ordinal));
    private long _sequence;

    /// <summary>Pods by uid.</summary>
    public Dictionary<string, PodState> Pods { get; } = [];

    /// <summary>Nodes by name.</summary>
    public Dictionary<string, NodeState> Nodes { get; } = [];

    /// <summary>Exporters are no pods of this world.</summary>
    public bool IsWatchedFromOutside => world.Metrics.IsWatchedFromOutside;

    /// <summary>Pods have come, gone or changed since this was last set to false.</summary>
    public bool HasChanged { get; set; }

    /// <summary>Told of every pod that changed, with what it was.</summary>
    public Action<PodState?, PodState, DateTimeOffset>? PodChanged { get; set; }

    /// <summary>kube-state-metrics; null where there is none.</summary>
    public MetricTarget? State => Serving(Exporter.State) is { } pod ? Exporters.Target(Exporter.State, pod) : IsWatchedFromOutside ? Exporters.StateElsewhere : null;

    /// <summary>The first serving pod of an exporter, which is the one that leads.</summary>
    public PodState? Serving(Exporter exporter) => _exporters[exporter].Values.FirstOrDefault(IsServing);

    /// <summary>A pod answers on its metrics port.</summary>
    public static bool IsServing(PodState pod) => pod is { Phase: "Running", IsReady: true, Ip.Length: > 0 };

    /// <summary>Another key each time.</summary>
    public string NextKey() => (++_sequence).ToString(CultureInfo.InvariantCulture);

    /// <summary>The series that says whether a target answers.</summary>
    public (string Slot, MetricSource? Source) Up(string slot, MetricTarget? target, DateTimeOffset since) => (slot, target is null ? null
        : new MetricSource(target.Labels.ToString(), since, () => [new SteadyGroup<int>(target, LabelSet.Empty, UpTable, 1) { IsExposed = false }]));

    /// <summary>Node exporter of a node; null where there is none.</summary>
    public MetricTarget? NodeExporter(NodeState node) =>
        _exporters[Exporter.Node].Values.FirstOrDefault(p => p.Node == node.Name && IsServing(p)) is { } pod ? Exporters.Target(Exporter.Node, pod)
        : IsWatchedFromOutside ? Exporters.OnHost(node) : null;

    /// <summary>Pods on a node.</summary>
    public IEnumerable<PodState> On(string node) => _podsOn.TryGetValue(node, out var uids) ? uids.Select(u => Pods[u]) : [];

    /// <summary>Takes a change of a pod.</summary>
    /// <returns>The pod as it is now; null when it is gone or nothing that is shown changed.</returns>
    public PodState? Follow(Change change, DateTimeOffset at)
    {
        var old = Pods.GetValueOrDefault(change.Object.Uid);
        if (change.Type == ChangeType.Deleted)
        {
            if (old is not null)
                Forget(old);
            return null;
        }
        var pod = PodState.Of(change.Object);
        if (old is not null && old.Signature == pod.Signature)
            return null;
        if (old is not null)
            Forget(old);
        Pods[pod.Uid] = pod;
        Touch(pod);
        if (pod.Node.Length > 0)
        {
            if (!_podsOn.TryGetValue(pod.Node, out var uids))
                _podsOn[pod.Node] = uids = [];
            uids.Add(pod.Uid);
        }
        if (Exporters.Of(pod) is not Exporter.None and var exporter)
            _exporters[exporter][pod.Name] = pod;
        PodChanged?.Invoke(old, pod, at);
        return pod;
    }

    /// <summary>Takes a change of a node.</summary>
    /// <returns>The node as it is now; null when it is gone or nothing that is shown changed.</returns>
    public NodeState? FollowNode(Change change)
    {
        var name = change.Object.Name;
        HasChanged = true;
        if (change.Type == ChangeType.Deleted)
        {
            Nodes.Remove(name);
            _use.Remove(name);
            return null;
        }
        var node = NodeState.Of(change.Object);
        if (Nodes.TryGetValue(name, out var old) && old.Uid == node.Uid && old.Signature == node.Signature)
            return null;
        Nodes[name] = node;
        _touched.Add(name);
        return node;
    }

    /// <summary>Nodes whose use changed since the last time.</summary>
    public IReadOnlyList<string> TakeTouched()
    {
        string[] all = [.. _touched];
        _touched.Clear();
        return all;
    }

    /// <summary>What a node does from a moment on, in continuation of what it did.</summary>
    public NodeUse Use(NodeState node, DateTimeOffset at, out bool isFirst)
    {
        var before = _use.GetValueOrDefault(node.Name);
        isFirst = before is null;
        return _use[node.Name] = new NodeUse(node, On(node.Name), isFirst ? node.Created : at, before?.BusySeconds(at) ?? 0);
    }

    private void Forget(PodState pod)
    {
        Pods.Remove(pod.Uid);
        Touch(pod);
        if (_podsOn.TryGetValue(pod.Node, out var uids))
            uids.Remove(pod.Uid);
        if (Exporters.Of(pod) is not Exporter.None and var exporter && _exporters[exporter].TryGetValue(pod.Name, out var known) && known.Uid == pod.Uid)
            _exporters[exporter].Remove(pod.Name);
    }

    private void Touch(PodState pod)
    {
        HasChanged = true;
        if (pod.Node.Length > 0)
            _touched.Add(pod.Node);
    }
}
