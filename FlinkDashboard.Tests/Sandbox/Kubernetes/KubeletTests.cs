using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Kubernetes;

public class KubeletTests
{
    private const string StartupProbe = """{"httpGet":{"path":"/config","port":"rest","scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":1,"successThreshold":1,"failureThreshold":2147483647}""";

    [Fact]
    public void BadImage_WalksBetweenErrImagePullAndBackOff_AndIsGoneSoonAfterDeletion()
    {
        var cluster = new TestCluster();
        var seen = new List<string>();
        cluster.World.OnChange(ResourceTypes.Pods, c => Note(seen, Waiting(c.Object.Read())));
        cluster.AddPod("clicks", image: "flink:9.99-does-not-exist");
        cluster.Advance(80);

        Assert.Equal(["ContainerCreating", "ErrImagePull", "ImagePullBackOff", "ErrImagePull", "ImagePullBackOff"], seen.Take(5));
        var waiting = cluster.Get(ResourceTypes.Pods, "clicks")["status"]!;
        Assert.Equal("Pending", waiting.Text("phase"));
        Assert.Contains("Error: ImagePullBackOff", string.Join('\n', cluster.Events("clicks")));
        Assert.Contains("Failed: Failed to pull image \"flink:9.99-does-not-exist\": failed to pull and unpack image \"docker.io/library/flink:9.99-does-not-exist\": failed to resolve image: failed to do request: Head \"https://registry-1.docker.io/v2/library/flink/manifests/9.99-does-not-exist\": dial tcp: lookup registry-1.docker.io on 10.255.255.53:53: no such host", cluster.Events("clicks"));
        cluster.World.Objects.Delete(ResourceTypes.Pods, TestCluster.Ns, "clicks");
        cluster.Advance(1);
        Assert.Empty(cluster.List(ResourceTypes.Pods));
    }

    [Fact]
    public void Crashes_WaitLongerEachTime_UpToFiveMinutes()
    {
        var cluster = new TestCluster();
        var program = new TestProgram { OnStart = c => cluster.World.Timeline.After(TimeSpan.FromSeconds(1), () => c.Exit(1, "boom")) };
        cluster.World.Programs.Add(program);
        var told = new List<string>();
        cluster.World.OnChange(ResourceTypes.Pods, c => Note(told, State(c.Object.Read()).Text("waiting", "message")?.Split(" restarting")[0]));
        var starts = new List<double>();
        var begin = cluster.World.Now;
        cluster.World.OnChange(ResourceTypes.Pods, c =>
        {
            if (program.Runs.Count > starts.Count)
                starts.Add((cluster.World.Now - begin).TotalSeconds);
        });
        cluster.AddPod("clicks");
        cluster.Advance(2400);

        Assert.Equal(["back-off 10s", "back-off 20s", "back-off 40s", "back-off 1m20s", "back-off 2m40s", "back-off 5m0s"], told);
        var gaps = starts.Zip(starts.Skip(1), (a, b) => b - a).ToList();
        Assert.InRange(gaps[0], 1, 1.5);
        foreach (var (gap, wait) in gaps.Skip(1).Zip([10, 20, 40, 80, 160, 300, 300]))
            Assert.InRange(gap, wait + 1, (wait * 1.4) + 3);
        var last = cluster.Get(ResourceTypes.Pods, "clicks").Items("status", "containerStatuses").Single().At("lastState", "terminated");
        Assert.Equal(1, last.Number("exitCode"));
        Assert.Equal("boom", last.Text("message"));
        Assert.Equal("Error", last.Text("reason"));
    }

    [Fact]
    public void RestartPolicyNever_ExitOfTheProgram_EndsThePod()
    {
        var cluster = new TestCluster();
        var program = new TestProgram();
        cluster.World.Programs.Add(program);
        cluster.AddPod("bad", restartPolicy: "Never");
        cluster.AddPod("good", restartPolicy: "Never");
        cluster.Advance(2);
        program.Runs.Single(r => r.Pod.Name == "bad").Exit(1);
        program.Runs.Single(r => r.Pod.Name == "good").Exit(0);
        cluster.Advance(1);

        Assert.Equal("Failed", cluster.Get(ResourceTypes.Pods, "bad").Text("status", "phase"));
        Assert.Equal("Succeeded", cluster.Get(ResourceTypes.Pods, "good").Text("status", "phase"));
        Assert.Equal("PodFailed", Condition(cluster.Get(ResourceTypes.Pods, "bad"), "Ready").Text("reason"));
        Assert.Equal(2, program.Runs.Count);
    }

    [Fact]
    public void StartupProbe_FailsUntilTheProgramServes_ThenStartedThenReady()
    {
        var cluster = new TestCluster();
        var program = new TestProgram();
        cluster.World.Programs.Add(program);
        cluster.Deploy(startup: StartupProbe);
        cluster.Advance(4);
        var pod = cluster.TheOnly(ResourceTypes.Pods);
        var ip = pod.Read().Text("status", "podIP");
        Assert.Contains($"Unhealthy: Startup probe failed: Get \"http://{ip}:8081/config\": dial tcp {ip}:8081: connect: connection refused", cluster.Events(pod.Name));
        Assert.Equal("False", Condition(pod.Read(), "Ready").Text("status"));
        program.Last.IsListening = true;
        cluster.Advance(1);
        Assert.Contains("Unhealthy: Startup probe failed: HTTP probe failed with statuscode: 503", cluster.Events(pod.Name));
        program.Last.Serve();
        cluster.Advance(1.1);

        Assert.Equal("True", Condition(cluster.TheOnly(ResourceTypes.Pods).Read(), "Ready").Text("status"));
        Assert.Equal(1, cluster.Get(ResourceTypes.Deployments, "orders").Number("status", "availableReplicas"));
    }

