using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Kubernetes;

public class GarbageCollectorTests
{
    [Fact]
    public void BackgroundDeletion_RemovesTheWholeTree()
    {
        var cluster = new TestCluster();
        cluster.Deploy(replicas: 2);
        cluster.Advance(2);
        var (_, gone) = cluster.World.Objects.Delete(ResourceTypes.Deployments, TestCluster.Ns, "orders");
        Assert.True(gone);
        cluster.Advance(2);

        Assert.Empty(cluster.List(ResourceTypes.ReplicaSets));
        Assert.Empty(cluster.List(ResourceTypes.Pods));
    }

    [Fact]
    public void ForegroundDeletion_RemovesPodsThenReplicaSetThenDeployment()
    {
        var cluster = new TestCluster();
        cluster.Deploy();
        cluster.Advance(2);
        var order = new List<string>();
        foreach (var type in new[] { ResourceTypes.Pods, ResourceTypes.ReplicaSets, ResourceTypes.Deployments })
        {
            cluster.World.OnChange(type, c =>
            {
                if (c.Type == ChangeType.Deleted)
                    order.Add(c.Object.Type.Kind);
            });
        }
        cluster.World.Objects.Delete(ResourceTypes.Deployments, TestCluster.Ns, "orders", new DeleteRequest { Propagation = "Foreground" });
        cluster.Advance(0.3);
        Assert.Equal(["foregroundDeletion"], cluster.TheOnly(ResourceTypes.ReplicaSets).Finalizers);
        var status = cluster.Get(ResourceTypes.Deployments, "orders")["status"]!;
        Assert.Equal(1, status.Number("unavailableReplicas"));
        Assert.Equal(2, status.Number("observedGeneration"));
        cluster.Advance(2);

        Assert.Equal(["Pod", "ReplicaSet", "Deployment"], order);
    }

    [Fact]
    public void Orphan_KeepsDependentsWithoutTheirOwner()
    {
        var cluster = new TestCluster();
        cluster.Deploy();
        cluster.Advance(2);
        cluster.World.Objects.Delete(ResourceTypes.Deployments, TestCluster.Ns, "orders", new DeleteRequest { Propagation = "Orphan" });
        cluster.Advance(2);

        Assert.Empty(cluster.List(ResourceTypes.Deployments));
        Assert.Empty(cluster.TheOnly(ResourceTypes.ReplicaSets).OwnerUids);
        Assert.Single(cluster.List(ResourceTypes.Pods));
    }

    [Fact]
    public void Dependent_WithAnotherLivingOwner_LosesOnlyTheReference()
    {
        var cluster = new TestCluster();
        var a = cluster.World.Objects.Create(ResourceTypes.ConfigMaps, TestCluster.Meta(TestCluster.Ns, "a"));
        var b = cluster.World.Objects.Create(ResourceTypes.ConfigMaps, TestCluster.Meta(TestCluster.Ns, "b"));
        AddOwned(cluster, "both", a, b);
        AddOwned(cluster, "one", a);
        cluster.World.Objects.Delete(ResourceTypes.ConfigMaps, TestCluster.Ns, "a");
        cluster.Advance(1);

        Assert.Equal([b.Uid], cluster.World.Objects.Get(ResourceTypes.ConfigMaps, TestCluster.Ns, "both").OwnerUids);
        Assert.Null(cluster.World.Objects.Find(ResourceTypes.ConfigMaps, TestCluster.Ns, "one"));
    }

    [Fact]
    public void ObjectWhoseOwnerIsGone_IsCollected_ButNotOneOfAnUnknownKind()
    {
        var cluster = new TestCluster();
        AddOwned(cluster, "late", cluster.World.Objects.Create(ResourceTypes.ConfigMaps, TestCluster.Meta(TestCluster.Ns, "a")));
        cluster.World.Objects.Delete(ResourceTypes.ConfigMaps, TestCluster.Ns, "a");
        cluster.World.Objects.Create(ResourceTypes.ConfigMaps, TestCluster.Merge(TestCluster.Meta(TestCluster.Ns, "x"), []));
        cluster.Patch(ResourceTypes.ConfigMaps, "x", o => o["metadata"]!["ownerReferences"] = new JsonArray(
            new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "DaemonSet", ["name"] = "agent", ["uid"] = "0" }));
        cluster.Advance(1);

        Assert.Null(cluster.World.Objects.Find(ResourceTypes.ConfigMaps, TestCluster.Ns, "late"));
        Assert.NotNull(cluster.World.Objects.Find(ResourceTypes.ConfigMaps, TestCluster.Ns, "x"));
    }

    private static void AddOwned(TestCluster cluster, string name, params WorldObject[] owners)
    {
        var node = TestCluster.Meta(TestCluster.Ns, name);
        node["metadata"]!["ownerReferences"] = new JsonArray([.. owners.Select(o => (JsonNode)new JsonObject
        {
            ["apiVersion"] = o.Type.ApiVersion,
            ["kind"] = o.Type.Kind,
            ["name"] = o.Name,
            ["uid"] = o.Uid,
        })]);
        cluster.World.Objects.Create(ResourceTypes.ConfigMaps, node);
    }
}
