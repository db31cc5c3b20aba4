using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>Events live one hour after their last occurrence, as by the API server's default.</summary>
internal sealed class EventExpiry : IBehaviour
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    public void Start(SandboxWorld world)
    {
        var last = new Dictionary<(string Namespace, string Name), DateTimeOffset>();
        var order = new Queue<((string Namespace, string Name) Key, DateTimeOffset Time)>();
        void Seen(WorldObject e)
        {
            last[(e.Namespace, e.Name)] = world.Now;
            order.Enqueue(((e.Namespace, e.Name), world.Now));
        }
        foreach (var e in world.Objects.List(ResourceTypes.Events).Items)
            Seen(e);
        world.OnChange(ResourceTypes.Events, c =>
        {
            if (c.Type == ChangeType.Deleted)
                last.Remove((c.Object.Namespace, c.Object.Name));
            else
                Seen(c.Object);
        });
        world.Timeline.Every(TimeSpan.FromMinutes(1), () =>
        {
            while (order.TryPeek(out var oldest) && world.Now - oldest.Time >= Life)
            {
                var (key, time) = order.Dequeue();
                if (last.TryGetValue(key, out var seen) && seen == time && world.Objects.Find(ResourceTypes.Events, key.Namespace, key.Name) is not null)
                    world.Objects.Delete(ResourceTypes.Events, key.Namespace, key.Name);
            }
        });
    }
}
