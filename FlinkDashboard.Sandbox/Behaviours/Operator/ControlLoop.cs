using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Operator.Status;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Operator;

/// <summary>What one kind's passes do.</summary>
internal interface IPass
{
    /// <summary>One pass; yields the simulated time that calls to the cluster take. Sets <see cref="Managed.Next"/>.</summary>
    IEnumerable<TimeSpan> Run(Managed resource);

    /// <summary>A pass threw.</summary>
    /// <returns>True if the pass ended properly nevertheless, false if it is to be retried.</returns>
    bool Failed(Managed resource, OperatorFailure failure);
}

/// <summary>
/// The controller of one kind (JOSDK): passes on change of the resource or of what it owns, on a timer, rate limited, retried, one at a time
/// per resource; adds the finalizer.
/// </summary>
internal sealed class ControlLoop(SandboxWorld world, OperatorOptions options, ResourceType type, IPass pass, bool hasFinalizer = true)
{
    private static readonly TimeSpan QueueTime = TimeSpan.FromMilliseconds(10);
    private readonly Dictionary<(string Namespace, string Name), Managed> _managed = [];

    /// <summary>Finalizer of the kind.</summary>
    private string Finalizer => $"{type.QualifiedName}/finalizer";

    /// <summary>Watches, and takes up what exists.</summary>
    public void Start()
    {
        world.OnChange(type, OnChange);
        foreach (var item in world.Objects.List(type).Items)
            Adopt(item);
    }

    /// <summary>Runs a pass soon.</summary>
    public void Trigger(string ns, string name)
    {
        if (_managed.TryGetValue((ns, name), out var resource))
            Schedule(resource, QueueTime);
    }

    /// <summary>All resources of a namespace, for passes that look at their siblings.</summary>
    public IEnumerable<Managed> In(string ns) => _managed.Values.Where(m => m.Object.Namespace == ns);

    /// <summary>A resource, or null.</summary>
    public Managed? Find(string ns, string name) => _managed.GetValueOrDefault((ns, name));

    private void OnChange(Change change)
    {
        var key = (change.Object.Namespace, change.Object.Name);
        if (change.Type == ChangeType.Deleted)
        {
            if (_managed.Remove(key, out var gone))
                gone.Timer?.Dispose();
            return;
        }
        if (!_managed.TryGetValue(key, out var resource))
        {
            if (world.Objects.Find(type, key.Namespace, key.Name) is { } present)
                Adopt(present);
            return;
        }
        if (change.Previous is { } old && (old.Generation != change.Object.Generation || old.IsDeleting != change.Object.IsDeleting))
        {
            resource.IsUrgent = true;
            Schedule(resource, QueueTime);
        }
    }

    private void Adopt(WorldObject item)
    {
        if (options.Namespaces.Count > 0 && !options.Namespaces.Contains(item.Namespace))
            return;
        var resource = new Managed(item);
        resource.WrittenStatus = StatusJson.Write(resource.Status).ToJsonString(JsonText.Options);
        _managed[(item.Namespace, item.Name)] = resource;
        Schedule(resource, QueueTime);
    }

    private void Schedule(Managed resource, TimeSpan delay)
    {
        if (resource.IsRunning)
        {
            resource.RunAgain = true;
            return;
        }
        resource.Timer?.Dispose();
        resource.Timer = world.Timeline.After(delay, () => Begin(resource));
    }

    private void Begin(Managed resource)
    {
        if (world.Objects.Find(type, resource.Object.Namespace, resource.Object.Name) is not { } present || present.Uid != resource.Object.Uid)
            return;
        if (!resource.IsUrgent && !present.IsDeleting && Limited(resource) is { } wait)
        {
            Schedule(resource, wait);
            return;
        }
        resource.Object = present;
        if (hasFinalizer && !present.IsDeleting && !present.Finalizers.Contains(Finalizer))
        {
            resource.Object = AddFinalizer(present);
            Schedule(resource, QueueTime);
            return;
        }
        if (present.IsDeleting && !present.Finalizers.Contains(Finalizer))
            return;
        resource.IsRunning = true;
        resource.RunAgain = resource.IsUrgent = false;
        resource.Next = null;
        Step(resource, pass.Run(resource).GetEnumerator());
    }

    private void Step(Managed resource, IEnumerator<TimeSpan> steps)
    {
        try
        {
            if (steps.MoveNext())
            {
                world.Timeline.After(steps.Current, () => Step(resource, steps));
                return;
            }
            resource.Attempts = 0;
        }
        catch (Exception e) when (e is OperatorFailure or ApiError or FlinkRefusal)
        {
            var failure = e as OperatorFailure ?? new ReconciliationFailure(e.Message);
            if (pass.Failed(resource, failure))
                resource.Attempts = 0;
            else
                resource.Next = Retry(resource);
        }
        catch
        {
            // A bug: it must be seen, but the resource must not be lost.
            resource.Next = Retry(resource);
            Finish(resource);
            throw;
        }
        Finish(resource);
    }

    private void Finish(Managed resource)
    {
        resource.IsRunning = false;
        if (resource.RunAgain)
            Schedule(resource, QueueTime);
        else if (resource.Next is { } next)
            Schedule(resource, next);
    }

    private TimeSpan? Retry(Managed resource) =>
        ++resource.Attempts > options.RetryAttempts ? null : options.RetryDelay * Math.Pow(1.5, resource.Attempts - 1);

    private TimeSpan? Limited(Managed resource)
    {
        var now = world.Now;
        if (now - resource.WindowStart >= options.RateLimitPeriod)
        {
            resource.WindowStart = now;
            resource.WindowCount = 0;
        }
        if (resource.WindowCount >= options.RateLimit)
            return resource.WindowStart + options.RateLimitPeriod - now;
        resource.WindowCount++;
        return null;
    }

    private WorldObject AddFinalizer(WorldObject item) => world.Objects.Update(type, item.Namespace, item.Name, o =>
    {
        var metadata = o["metadata"]!.AsObject();
        var finalizers = metadata["finalizers"] as JsonArray ?? [];
        finalizers.Add(Finalizer);
        metadata["finalizers"] = finalizers.DeepClone();
        return o;
    });

    /// <summary>Lets a deleting resource go.</summary>
    public void RemoveFinalizer(WorldObject item) => world.Objects.Update(type, item.Namespace, item.Name, o =>
    {
        var metadata = o["metadata"]!.AsObject();
        metadata["finalizers"] = new JsonArray([.. (metadata["finalizers"] as JsonArray ?? []).Where(f => (string?)f != Finalizer).Select(f => f!.DeepClone())]);
        if (metadata["finalizers"]!.AsArray().Count == 0)
            metadata.Remove("finalizers");
        return o;
    });
}
