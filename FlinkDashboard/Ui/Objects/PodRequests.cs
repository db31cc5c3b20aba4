using System.Runtime.CompilerServices;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.Ui.Objects;

/// <summary>What a pod reserves on its node: the sum over its containers, or its largest init container if that is more; sidecars (init containers that go on) count with both.</summary>
/// <param name="Cpu">Cores.</param>
/// <param name="Memory">Bytes.</param>
public sealed record PodRequests(double Cpu, double Memory)
{
    // Pods are immutable and many: each is added up once in its life.
    private static readonly ConditionalWeakTable<Pod, PodRequests> Known = [];

    /// <summary>The rule of Kubernetes' resource helpers for init containers and sidecars.</summary>
    public static PodRequests Of(Pod pod) => Known.GetValue(pod, static one => new PodRequests(Sum(one, "cpu"), Sum(one, "memory")));

    private static double Sum(Pod pod, string resource)
    {
        var together = pod.Spec.Containers.Sum(container => Value(container.Resources.Requests, resource));
        var (sidecars, largest) = (0d, 0d);
        foreach (var init in pod.Spec.InitContainers)
        {
            var value = Value(init.Resources.Requests, resource);
            if (init.RestartPolicy == "Always")
                sidecars += value;
            largest = Math.Max(largest, sidecars + (init.RestartPolicy == "Always" ? 0 : value));
        }

        return Math.Max(together + sidecars, largest);
    }

    private static double Value(StringMap resources, string name) => (double)(Quantity.Of(resources, name) ?? 0);
}
