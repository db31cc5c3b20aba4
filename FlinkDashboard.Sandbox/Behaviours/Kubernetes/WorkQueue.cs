using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>
/// A controller's queue of objects to look at, by namespace and name: many reasons within the delay become one look, a
/// conflicting write is tried again. Lives on the timeline.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="delay">How long a controller takes to react.</param>
/// <param name="look">Brings the object to where it should be; must work for objects that are gone.</param>
internal sealed class WorkQueue(SandboxWorld world, TimeSpan delay, Action<string, string> look)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);
    private readonly Dictionary<(string, string), (DateTimeOffset Due, IDisposable Timer)> _due = [];

    /// <summary>Looks after the usual delay, or after another one; an earlier look that is already due stays.</summary>
    public void Add(string ns, string name, TimeSpan? after = null)
    {
        var due = world.Now + (after ?? delay);
        if (_due.TryGetValue((ns, name), out var planned))
        {
            if (planned.Due <= due)
                return;
            planned.Timer.Dispose();
        }
        _due[(ns, name)] = (due, world.Timeline.After(due - world.Now, () => Run(ns, name)));
    }

    private void Run(string ns, string name)
    {
        _due.Remove((ns, name));
        try
        {
            look(ns, name);
        }
        catch (ApiError e) when (e.Code is 404 or 409)
        {
            Add(ns, name, RetryDelay);
        }
    }
}
