using FlinkDashboard.Sandbox.World.Metrics.Flink;
using FlinkDashboard.Sandbox.World.Metrics.Kubernetes;
using FlinkDashboard.Sandbox.World.Metrics.Platform;

namespace FlinkDashboard.Sandbox.World.Metrics;

/// <summary>
/// Series that follow from the objects of the cluster, kept up by their changes. Each has a slot, and a slot has one source at a time:
/// another one takes its place, null ends it.
/// </summary>
internal sealed class ObjectMetricSources(SandboxWorld world)
{
    private static readonly ResourceType[] Seen =
    [
        ResourceTypes.Pods, ResourceTypes.Nodes, ResourceTypes.Deployments, ResourceTypes.ResourceQuotas, ResourceTypes.NodePools, ResourceTypes.NodeClaims,
        ResourceTypes.FlinkDeployments, ResourceTypes.FlinkSessionJobs, ResourceTypes.FlinkStateSnapshots,
    ];

    private readonly ClusterView _view = new(world);
    private readonly Dictionary<string, WorldObject> _others = [];
    private KarpenterSources? _karpenter;
    private YunikornSources? _yunikorn;
    private FlinkOperatorSources? _operator;
    private StandingFlink? _standing;
    private MetricTarget? _state;

    // Only where nobody plays Flink itself.
    private StandingFlink? Standing => world.Metrics.IsWatchedFromOutside ? _standing ??= new(world, _view) : null;

    private KarpenterSources Karpenter => _karpenter ??= new(_view);

    private YunikornSources Yunikorn => _yunikorn ??= new(_view);

    private FlinkOperatorSources Operator => _operator ??= new(_view);

    /// <summary>Kinds that are followed.</summary>
    public static bool Sees(ResourceType type) => Seen.Contains(type);

    /// <summary>What the autoscaler found out.</summary>
    public void Follow(ScalingNote note)
    {
        _view.HasChanged = true;
        Operator.Follow(note);
    }

    /// <summary>What a change changes. Call <see cref="Flush"/> after the last one.</summary>
    public IEnumerable<(string Slot, MetricSource? Source)> Of(Change change, DateTimeOffset at)
    {
        var item = change.Object;
        if (item.Type == ResourceTypes.Pods)
            return OfPod(change, at);
        if (item.Type == ResourceTypes.Nodes)
            return OfNode(change, at);
        if (item.Type == ResourceTypes.Deployments || item.Type == ResourceTypes.ResourceQuotas)
            return [OfOther(change, at)];
        _view.HasChanged = true;
        if (item.Type == ResourceTypes.NodePools || item.Type == ResourceTypes.NodeClaims)
            Karpenter.Follow(change);
        else
            Operator.Follow(change, at);
        return item.Type == ResourceTypes.FlinkDeployments ? Standing?.Of(change, at) ?? [] : [];
    }

    /// <summary>What sums over several objects, once for all changes since the last time.</summary>
    public IEnumerable<(string Slot, MetricSource? Source)> Flush(DateTimeOffset at)
    {
        if (_view.State is var state && state != _state)
        {
            _state = state;
            foreach (var source in All(at))
                yield return source;
        }
        foreach (var node in _view.TakeTouched())
        {
            foreach (var source in OfNodeUse(node, at))
                yield return source;
        }
        if (!_view.HasChanged)
            yield break;
        _view.HasChanged = false;
        foreach (var source in Karpenter.Flush(at).Concat(Yunikorn.Flush(at)).Concat(Operator.Flush(at)))
            yield return source;
    }

    // kube-state-metrics came, went or moved.
    private IEnumerable<(string, MetricSource?)> All(DateTimeOffset at)
    {
        foreach (var pod in _view.Pods.Values)
            yield return OfState(pod, at);
        foreach (var node in _view.Nodes.Values)
            yield return OfState(node, at);
        foreach (var other in _others.Values)
            yield return OfOther(new Change(ChangeType.Modified, other, other), at);
        yield return _view.Up("up/state", _state, at);
    }