    [Fact]
    public void Deletion_StopsTheProgram_AndRemovesThePodWhenItHasEnded()
    {
        var cluster = new TestCluster();
        var stopped = false;
        var program = new TestProgram
        {
            OnStart = c =>
            {
                c.Log("hello\nworld");
                c.StopTime = TimeSpan.FromSeconds(5);
                c.Stopped = () => stopped = true;
            },
        };
        cluster.World.Programs.Add(program);
        var pod = cluster.AddPod("clicks");
        cluster.Advance(2);
        Assert.Equal(["hello", "world"], cluster.World.Logs.Read(pod.Uid, "main", 0)!.Value.Lines.Select(l => l.Text));
        cluster.World.Objects.Delete(ResourceTypes.Pods, TestCluster.Ns, "clicks");
        cluster.Advance(4);
        Assert.True(stopped);
        Assert.Equal("Running", cluster.Get(ResourceTypes.Pods, "clicks").Text("status", "phase"));
        Assert.Contains("Killing: Stopping container main", cluster.Events("clicks"));
        var phases = new List<string>();
        cluster.World.OnChange(ResourceTypes.Pods, c => Note(phases, c.Object.Read().Text("status", "phase")));
        cluster.Advance(2);

        Assert.Empty(cluster.List(ResourceTypes.Pods));
        Assert.Equal(["Failed"], phases);
        Assert.Null(cluster.World.Logs.Read(pod.Uid, "main", 0));
    }

    [Fact]
    public void ForcedDeletion_StopsTheProgramAtOnce()
    {
        var cluster = new TestCluster();
        var program = new TestProgram();
        cluster.World.Programs.Add(program);
        cluster.AddPod("clicks");
        cluster.Advance(2);
        cluster.World.Objects.Delete(ResourceTypes.Pods, TestCluster.Ns, "clicks", new DeleteRequest { GraceSeconds = 0 });
        cluster.Advance(0.01);

        Assert.True(program.Last.IsOver);
        Assert.Empty(cluster.List(ResourceTypes.Pods));
    }

    [Fact]
    public void MissingConfigMap_HoldsThePodUntilItIsThere()
    {
        var cluster = new TestCluster();
        var pod = TestCluster.Merge(TestCluster.Meta(TestCluster.Ns, "clicks"), JsonNode.Parse(
            """{"spec":{"containers":[{"name":"main","image":"flink:1.20"}],"volumes":[{"name":"config","configMap":{"name":"flink-config"}}]}}""")!.AsObject());
        PodAdmission.Create(cluster.World, pod);
        cluster.Advance(3);
        Assert.Contains("FailedMount: MountVolume.SetUp failed for volume \"config\" : configmap \"flink-config\" not found", cluster.Events("clicks"));
        Assert.Equal("ContainerCreating", Waiting(cluster.Get(ResourceTypes.Pods, "clicks")));
        cluster.World.Objects.Create(ResourceTypes.ConfigMaps, TestCluster.Meta(TestCluster.Ns, "flink-config"));
        cluster.Advance(5);

        Assert.Equal("Running", cluster.Get(ResourceTypes.Pods, "clicks").Text("status", "phase"));
    }

    [Fact]
    public void InitContainers_RunBeforeTheOthers()
    {
        var cluster = new TestCluster();
        PodAdmission.Create(cluster.World, TestCluster.Merge(TestCluster.Meta(TestCluster.Ns, "clicks"), JsonNode.Parse(
            """{"spec":{"initContainers":[{"name":"fetch","image":"busybox:1"}],"containers":[{"name":"main","image":"flink:1.20"}]}}""")!.AsObject()));
        cluster.Advance(0.8);
        var early = cluster.Get(ResourceTypes.Pods, "clicks");
        Assert.Equal("PodInitializing", Waiting(early));
        Assert.Equal("containers with incomplete status: [fetch]", Condition(early, "Initialized").Text("message"));
        cluster.Advance(3);

        var late = cluster.Get(ResourceTypes.Pods, "clicks");
        Assert.Equal("True", Condition(late, "Ready").Text("status"));
        Assert.Equal("Completed", late.Items("status", "initContainerStatuses").Single().Text("state", "terminated", "reason"));
    }

    [Fact]
    public void RunningPods_OfTheWorldsBeginning_AreTakenOverWithoutAnEvent()
    {
        var old = new TestCluster();
        old.Deploy();
        old.Advance(2);
        var stored = ResourceTypes.All.SelectMany(t => old.World.Objects.List(t).Items).Where(o => o.Type.Kind is not ("Event" or "Node" or "Namespace")).Select(o => (o.Type, Json: o.Read())).ToList();
        var program = new TestProgram();
        var young = new TestCluster(w =>
        {
            w.Programs.Add(program);
            foreach (var (type, json) in stored)
                w.Objects.Create(type, json, part: WritePart.All);
        });
        var version = young.World.Objects.Version;
        young.Advance(60);

        Assert.Equal(version, young.World.Objects.Version);
        Assert.Single(program.Runs);
        program.Last.Exit(1);
        young.Advance(1);
        Assert.Equal(1, young.TheOnly(ResourceTypes.Pods).Read().Items("status", "containerStatuses").Single().Number("restartCount"));
    }

    private static JsonNode? State(JsonObject pod) => pod.Items("status", "containerStatuses").FirstOrDefault().At("state");

    private static string? Waiting(JsonObject pod) => State(pod).Text("waiting", "reason");

    private static JsonObject? Condition(JsonObject pod, string type) => pod.Items("status", "conditions").FirstOrDefault(c => c.Text("type") == type);

    private static void Note(List<string> list, string? value)
    {
        if (value is not null && (list.Count == 0 || list[^1] != value))
            list.Add(value);
    }
}
