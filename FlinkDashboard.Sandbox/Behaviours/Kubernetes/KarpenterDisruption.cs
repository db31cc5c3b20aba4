using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// Plays the other half of Karpenter: nodes that stay empty for the pool's time go, deleted NodeClaims and Nodes are drained
/// first, and the pools' status counts what there is.
/// </summary>
internal sealed class KarpenterDisruption(ClusterIndex index, EventLog events) : IBehaviour
{
    private static readonly TimeSpan DrainCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, DateTimeOffset> _emptySince = [];
    private SandboxWorld _world = null!;
    private WorkQueue _claims = null!;
    private WorkQueue _pools = null!;

    public void Start(SandboxWorld world)
    {
        _world = world;
        _claims = new WorkQueue(world, TimeSpan.FromMilliseconds(500), (_, name) => Look(name));
        _pools = new WorkQueue(world, TimeSpan.FromMilliseconds(500), (_, name) => Count(name));
        foreach (var claim in world.Objects.List(ResourceTypes.NodeClaims).Items)
            _claims.Add("", claim.Name);
        foreach (var pool in world.Objects.List(ResourceTypes.NodePools).Items)
            _pools.Add("", pool.Name);
        world.OnChange(ResourceTypes.NodeClaims, c => _claims.Add("", c.Object.Name));
        world.OnChange(ResourceTypes.NodePools, c => _pools.Add("", c.Object.Name));
        world.OnChange(ResourceTypes.Nodes, c =>
        {
            NodeTouched(c.Object);
            if (c.Object.Labels.TryGetValue(NodePoolFacts.PoolLabel, out var pool))
                _pools.Add("", pool);
        });
        world.OnChange(ResourceTypes.Pods, c =>
        {
            // Only pods that come to a node or leave it matter.
            var node = index.Pod(c.Object.Uid)?.NodeName ?? c.Object.Read().Text("spec", "nodeName");
            if (node is { Length: > 0 } && index.Node(node) is { } touched && touched.Labels.ContainsKey(NodePoolFacts.PoolLabel))
                NodeTouched(touched.Object);
        });
    }

    private void NodeTouched(WorldObject node)
    {
        foreach (var claim in node.OwnerUids.Select(index.ByUid).OfType<WorldObject>().Where(o => o.Type == ResourceTypes.NodeClaims))
            _claims.Add("", claim.Name);
    }

    private void Look(string name)
    {
        if (_world.Objects.Find(ResourceTypes.NodeClaims, "", name) is not { } claim)
            return;
        var node = index.Node(claim.Read().Text("status", "nodeName") ?? "");
        if (claim.IsDeleting)
            Terminate(claim, node);
        else if (node is { Object.IsDeleting: true })
            _world.Objects.Delete(ResourceTypes.NodeClaims, "", name);
        else if (node is not null)
            JudgeEmptiness(claim, node);
    }

    private void JudgeEmptiness(WorldObject claim, NodeFacts node)
    {
        if (Workload(node).Count > 0 || node.ReadyStatus != "True")
        {
            _emptySince.Remove(claim.Uid);
            return;
        }
        var pool = _world.Objects.Find(ResourceTypes.NodePools, "", node.Labels.GetValueOrDefault(NodePoolFacts.PoolLabel, ""));
        if (pool is null || new NodePoolFacts(pool).ConsolidateAfter is not { } patience)
            return;
        var since = _emptySince.TryAdd(claim.Uid, _world.Now) ? _world.Now : _emptySince[claim.Uid];
        if (_world.Now - since < patience)
        {
            _claims.Add("", claim.Name, patience - (_world.Now - since));
            return;
        }
        _emptySince.Remove(claim.Uid);
        events.Write(claim, Karpenter.Component, "Normal", "DisruptionTerminating", "Disrupting NodeClaim: Empty");
        events.Write(node.Object, Karpenter.Component, "Normal", "DisruptionTerminating", "Disrupting Node: Empty");
        _world.Objects.Delete(ResourceTypes.NodeClaims, "", claim.Name);
    }

    private void Terminate(WorldObject claim, NodeFacts? node)
    {
        if (node is null)
        {
            Release(claim);
            return;
        }
        Taint(node);
        var pods = Workload(node);
        foreach (var pod in pods.Where(p => !p.Object.IsDeleting))
        {
            events.Write(pod.Object, Karpenter.Component, "Normal", "Evicted", "Evicted pod: Deleted");
            _world.Objects.Delete(ResourceTypes.Pods, pod.Namespace, pod.Name, new DeleteRequest { Uid = pod.Object.Uid });
        }
        if (pods.Count > 0)
        {
            _claims.Add("", claim.Name, DrainCheck);
            return;
        }
        _world.Timeline.After(Shutdown, () =>
        {
            if (index.Node(node.Name) is not { } last)
                return;
            if (!last.Object.IsDeleting)
                _world.Objects.Delete(ResourceTypes.Nodes, "", node.Name);
            if (index.Node(node.Name) is { } held)
                Release(held.Object);
            _claims.Add("", claim.Name);
        });
    }

    private void Taint(NodeFacts node)
    {
        if (node.Taints.Any(t => t.Key == "karpenter.sh/disrupted"))
            return;
        _world.Objects.Update(ResourceTypes.Nodes, "", node.Name, n =>
        {
            var taints = n.Child("spec")["taints"] as JsonArray ?? [];
            taints.Add(new JsonObject { ["key"] = "karpenter.sh/disrupted", ["effect"] = "NoSchedule" });
            if (taints.Parent is null)
                n["spec"]!["taints"] = taints;
            return n;
        });
    }

    private void Release(WorldObject o) => _world.Objects.Update(o.Type, "", o.Name, n =>
    {
        var kept = n.Texts("metadata", "finalizers").Where(f => f != KarpenterObjects.Finalizer).Select(f => (JsonNode)f).ToArray();
        if (kept.Length > 0)
            n["metadata"]!["finalizers"] = new JsonArray(kept);
        else
            n["metadata"]!.AsObject().Remove("finalizers");
        return n;
    });

    private List<PodFacts> Workload(NodeFacts node) => [.. index.PodsOn(node.Name).Where(p => !p.IsTerminal && p.ControllerKind is not ("DaemonSet" or "Node"))];

    private void Count(string name)
    {
        if (_world.Objects.Find(ResourceTypes.NodePools, "", name) is null)
            return;
        var nodes = index.Nodes().Where(n => n.Labels.GetValueOrDefault(NodePoolFacts.PoolLabel) == name).ToList();
        _world.Objects.Update(ResourceTypes.NodePools, "", name, p =>
        {
            p.Child("status")["resources"] = new JsonObject
            {
                ["cpu"] = Quantity.Cores(nodes.Sum(n => Quantity.Millis(n.Object.Read().Text("status", "capacity", "cpu")))),
                ["memory"] = Quantity.Memory(nodes.Sum(n => Quantity.Bytes(n.Object.Read().Text("status", "capacity", "memory")))),
                ["nodes"] = $"{nodes.Count}",
                ["pods"] = $"{nodes.Sum(n => n.Pods)}",
            };
            p["status"]!["nodes"] = nodes.Count;
            return p;
        }, WritePart.Status);
    }
}
