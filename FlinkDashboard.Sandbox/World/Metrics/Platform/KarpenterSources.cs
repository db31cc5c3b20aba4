using System.Text.Json;
using FlinkDashboard.Sandbox.World.Metrics.Kubernetes;

namespace FlinkDashboard.Sandbox.World.Metrics.Platform;

/// <summary>Metrics of Karpenter (names of 1.6): what its nodes hold, its pools, what it made and removed, and how long pods waited.</summary>
internal sealed class KarpenterSources
{
    private const string PoolLabel = "karpenter.sh/nodepool";
    private const string CapacityLabel = "karpenter.sh/capacity-type";
    private static readonly string[] Resources = ["cpu", "memory", "pods"];
    private static readonly MetricTable<ObservedDurations.Snapshot> Startup = ObservedDurations.Summary("karpenter_pods_startup_duration_seconds");
    private static readonly MetricTable<ObservedDurations.Snapshot> Bound = ObservedDurations.Histogram("karpenter_pods_bound_duration_seconds");
    private readonly ClusterView _view;
    private readonly Tallies _tallies = new();
    private readonly ObservedDurations _startup = new();
    private readonly ObservedDurations _bound = new();
    private readonly Dictionary<string, WorldObject> _pools = [];
    private readonly Gauges _gauges = new("karpenter");

    public KarpenterSources(ClusterView view)
    {
        _view = view;
        view.PodChanged += Watch;
        foreach (var kind in (string[])["spot_interrupted", "rebalance_recommendation", "scheduled_change", "instance_stopped", "instance_terminated"])
            _tallies.Add("karpenter_interruption_received_messages_total", 0, "message_type", kind);
    }

    /// <summary>Takes a change of a pool or a claim.</summary>
    public void Follow(Change change)
    {
        var item = change.Object;
        if (item.Type == ResourceTypes.NodePools)
        {
            if (change.Type == ChangeType.Deleted)
                _pools.Remove(item.Name);
            else
                _pools[item.Name] = item;
            return;
        }
        var (pool, capacity, zone) = (item.Labels.GetValueOrDefault(PoolLabel, ""), item.Labels.GetValueOrDefault(CapacityLabel, ""), item.Labels.GetValueOrDefault("topology.kubernetes.io/zone", ""));
        if (change.Type == ChangeType.Added)
        {
            _tallies.Add("karpenter_nodeclaims_created_total", 1, "reason", "provisioned", "nodepool", pool, "min_values_relaxed", "false");
            _tallies.Add("karpenter_nodes_created_total", 1, "nodepool", pool);
            // A counter that begins with what it counts first shows no increase.
            _tallies.Add("karpenter_nodeclaims_disrupted_total", 0, "reason", "empty", "nodepool", pool, "capacity_type", capacity);
            _tallies.Add("karpenter_nodeclaims_terminated_total", 0, "nodepool", pool, "capacity_type", capacity, "zone", zone);
        }
        else if (change.Type == ChangeType.Deleted)
        {
            _tallies.Add("karpenter_nodeclaims_terminated_total", 1, "nodepool", pool, "capacity_type", capacity, "zone", zone);
            _tallies.Add("karpenter_nodes_terminated_total", 1, "nodepool", pool);
            _tallies.Add("karpenter_interruption_received_messages_total", 1, "message_type", "instance_terminated");
        }
        else if (item.IsDeleting && change.Previous is { IsDeleting: false })
        {
            _tallies.Add("karpenter_nodeclaims_disrupted_total", 1, "reason", "empty", "nodepool", pool, "capacity_type", capacity);
            _tallies.Add("karpenter_voluntary_disruption_decisions_total", 1, "decision", "delete", "reason", "empty", "consolidation_type", "empty");
        }
    }

    /// <summary>All of it as it is now.</summary>
    public IEnumerable<(string Slot, MetricSource? Source)> Flush(DateTimeOffset at)
    {
        var leader = _view.Serving(Exporter.Karpenter);
        var target = leader is null ? null : Exporters.Target(Exporter.Karpenter, leader);
        foreach (var gauge in _gauges.Update(target, at, Now().Concat(_tallies.All)))
            yield return gauge;
        var (startup, bound) = (_startup.Now(), _bound.Now());
        yield return ("karpenter-durations", target is null ? null : new MetricSource($"{startup.Count} {bound.Count} {target.Instance}", at, () =>
        [
            new SteadyGroup<ObservedDurations.Snapshot>(target, LabelSet.Empty, Startup, startup),
            new SteadyGroup<ObservedDurations.Snapshot>(target, LabelSet.Empty, Bound, bound),
        ]));
    }

    private void Watch(PodState? old, PodState pod, DateTimeOffset at)
    {
        var age = (at - pod.Created).TotalSeconds;
        if (old is { Node: "" } && pod.Node.Length > 0)
            _bound.Add(Math.Max(0.005, age));
        if (old is { Phase: "Pending" } && pod.Phase == "Running")
            _startup.Add(age);
    }

