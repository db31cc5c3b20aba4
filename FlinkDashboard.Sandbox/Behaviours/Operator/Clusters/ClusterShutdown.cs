using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator.Clusters;

/// <summary>Takes a Flink cluster down and waits until it is gone (service/NativeFlinkService, StandaloneFlinkService).</summary>
internal static class ClusterShutdown
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Deletes the cluster's Deployments, yielding while they go.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="deleteMetadata">HA ConfigMaps go too.</param>
    public static IEnumerable<TimeSpan> Run(PassContext pass, bool deleteMetadata)
    {
        var (world, ns, name) = (pass.Op.World, pass.Object.Namespace, pass.ClusterId);
        var until = world.Now + pass.Op.Options.CleanupTimeout;
        var native = pass.Deployment?.Labels.GetValueOrDefault("type") != "flink-standalone-kubernetes";
        if (native && pass.Deployment is not null)
        {
            ScaleToZero(world, ns, name);
            while (JobManagerPods(world, ns, name) && world.Now < until)
                yield return Poll;
        }
        foreach (var deployment in (string[])[name, $"{name}-taskmanager"])
        {
            if (world.Objects.Find(ResourceTypes.Deployments, ns, deployment) is null)
                continue;
            world.Objects.Delete(ResourceTypes.Deployments, ns, deployment, new DeleteRequest { Propagation = "Foreground" });
            while (world.Objects.Find(ResourceTypes.Deployments, ns, deployment) is not null && world.Now < until)
                yield return Poll;
        }
        if (deleteMetadata)
            HighAvailability.Delete(world, ns, name);
        pass.Status.JobManager = "MISSING";
        if (!pass.Status.Job.IsTerminal)
            pass.Status.Job.State = "FINISHED";
    }

    private static void ScaleToZero(SandboxWorld world, string ns, string name) => world.Objects.Update(ResourceTypes.Deployments, ns, name, o =>
    {
        o["spec"]!["replicas"] = 0;
        return o;
    });

    private static bool JobManagerPods(SandboxWorld world, string ns, string name) => world.Objects.List(ResourceTypes.Pods, ns).Items
        .Any(p => p.Labels.GetValueOrDefault("app") == name && p.Labels.GetValueOrDefault("component") == "jobmanager");
}
