using System.Text;
using System.Text.Json;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Tests.Model.Kinds;

/// <summary>What every kind promises, and what a pod costs.</summary>
[Collection("Alone")]
public class KindTests
{
    [Fact]
    public void UnknownValues_AreKept_AndNullsAreNothing()
    {
        var d = KindParsing.Parse<FlinkDeployment>("""{"metadata":{"labels":null,"finalizers":null},"spec":{"mode":7,"job":{"args":null,"state":null}},"status":{"lifecycleState":"HIBERNATING","jobStatus":null,"future":{"x":[1]}}}"""u8);
        Assert.Equal(("HIBERNATING", "7"), (d.Status.LifecycleState.Text, d.Spec.Mode.Text));
        Assert.DoesNotContain(d.Status.LifecycleState, LifecycleState.Known);
        Assert.Empty(d.Metadata.Labels);
        Assert.Empty(d.Metadata.Finalizers);
        Assert.True(d.Spec.Job!.State.IsEmpty);
        Assert.Same(FlinkJobStatus.None, d.Status.JobStatus);
    }

    [Fact]
    public void Annotations_AreKept_WithoutCopiesOfTheObject()
    {
        var json = """{"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}","long":"LONG","kept":"1"}}}""".Replace("LONG", new string('x', 2000), StringComparison.Ordinal);
        Assert.Equal("kept=1", KindParsing.Parse<ConfigMap>(Encoding.UTF8.GetBytes(json)).Metadata.Annotations.ToString());
    }

    [Fact]
    public void Paths_AreThoseOfTheApi()
    {
        Assert.Equal("/api/v1/namespaces/a/pods", Pod.Info.Path("a"));
        Assert.Equal("/apis/flink.apache.org/v1beta1/flinkdeployments", FlinkDeployment.Info.Path());
        Assert.Equal("/api/v1/nodes", Node.Info.Path("ignored"));
        Assert.Equal(AllKinds.List.Count, AllKinds.List.Select(k => (k.Group, k.Plural)).Distinct().Count());
    }

    [Fact]
    public void Pod_Keeps_AtMostOneAndAHalfKilobytes()
    {
        const int count = 10_000;
        var body = Encoding.UTF8.GetBytes($$"""{"metadata":{"resourceVersion":"1"},"items":[{{string.Join(',', Enumerable.Range(0, count).Select(Json))}}]}""");
        // The tables of the parsers and pools are paid once, not per pod.
        JsonSerializer.Deserialize(body, Pod.Info.List);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var list = JsonSerializer.Deserialize(body, Pod.Info.List)!;
        var kept = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count;
        Assert.Equal(count, list.Items.Count);
        Assert.InRange(kept, 200, 1536);
        GC.KeepAlive(body);
    }

    private static readonly string Conditions = string.Join(',', new[] { "PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled" }
        .Select(c => """{"type":"TYPE","status":"True","lastTransitionTime":"2026-11-24T16:38:24Z"}""".Replace("TYPE", c, StringComparison.Ordinal)));

    private static string Json(int i) => $$$$"""
        {"metadata":{"name":"orders-{{{{i % 50}}}}-taskmanager-1-{{{{i}}}}","namespace":"flink-team-{{{{i % 20}}}}-ns","uid":"{{{{Guid.Parse($"00000000-0000-4000-8000-{i:D12}")}}}}","resourceVersion":"{{{{100000 + i}}}}","creationTimestamp":"2026-11-24T16:38:24Z",
        "labels":{"app":"orders-{{{{i % 50}}}}","component":"taskmanager","topology.kubernetes.io/zone":"us-west-2a","type":"flink-native-kubernetes"},
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"Deployment","name":"orders-{{{{i % 50}}}}","uid":"e3903fae-83c1-40d9-ba02-b38dc168c9{{{{i % 50:D2}}}}","controller":true,"blockOwnerDeletion":true}]},
        "spec":{"volumes":[{"name":"v","hostPath":{"path":"/x"}}],"nodeName":"ip-10-1-{{{{i % 100}}}}-21.us-west-2.compute.internal","restartPolicy":"Never","serviceAccountName":"flink","schedulerName":"default-scheduler",
        "containers":[{"name":"flink-main-container","image":"flink:1.20","args":["bash","-c","{{{{new string('x', 1500)}}}}"],"ports":[{"name":"taskmanager-rpc","containerPort":6122}],"resources":{"limits":{"cpu":"1","memory":"1Gi"},"requests":{"cpu":"100m","memory":"1Gi"} } },
        {"name":"fluentd","image":"fluentd:1","resources":{"limits":{"cpu":"500m","memory":"250Mi"} } }]},
        "status":{"phase":"Running","podIP":"10.1.{{{{i / 250}}}}.{{{{i % 250}}}}","startTime":"2026-11-24T16:38:24Z","qosClass":"Burstable",
        "conditions":[{{{{Conditions}}}}],
        "containerStatuses":[{"name":"flink-main-container","state":{"running":{"startedAt":"2026-11-24T16:38:26Z"} },"lastState":{},"ready":true,"restartCount":0,"image":"flink:1.20","imageID":"sha256:1","started":true},
        {"name":"fluentd","state":{"running":{"startedAt":"2026-11-24T16:38:26Z"} },"lastState":{},"ready":true,"restartCount":0,"image":"fluentd:1","started":true}]} }
        """;
}

/// <summary>Tests that measure memory run with no other test beside them.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public class AloneCollection;
