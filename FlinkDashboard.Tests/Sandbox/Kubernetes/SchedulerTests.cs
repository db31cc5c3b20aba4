using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Kubernetes;

public class SchedulerTests
{
    [Fact]
    public void PodTooLargeForEveryNode_IsRefusedInTheSchedulersWords_AndRetriedWhenANodeComes()
    {
        var cluster = new TestCluster();
        cluster.AddPod("clicks", cpu: "200");
        cluster.Advance(1);
        const string words = "0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.";
        var condition = Assert.Single(cluster.Get(ResourceTypes.Pods, "clicks").Items("status", "conditions"));
        Assert.Equal(("Unschedulable", words, "False"), (condition.Text("reason"), condition.Text("message"), condition.Text("status")));
        Assert.Equal(["FailedScheduling: " + words], cluster.Events("clicks"));
        cluster.AddNode("large", cpu: "256", ip: "10.1.17.1");
        cluster.Advance(2);

        Assert.Equal("large", cluster.Get(ResourceTypes.Pods, "clicks").Text("spec", "nodeName"));
        Assert.Equal("True", Assert.Single(cluster.Get(ResourceTypes.Pods, "clicks").Items("status", "conditions"), c => c.Text("type") == "PodScheduled").Text("status"));
    }

    [Fact]
    public void FullNodesTaintsAndSelectors_AreCountedByReason()
    {
        var cluster = new TestCluster();
        cluster.AddNode("tainted", taints: [new JsonObject { ["key"] = "gpu", ["value"] = "yes", ["effect"] = "NoSchedule" }], ip: "10.1.17.1");
        cluster.AddPod("filler", cpu: "3900m");
        cluster.Advance(1);
        cluster.AddPod("clicks", cpu: "2");
        cluster.Advance(1);
        Assert.Equal("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.",
            cluster.Get(ResourceTypes.Pods, "clicks").Items("status", "conditions").Single().Text("message"));
        cluster.World.Objects.Delete(ResourceTypes.Pods, TestCluster.Ns, "filler");
        cluster.Advance(3);

        Assert.Equal("Running", cluster.Get(ResourceTypes.Pods, "clicks").Text("status", "phase"));
    }

    [Fact]
    public void Pods_SpreadOverEqualNodes()
    {
        var cluster = new TestCluster();
        cluster.AddNode("second", ip: "10.1.17.1");
        cluster.Deploy(replicas: 4);
        cluster.Advance(2);

        Assert.Equal([2, 2], cluster.List(ResourceTypes.Pods).GroupBy(p => p.Read().Text("spec", "nodeName")).Select(g => g.Count()));
    }

    [Fact]
    public void YuniKornPods_AreBoundByYuniKorn()
    {
        var cluster = new TestCluster();
        cluster.AddPod("clicks", scheduler: "yunikorn");
        cluster.Advance(1);

        var scheduled = cluster.World.Objects.List(ResourceTypes.Events).Items.Select(e => e.Read()).Single(e => e.Text("reason") == "Scheduled");
        Assert.Equal("yunikorn", scheduled.Text("reportingComponent"));
        Assert.Equal("Running", cluster.Get(ResourceTypes.Pods, "clicks").Text("status", "phase"));
    }

    [Fact]
    public void Service_FollowsItsPods()
    {
        var cluster = new TestCluster();
        cluster.World.Objects.Create(ResourceTypes.Services, TestCluster.Merge(TestCluster.Meta(TestCluster.Ns, "orders-rest", ("app", "orders")),
            JsonNode.Parse("""{"spec":{"selector":{"app":"orders"},"ports":[{"name":"rest","port":80,"targetPort":"rest"}]}}""")!.AsObject()));
        cluster.Deploy();
        cluster.Advance(2);
        var endpoints = cluster.Get(ResourceTypes.Endpoints, "orders-rest");
        var subset = Assert.Single(endpoints.Items("subsets"));
        Assert.Equal(cluster.TheOnly(ResourceTypes.Pods).Name, Assert.Single(subset.Items("addresses")).Text("targetRef", "name"));
        Assert.Equal(8081, Assert.Single(subset.Items("ports")).Number("port"));
        cluster.Patch(ResourceTypes.Deployments, "orders", d => d["spec"]!["replicas"] = 0);
        cluster.Advance(0.1);
        Assert.Null(cluster.Get(ResourceTypes.Endpoints, "orders-rest")["subsets"]);
        cluster.World.Objects.Delete(ResourceTypes.Services, TestCluster.Ns, "orders-rest");
        cluster.Advance(0.1);

        Assert.Empty(cluster.List(ResourceTypes.Endpoints));
    }
}
