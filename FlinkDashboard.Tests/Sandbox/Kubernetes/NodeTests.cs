using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Kubernetes;

public class NodeTests
{
    [Fact]
    public void UnschedulablePods_GetOneNodeFromTheBestPool_AndItGoesWhenEmpty()
    {
        var cluster = WithPools();
        cluster.AddPod("a", cpu: "5");
        cluster.AddPod("b", cpu: "6");
        cluster.Advance(5);
        var claim = Assert.Single(cluster.World.Objects.List(ResourceTypes.NodeClaims).Items);
        Assert.StartsWith("flink-compute-optimized-", claim.Name);
        Assert.Contains($"Nominated: Pod should schedule on: nodeclaim/{claim.Name}", cluster.Events("a"));
        Assert.Equal("c5d.4xlarge", claim.Labels["node.kubernetes.io/instance-type"]);
        Assert.Equal("spot", claim.Labels["karpenter.sh/capacity-type"]);
        cluster.Advance(40);

        var node = cluster.World.Objects.List(ResourceTypes.Nodes).Items.Single(n => n.Labels.ContainsKey("karpenter.sh/nodepool"));
        Assert.Equal(["Launched", "Registered", "Initialized", "Ready"], cluster.Events(claim.Name).Select(e => e.Split(':')[0]));
        Assert.All(["a", "b"], p => Assert.Equal(("Running", node.Name), (cluster.Get(ResourceTypes.Pods, p).Text("status", "phase"), cluster.Get(ResourceTypes.Pods, p).Text("spec", "nodeName"))));
        Assert.StartsWith($"aws:///{node.Labels["topology.kubernetes.io/zone"]}/i-0", node.Read().Text("spec", "providerID"));
        Assert.Contains("Pulling: Pulling image \"flink:1.20\"", cluster.Events("a"));
        Assert.Equal("1", cluster.World.Objects.Get(ResourceTypes.NodePools, "", "flink-compute-optimized").Read().Text("status", "resources", "nodes"));
        cluster.World.Objects.Delete(ResourceTypes.Pods, TestCluster.Ns, "a");
        cluster.World.Objects.Delete(ResourceTypes.Pods, TestCluster.Ns, "b");
        cluster.Advance(20);
        Assert.NotNull(cluster.World.Objects.Find(ResourceTypes.Nodes, "", node.Name));
        cluster.Advance(25);

        Assert.Null(cluster.World.Objects.Find(ResourceTypes.Nodes, "", node.Name));
        Assert.Empty(cluster.World.Objects.List(ResourceTypes.NodeClaims).Items);
        Assert.Contains("DisruptionTerminating: Disrupting Node: Empty", cluster.Events(node.Name));
    }

    [Fact]
    public void Selector_ChoosesTheGravitonPool()
    {
        var cluster = WithPools();
        var pod = TestCluster.Merge(TestCluster.Meta(TestCluster.Ns, "a"), JsonNode.Parse(
            """{"spec":{"nodeSelector":{"NodeGroupType":"FlinkGravitonMemoryOptimized","karpenter.sh/capacity-type":"on-demand"},"containers":[{"name":"main","image":"flink:1.20","resources":{"requests":{"cpu":"1","memory":"8Gi"}}}]}}""")!.AsObject());
        PodAdmission.Create(cluster.World, pod);
        cluster.Advance(60);

        var node = cluster.World.Objects.Get(ResourceTypes.Nodes, "", cluster.Get(ResourceTypes.Pods, "a").Text("spec", "nodeName")!);
        Assert.Equal(("r6gd.xlarge", "arm64", "on-demand"), (node.Labels["node.kubernetes.io/instance-type"], node.Labels["kubernetes.io/arch"], node.Labels["karpenter.sh/capacity-type"]));
    }

    [Fact]
    public void PodThatNoPoolTakes_IsToldWhy()
    {
        var cluster = WithPools();
        cluster.AddPod("a", cpu: "200");
        cluster.Advance(10);

        Assert.Empty(cluster.World.Objects.List(ResourceTypes.NodeClaims).Items);
        Assert.Contains(cluster.Events("a"), e => e.StartsWith("FailedScheduling: Failed to schedule pod, incompatible with nodepool \"flink-compute-optimized\"", StringComparison.Ordinal));
    }

