using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Kubernetes;

public class DeploymentTests
{
    [Fact]
    public void Deployment_Created_ComesToOneReadyPodWithinASecond()
    {
        var cluster = new TestCluster();
        cluster.Deploy();
        cluster.Advance(1);

        var status = cluster.Get(ResourceTypes.Deployments, "orders")["status"]!;
        Assert.Equal(1, status.Number("availableReplicas"));
        Assert.Equal(0, status.Number("terminatingReplicas"));
        Assert.Null(status["unavailableReplicas"]);
        Assert.Equal(["NewReplicaSetAvailable", "MinimumReplicasAvailable"], status.Items("conditions").Select(c => c.Text("reason")).OrderDescending());
        var set = cluster.TheOnly(ResourceTypes.ReplicaSets);
        Assert.Matches("^orders-[bcdf456789]{7,10}$", set.Name);
        var pod = cluster.TheOnly(ResourceTypes.Pods);
        Assert.Matches($"^{set.Name}-[bcdfghjklmnpqrstvwxz2456789]{{5}}$", pod.Name);
        Assert.Equal("us-west-2a", pod.Labels["topology.kubernetes.io/zone"]);
        Assert.Equal(1, pod.Generation);
        Assert.Equal(
        [
            $"ScalingReplicaSet: Scaled up replica set {set.Name} from 0 to 1", $"SuccessfulCreate: Created pod: {pod.Name}",
            $"Scheduled: Successfully assigned team/{pod.Name} to {TestCluster.Node}",
            "Pulled: Container image \"flink:1.20\" already present on machine and can be accessed by the pod", "Created: Container created", "Started: Container started",
        ], cluster.Events());
    }

    [Fact]
    public void RollingUpdate_NewImage_KeepsAvailabilityAndEndsWithNewPodsOnly()
    {
        var cluster = new TestCluster();
        cluster.Deploy(replicas: 4);
        cluster.Advance(2);
        var least = 4;
        cluster.World.OnChange(ResourceTypes.Deployments, c => least = Math.Min(least, (int)(c.Object.Read().Number("status", "availableReplicas") ?? 0)));
        cluster.Patch(ResourceTypes.Deployments, "orders", d => d["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "flink:1.20.1");
        cluster.Advance(20);

        Assert.Equal(3, least);
        Assert.All(cluster.List(ResourceTypes.Pods), p => Assert.Equal("flink:1.20.1", p.Read().Items("spec", "containers").Single().Text("image")));
        Assert.Equal(4, cluster.List(ResourceTypes.Pods).Count);
        Assert.Equal(2, cluster.List(ResourceTypes.ReplicaSets).Count);
        Assert.Equal("2", cluster.Get(ResourceTypes.Deployments, "orders").Text("metadata", "annotations", "deployment.kubernetes.io/revision"));
    }

    [Fact]
    public void Recreate_NewImage_StartsNewPodsOnlyWhenOldOnesAreGone()
    {
        var cluster = new TestCluster();
        cluster.Deploy(replicas: 2, strategy: "Recreate");
        cluster.Advance(2);
        var most = 0;
        cluster.World.OnChange(ResourceTypes.Pods, _ => most = Math.Max(most, cluster.List(ResourceTypes.Pods).Count(p => p.Read().Text("status", "phase") != "Failed")));
        cluster.Patch(ResourceTypes.Deployments, "orders", d => d["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "flink:1.20.1");
        cluster.Advance(5);

        Assert.Equal(2, most);
        Assert.Equal(2, cluster.Get(ResourceTypes.Deployments, "orders").Number("status", "availableReplicas"));
        Assert.All(cluster.List(ResourceTypes.Pods), p => Assert.Contains("1.20.1", p.Read().ToJsonString()));
    }

    [Fact]
    public void Scale_ToZeroAndBack_FollowsAndSaysSo()
    {
        var cluster = new TestCluster();
        cluster.Deploy();
        cluster.Advance(2);
        cluster.Patch(ResourceTypes.Deployments, "orders", d => d["spec"]!["replicas"] = 0);
        cluster.Advance(0.2);
        var status = cluster.Get(ResourceTypes.Deployments, "orders")["status"]!;
        Assert.Equal(1, status.Number("terminatingReplicas"));
        Assert.Equal(2, status.Number("observedGeneration"));
        cluster.Advance(2);

        Assert.Empty(cluster.List(ResourceTypes.Pods));
        var set = cluster.TheOnly(ResourceTypes.ReplicaSets);
        Assert.Equal("0", set.Read().Text("metadata", "annotations", "deployment.kubernetes.io/max-replicas"));
        Assert.Contains($"ScalingReplicaSet: Scaled down replica set {set.Name} from 1 to 0", cluster.Events("orders"));
        Assert.Equal(0, cluster.Get(ResourceTypes.Deployments, "orders").Number("status", "terminatingReplicas"));
    }

    [Fact]
    public void Pod_Deleted_IsReplacedAtOnce()
    {
        var cluster = new TestCluster();
        cluster.Deploy();
        cluster.Advance(2);
        var first = cluster.TheOnly(ResourceTypes.Pods);
        cluster.World.Objects.Delete(ResourceTypes.Pods, TestCluster.Ns, first.Name, new DeleteRequest { GraceSeconds = 0 });
        cluster.Advance(2);

        var second = cluster.TheOnly(ResourceTypes.Pods);
        Assert.NotEqual(first.Name, second.Name);
        Assert.Equal(1, cluster.Get(ResourceTypes.Deployments, "orders").Number("status", "readyReplicas"));
    }

    [Fact]
    public void Quota_Exceeded_ShowsInEventReplicaSetAndDeployment()
    {
        var cluster = new TestCluster();
        cluster.World.Objects.Create(ResourceTypes.ResourceQuotas, TestCluster.Merge(TestCluster.Meta(TestCluster.Ns, "team-quota"),
            new() { ["spec"] = new JsonObject { ["hard"] = new JsonObject { ["requests.memory"] = "1536Mi", ["limits.cpu"] = "10" } } }));
        cluster.Deploy(replicas: 2);
        cluster.Advance(3);

        Assert.Single(cluster.List(ResourceTypes.Pods));
        var set = cluster.TheOnly(ResourceTypes.ReplicaSets);
        var failure = Assert.Single(set.Read().Items("status", "conditions"));
        Assert.Matches($"^pods \"{set.Name}-[a-z0-9]*\" is forbidden: exceeded quota: team-quota, requested: requests.memory=1Gi, used: requests.memory=1Gi, limited: requests.memory=1536Mi$", failure.Text("message"));
        Assert.Contains(cluster.Events(set.Name), e => e.StartsWith("FailedCreate: Error creating: pods ", StringComparison.Ordinal));
        Assert.Contains(cluster.Get(ResourceTypes.Deployments, "orders").Items("status", "conditions"), c => c.Text("type") == "ReplicaFailure" && c.Text("reason") == "FailedCreate");
        Assert.Equal("1Gi", cluster.Get(ResourceTypes.ResourceQuotas, "team-quota").Text("status", "used", "requests.memory"));
    }
}
