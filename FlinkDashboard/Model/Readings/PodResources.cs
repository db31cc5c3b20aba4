using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Model.Readings;

/// <summary>What a pod reserves on its node: the sum of its containers, or the largest ordinary init container if that is more (the scheduler's rule).</summary>
/// <param name="Cpu">Cores.</param>
/// <param name="Memory">Bytes.</param>
public readonly record struct PodResources(decimal Cpu, decimal Memory)
{
    /// <summary>Requests of a pod.</summary>
    public static PodResources RequestsOf(Pod pod) => new(Requested(pod, "cpu"), Requested(pod, "memory"));

    /// <summary>Adds two.</summary>
    public static PodResources operator +(PodResources a, PodResources b) => new(a.Cpu + b.Cpu, a.Memory + b.Memory);

    private static decimal Requested(Pod pod, string resource)
    {
        decimal Of(Container c) => Quantity.Of(c.Resources.Requests, resource) ?? 0;
        var sidecars = pod.Spec.InitContainers.Where(c => c.RestartPolicy == "Always").Sum(Of);
        var running = pod.Spec.Containers.Sum(Of) + sidecars;
        var starting = pod.Spec.InitContainers.Where(c => c.RestartPolicy != "Always").Select(Of).DefaultIfEmpty().Max() + sidecars;
        return Math.Max(running, starting);
    }
}