    [Fact]
    public void DeletedNode_IsDrained_AndItsPodsComeBackElsewhere()
    {
        var cluster = WithPools();
        cluster.Deploy(replicas: 2);
        cluster.Patch(ResourceTypes.Deployments, "orders", d => d["spec"]!["template"]!["spec"]!["nodeSelector"] = new JsonObject { ["NodeGroupType"] = "FlinkComputeOptimized" });
        cluster.Advance(90);
        var node = cluster.World.Objects.List(ResourceTypes.Nodes).Items.Single(n => n.Labels.ContainsKey("karpenter.sh/nodepool"));
        cluster.World.Objects.Delete(ResourceTypes.Nodes, "", node.Name);
        cluster.Advance(120);

        Assert.Null(cluster.World.Objects.Find(ResourceTypes.Nodes, "", node.Name));
        Assert.Equal(2, cluster.Get(ResourceTypes.Deployments, "orders").Number("status", "availableReplicas"));
        Assert.All(cluster.List(ResourceTypes.Pods), p => Assert.NotEqual(node.Name, p.Read().Text("spec", "nodeName")));
    }

    [Fact]
    public void LostMachine_LosesItsPodsAfterFortySeconds()
    {
        var cluster = new TestCluster();
        cluster.Deploy();
        cluster.Advance(2);
        cluster.World.Objects.Delete(ResourceTypes.Nodes, "", TestCluster.Node);
        cluster.AddNode("second", ip: "10.1.17.1");
        cluster.Advance(30);
        Assert.Equal(TestCluster.Node, cluster.TheOnly(ResourceTypes.Pods).Read().Text("spec", "nodeName"));
        cluster.Advance(15);

        Assert.Equal("second", cluster.TheOnly(ResourceTypes.Pods).Read().Text("spec", "nodeName"));
    }

    [Fact]
    public void SilentNode_IsTainted_ItsPodsAreUnreadyAtOnceAndEvictedAfterFiveMinutes()
    {
        var cluster = new TestCluster();
        cluster.Deploy();
        cluster.AddNode("second", ip: "10.1.17.1");
        cluster.Advance(2);
        var node = cluster.TheOnly(ResourceTypes.Pods).Read().Text("spec", "nodeName")!;
        SetReady(cluster, node, "Unknown");
        cluster.Advance(1);
        Assert.Equal(["NoSchedule", "NoExecute"], cluster.World.Objects.Get(ResourceTypes.Nodes, "", node).Read().Items("spec", "taints").Select(t => t.Text("effect")));
        Assert.Null(cluster.Get(ResourceTypes.Deployments, "orders").Number("status", "availableReplicas"));
        cluster.Advance(310);
        Assert.Equal(2, cluster.List(ResourceTypes.Pods).Count);
        Assert.Equal(1, cluster.Get(ResourceTypes.Deployments, "orders").Number("status", "availableReplicas"));
        SetReady(cluster, node, "True");
        cluster.Advance(5);

        Assert.NotEqual(node, cluster.TheOnly(ResourceTypes.Pods).Read().Text("spec", "nodeName"));
        Assert.Empty(cluster.World.Objects.Get(ResourceTypes.Nodes, "", node).Read().Items("spec", "taints"));
    }

    [Fact]
    public void StatefulSet_MakesNumberedPodsOneAfterAnother()
    {
        var cluster = new TestCluster();
        cluster.World.Objects.Create(ResourceTypes.StatefulSets, TestCluster.Merge(TestCluster.Meta(TestCluster.Ns, "prometheus"), JsonNode.Parse(
            """{"spec":{"replicas":2,"selector":{"matchLabels":{"app":"p"}},"template":{"metadata":{"labels":{"app":"p"}},"spec":{"containers":[{"name":"main","image":"prom:1"}]}}}}""")!.AsObject()));
        cluster.Advance(0.3);
        Assert.Equal(["prometheus-0"], cluster.List(ResourceTypes.Pods).Select(p => p.Name));
        cluster.Advance(3);
        Assert.Equal(["prometheus-0", "prometheus-1"], cluster.List(ResourceTypes.Pods).Select(p => p.Name));
        cluster.World.Objects.Delete(ResourceTypes.Pods, TestCluster.Ns, "prometheus-0");
        cluster.Advance(5);

        Assert.Equal(2, cluster.Get(ResourceTypes.StatefulSets, "prometheus").Number("status", "readyReplicas"));
    }

