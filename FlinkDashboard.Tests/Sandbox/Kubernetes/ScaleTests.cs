using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Kubernetes;

public class ScaleTests
{
    [Fact]
    public void ManyPods_StartInFewWritesEach_AndARunningOneWritesNothing()
    {
        var cluster = new TestCluster();
        for (var i = 0; i < 60; i++)
            cluster.AddNode($"node-{i}", ip: $"10.1.100.{i + 1}");
        cluster.Advance(1);
        var before = cluster.World.Objects.Version;
        for (var i = 0; i < 4; i++)
            cluster.Deploy($"job-{i}", replicas: 100);
        cluster.Advance(20);
        Assert.Equal(400, cluster.List(ResourceTypes.Pods).Count(p => p.Read().Text("status", "phase") == "Running"));
        // Ten to thirteen of a pod's own and its events'; the rest are counts of ReplicaSets and Deployments.
        Assert.InRange(cluster.World.Objects.Version - before, 400 * 9, 400 * 18);
        var quiet = cluster.World.Objects.Version;
        cluster.Advance(240);

        Assert.Equal(quiet, cluster.World.Objects.Version);
    }
}
