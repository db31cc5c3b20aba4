using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Tests.Model.Verdicts;

/// <summary>Applications in any combination of states, possible or not, from a seed.</summary>
internal sealed class AnyApplication(int seed)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    private static readonly ContainerState?[] States =
    [
        new ContainerRunning(Now.AddMinutes(-20)), new ContainerRunning(Now.AddMinutes(-20)), new ContainerRunning(Now.AddMinutes(-20)),
        new ContainerWaiting("CrashLoopBackOff", "back-off"), new ContainerWaiting("ImagePullBackOff", null), new ContainerWaiting("ContainerCreating", null),
        new ContainerTerminated(1, null, "Error", null, null, Now.AddMinutes(-1)), null,
    ];

    private readonly Random _random = new(seed);

    public (FlinkDeployment Deployment, Evidence Evidence) Next()
    {
        var job = _random.Next(8) == 0 ? null : new FlinkJobSpec { Parallelism = Pick(1, 2, 4), State = Pick(default, DesiredState.Running, DesiredState.Suspended), UpgradeMode = PickOf(UpgradeMode.Known) };
        // What is suspended in its first generation was never deployed and has no status that could be lost.
        var generation = job is { IsSuspended: true } ? 2L : Pick(1L, 2L);
        var deployment = new FlinkDeployment
        {
            Metadata = new ObjectMeta { Name = "a", Namespace = "n", Uid = "u", Generation = generation, CreationTimestamp = Ago(), DeletionTimestamp = _random.Next(10) == 0 ? Ago() : null, Finalizers = ["f"] },
            Spec = new FlinkDeploymentSpec { Job = job },
            Status = Status(generation),
        };
        List<Pod> pods = [.. Enumerable.Range(0, Pick(0, 1, 1, 1, 2)).Select(i => Pod("jobmanager", i)), .. Enumerable.Range(0, Pick(0, 1, 2, 4)).Select(i => Pod("taskmanager", i))];
        List<CoreEvent> events = [.. Enumerable.Range(0, Pick(0, 0, 1, 4)).Select(i => Event(i))];
        return (deployment, new Evidence(Now) { Pods = pods, Events = events, Snapshots = [] });
    }

    private FlinkDeploymentStatus Status(long generation) => new()
    {
        LifecycleState = Mostly(LifecycleState.Stable, PickOf(LifecycleState.Known)),
        JobManagerDeploymentStatus = Mostly(JobManagerStatus.Ready, PickOf(JobManagerStatus.Known)),
        JobStatus = new FlinkJobStatus { State = Mostly(JobState.Running, PickOf(JobState.Known)), JobId = "j", StartTime = Ago(), UpdateTime = Ago() },
        ReconciliationStatus = new FlinkReconciliationStatus
        {
            State = Mostly(ReconciliationState.Deployed, PickOf(ReconciliationState.Known)),
            ReconciliationTimestamp = Ago(),
            LastReconciledSpec = _random.Next(6) == 0 ? null : """{"spec":{"job":{"parallelism":2}}}""",
        },
        Error = _random.Next(6) == 0 ? Pick("Job Not Found", """{"type":"x.ValidationException","message":"no"}""", """{"type":"x.DeploymentFailedException","message":"pull"}""") : null,
        ObservedGeneration = Mostly(generation, 1),
        TaskManager = new FlinkTaskManagerStatus { Replicas = Pick(0, 1, 2) },
    };

    private Pod Pod(string component, int number)
    {
        var state = PickOf(States);
        var ready = state is ContainerRunning && _random.Next(6) != 0;
        return new Pod
        {
            Metadata = new ObjectMeta
            {
                Name = $"{component}-{number}",
                Namespace = "n",
                CreationTimestamp = Ago(),
                DeletionTimestamp = _random.Next(12) == 0 ? Now : null,
                Labels = StringMap.From([new("app", "a"), new("component", component), new("type", "flink-native-kubernetes")]),
            },
            Spec = new PodSpec { Containers = [new Container { Name = "main" }] },
            Status = new PodStatus
            {
                Phase = state is ContainerRunning ? "Running" : "Pending",
                Conditions = [new Condition { Type = "Ready", Status = ready ? "True" : "False" }],
                ContainerStatuses = [new ContainerStatus { Name = "main", Ready = ready, RestartCount = Pick(0, 0, 3), State = state }],
            },
        };
    }

    private CoreEvent Event(int number) => new()
    {
        Metadata = new ObjectMeta { Name = $"e{number}", Namespace = "n" },
        InvolvedObject = new ObjectReference { Kind = "FlinkDeployment", Namespace = "n", Name = "a", Uid = "u" },
        Reason = Pick("JobException", "JobException", "CleanupFailed", "Submit"),
        Message = "x",
        Type = "Warning",
        LastTimestamp = Ago(),
    };

    private DateTimeOffset Ago() => Now - Pick(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(90), TimeSpan.FromMinutes(20));

    private T Mostly<T>(T usual, T other) => _random.Next(3) == 0 ? other : usual;

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];

    private T PickOf<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];
}