    private IEnumerable<(string, MetricSource?)> OfPod(Change change, DateTimeOffset at)
    {
        var item = change.Object;
        if (_view.Follow(change, at) is not { } pod)
        {
            if (change.Type == ChangeType.Deleted)
            {
                yield return ("pod/" + item.Uid, null);
                yield return ("use/" + item.Uid, null);
                yield return ("up/" + item.Uid, null);
                yield return ("flink/" + item.Uid, null);
            }
            yield break;
        }
        var since = change.Type == ChangeType.Added ? pod.Created : at;
        yield return OfState(pod, since);
        yield return OfUse(pod, since);
        foreach (var source in Standing?.Of(pod, since) ?? [])
            yield return source;
        var exporter = Exporters.Of(pod);
        if (exporter is not (Exporter.None or Exporter.State))
            yield return _view.Up("up/" + item.Uid, ClusterView.IsServing(pod) ? Exporters.Target(exporter, pod) : null, at);
    }

    private (string, MetricSource?) OfState(PodState pod, DateTimeOffset since) => ("pod/" + pod.Uid, _view.State is not { } target ? null
        : new MetricSource(_view.NextKey(), since, () => PodGroups.OfState(pod, target)) { Tables = PodTables.OfState, Scope = LabelSet.Of("namespace", pod.Namespace, "pod", pod.Name) });

    private (string, MetricSource?) OfUse(PodState pod, DateTimeOffset since)
    {
        var started = pod.Containers.Min(c => c.RunningSince);
        return ("use/" + pod.Uid, started is null || !_view.Nodes.TryGetValue(pod.Node, out var node) ? null
            : new MetricSource(_view.NextKey(), since > started ? since : started.Value, () => PodGroups.OfUse(pod, Exporters.Kubelet(node)))
            {
                Tables = PodTables.OfUse,
                Scope = LabelSet.Of("namespace", pod.Namespace, "pod", pod.Name),
            });
    }

    private IEnumerable<(string, MetricSource?)> OfNode(Change change, DateTimeOffset at)
    {
        if (_view.FollowNode(change) is { } node)
        {
            yield return OfState(node, change.Type == ChangeType.Added ? node.Created : at);
            yield return _view.Up("up/kubelet/" + node.Name, Exporters.Kubelet(node), change.Type == ChangeType.Added ? node.Created : at);
        }
        else if (change.Type == ChangeType.Deleted)
        {
            foreach (var slot in (string[])["node/", "nodeuse/", "up/kubelet/", "up/host/"])
                yield return (slot + change.Object.Name, null);
        }
    }

    private (string, MetricSource?) OfState(NodeState node, DateTimeOffset since) => ("node/" + node.Name, _view.State is not { } target ? null
        : new MetricSource(_view.NextKey(), since, () => NodeGroups.OfState(node, target)));

    private IEnumerable<(string, MetricSource?)> OfNodeUse(string name, DateTimeOffset at)
    {
        if (!_view.Nodes.TryGetValue(name, out var node))
            yield break;
        var use = _view.Use(node, at, out var isFirst);
        var target = _view.NodeExporter(node);
        yield return ("nodeuse/" + name, target is null ? null : new MetricSource(_view.NextKey(), isFirst ? node.Created : at, () => NodeGroups.OfUse(use, target)));
        if (_view.IsWatchedFromOutside)
            yield return _view.Up("up/host/" + name, target, isFirst ? node.Created : at);
    }

    private (string, MetricSource?) OfOther(Change change, DateTimeOffset at)
    {
        var item = change.Object;
        if (change.Type == ChangeType.Deleted)
            _others.Remove(item.Uid);
        else
            _others[item.Uid] = item;
        if (change.Type == ChangeType.Deleted || _view.State is not { } target)
            return ("other/" + item.Uid, null);
        var groups = OtherGroups.Of(item, target).ToList();
        // Resource versions grow with every write; what is shown rarely does.
        var key = target.Path + string.Join(',', groups.SelectMany(g => g.Table.Series.Select((_, row) => g.Value(row, at))));
        return ("other/" + item.Uid, new MetricSource(key, at, () => groups));
    }
}
