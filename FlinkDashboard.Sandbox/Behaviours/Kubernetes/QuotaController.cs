using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>Keeps <c>status.used</c> of ResourceQuotas up to date.</summary>
internal sealed class QuotaController : IBehaviour
{
    public void Start(SandboxWorld world)
    {
        var queue = new WorkQueue(world, TimeSpan.FromMilliseconds(100), (ns, name) =>
        {
            if (world.Objects.Find(ResourceTypes.ResourceQuotas, ns, name) is null)
                return;
            var used = ResourceQuotas.Used(world.Objects, ns);
            world.Objects.Update(ResourceTypes.ResourceQuotas, ns, name, q =>
            {
                q["status"] = ResourceQuotas.Status(q, used);
                return q;
            }, WritePart.Status);
        });
        var quotas = new HashSet<(string Namespace, string Name)>();
        void Learn(WorldObject quota)
        {
            quotas.Add((quota.Namespace, quota.Name));
            queue.Add(quota.Namespace, quota.Name);
        }
        foreach (var quota in world.Objects.List(ResourceTypes.ResourceQuotas).Items)
            Learn(quota);
        world.OnChange(ResourceTypes.ResourceQuotas, c =>
        {
            if (c.Type == ChangeType.Deleted)
                quotas.Remove((c.Object.Namespace, c.Object.Name));
            else
                Learn(c.Object);
        });
        world.OnChange(ResourceTypes.Pods, c =>
        {
            foreach (var (ns, name) in quotas.Where(q => q.Namespace == c.Object.Namespace))
                queue.Add(ns, name);
        });
    }
}
