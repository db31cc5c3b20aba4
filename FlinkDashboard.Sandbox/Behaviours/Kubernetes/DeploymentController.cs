using System.Globalization;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>Plays kube-controller-manager's deployment controller: ReplicaSets, rolling updates, scale, status.</summary>
internal sealed class DeploymentController(ClusterIndex index, EventLog events) : IBehaviour
{
    private const string Component = "deployment-controller";
    private SandboxWorld _world = null!;
    private WorkQueue _queue = null!;

    public void Start(SandboxWorld world)
    {
        _world = world;
        _queue = new WorkQueue(world, TimeSpan.FromMilliseconds(5), Look);
        world.OnChange(ResourceTypes.Deployments, c => _queue.Add(c.Object.Namespace, c.Object.Name));
        world.OnChange(ResourceTypes.ReplicaSets, c =>
        {
            foreach (var owner in c.Object.OwnerUids.Select(index.ByUid).OfType<WorldObject>().Where(o => o.Type == ResourceTypes.Deployments))
                _queue.Add(owner.Namespace, owner.Name);
        });
        // Recreate waits for the last old pod to be gone, which changes no ReplicaSet.
        world.OnChange(ResourceTypes.Pods, c =>
        {
            if (c.Type != ChangeType.Deleted || c.Object.OwnerUids.Count == 0 || index.ByUid(c.Object.OwnerUids[0]) is not { } set || set.Type != ResourceTypes.ReplicaSets)
                return;
            foreach (var owner in set.OwnerUids.Select(index.ByUid).OfType<WorldObject>().Where(o => o.Type == ResourceTypes.Deployments))
                _queue.Add(owner.Namespace, owner.Name);
        });
        foreach (var deployment in world.Objects.List(ResourceTypes.Deployments).Items)
            _queue.Add(deployment.Namespace, deployment.Name);
    }

    private void Look(string ns, string name)
    {
        if (_world.Objects.Find(ResourceTypes.Deployments, ns, name) is not { } deployment)
            return;
        var json = deployment.Read();
        var sets = index.Dependents(deployment.Uid).Where(o => o.Type == ResourceTypes.ReplicaSets).Select(o => new ReplicaSetView(o)).ToList();
        var current = sets.Where(s => s.Runs(json.At("spec", "template")!)).MinBy(s => s.Object.ResourceVersion);
        if (deployment.IsDeleting)
        {
            WriteStatus(deployment, sets, current, rollout: false);
            return;
        }
        if (sets.Any(s => s.Wanted > 0 && s.Annotation(DeploymentRules.Desired) is { } d && d != DeploymentRules.Annotations(json).Desired))
        {
            ScaleAll(json, deployment, sets, current);
            WriteStatus(deployment, sets, current, rollout: false);
            return;
        }
        var before = _world.Objects.Version;
        if (DeploymentRules.IsRolling(json))
            Roll(deployment, json, sets, current);
        else
            Recreate(deployment, json, sets, current);
        // What was just created or scaled comes back as a change; its status is the next look's.
        if (current is not null || _world.Objects.Version == before)
            WriteStatus(deployment, sets, current, rollout: true);
        if (current is not null && _world.Objects.Version == before)
            Trim(json, sets, current);
    }

    private void WriteStatus(WorldObject deployment, List<ReplicaSetView> sets, ReplicaSetView? current, bool rollout)
    {
        var written = _world.Objects.Update(ResourceTypes.Deployments, deployment.Namespace, deployment.Name, d =>
        {
            d["status"] = DeploymentStatus.Next(d, sets, current, _world.Now, rollout);
            return d;
        }, WritePart.Status);
        if (rollout && DeploymentStatus.Deadline(written.Read()) is { } deadline && deadline > _world.Now)
            _queue.Add(deployment.Namespace, deployment.Name, deadline - _world.Now);
    }

    private void Roll(WorldObject deployment, JsonObject json, List<ReplicaSetView> sets, ReplicaSetView? current)
    {
        var replicas = DeploymentRules.Replicas(json);
        var (surge, unavailable) = DeploymentRules.Bounds(json);
        var all = sets.Sum(s => s.Wanted);
        if (current is null)
        {
            Create(deployment, json, sets, Math.Min(replicas, Math.Max(0, replicas + surge - all)));
            return;
        }
        if (current.Wanted > replicas)
            Scale(deployment, json, current, replicas);
        else if (current.Wanted < replicas)
            Scale(deployment, json, current, Math.Min(replicas, current.Wanted + Math.Max(0, replicas + surge - all)));
        var room = all - (replicas - unavailable) - Math.Max(0, current.Wanted - current.Available);
        foreach (var old in sets.Where(s => s != current && s.Wanted > 0).OrderBy(s => s.Available).ThenBy(s => s.Revision))
        {
            // Pods that do not work go first: that costs no availability.
            var less = Math.Min(old.Wanted, Math.Min(room, old.Wanted - old.Available));
            var spare = Math.Min(room - less, sets.Sum(s => s.Available) - (replicas - unavailable));
            less += Math.Clamp(spare, 0, old.Wanted - less);
            if (less <= 0)
                continue;
            room -= less;
            Scale(deployment, json, old, old.Wanted - less);
        }
    }

