using System.Globalization;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>The TaskManager container of native and standalone clusters.</summary>
internal sealed class TaskManagerProgram(SandboxWorld world, WorkerDirectory workers) : IContainerProgram
{
    /// <inheritdoc />
    public bool Runs(WorldObject pod, string container) =>
        container == FlinkPod.MainContainer && pod.Labels.GetValueOrDefault("component") == "taskmanager" && pod.Labels.ContainsKey("app");

    /// <inheritdoc />
    public void Start(RunningContainer container) => new TaskManager(world, workers, container).Start();
}

/// <summary>One TaskManager process: it starts, registers at the leader and waits for work.</summary>
internal sealed class TaskManager(SandboxWorld world, WorkerDirectory workers, RunningContainer container)
{
    // Recorded: 2.9 to 3.6 s from the start of the container to the first deployed task.
    private static readonly TimeSpan StartUp = TimeSpan.FromMilliseconds(2900);

    private FlinkLog? _log;

    public string Namespace => container.Pod.Namespace;

    public string ClusterId => container.Pod.Labels["app"];

    public string PodName => container.Pod.Name;

    public bool IsNative => container.Pod.Labels.GetValueOrDefault("type") != "flink-standalone-kubernetes";

    public bool IsOver => container.IsOver;

    /// <summary>How it registers; complete after start-up.</summary>
    public FlinkTaskManager Registration { get; private set; } = null!;

    public void Start()
    {
        _log = new FlinkLog(world, container);
        container.Serve();
        var settings = FlinkPod.Configuration(world, container.Pod);
        if (settings is null)
        {
            container.Exit(1);
            return;
        }
        _log.Info("runtime.taskexecutor.TaskManagerRunner", "Starting TaskManager");
        container.Stopped = Stop;
        world.Timeline.After(StartUp + TimeSpan.FromMilliseconds(world.Next(700)), () =>
        {
            lock (world.Flink.Gate)
                Ready(settings);
        });
    }

    /// <summary>Writes what the TaskManager logs when a task changes state.</summary>
    public void LogTasks(IEnumerable<FlinkVertex> vertices, string from, string to) =>
        _log?.Info("runtime.taskmanager.Task", string.Join('\n', vertices.Select(v => $"{v.Name} (1/{v.Parallelism})#{v.Attempt} switched from {from} to {to}.")));

    public void LogRegistered(string jobManager) =>
        _log?.Info("runtime.taskexecutor.TaskExecutor", $"Successful registration at resource manager {jobManager}.");

    private void Ready(Dictionary<string, string> settings)
    {
        if (container.IsOver)
            return;
        var pod = world.Objects.Find(ResourceTypes.Pods, Namespace, PodName) ?? container.Pod;
        var ip = (string?)pod.Read()["status"]?["podIP"] ?? "127.0.0.1";
        var memory = FlinkMemory.Of(settings);
        var slots = settings.Number("taskmanager.numberOfTaskSlots", 1);
        Registration = new FlinkTaskManager(IsNative ? PodName : $"{ip}:6122-{world.Hex(6)}", Namespace, PodName, ip, memory)
        {
            Slots = slots,
            FreeSlots = slots,
            Cpu = settings.Decimal("kubernetes.taskmanager.cpu.amount", settings.Decimal("kubernetes.taskmanager.cpu", slots)),
            DataPort = 30_000 + world.Next(10_000),
            RegisteredAt = world.Now,
            IdleSince = world.Now,
        };
        _log!.Info("runtime.taskexecutor.TaskManagerRunner", string.Create(CultureInfo.InvariantCulture, $"TaskManager {Registration.Id} has {slots} slots, {memory.TotalProcess >> 20} mb."));
        workers.Join(this);
    }

    private void Stop()
    {
        lock (world.Flink.Gate)
        {
            _log!.Info("runtime.taskexecutor.TaskManagerRunner", "RECEIVED SIGNAL 15: SIGTERM. Shutting down as requested.");
            if (Registration is not null)
                workers.Leave(this);
        }
    }
}
