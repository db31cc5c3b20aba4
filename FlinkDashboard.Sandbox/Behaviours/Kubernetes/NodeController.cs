using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// Plays the node lifecycle controller, the pod garbage collector and the kubelets' heartbeats: a node that is not ready gets its
/// taints and, after five minutes, loses its pods; pods of a node that is gone follow it after 40 s.
/// </summary>
internal sealed class NodeController(ClusterIndex index, EventLog events) : IBehaviour
{
    private const string Component = "node-controller";
    private const int LeasedNodes = 50;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan Quarantine = TimeSpan.FromSeconds(40);
    private SandboxWorld _world = null!;

    public void Start(SandboxWorld world)
    {
        _world = world;
        world.OnChange(ResourceTypes.Nodes, Changed);
        foreach (var node in index.Nodes())
            Judge(node.Name, isNew: true);
        foreach (var lost in index.Pods().Where(p => p.NodeName.Length > 0 && index.Node(p.NodeName) is null).Select(p => p.NodeName).Distinct())
            world.Timeline.After(Quarantine, () => Sweep(lost));
        world.Timeline.Every(Heartbeat, Beat);
        world.Timeline.Every(Renewal, Renew);
        world.Timeline.After(TimeSpan.Zero, Renew);
    }

    private void Changed(Change change)
    {
        var node = change.Object;
        if (change.Type == ChangeType.Deleted)
        {
            events.Write(node, Component, "Normal", "RemovingNode", $"Node {node.Name} event: Removing Node {node.Name} from Controller");
            _world.Timeline.After(Quarantine, () => Sweep(node.Name));
            return;
        }
        if (change.Type == ChangeType.Added)
            events.Write(node, Component, "Normal", "RegisteredNode", $"Node {node.Name} event: Registered Node {node.Name} in Controller");
        if (change.Previous is null || NodeFacts.Of(change.Previous).ReadyStatus != NodeFacts.Of(node).ReadyStatus)
            Judge(node.Name, change.Previous is null);
    }

    private void Judge(string name, bool isNew)
    {
        if (index.Node(name) is not { } node)
            return;
        var key = node.ReadyStatus switch { "False" => "node.kubernetes.io/not-ready", "Unknown" => "node.kubernetes.io/unreachable", _ => null };
        _world.Objects.Update(ResourceTypes.Nodes, "", name, n =>
        {
            var taints = n.Items("spec", "taints").Where(t => t.Text("key") is not ("node.kubernetes.io/not-ready" or "node.kubernetes.io/unreachable")).Select(t => t.DeepClone()).ToList();
            foreach (var effect in key is null ? [] : new[] { "NoSchedule", "NoExecute" })
                taints.Add(new JsonObject { ["key"] = key, ["effect"] = effect, ["timeAdded"] = ObjectStore.Timestamp(_world.Now) });
            if (taints.Count > 0)
                n.Child("spec")["taints"] = new JsonArray([.. taints]);
            else
                n.Child("spec").Remove("taints");
            return n;
        });
        if (key is null)
            return;
        if (!isNew)
            events.Write(node.Object, Component, "Normal", "NodeNotReady", $"Node {name} status is now: NodeNotReady");
        if (node.ReadyStatus == "Unknown")
            MarkPods(name);
        _world.Timeline.After(Patience, () => Evict(name, key));
    }

    private void MarkPods(string node)
    {
        foreach (var pod in index.PodsOn(node).Where(p => p.IsReady))
        {
            events.Write(pod.Object, Component, "Warning", "NodeNotReady", "Node is not ready");
            _world.Objects.Update(ResourceTypes.Pods, pod.Namespace, pod.Name, p =>
            {
                var ready = p.Items("status", "conditions").First(c => c.Text("type") == "Ready");
                (ready["status"], ready["lastTransitionTime"]) = ("False", ObjectStore.Timestamp(_world.Now));
                return p;
            }, WritePart.Status);
        }
    }

    private void Evict(string node, string taint)
    {
        if (index.Node(node)?.Taints.Any(t => t.Key == taint) != true)
            return;
        foreach (var pod in index.PodsOn(node).Where(p => !p.Object.IsDeleting && p.ControllerKind != "DaemonSet"))
        {
            events.Write(pod.Object, "taint-eviction-controller", "Normal", "TaintManagerEviction", $"Marking for deletion Pod {pod.Namespace}/{pod.Name}");
            _world.Objects.Delete(ResourceTypes.Pods, pod.Namespace, pod.Name, new DeleteRequest { Uid = pod.Object.Uid });
        }
    }

    private void Sweep(string node)
    {
        if (index.Node(node) is not null)
            return;
        foreach (var pod in index.PodsOn(node))
            _world.Objects.Delete(ResourceTypes.Pods, pod.Namespace, pod.Name, new DeleteRequest { GraceSeconds = 0, Uid = pod.Object.Uid });
    }

    // A kubelet reports every five minutes when nothing has changed; its Lease says more often that it lives.
    private void Beat()
    {
        var now = ObjectStore.Timestamp(_world.Now);
        foreach (var node in index.Nodes().Where(n => n.ReadyStatus == "True"))
        {
            _world.Objects.Update(ResourceTypes.Nodes, "", node.Name, n =>
            {
                foreach (var condition in n.Items("status", "conditions"))
                    condition["lastHeartbeatTime"] = now;
                return n;
            }, WritePart.Status);
        }
    }

    private void Renew()
    {
        var nodes = index.Nodes();
        if (nodes.Count > LeasedNodes || _world.Objects.Find(ResourceTypes.Namespaces, "", "kube-node-lease") is null)
            return;
        var now = _world.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", System.Globalization.CultureInfo.InvariantCulture);
        foreach (var node in nodes.Where(n => n.ReadyStatus != "Unknown"))
        {
            if (_world.Objects.Find(ResourceTypes.Leases, "kube-node-lease", node.Name) is null)
            {
                var owner = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Node", ["name"] = node.Name, ["uid"] = node.Object.Uid };
                _world.Objects.Create(ResourceTypes.Leases, new JsonObject
                {
                    ["metadata"] = new JsonObject { ["name"] = node.Name, ["namespace"] = "kube-node-lease", ["ownerReferences"] = new JsonArray(owner) },
                    ["spec"] = new JsonObject { ["holderIdentity"] = node.Name, ["leaseDurationSeconds"] = 40, ["renewTime"] = now },
                });
                continue;
            }
            _world.Objects.Update(ResourceTypes.Leases, "kube-node-lease", node.Name, l =>
            {
                l.Child("spec")["renewTime"] = now;
                return l;
            });
        }
    }
}
