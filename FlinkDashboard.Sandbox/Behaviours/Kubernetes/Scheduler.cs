using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// Plays kube-scheduler, and YuniKorn for pods that ask for it: binds pods to the emptiest node that fits, says why none does,
/// and tries again when a node or the room on one changes.
/// </summary>
internal sealed class Scheduler(ClusterIndex index, EventLog events) : IBehaviour
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan RepeatedEvent = TimeSpan.FromSeconds(30);
    private readonly Dictionary<string, DateTimeOffset> _waiting = [];
    private SandboxWorld _world = null!;
    private WorkQueue _queue = null!;
    private bool _retryPlanned;

    public void Start(SandboxWorld world)
    {
        _world = world;
        _queue = new WorkQueue(world, Delay, Look);
        world.OnChange(ResourceTypes.Pods, c =>
        {
            if (c.Type == ChangeType.Added)
                _queue.Add(c.Object.Namespace, c.Object.Name);
            else if (c.Type == ChangeType.Deleted || index.Pod(c.Object.Uid)?.IsTerminal == true)
                RoomChanged(c.Object.Uid);
        });
        world.OnChange(ResourceTypes.Nodes, _ => RetryAll());
        foreach (var pod in index.Pods().Where(p => p.NodeName.Length == 0))
            _queue.Add(pod.Namespace, pod.Name);
    }

    private void RoomChanged(string uid)
    {
        _waiting.Remove(uid);
        RetryAll();
    }

    private void RetryAll()
    {
        if (_retryPlanned || _waiting.Count == 0)
            return;
        _retryPlanned = true;
        _world.Timeline.After(RetryDelay, () =>
        {
            _retryPlanned = false;
            foreach (var pod in _waiting.Keys.Select(index.Pod).OfType<PodFacts>().OrderByDescending(p => p.Priority).ThenBy(p => p.Object.ResourceVersion).ToList())
                _queue.Add(pod.Namespace, pod.Name, TimeSpan.Zero);
        });
    }

    private void Look(string ns, string name)
    {
        if (_world.Objects.Find(ResourceTypes.Pods, ns, name) is not { } pod || index.Pod(pod.Uid) is not { NodeName: "" } facts || pod.IsDeleting || facts.IsTerminal)
            return;
        var json = pod.Read();
        if (json.Items("spec", "schedulingGates").Any())
            return;
        var verdict = NodeFit.Judge(facts, new PodPlacement(json), index);
        if (verdict.Node is { } node)
            Bind(pod, facts, node);
        else
            Refuse(pod, facts, verdict.Message);
    }

    private void Bind(WorldObject pod, PodFacts facts, NodeFacts node)
    {
        _waiting.Remove(pod.Uid);
        _world.Objects.Update(ResourceTypes.Pods, pod.Namespace, pod.Name, p =>
        {
            p.Child("spec")["nodeName"] = node.Name;
            // The PodTopologyLabels admission plug-in copies these on binding.
            foreach (var key in new[] { "topology.kubernetes.io/zone", "topology.kubernetes.io/region" })
            {
                if (node.Labels.TryGetValue(key, out var value))
                    p.Child("metadata").Child("labels")[key] = value;
            }
            Condition(p, "True", null, null, null);
            return p;
        }, WritePart.Binding);
        var message = $"Successfully assigned {pod.Namespace}/{pod.Name} to {(IsYuniKorn(facts) ? "node " : "")}{node.Name}";
        events.WriteNew(pod, facts.SchedulerName, "Normal", "Scheduled", "Binding", message);
        if (IsYuniKorn(facts))
            events.WriteNew(pod, facts.SchedulerName, "Normal", "PodBindSuccessful", "Binding", $"Pod {pod.Namespace}/{pod.Name} is successfully bound to node {node.Name}");
    }

    private void Refuse(WorldObject pod, PodFacts facts, string message)
    {
        var repeated = _waiting.TryGetValue(pod.Uid, out var said);
        if (!repeated || _world.Now - said >= RepeatedEvent)
        {
            _waiting[pod.Uid] = _world.Now;
            events.WriteNew(pod, facts.SchedulerName, "Warning", "FailedScheduling", "Scheduling", message);
        }
        _world.Objects.Update(ResourceTypes.Pods, pod.Namespace, pod.Name, p =>
        {
            Condition(p, "False", "Unschedulable", message, pod.Generation);
            return p;
        }, WritePart.Status);
    }

    private void Condition(JsonObject pod, string status, string? reason, string? message, long? generation)
    {
        var conditions = pod.Child("status")["conditions"] as JsonArray ?? [];
        var old = conditions.Items().FirstOrDefault(c => c.Text("type") == "PodScheduled");
        var now = ObjectStore.Timestamp(_world.Now);
        var condition = new JsonObject { ["type"] = "PodScheduled" };
        if (generation is { } g)
            condition["observedGeneration"] = g;
        condition["status"] = status;
        condition["lastProbeTime"] = null;
        condition["lastTransitionTime"] = old.Text("status") == status ? old.Text("lastTransitionTime") ?? now : now;
        if (reason is not null)
            (condition["reason"], condition["message"]) = (reason, message);
        if (old is not null)
            conditions.Remove(old);
        conditions.Add(condition);
        if (conditions.Parent is null)
            pod["status"]!["conditions"] = conditions;
    }

    private static bool IsYuniKorn(PodFacts pod) => pod.SchedulerName == "yunikorn";
}