    [Fact]
    public void DaemonSetPods_StandOnEveryNode_AndComeBackWhenDeleted()
    {
        var cluster = new TestCluster(w =>
        {
            var pod = TestCluster.Merge(TestCluster.Meta(TestCluster.Ns, "aws-node-x"), JsonNode.Parse(
                """{"spec":{"containers":[{"name":"aws-node","image":"cni:1"}]},"status":{"phase":"Pending"}}""")!.AsObject());
            pod["spec"]!["nodeName"] = TestCluster.Node;
            pod["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "DaemonSet", ["name"] = "aws-node", ["uid"] = "0", ["controller"] = true });
            w.Objects.Create(ResourceTypes.Pods, pod, part: WritePart.All);
        });
        cluster.AddNode("second", ip: "10.1.17.1");
        cluster.Advance(12);
        Assert.Equal([TestCluster.Node, "second"], cluster.List(ResourceTypes.Pods).Select(p => p.Read().Text("spec", "nodeName")).Order(StringComparer.Ordinal));
        cluster.World.Objects.Delete(ResourceTypes.Pods, TestCluster.Ns, "aws-node-x");
        cluster.Advance(12);

        Assert.Equal(2, cluster.List(ResourceTypes.Pods).Count);
        Assert.All(cluster.List(ResourceTypes.Pods), p => Assert.Equal("Running", p.Read().Text("status", "phase")));
        Assert.All(cluster.List(ResourceTypes.Pods), p => Assert.NotEqual("aws-node-x", p.Name));
    }

    [Fact]
    public void Usage_IsAFunctionOfTheTime_WithinTheLimits_AndAddsUpOnTheNode()
    {
        var cluster = new TestCluster();
        cluster.AddPod("a", cpu: "500m");
        cluster.Advance(2);
        Assert.Empty(cluster.World.Usage.List(ResourceTypes.PodMetrics, TestCluster.Ns));
        Assert.Equal("podmetrics.metrics.k8s.io \"team/a\" not found", Assert.Throws<ApiError>(() => cluster.World.Usage.Get(ResourceTypes.PodMetrics, TestCluster.Ns, "a")).Message);
        cluster.Advance(40);
        var pod = Assert.Single(cluster.World.Usage.List(ResourceTypes.PodMetrics, TestCluster.Ns)).Read();
        Assert.Equal(pod.ToJsonString(), cluster.World.Usage.Get(ResourceTypes.PodMetrics, TestCluster.Ns, "a").Read().ToJsonString());
        var container = Assert.Single(pod.Items("containers"));
        Assert.Matches("^[0-9]+n$", container.Text("usage", "cpu"));
        Assert.Matches("^[0-9]+Ki$", container.Text("usage", "memory"));
        Assert.InRange(Quantity.Parse(container.Text("usage", "cpu"))!.Value, 0.1m, 0.5m);
        Assert.InRange(Quantity.Bytes(container.Text("usage", "memory")), 600L << 20, 1L << 30);
        Assert.Equal("a", pod.Text("metadata", "labels", "app"));
        var node = cluster.World.Usage.Get(ResourceTypes.NodeMetrics, "", TestCluster.Node).Read();
        Assert.True(Quantity.Parse(node.Text("usage", "cpu")) > Quantity.Parse(container.Text("usage", "cpu")));
        cluster.Advance(15);

        Assert.NotEqual(container.Text("usage", "cpu"), cluster.World.Usage.Get(ResourceTypes.PodMetrics, TestCluster.Ns, "a").Read().Items("containers").Single().Text("usage", "cpu"));
    }

    private static TestCluster WithPools() => new(world =>
    {
        foreach (var pool in FlinkDashboard.Sandbox.Scenarios.Manifests.Read("platform.yaml").Where(d => d.Text("kind") == "NodePool"))
        {
            pool["metadata"]!.AsObject().Remove("creationTimestamp");
            world.Objects.Create(ResourceTypes.NodePools, pool, part: WritePart.All);
        }
    });

    private static void SetReady(TestCluster cluster, string node, string status) => cluster.World.Objects.Update(ResourceTypes.Nodes, "", node, n =>
    {
        n.Items("status", "conditions").First(c => c.Text("type") == "Ready")["status"] = status;
        return n;
    }, WritePart.Status);
}
