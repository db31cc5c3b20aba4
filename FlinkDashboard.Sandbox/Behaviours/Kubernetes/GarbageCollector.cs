using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// Plays the garbage collector: deletes what lost its last owner, carries out foreground and orphan deletion (Kubernetes
/// "Garbage Collection"). Owners of kinds the sandbox does not know (DaemonSets …) are taken to exist.
/// </summary>
internal sealed class GarbageCollector(ClusterIndex index) : IBehaviour
{
    private const string Foreground = "foregroundDeletion";
    private const string Orphan = "orphan";
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(60);
    private readonly HashSet<string> _planned = [];
    private SandboxWorld _world = null!;

    public void Start(SandboxWorld world)
    {
        _world = world;
        foreach (var type in ResourceTypes.All.Where(t => t.Kind is not ("Event" or "Endpoints" or "Lease" or "NodeMetrics" or "PodMetrics")))
            world.OnChange(type, Changed);
    }

    private void Changed(Change change)
    {
        var o = change.Object;
        if (change.Type == ChangeType.Deleted)
        {
            foreach (var dependent in index.Dependents(o.Uid))
                Plan(dependent.Uid);
            foreach (var owner in o.OwnerUids)
                Plan(owner);
        }
        else if (o.OwnerUids.Count > 0 && change.Previous is null || NeedsWork(o))
            Plan(o.Uid);
        else if (change.Previous is { } old && !old.OwnerUids.SequenceEqual(o.OwnerUids))
        {
            Plan(o.Uid);
            foreach (var owner in old.OwnerUids.Except(o.OwnerUids))
                Plan(owner);
        }
    }

    private static bool NeedsWork(WorldObject o) => o.IsDeleting && (o.Finalizers.Contains(Foreground) || o.Finalizers.Contains(Orphan));

    private void Plan(string uid)
    {
        if (_planned.Add(uid))
        {
            _world.Timeline.After(Delay, () =>
            {
                _planned.Remove(uid);
                try
                {
                    Look(uid);
                }
                catch (ApiError e) when (e.Code is 404 or 409)
                {
                    Plan(uid);
                }
            });
        }
    }

    private void Look(string uid)
    {
        if (index.ByUid(uid) is not { } o)
            return;
        if (o.IsDeleting && o.Finalizers.Contains(Orphan))
            Release(o);
        else if (o.IsDeleting && o.Finalizers.Contains(Foreground))
            DeleteDependentsOf(o);
        else if (o.OwnerUids.Count > 0 && !o.IsDeleting)
            DeleteIfAbandoned(o);
    }

    private void DeleteDependentsOf(WorldObject owner)
    {
        var dependents = index.Dependents(owner.Uid);
        foreach (var dependent in dependents.Where(d => !d.IsDeleting))
            DeleteIfAbandoned(dependent);
        if (!index.Dependents(owner.Uid).Any(d => Reference(d, owner.Uid).Flag("blockOwnerDeletion")))
            DropFinalizer(owner, Foreground);
    }

    private void DeleteIfAbandoned(WorldObject o)
    {
        var references = o.Read().Items("metadata", "ownerReferences").ToList();
        var alive = references.Where(IsAlive).ToList();
        var waiting = references.Where(r => index.ByUid(r.Text("uid") ?? "") is { IsDeleting: true } owner && owner.Finalizers.Contains(Foreground)).ToList();
        var solid = alive.Except(waiting).ToList();
        if (solid.Count > 0)
        {
            if (solid.Count < references.Count)
                KeepOwners(o, r => solid.Any(s => s.Text("uid") == r.Text("uid")));
            return;
        }
        // Whoever waits for this one wants its own dependents gone first, too.
        var propagation = o.Finalizers.Contains(Orphan) ? "Orphan"
            : o.Finalizers.Contains(Foreground) || (waiting.Count > 0 && index.Dependents(o.Uid).Count > 0) ? "Foreground"
            : "Background";
        _world.Objects.Delete(o.Type, o.Namespace, o.Name, new DeleteRequest { Propagation = propagation, Uid = o.Uid });
    }

    private bool IsAlive(JsonObject reference) =>
        index.ByUid(reference.Text("uid") ?? "") is not null
        || ResourceTypes.FindKind(reference.Text("apiVersion") ?? "", reference.Text("kind") ?? "") is null;

    private void Release(WorldObject owner)
    {
        foreach (var dependent in index.Dependents(owner.Uid))
            KeepOwners(dependent, r => r.Text("uid") != owner.Uid);
        DropFinalizer(owner, Orphan);
    }

    private void KeepOwners(WorldObject o, Func<JsonObject, bool> keep) => _world.Objects.Update(o.Type, o.Namespace, o.Name, node =>
    {
        var kept = node.Items("metadata", "ownerReferences").Where(keep).Select(r => r.DeepClone()).ToArray();
        if (kept.Length == 0)
            node["metadata"]!.AsObject().Remove("ownerReferences");
        else
            node["metadata"]!["ownerReferences"] = new JsonArray(kept);
        return node;
    });

    private void DropFinalizer(WorldObject o, string finalizer) => _world.Objects.Update(o.Type, o.Namespace, o.Name, node =>
    {
        var kept = node.Texts("metadata", "finalizers").Where(f => f != finalizer).Select(f => (JsonNode)f).ToArray();
        if (kept.Length == 0)
            node["metadata"]!.AsObject().Remove("finalizers");
        else
            node["metadata"]!["finalizers"] = new JsonArray(kept);
        return node;
    });

    private static JsonObject? Reference(WorldObject dependent, string uid) =>
        dependent.Read().Items("metadata", "ownerReferences").FirstOrDefault(r => r.Text("uid") == uid);
}