    private void Recreate(WorldObject deployment, JsonObject json, List<ReplicaSetView> sets, ReplicaSetView? current)
    {
        var old = sets.Where(s => s != current).ToList();
        foreach (var set in old.Where(s => s.Wanted > 0))
            Scale(deployment, json, set, 0);
        if (old.Any(s => s.Wanted > 0 || index.PodsOf(s.Object.Uid).Any(p => !p.IsTerminal)))
            return;
        if (current is null)
            Create(deployment, json, sets, DeploymentRules.Replicas(json));
        else if (current.Wanted != DeploymentRules.Replicas(json))
            Scale(deployment, json, current, DeploymentRules.Replicas(json));
    }

    private void ScaleAll(JsonObject json, WorldObject deployment, List<ReplicaSetView> sets, ReplicaSetView? current)
    {
        var replicas = DeploymentRules.Replicas(json);
        var active = sets.Where(s => s.Wanted > 0).ToList();
        var target = active.Count == 1 ? active[0] : current ?? active[^1];
        foreach (var set in active)
            Scale(deployment, json, set, set == target ? Math.Max(0, replicas - (replicas == 0 ? 0 : active.Where(s => s != target).Sum(s => s.Wanted))) : replicas == 0 ? 0 : set.Wanted);
    }

    private void Create(WorldObject deployment, JsonObject json, List<ReplicaSetView> sets, int replicas)
    {
        var template = json.At("spec", "template")!;
        var revision = sets.Select(s => s.Revision).DefaultIfEmpty().Max() + 1;
        var collisions = 0;
        while (_world.Objects.Find(ResourceTypes.ReplicaSets, deployment.Namespace, $"{deployment.Name}-{DeploymentRules.Hash(template, collisions)}") is not null)
            collisions++;
        var hash = _world.TakeName(deployment.Name + "-") ?? DeploymentRules.Hash(template, collisions);
        var set = _world.Objects.Create(ResourceTypes.ReplicaSets, DeploymentRules.NewReplicaSet(deployment, json, hash, replicas, revision), part: WritePart.All);
        _world.Objects.Update(ResourceTypes.Deployments, deployment.Namespace, deployment.Name, d =>
        {
            d.Child("metadata").Child("annotations")[DeploymentRules.Revision] = revision.ToString(CultureInfo.InvariantCulture);
            if (d.Child("status")["conditions"] is not JsonArray conditions)
                d["status"]!["conditions"] = conditions = [];
            DeploymentStatus.Created(conditions, set.Name, _world.Now);
            return d;
        }, WritePart.All);
        if (replicas > 0)
            Say(deployment, set.Name, 0, replicas);
    }

    private void Scale(WorldObject deployment, JsonObject json, ReplicaSetView set, int replicas)
    {
        var (desired, max) = DeploymentRules.Annotations(json);
        _world.Objects.Update(ResourceTypes.ReplicaSets, set.Object.Namespace, set.Object.Name, s =>
        {
            s.Child("spec")["replicas"] = replicas;
            var annotations = s.Child("metadata").Child("annotations");
            (annotations[DeploymentRules.Desired], annotations[DeploymentRules.Max]) = (desired, max);
            return s;
        });
        if (replicas != set.Wanted)
            Say(deployment, set.Object.Name, set.Wanted, replicas);
    }

    private void Say(WorldObject deployment, string set, int from, int to) =>
        events.Write(deployment, Component, "Normal", "ScalingReplicaSet", $"Scaled {(to > from ? "up" : "down")} replica set {set} from {from} to {to}");

    // Old revisions beyond the history limit go, once the rollout is complete.
    private void Trim(JsonObject json, List<ReplicaSetView> sets, ReplicaSetView current)
    {
        var old = sets.Where(s => s != current && s.Wanted == 0 && s.Replicas == 0 && !s.Object.IsDeleting).OrderBy(s => s.Revision).ToList();
        var limit = (int)(json.Number("spec", "revisionHistoryLimit") ?? 10);
        foreach (var set in old.Take(Math.Max(0, old.Count - limit)))
            _world.Objects.Delete(ResourceTypes.ReplicaSets, set.Object.Namespace, set.Object.Name, new DeleteRequest { Propagation = "Background" });
    }
}
