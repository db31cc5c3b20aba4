using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>The JobManager container of native and standalone clusters, with or without an application.</summary>
internal sealed class JobManagerProgram(SandboxWorld world, WorkerDirectory workers) : IContainerProgram
{
    /// <inheritdoc />
    public bool Runs(WorldObject pod, string container) =>
        container == FlinkPod.MainContainer && pod.Labels.GetValueOrDefault("component") == "jobmanager" && pod.Labels.ContainsKey("app");

    /// <inheritdoc />
    public void Start(RunningContainer container)
    {
        var settings = FlinkPod.Configuration(world, container.Pod);
        if (settings is null)
        {
            new FlinkLog(world, container).Error("runtime.entrypoint.ClusterEntrypoint", "The Flink config file '/opt/flink/conf/flink-conf.yaml' does not exist.");
            container.Exit(1);
            return;
        }
        var pod = container.Pod.Read();
        var main = FlinkPod.Container(pod);
        var image = (string?)main["image"] ?? "";
        var start = ClusterStart.Read(settings, FlinkPod.Arguments(main), image);
        var build = FlinkBuild.Of(settings, image);
        var jobManager = new JobManager(world, workers, container, start)
        {
            Namespace = container.Pod.Namespace,
            Id = container.Pod.Labels["app"],
            PodName = container.Pod.Name,
            Version = build.Version,
            Revision = build.Revision,
            IsSession = start.Application is null,
            Configuration = Effective(settings, container.Pod),
        };
        jobManager.Start();
    }

    // What a JobManager shows as its configuration: the file, and what its start script and entry point add.
    private Dictionary<string, string> Effective(Dictionary<string, string> settings, WorldObject pod)
    {
        var effective = new Dictionary<string, string>(settings);
        var ip = (string?)world.Objects.Find(ResourceTypes.Pods, pod.Namespace, pod.Name)?.Read()["status"]?["podIP"] ?? "127.0.0.1";
        var memory = FlinkMemory.OfJobManager(settings);
        effective["rest.address"] = ip;
        effective["jobmanager.rpc.address"] = ip;
        effective["jobmanager.rpc.port"] = settings.Text("high-availability.jobmanager.port", "jobmanager.rpc.port") ?? "6123";
        effective["jobmanager.memory.heap.size"] = $"{memory.Heap}b";
        effective["jobmanager.memory.off-heap.size"] = $"{memory.OffHeap}b";
        effective["jobmanager.memory.jvm-metaspace.size"] = $"{memory.Metaspace}b";
        effective["jobmanager.memory.jvm-overhead.min"] = $"{memory.Overhead}b";
        effective["jobmanager.memory.jvm-overhead.max"] = $"{memory.Overhead}b";
        effective["web.tmpdir"] = $"/tmp/flink-web-{world.NewUid()}";
        return effective;
    }
}
