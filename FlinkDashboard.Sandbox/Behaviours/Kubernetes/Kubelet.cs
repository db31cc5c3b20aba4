using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// The kubelets of all nodes. A pod has a worker while something can still happen to it; a pod that simply runs has none, so
/// ten thousand of them cost nothing.
/// </summary>
internal sealed class Kubelet(ClusterIndex index, EventLog events) : IBehaviour
{
    private readonly Dictionary<string, PodWorker> _workers = [];
    private readonly HashSet<string> _accepted = [];
    private KubeletTools _tools = null!;

    public void Start(SandboxWorld world)
    {
        _tools = new KubeletTools(world, events, new ContainerImages(), new PodAddresses(), Rest);
        foreach (var node in index.Nodes())
            _tools.Addresses.Reserve(node.InternalIp);
        foreach (var pod in index.Pods())
        {
            if (pod.PodIp.Length > 0)
                _tools.Addresses.Reserve(pod.PodIp);
            if (pod.NodeName.Length > 0)
                world.Timeline.After(TimeSpan.Zero, () => Consider(pod.Object.Uid));
        }
        world.OnChange(ResourceTypes.Pods, c =>
        {
            if (c.Type == ChangeType.Deleted)
                Gone(c.Object);
            else
                Consider(c.Object.Uid);
        });
        world.OnChange(ResourceTypes.Nodes, NodeChanged);
    }

    private void NodeChanged(Change change)
    {
        if (change.Type == ChangeType.Added)
            _tools.Images.NodeAdded(change.Object.Name);
        if (change.Type == ChangeType.Deleted)
            _tools.Images.NodeRemoved(change.Object.Name);
        else if (index.Node(change.Object.Name) is { } node)
        {
            _tools.Addresses.Reserve(node.InternalIp);
            foreach (var pod in index.PodsOn(node.Name).Where(p => p.Object.IsDeleting || !p.HasStarted))
                Consider(pod.Object.Uid);
        }
    }

    private void Consider(string uid)
    {
        // A node that answers nobody has no kubelet.
        if (index.Pod(uid) is not { NodeName.Length: > 0 } pod || index.Node(pod.NodeName) is not { ReadyStatus: not "Unknown" } node)
            return;
        var worker = _workers.GetValueOrDefault(uid);
        if (pod.Object.IsDeleting)
        {
            worker ??= Adopt(pod, node);
            worker.Terminate();
        }
        else if (worker is null && !pod.IsTerminal && (!pod.HasStarted || !_accepted.Contains(uid)))
        {
            if (pod.HasStarted)
                Adopt(pod, node);
            else
                New(pod, node).Begin();
        }
    }

    private PodWorker New(PodFacts pod, NodeFacts node)
    {
        _accepted.Add(pod.Object.Uid);
        return _workers[pod.Object.Uid] = new PodWorker(_tools, pod.Object, node.InternalIp);
    }

    private PodWorker Adopt(PodFacts pod, NodeFacts node)
    {
        var worker = New(pod, node);
        worker.Adopt(pod.Object);
        return worker;
    }

    private void Rest(PodWorker worker)
    {
        worker.Retire();
        _workers.Remove(worker.State.Uid);
    }

    private void Gone(WorldObject pod)
    {
        if (_workers.Remove(pod.Uid, out var worker))
            worker.Kill(pod);
        if (pod.Read() is var json && !json.Flag("spec", "hostNetwork") && json.Text("status", "podIP") is { } ip)
            _tools.Addresses.Release(ip);
        _accepted.Remove(pod.Uid);
        _tools.World.Logs.Forget(pod.Uid);
    }
}
