using FlinkDashboard.Sandbox.Behaviours.Operator.BlueGreen;
using FlinkDashboard.Sandbox.Behaviours.Operator.Snapshots;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Operator;

/// <summary>The Flink Kubernetes Operator 1.15: watches Flink resources, makes clusters of them, runs and observes their jobs.</summary>
public sealed class OperatorBehaviour(OperatorOptions? options = null) : IBehaviour
{
    private static readonly TimeSpan LeaseRetry = TimeSpan.FromSeconds(2);
    private readonly OperatorOptions _options = options ?? new OperatorOptions();

    /// <inheritdoc />
    public void Start(SandboxWorld world)
    {
        var op = new OperatorContext(world, _options);
        ControlLoop deployments = null!, jobs = null!, snapshots = null!;
        deployments = new ControlLoop(world, _options, ResourceTypes.FlinkDeployments, new DeploymentPass(op, o => deployments.RemoveFinalizer(o)));
        jobs = new ControlLoop(world, _options, ResourceTypes.FlinkSessionJobs, new SessionJobPass(op, deployments, o => jobs.RemoveFinalizer(o)));
        snapshots = new ControlLoop(world, _options, ResourceTypes.FlinkStateSnapshots, new SnapshotPass(op, o => snapshots.RemoveFinalizer(o)));
        deployments.Start();
        jobs.Start();
        snapshots.Start();
        var pairs = new ControlLoop(world, _options, ResourceTypes.FlinkBlueGreenDeployments, new BlueGreenPass(op), hasFinalizer: false);
        pairs.Start();
        Subscribe(world, deployments, jobs);
        world.OnChange(ResourceTypes.FlinkDeployments, c => TriggerParent(pairs, c.Object));
        new OperatorWebhook(world, _options).Start();
        if (_options.Lease is { } lease)
            world.Timeline.Every(LeaseRetry, () => Renew(world, lease.Namespace, lease.Name));
    }

    // What JOSDK's secondary event sources do: an owned Deployment, a cluster's session jobs, a session job's cluster.
    private static void Subscribe(SandboxWorld world, ControlLoop deployments, ControlLoop jobs)
    {
        world.OnChange(ResourceTypes.Deployments, c =>
        {
            if (c.Object.Labels.GetValueOrDefault("type")?.StartsWith("flink-", StringComparison.Ordinal) == true && c.Object.Labels.GetValueOrDefault("component") == "jobmanager")
                deployments.Trigger(c.Object.Namespace, c.Object.Name);
        });
        world.OnChange(ResourceTypes.FlinkSessionJobs, c =>
        {
            if (c.Type != ChangeType.Modified || c.Previous?.Generation != c.Object.Generation)
                TriggerCluster(deployments, c.Object);
        });
        world.OnChange(ResourceTypes.FlinkDeployments, c =>
        {
            foreach (var job in jobs.In(c.Object.Namespace).Where(j => (string?)j.Object.Read()["spec"]?["deploymentName"] == c.Object.Name).ToList())
                jobs.Trigger(job.Object.Namespace, job.Object.Name);
        });
    }

    private static void TriggerCluster(ControlLoop deployments, WorldObject job)
    {
        if ((string?)job.Read()["spec"]?["deploymentName"] is { } cluster)
            deployments.Trigger(job.Namespace, cluster);
    }

    private static void TriggerParent(ControlLoop pairs, WorldObject child)
    {
        foreach (var parent in pairs.In(child.Namespace).Where(p => child.OwnerUids.Contains(p.Object.Uid)).ToList())
            pairs.Trigger(parent.Object.Namespace, parent.Object.Name);
    }

    private static void Renew(SandboxWorld world, string ns, string name)
    {
        if (world.Objects.Find(ResourceTypes.Leases, ns, name) is null)
            return;
        world.Objects.Update(ResourceTypes.Leases, ns, name, o =>
        {
            var now = world.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture) + "Z";
            o["spec"]!["acquireTime"] ??= now;
            o["spec"]!["renewTime"] = now;
            return o;
        });
    }
}
