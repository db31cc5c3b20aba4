using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Behaviours.Flink;

/// <summary>Flink's own processes: what the JobManager and TaskManager containers do once the kubelet has started them.</summary>
public static class FlinkBehaviours
{
    /// <summary>Everything to start in a world that runs Flink.</summary>
    public static IReadOnlyList<IBehaviour> All() => [new FlinkProcesses()];
}

/// <summary>Registers the programs and tells JobManagers what happens to their TaskManagers' pods.</summary>
public sealed class FlinkProcesses : IBehaviour
{
    /// <inheritdoc />
    public void Start(SandboxWorld world)
    {
        var workers = new WorkerDirectory(world);
        world.Programs.Add(new JobManagerProgram(world, workers));
        world.Programs.Add(new TaskManagerProgram(world, workers));
        world.OnChange(ResourceTypes.Pods, change =>
        {
            if (change.Object.Labels.GetValueOrDefault("component") == "taskmanager" && HasEnded(change))
                workers.PodEnded(change.Object);
        });
    }

    private static bool HasEnded(Change change) =>
        change.Type == ChangeType.Deleted || (string?)change.Object.Read()["status"]?["phase"] is "Failed" or "Succeeded";
}
