using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// Plays the statefulset controller as far as add-ons need it: numbered pods, one after another (or all at once with Parallel),
/// replaced under their own names; a changed template replaces pods from the highest number down.
/// </summary>
internal sealed class StatefulSetController(ClusterIndex index, EventLog events) : IBehaviour
{
    private const string Component = "statefulset-controller";
    private const string RevisionLabel = "controller-revision-hash";
    private SandboxWorld _world = null!;
    private WorkQueue _queue = null!;

    public void Start(SandboxWorld world)
    {
        _world = world;
        _queue = new WorkQueue(world, TimeSpan.FromMilliseconds(5), Look);
        world.OnChange(ResourceTypes.StatefulSets, c => _queue.Add(c.Object.Namespace, c.Object.Name));
        world.OnChange(ResourceTypes.Pods, c =>
        {
            foreach (var owner in c.Object.OwnerUids.Select(index.ByUid).OfType<WorldObject>().Where(o => o.Type == ResourceTypes.StatefulSets))
                _queue.Add(owner.Namespace, owner.Name);
        });
        foreach (var set in world.Objects.List(ResourceTypes.StatefulSets).Items)
            _queue.Add(set.Namespace, set.Name);
    }

    private void Look(string ns, string name)
    {
        if (_world.Objects.Find(ResourceTypes.StatefulSets, ns, name) is not { } set)
            return;
        var json = set.Read();
        var pods = index.PodsOf(set.Uid).ToDictionary(p => p.Name);
        var revision = $"{name}-{DeploymentRules.Hash(json.At("spec", "template")!, 0)}";
        if (!set.IsDeleting)
            Balance(set, json, pods, revision);
        _world.Objects.Update(ResourceTypes.StatefulSets, ns, name, s =>
        {
            s["status"] = Status(s, [.. pods.Values], revision);
            return s;
        }, WritePart.Status);
    }

    private void Balance(WorldObject set, JsonObject json, Dictionary<string, PodFacts> pods, string revision)
    {
        var wanted = (int)(json.Number("spec", "replicas") ?? 1);
        var oneByOne = json.Text("spec", "podManagementPolicy") != "Parallel";
        for (var ordinal = 0; ordinal < wanted; ordinal++)
        {
            var pod = pods.GetValueOrDefault($"{set.Name}-{ordinal}");
            if (pod is null)
                Create(set, json, ordinal, revision);
            else if (pod.IsTerminal && !pod.Object.IsDeleting)
                Delete(set, pod);
            if (oneByOne && pod is not { IsReady: true, IsActive: true })
                return;
        }
        var surplus = pods.Values.Where(p => p.IsActive && Ordinal(p) >= wanted).MaxBy(Ordinal);
        var outdated = pods.Values.Where(p => p.IsActive && p.Object.Labels.GetValueOrDefault(RevisionLabel, revision) != revision).MaxBy(Ordinal);
        if ((surplus ?? outdated) is { } next && pods.Values.All(p => !p.Object.IsDeleting))
            Delete(set, next);
    }

    private void Create(WorldObject set, JsonObject json, int ordinal, string revision)
    {
        var pod = json.At("spec", "template")!.DeepClone().AsObject();
        var meta = pod.Child("metadata");
        meta["name"] = $"{set.Name}-{ordinal}";
        meta["namespace"] = set.Namespace;
        meta["generateName"] = set.Name + "-";
        meta["ownerReferences"] = new JsonArray(DeploymentRules.OwnerReference(set));
        var labels = meta.Child("labels");
        labels["statefulset.kubernetes.io/pod-name"] = $"{set.Name}-{ordinal}";
        labels["apps.kubernetes.io/pod-index"] = ordinal.ToString(CultureInfo.InvariantCulture);
        labels[RevisionLabel] = revision;
        pod.Child("spec")["hostname"] = $"{set.Name}-{ordinal}";
        try
        {
            PodAdmission.Create(_world, pod);
            events.Write(set, Component, "Normal", "SuccessfulCreate", $"create Pod {set.Name}-{ordinal} in StatefulSet {set.Name} successful");
        }
        catch (ApiError e) when (e.Code == 403)
        {
            events.Write(set, Component, "Warning", "FailedCreate", $"create Pod {set.Name}-{ordinal} in StatefulSet {set.Name} failed error: {e.Message}");
            _queue.Add(set.Namespace, set.Name, TimeSpan.FromSeconds(10));
        }
    }

    private void Delete(WorldObject set, PodFacts pod)
    {
        _world.Objects.Delete(ResourceTypes.Pods, pod.Namespace, pod.Name, new DeleteRequest { Uid = pod.Object.Uid });
        events.Write(set, Component, "Normal", "SuccessfulDelete", $"delete Pod {pod.Name} in StatefulSet {set.Name} successful");
    }

    private static JsonObject Status(JsonObject set, List<PodFacts> pods, string revision)
    {
        var ready = pods.Count(p => p.IsActive && p.IsReady);
        var updated = pods.Count(p => p.IsActive && p.Object.Labels.GetValueOrDefault(RevisionLabel, revision) == revision);
        var status = new JsonObject { ["observedGeneration"] = set.Number("metadata", "generation") ?? 1, ["replicas"] = pods.Count };
        foreach (var (name, count) in new[] { ("readyReplicas", ready), ("currentReplicas", updated), ("updatedReplicas", updated) })
        {
            if (count > 0)
                status[name] = count;
        }
        status["currentRevision"] = updated == pods.Count ? revision : set.Text("status", "currentRevision") ?? revision;
        status["updateRevision"] = revision;
        status["collisionCount"] = 0;
        status["availableReplicas"] = ready;
        return status;
    }

    private static int Ordinal(PodFacts pod) => int.TryParse(pod.Name[(pod.Name.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture, out var n) ? n : -1;
}
