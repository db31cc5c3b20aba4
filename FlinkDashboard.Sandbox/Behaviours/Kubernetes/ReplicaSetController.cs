using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>Plays the replicaset controller: keeps as many pods as wanted, replaces lost ones, counts them.</summary>
internal sealed class ReplicaSetController(ClusterIndex index, EventLog events) : IBehaviour
{
    private const string Component = "replicaset-controller";
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(1000);
    private readonly Dictionary<string, (TimeSpan Wait, DateTimeOffset Until)> _backOff = [];
    private SandboxWorld _world = null!;
    private WorkQueue _queue = null!;

    public void Start(SandboxWorld world)
    {
        _world = world;
        _queue = new WorkQueue(world, TimeSpan.FromMilliseconds(5), Look);
        world.OnChange(ResourceTypes.ReplicaSets, c => _queue.Add(c.Object.Namespace, c.Object.Name));
        world.OnChange(ResourceTypes.Pods, c =>
        {
            foreach (var owner in c.Object.OwnerUids.Select(index.ByUid).OfType<WorldObject>().Where(o => o.Type == ResourceTypes.ReplicaSets))
                _queue.Add(owner.Namespace, owner.Name);
        });
        foreach (var set in world.Objects.List(ResourceTypes.ReplicaSets).Items)
            _queue.Add(set.Namespace, set.Name);
    }

    private void Look(string ns, string name)
    {
        if (_world.Objects.Find(ResourceTypes.ReplicaSets, ns, name) is not { } set)
            return;
        var pods = index.PodsOf(set.Uid);
        var json = set.Read();
        var failure = set.IsDeleting ? null : Balance(set, json, [.. pods.Where(p => p.IsActive)]);
        _world.Objects.Update(ResourceTypes.ReplicaSets, ns, name, s =>
        {
            s["status"] = Status(s, pods, failure);
            return s;
        }, WritePart.Status);
    }

    // The error that stopped it from creating a pod, or null.
    private string? Balance(WorldObject set, JsonObject json, List<PodFacts> active)
    {
        var wanted = (int)(json.Number("spec", "replicas") ?? 1);
        foreach (var pod in active.OrderBy(DeletionOrder).ThenByDescending(p => p.Object.ResourceVersion).Take(Math.Max(0, active.Count - wanted)))
        {
            _world.Objects.Delete(ResourceTypes.Pods, pod.Namespace, pod.Name, new DeleteRequest { Uid = pod.Object.Uid });
            events.Write(set, Component, "Normal", "SuccessfulDelete", $"Deleted pod: {pod.Name}");
        }
        if (active.Count >= wanted)
        {
            _backOff.Remove(set.Uid);
            return null;
        }
        var last = json.Items("status", "conditions").FirstOrDefault(c => c.Text("type") == "ReplicaFailure").Text("message");
        if (_backOff.TryGetValue(set.Uid, out var backOff) && backOff.Until > _world.Now)
        {
            _queue.Add(set.Namespace, set.Name, backOff.Until - _world.Now);
            return last;
        }
        return CreatePods(set, json, wanted - active.Count);
    }

    private string? CreatePods(WorldObject set, JsonObject json, int count)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                var pod = PodAdmission.Create(_world, NewPod(set, json));
                events.Write(set, Component, "Normal", "SuccessfulCreate", $"Created pod: {pod.Name}");
            }
            _backOff.Remove(set.Uid);
            return null;
        }
        catch (ApiError e)
        {
            events.Write(set, Component, "Warning", "FailedCreate", $"Error creating: {e.Message}");
            var wait = _backOff.TryGetValue(set.Uid, out var b) ? Min(b.Wait * 2, LongestBackOff) : FirstBackOff;
            _backOff[set.Uid] = (wait, _world.Now + wait);
            _queue.Add(set.Namespace, set.Name, wait);
            return e.Message;
        }
    }

    private JsonObject Status(JsonObject set, IReadOnlyList<PodFacts> pods, string? failure)
    {
        var active = pods.Where(p => p.IsActive).ToList();
        var status = new JsonObject { ["replicas"] = active.Count };
        if (active.Count > 0)
            status["fullyLabeledReplicas"] = active.Count;
        if (active.Count(p => p.IsReady) is > 0 and var ready)
        {
            status["readyReplicas"] = ready;
            status["availableReplicas"] = ready;
        }
        status["terminatingReplicas"] = pods.Count(p => p.Object.IsDeleting && !p.IsTerminal);
        status["observedGeneration"] = set.Number("metadata", "generation") ?? 1;
        if (failure is not null)
        {
            var old = set.Items("status", "conditions").FirstOrDefault(c => c.Text("type") == "ReplicaFailure");
            status["conditions"] = new JsonArray(old?.DeepClone() ?? new JsonObject
            {
                ["type"] = "ReplicaFailure",
                ["status"] = "True",
                ["lastTransitionTime"] = ObjectStore.Timestamp(_world.Now),
                ["reason"] = "FailedCreate",
                ["message"] = failure,
            });
        }
        return status;
    }

    private static JsonObject NewPod(WorldObject set, JsonObject json)
    {
        var template = json.At("spec", "template")!.DeepClone().AsObject();
        var meta = template["metadata"] as JsonObject ?? [];
        template.Remove("metadata");
        meta.Remove("creationTimestamp");
        meta["generateName"] = set.Name + "-";
        meta["namespace"] = set.Namespace;
        meta["ownerReferences"] = new JsonArray(DeploymentRules.OwnerReference(set));
        template["metadata"] = meta;
        return template;
    }

    // Unscheduled before scheduled, pending before running, not ready before ready.
    private static int DeletionOrder(PodFacts pod) => pod.NodeName.Length == 0 ? 0 : pod.Phase == "Pending" ? 1 : pod.IsReady ? 3 : 2;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
