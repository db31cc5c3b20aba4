using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Tests.Support;

/// <summary>Flink objects in given states, as records.</summary>
public static class FlinkObjects
{
    /// <summary>Now, in tests of pure functions.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 16, 0, 0, TimeSpan.Zero);

    /// <summary>An application that runs well.</summary>
    public static FlinkDeployment Application(string upgradeMode = "savepoint", string lifecycle = "STABLE", string job = "RUNNING", string desired = "running", bool reconciled = true, string lastState = "running") => new()
    {
        Metadata = new() { Namespace = "team", Name = "orders", Uid = "u1", ResourceVersion = "5", Generation = 1 },
        Spec = new() { FlinkVersion = "v1_20", Job = new() { JarUri = "local:///job.jar", Parallelism = 2, State = DesiredState.Of(desired), UpgradeMode = UpgradeMode.Of(upgradeMode) } },
        Status = Status(lifecycle, job, reconciled, lastState)
    };

    /// <summary>A session job that runs well.</summary>
    public static FlinkSessionJob SessionJob(string upgradeMode = "savepoint", string lifecycle = "STABLE", string job = "RUNNING", string desired = "running", string name = "clicks") => new()
    {
        Metadata = new() { Namespace = "team", Name = name, Uid = "u2", ResourceVersion = "5", Generation = 1 },
        Spec = new() { DeploymentName = "session", Job = new() { JarUri = "https://x/job.jar", Parallelism = 2, State = DesiredState.Of(desired), UpgradeMode = UpgradeMode.Of(upgradeMode) } },
        Status = Status(lifecycle, job, true, "running")
    };

    /// <summary>A session cluster.</summary>
    public static FlinkDeployment Session() => new()
    {
        Metadata = new() { Namespace = "team", Name = "session", Uid = "u3", ResourceVersion = "5", Generation = 1 },
        Spec = new() { FlinkVersion = "v1_20" },
        Status = Status("STABLE", "", true, "")
    };

    /// <summary>Pods of an application.</summary>
    public static IReadOnlyCollection<Pod> Pods(string app, int jobManagers, int taskManagers) =>
    [
        .. Enumerable.Range(0, jobManagers).Select(i => Pod(app, "jobmanager", i)),
        .. Enumerable.Range(0, taskManagers).Select(i => Pod(app, "taskmanager", i))
    ];

    /// <summary>A completed savepoint of an application.</summary>
    public static FlinkStateSnapshot Savepoint(string path, TimeSpan age, string kind = "FlinkDeployment", string name = "orders") => new()
    {
        Metadata = new() { Namespace = "team", Name = "sp", Uid = path },
        Spec = new() { JobReference = new() { Kind = kind, Name = name }, Savepoint = new() },
        Status = new() { State = SnapshotState.Completed, Path = path, ResultTimestamp = Now - age }
    };

    private static FlinkDeploymentStatus Status(string lifecycle, string job, bool reconciled, string lastState) => new()
    {
        LifecycleState = LifecycleState.Of(lifecycle),
        JobStatus = new() { State = JobState.Of(job) },
        ReconciliationStatus = new() { LastReconciledSpec = reconciled ? $$$"""{"spec":{"job":{"state":"{{{lastState}}}"} } }""" : null }
    };

    private static Pod Pod(string app, string component, int number) => new()
    {
        Metadata = new()
        {
            Namespace = "team",
            Name = $"{app}-{component}-{number}",
            Uid = $"{app}-{component}-{number}",
            Labels = FlinkDashboard.Model.StringMap.From([new("app", app), new("component", component), new("type", "flink-native-kubernetes")])
        }
    };
}
