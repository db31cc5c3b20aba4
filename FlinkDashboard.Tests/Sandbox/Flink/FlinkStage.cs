using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.Behaviours.Flink;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Sandbox.Flink;

/// <summary>A manual world with Flink's processes and nothing else: pods start 0.5 s after their creation and end when deleted.</summary>
internal sealed class FlinkStage
{
    public const string Namespace = "team";
    public const string Job = "855959e6690a2e331b4564cdb12531ef";

    private readonly Dictionary<string, RunningContainer> _running = [];
    private int _address = 10;

    public FlinkStage(int seed = 1)
    {
        World = new SandboxWorld(new DateTimeOffset(2026, 11, 24, 16, 8, 41, TimeSpan.Zero), seed, 0, new FakeTimeProvider(), e => Failed.Add(e));
        World.OnChange(ResourceTypes.Pods, Changed);
        foreach (var behaviour in FlinkBehaviours.All())
            behaviour.Start(World);
    }

    public SandboxWorld World { get; }

    public List<Exception> Failed { get; } = [];

    /// <summary>Exit codes by container start: <c>pod#restart</c>.</summary>
    public Dictionary<string, int> Exits { get; } = [];

    public FlinkCluster Cluster(string id = "orders") => World.Flink.Find(Namespace, id) ?? throw new InvalidOperationException("no JobManager answers");

    public IReadOnlyList<string> Pods(string component) =>
        [.. World.Objects.List(ResourceTypes.Pods, Namespace).Items.Where(p => p.Labels["component"] == component && !p.IsDeleting).Select(p => p.Name)];

    public IReadOnlyList<string> ConfigMaps() => [.. World.Objects.List(ResourceTypes.ConfigMaps, Namespace).Items.Select(m => m.Name)];

    public RunningContainer Container(string pod) => _running[pod];

    /// <summary>Lives on; whatever a behaviour threw fails the test.</summary>
    public void Advance(double seconds)
    {
        World.Timeline.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Empty(Failed);
    }

    /// <summary>An application as the operator would deploy it, and its JobManager's pod.</summary>
    public void Deploy(string jar, string id = "orders", string ns = Namespace, string type = "flink-native-kubernetes", IReadOnlyList<string>? args = null, params string[] settings)
    {
        string[] all =
        [
            "high-availability.type: kubernetes", "high-availability.storageDir: file:///flink-data/ha", "state.savepoints.dir: file:///flink-data/savepoints",
            "state.checkpoints.dir: file:///flink-data/checkpoints", "taskmanager.numberOfTaskSlots: 2", "parallelism.default: 2", $"$internal.pipeline.job-id: {Job}",
            "taskmanager.memory.process.size: 1 gb", "kubernetes.taskmanager.cpu.amount: 0.1", "kubernetes.container.image.ref: flink:1.20", "$internal.flink.version: v1_20",
            "execution.shutdown-on-application-finish: false", "execution.checkpointing.externalized-checkpoint-retention: RETAIN_ON_CANCELLATION",
            $"job-result-store.storage-path: file:///flink-data/ha/job-result-store/{id}/1", $"pipeline.jars: {jar}", .. settings,
        ];
        if (World.Objects.Find(ResourceTypes.Deployments, ns, id) is null)
            World.Objects.Create(ResourceTypes.Deployments, new JsonObject { ["metadata"] = new JsonObject { ["name"] = id, ["namespace"] = ns } });
        Put(ns, $"flink-config-{id}", "flink-conf.yaml", string.Join('\n', all));
        StartJobManager($"{id}-abc-1", id, ns, type, args ?? ["bash", "-c", "kubernetes-jobmanager.sh kubernetes-application "]);
    }

    /// <summary>A JobManager's pod.</summary>
    public void StartJobManager(string name, string id, string ns, string type, IReadOnlyList<string> args) =>
        World.Objects.Create(ResourceTypes.Pods, Pod(name, id, ns, "jobmanager", type, args));

    /// <summary>A pod of a cluster.</summary>
    public static JsonObject Pod(string name, string id, string ns, string component, string type, IReadOnlyList<string> args) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns, ["labels"] = new JsonObject { ["app"] = id, ["component"] = component, ["type"] = type } },
        ["spec"] = new JsonObject
        {
            ["containers"] = new JsonArray(new JsonObject { ["name"] = "flink-main-container", ["image"] = "flink:1.20", ["args"] = new JsonArray([.. args.Select(a => (JsonNode)a)]) }),
        },
        ["status"] = new JsonObject { ["phase"] = "Pending" },
    };

    public void Put(string ns, string name, string key, string text)
    {
        if (World.Objects.Find(ResourceTypes.ConfigMaps, ns, name) is not null)
            World.Objects.Delete(ResourceTypes.ConfigMaps, ns, name);
        World.Objects.Create(ResourceTypes.ConfigMaps, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns }, ["data"] = new JsonObject { [key] = text } });
    }

    public void Delete(string pod) => World.Objects.Delete(ResourceTypes.Pods, Namespace, pod, new DeleteRequest { GraceSeconds = 0 });

    /// <summary>The container starts again in the same pod.</summary>
    public void Restart(string pod) => Run(World.Objects.Get(ResourceTypes.Pods, Namespace, pod), _running[pod].Restart + 1);

    private void Changed(Change change)
    {
        var pod = change.Object;
        if (change.Type == ChangeType.Added)
            World.Timeline.After(TimeSpan.FromMilliseconds(500), () => Run(pod, 0));
        else if (change.Type == ChangeType.Deleted && _running.Remove(pod.Name, out var container))
            container.Stop();
    }

    private void Run(WorldObject pod, int restart)
    {
        if (World.Objects.Find(ResourceTypes.Pods, pod.Namespace, pod.Name) is null)
            return;
        var ip = $"10.1.16.{_address++}";
        var running = World.Objects.Update(ResourceTypes.Pods, pod.Namespace, pod.Name, p =>
        {
            p["status"] = new JsonObject { ["phase"] = "Running", ["podIP"] = ip };
            return p;
        }, WritePart.All);
        var container = new RunningContainer(running, "flink-main-container", restart);
        container.Exited = (code, _) => Exits[$"{pod.Name}#{restart}"] = code;
        container.Logged = line => World.Logs.Append(pod.Uid, container.Name, restart, World.Now, line);
        _running[pod.Name] = container;
        World.Programs.Find(running, container.Name)?.Start(container);
    }
}