    private IEnumerable<(string, LabelSet, double)> Now()
    {
        var nodes = _view.Nodes.Values.Where(n => n.Labels.ContainsKey(PoolLabel)).ToList();
        foreach (var node in nodes)
        {
            foreach (var (name, resource, value) in Amounts(node))
                yield return (name, NodeLabels(node).With("resource_type", resource), value);
        }
        foreach (var pool in _pools.Values.SelectMany(Pool))
            yield return pool;
        foreach (var pod in _view.Pods.Values.Where(p => !p.IsOver))
            yield return ("karpenter_pods_state", PodLabels(pod), 1);
        yield return ("karpenter_scheduler_queue_depth", LabelSet.Empty, 0);
        yield return ("karpenter_scheduler_unschedulable_pods_count", LabelSet.Empty, _view.Pods.Values.Count(p => p.IsUnschedulable && p.Node.Length == 0));
        yield return ("karpenter_cluster_state_synced", LabelSet.Empty, 1);
        yield return ("karpenter_cluster_state_node_count", LabelSet.Empty, _view.Nodes.Count);
        foreach (var (labels, cores) in nodes.Select(n => (Offering(n), n.Cores)))
            yield return ("karpenter_cloudprovider_instance_type_offering_price_estimate", labels, Math.Round(cores * (labels["capacity_type"] == "spot" ? 0.019 : 0.048), 4));
    }

    private IEnumerable<(string Name, string Resource, double Value)> Amounts(NodeState node)
    {
        var pods = _view.On(node.Name).Where(p => !p.IsOver).ToLookup(p => p.OwnerKind == "DaemonSet");
        static double Sum(IEnumerable<PodState> all, Func<ContainerState, double?> of) => Math.Round(all.Sum(p => p.Containers.Sum(c => of(c) ?? 0)), 3);
        foreach (var resource in Resources)
        {
            var allocatable = node.Allocatable.GetValueOrDefault(resource);
            yield return ("karpenter_nodes_allocatable", resource, allocatable);
            yield return ("karpenter_nodes_system_overhead", resource, Math.Round(node.Capacity.GetValueOrDefault(resource) - allocatable, 3));
            Func<ContainerState, double?> request = resource == "cpu" ? c => c.CpuRequest : c => c.MemoryRequest, limit = resource == "cpu" ? c => c.CpuLimit : c => c.MemoryLimit;
            yield return ("karpenter_nodes_total_pod_requests", resource, resource == "pods" ? pods[false].Count() : Sum(pods[false], request));
            yield return ("karpenter_nodes_total_daemon_requests", resource, resource == "pods" ? pods[true].Count() : Sum(pods[true], request));
            if (resource != "pods")
                yield return ("karpenter_nodes_total_pod_limits", resource, Sum(pods[false], limit));
        }
    }

    private static IReadOnlyList<(string, LabelSet, double)> Pool(WorldObject pool)
    {
        using var document = JsonDocument.Parse(pool.Json);
        var root = document.RootElement;
        var labels = LabelSet.Of("nodepool", pool.Name);
        var (limits, used) = (Json.Child(Json.Child(root, "spec"), "limits"), Json.Child(Json.Child(root, "status"), "resources"));
        List<(string, LabelSet, double)> all = [];
        foreach (var resource in (string[])["cpu", "memory", "nodes", "pods"])
        {
            if (Json.Amount(used, resource) is { } usage)
                all.Add(("karpenter_nodepools_usage", labels.With("resource_type", resource), usage));
            if (Json.Amount(limits, resource) is { } limit)
                all.Add(("karpenter_nodepools_limit", labels.With("resource_type", resource), limit));
        }
        var nodes = Json.Amount(used, "nodes") ?? 0;
        all.AddRange(((string[])["empty", "underutilized", "drifted"]).Select(reason => ("karpenter_nodepools_allowed_disruptions", labels.With("reason", reason), Math.Ceiling(nodes * 0.1))));
        return all;
    }

    private static LabelSet NodeLabels(NodeState node) => Offering(node).With(LabelSet.Of("node_name", node.Name, "nodepool", node.Labels[PoolLabel],
        "arch", node.Labels.GetValueOrDefault("kubernetes.io/arch", ""), "os", node.Labels.GetValueOrDefault("kubernetes.io/os", ""),
        "instance_family", node.Labels.GetValueOrDefault("karpenter.k8s.aws/instance-family", ""), "phase", node.IsReady ? "Running" : "Pending"));

    private static LabelSet Offering(NodeState node) => LabelSet.Of("instance_type", node.Labels.GetValueOrDefault("node.kubernetes.io/instance-type", ""),
        "capacity_type", node.Labels.GetValueOrDefault(CapacityLabel, ""), "zone", node.Labels.GetValueOrDefault("topology.kubernetes.io/zone", ""));

    private LabelSet PodLabels(PodState pod)
    {
        var labels = LabelSet.Of("name", pod.Name, "namespace", pod.Namespace, "owner", pod.OwnerName, "node", pod.Node, "phase", pod.Phase, "ready", pod.IsReady ? "true" : "false", "scheduled", pod.IsScheduled ? "true" : "false");
        return _view.Nodes.TryGetValue(pod.Node, out var node) ? labels.With(Offering(node)).With("nodepool", node.Labels.GetValueOrDefault(PoolLabel, "N/A")) : labels.With("nodepool", "N/A");
    }
}
