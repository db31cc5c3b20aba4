using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Kubernetes;

/// <summary>The Kubernetes components that move a cluster.</summary>
public static class KubernetesBehaviours
{
    /// <summary>
    /// A fresh set, in the order in which they must be started. Start them when the world's first objects are in the store:
    /// pods that are stored as running are taken over without an event.
    /// </summary>
    public static IReadOnlyList<IBehaviour> All()
    {
        var index = new ClusterIndex();
        var events = new EventLog();
        return
        [
            index,
            events,
            new NamespaceController(),
            new DeploymentController(index, events),
            new ReplicaSetController(index, events),
            new StatefulSetController(index, events),
            new EndpointsController(index),
            new QuotaController(),
            new GarbageCollector(index),
            new Scheduler(index, events),
            new Kubelet(index, events),
            new DaemonPods(index),
            new NodeController(index, events),
            new Karpenter(index, events),
            new KarpenterDisruption(index, events),
            new EventExpiry(),
        ];
    }

    /// <summary>Starts all of them in a world.</summary>
    public static void StartAll(SandboxWorld world)
    {
        foreach (var behaviour in All())
            behaviour.Start(world);
    }
}
