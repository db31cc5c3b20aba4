using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// Plays Karpenter's provisioner: pods that fit on no node get NodeClaims of the best NodePool that takes them, and about 40 s
/// later nodes. Does nothing in a world without NodePools.
/// </summary>
internal sealed class Karpenter(ClusterIndex index, EventLog events) : IBehaviour
{
    public const string Component = "karpenter";
    private static readonly TimeSpan Batch = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Launch = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Boot = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, string> _nominated = [];
    private readonly Dictionary<string, KarpenterPlan> _launching = [];
    private SandboxWorld _world = null!;
    private bool _planned;
    private int _machines;

    public void Start(SandboxWorld world)
    {
        _world = world;
        world.OnChange(ResourceTypes.Pods, c =>
        {
            if (c.Type == ChangeType.Deleted)
                _nominated.Remove(c.Object.Uid);
            else if (index.Pod(c.Object.Uid) is { IsUnschedulable: true, NodeName: "" })
                Plan();
        });
        world.OnChange(ResourceTypes.NodePools, _ => Plan());
        Plan();
    }

    private void Plan()
    {
        if (_planned)
            return;
        _planned = true;
        _world.Timeline.After(Batch, () =>
        {
            _planned = false;
            Provision();
        });
    }

    private void Provision()
    {
        var pools = _world.Objects.List(ResourceTypes.NodePools).Items.Where(p => !p.IsDeleting).Select(p => new NodePoolFacts(p)).OrderByDescending(p => p.Weight).ToList();
        var pending = pools.Count == 0 ? [] : index.Pods().Where(p => p is { IsUnschedulable: true, NodeName: "", IsActive: true } && !_nominated.ContainsKey(p.Object.Uid))
            .OrderByDescending(p => p.CpuMillis).ThenBy(p => p.Object.ResourceVersion).ToList();
        var plans = new List<KarpenterPlan>();
        foreach (var pod in pending)
        {
            var placement = new PodPlacement(pod.Object.Read());
            if (plans.Any(p => p.TryAdd(pod, placement)))
                continue;
            var (plan, refusal) = KarpenterPlan.For(pod, placement, pools.Select(p => Room(p, plans)), Zones());
            if (plan is not null)
                plans.Add(plan);
            else
                events.Write(pod.Object, Component, "Warning", "FailedScheduling", refusal);
        }
        plans.ForEach(Claim);
    }

    // What a pool's limits leave beside its nodes and those on their way.
    private (NodePoolFacts Pool, long CpuMillis, long MemoryBytes) Room(NodePoolFacts pool, List<KarpenterPlan> plans)
    {
        var nodes = index.Nodes().Where(n => n.Labels.GetValueOrDefault(NodePoolFacts.PoolLabel) == pool.Name).ToList();
        var coming = plans.Concat(_launching.Values).Where(p => p.Pool.Name == pool.Name).Select(p => p.Types[0]).ToList();
        return (pool,
            pool.LimitMillis - nodes.Sum(n => n.CpuMillis) - coming.Sum(t => t.Cores * 1000L),
            pool.LimitBytes - nodes.Sum(n => n.MemoryBytes) - coming.Sum(t => t.Gibibytes * 1024L * 1024 * 1024));
    }

    // The zones of the cluster, another one first each time.
    private List<string> Zones()
    {
        var zones = index.Nodes().Select(n => n.Labels.GetValueOrDefault(NodePoolFacts.ZoneLabel)).OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (zones.Count == 0)
            zones = ["us-west-2a", "us-west-2b"];
        var first = _machines % zones.Count;
        return [.. zones.Skip(first), .. zones.Take(first)];
    }

    private void Claim(KarpenterPlan plan)
    {
        _machines++;
        var claim = _world.Objects.Create(ResourceTypes.NodeClaims, KarpenterObjects.NodeClaim(_world, plan), part: WritePart.All);
        _launching[claim.Uid] = plan;
        foreach (var pod in plan.Pods)
        {
            _nominated[pod.Object.Uid] = claim.Name;
            events.Write(pod.Object, Component, "Normal", "Nominated", $"Pod should schedule on: nodeclaim/{claim.Name}");
        }
        var type = plan.Types[0];
        var zone = plan.Labels[NodePoolFacts.ZoneLabel];
        var providerId = $"aws:///{zone}/i-0{_world.Hex(16)}";
        After(claim, Launch, () =>
        {
            Advance(claim.Name, "Launched", c => KarpenterObjects.FillLaunched(c, type, plan.Labels, providerId));
            After(claim, Boot + TimeSpan.FromSeconds(_world.Next(5)), () => Register(claim.Name, type, providerId));
        });
    }

    private void Register(string name, InstanceType type, string providerId)
    {
        var claim = _world.Objects.Get(ResourceTypes.NodeClaims, "", name);
        _launching.Remove(claim.Uid);
        var node = _world.Objects.Create(ResourceTypes.Nodes, KarpenterObjects.Node(_world, claim, type, FreeAddress(), providerId), part: WritePart.All);
        events.Write(node, "kubelet", "Normal", "Starting", "Starting kubelet.", node.Name);
        Advance(name, "Registered", c => c.Child("status")["nodeName"] = node.Name);
        After(claim, Settle, () =>
        {
            _world.Objects.Update(ResourceTypes.Nodes, "", node.Name, n =>
            {
                var ready = n.Items("status", "conditions").First(c => c.Text("type") == "Ready");
                (ready["status"], ready["reason"], ready["message"]) = ("True", "KubeletReady", "kubelet is posting ready status");
                ready["lastTransitionTime"] = ObjectStore.Timestamp(_world.Now);
                n.Child("metadata").Child("labels")["karpenter.sh/initialized"] = "true";
                return n;
            }, WritePart.All);
            events.Write(node, "kubelet", "Normal", "NodeReady", $"Node {node.Name} status is now: NodeReady", node.Name);
            Advance(name, "Initialized");
            Advance(name, "Ready");
            foreach (var pod in _nominated.Where(n => n.Value == name).Select(n => n.Key).ToList())
                _nominated.Remove(pod);
        });
    }

    private void Advance(string name, string condition, Action<JsonObject>? also = null)
    {
        var claim = _world.Objects.Update(ResourceTypes.NodeClaims, "", name, c =>
        {
            also?.Invoke(c);
            var stage = c.Items("status", "conditions").First(x => x.Text("type") == condition);
            (stage["status"], stage["reason"], stage["message"]) = ("True", condition, "");
            stage["lastTransitionTime"] = ObjectStore.Timestamp(_world.Now);
            return c;
        }, WritePart.All);
        events.Write(claim, Component, "Normal", condition, $"Status condition transitioned, Type: {condition}, Status: Unknown -> True, Reason: {condition}");
    }

    // A claim that is deleted on the way goes no further, and its pods need another.
    private void After(WorldObject claim, TimeSpan delay, Action action) => _world.Timeline.After(delay, () =>
    {
        if (index.ByUid(claim.Uid) is { IsDeleting: false })
        {
            action();
            return;
        }
        _launching.Remove(claim.Uid);
        foreach (var pod in _nominated.Where(n => n.Value == claim.Name).Select(n => n.Key).ToList())
            _nominated.Remove(pod);
        Plan();
    });

    private string FreeAddress()
    {
        var taken = index.Nodes().Select(n => n.InternalIp).ToHashSet();
        string address;
        do
            address = $"10.1.{16 + _world.Next(200)}.{4 + _world.Next(250)}";
        while (taken.Contains(address));
        return address;
    }
}
