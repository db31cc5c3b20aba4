using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Tests.Model.Verdicts;

/// <summary>What the series add to a verdict: restarts and checkpoints that Kubernetes does not know of.</summary>
public class NumberVerdictTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    private static readonly JobNumbers Calm = new(Now.AddSeconds(-20), Restarts: 0, RunningSince: Now.AddDays(-1), FailedCheckpoints: 0, CheckpointAt: Now.AddSeconds(-40));

    public static TheoryData<string, JobNumbers?, VerdictState, string> Table => new()
    {
        { "nothing known", null, VerdictState.Healthy, "the job has run for" },
        { "nothing told", new(Now), VerdictState.Healthy, "the job has run for" },
        { "calm", Calm, VerdictState.Healthy, "the job has run for" },
        { "two restarts", Calm with { Restarts = 2.4 }, VerdictState.Healthy, "the job has run for" },
        { "three restarts", Calm with { Restarts = 2.6, RunningSince = Now.AddMinutes(-4) }, VerdictState.Degraded, "Degraded: the job restarted 3 times in the last hour (Prometheus, 20 s ago), last at 16:56:00" },
        { "between restarts", Calm with { Restarts = 14.01, RunningSince = null }, VerdictState.Degraded, "restarted 14 times in the last hour (Prometheus, 20 s ago)" },
        { "rescaled", Calm with { Restarts = 14, Rescales = 12 }, VerdictState.Healthy, "the job has run for" },
        { "rescaled and failed", Calm with { Restarts = 14, Rescales = 2 }, VerdictState.Degraded, "restarted 12 times" },
        { "old answer", Calm with { At = Now.AddMinutes(-25), Restarts = 14 }, VerdictState.Degraded, "restarted 14 times in the hour before 16:35:00 (Prometheus, 25 min ago)" },
        { "too old", Calm with { At = Now.AddMinutes(-61), Restarts = 14 }, VerdictState.Healthy, "its restarts and checkpoints are not known since 15:59:00, when Prometheus was last heard" },
        { "too old and calm", Calm with { At = Now.AddMinutes(-61) }, VerdictState.Healthy, "the job has run for" },
        { "old checkpoint", Calm with { CheckpointAt = Now.AddMinutes(-45) }, VerdictState.Healthy, "the job has run for" },
        { "old and failing checkpoint", Calm with { CheckpointAt = Now.AddMinutes(-45), FailedCheckpoints = 3.9 }, VerdictState.Degraded, "no checkpoint was completed for 44 min, and 4 failed in the last hour (Prometheus, 20 s ago)" },
        { "none completed", Calm with { CheckpointAt = null, FailedCheckpoints = 6 }, VerdictState.Degraded, "no checkpoint was completed and 6 failed in the last hour (Prometheus, 20 s ago)" },
        { "young checkpoint", Calm with { CheckpointAt = Now.AddMinutes(-19), FailedCheckpoints = 5 }, VerdictState.Healthy, "the job has run for" },
        { "one failed", Calm with { CheckpointAt = Now.AddMinutes(-45), FailedCheckpoints = 1 }, VerdictState.Healthy, "the job has run for" },
        { "has just begun", Calm with { CheckpointAt = null, FailedCheckpoints = 2, RunningSince = Now.AddMinutes(-10) }, VerdictState.Healthy, "the job has run for" },
        { "NaN never comes, huge does", Calm with { Restarts = 1e30 }, VerdictState.Degraded, "restarted 2147483647 times" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Numbers_Get_TheirVerdict(string name, JobNumbers? numbers, VerdictState expected, string says)
    {
        var verdict = VerdictOf.Deployment(App(), Around() with { Numbers = numbers });
        Assert.True(expected == verdict.State, $"{name}: {verdict.Sentence}");
        Assert.Contains(says, verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Reason_IsThatOfTheNewestException_AndRescalingByTheOperatorIsNone()
    {
        var numbers = Calm with { Restarts = 4, RunningSince = Now.AddMinutes(-12) };
        var failed = Event("JobException", "java.lang.IllegalStateException: Planned failure\n\tat jobs.Failing", 1, Now.AddMinutes(-12), Now.AddMinutes(-12));
        Assert.Contains("last at 16:48:00: java.lang.IllegalStateException: Planned failure; ", Sentence(failed), StringComparison.Ordinal);
        Assert.Contains("restarted 4 times", Sentence(Event("Scaling", "In-place scaling triggered", 3, Now.AddHours(-3), Now.AddMinutes(-100))), StringComparison.Ordinal);
        // Thirty in ten hours are three in this one.
        Assert.Contains("the job has run", Sentence(Event("Scaling", "In-place scaling triggered", 30, Now.AddHours(-10), Now.AddMinutes(-1))), StringComparison.Ordinal);
        Assert.Contains("the job has run", Sentence(Event("Scaling", "In-place scaling triggered", 3, Now.AddMinutes(-50), Now.AddMinutes(-1))), StringComparison.Ordinal);

        string Sentence(CoreEvent e) => VerdictOf.Deployment(App(), Around(e) with { Numbers = numbers }).Sentence;
    }

    [Fact]
    public void Configuration_DecidesHowLongACheckpointMayTake()
    {
        var numbers = Calm with { CheckpointAt = Now.AddMinutes(-45), FailedCheckpoints = 3 };
        Assert.Equal(VerdictState.Healthy, StateWith("execution.checkpointing.timeout", "30 min"));
        Assert.Equal(VerdictState.Healthy, StateWith("execution.checkpointing.interval", "30 min"));
        Assert.Equal(VerdictState.Healthy, StateWith("execution.checkpointing.tolerable-failed-checkpoints", "3"));
        Assert.Equal(VerdictState.Degraded, StateWith("execution.checkpointing.tolerable-failed-checkpoints", "2"));

        VerdictState StateWith(string key, string value)
        {
            var app = App();
            return VerdictOf.Deployment(app with { Spec = app.Spec with { FlinkConfiguration = StringMap.From([new(key, value)]) } }, Around() with { Numbers = numbers }).State;
        }
    }

    [Fact]
    public void SessionJob_HasItsOwnNumbers_AndItsClusterNone()
    {
        var numbers = Calm with { Restarts = 5 };
        var cluster = App() with { Spec = new() };
        Assert.Equal(VerdictState.Healthy, VerdictOf.Deployment(cluster, Around() with { Numbers = numbers }).State);
        var job = new FlinkSessionJob { Metadata = new() { Name = "j", Namespace = "n", Generation = 1 }, Spec = new() { DeploymentName = "a", Job = new() }, Status = cluster.Status };
        Assert.Equal(VerdictState.Healthy, VerdictOf.SessionJob(job, cluster, Around()).State);
        var verdict = VerdictOf.SessionJob(job, cluster, Around() with { Numbers = numbers });
        Assert.Equal(VerdictState.Degraded, verdict.State);
        Assert.Contains("the job restarted 5 times", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_NeverMakeAVerdictBetter_AndTellNothingWhereNoneAreKnown()
    {
        var (any, random) = (new AnyApplication(seed: 7), new Random(7));
        var worse = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var (d, evidence) = any.Next();
            var without = VerdictOf.Deployment(d, evidence);
            Assert.Equal(without, VerdictOf.Deployment(d, evidence with { Numbers = new(evidence.Now) }));
            var numbers = new JobNumbers(evidence.Now - TimeSpan.FromMinutes(random.Next(90)), Maybe(20), Maybe(3), Maybe(2) is { } hours ? evidence.Now.AddHours(-hours) : null, Maybe(6), Maybe(2) is { } old ? evidence.Now.AddHours(-old) : null);
            var with = VerdictOf.Deployment(d, evidence with { Numbers = numbers });
            Assert.True(with.State >= without.State, $"{numbers}: \"{without.Sentence}\" became \"{with.Sentence}\"");
            worse += with.State > without.State ? 1 : 0;
        }
        Assert.InRange(worse, 10, 4_900);

        double? Maybe(int most) => random.Next(3) == 0 ? null : random.NextDouble() * most;
    }

    private static Evidence Around(params CoreEvent[] events) => new(Now) { Pods = Pods, Events = events, Snapshots = [] };

    private static CoreEvent Event(string reason, string message, int count, DateTimeOffset first, DateTimeOffset last) => new()
    {
        Metadata = new() { Name = "e", Namespace = "n" },
        InvolvedObject = new() { Kind = "FlinkDeployment", Namespace = "n", Name = "a" },
        Reason = reason,
        Message = message,
        Count = count,
        FirstTimestamp = first,
        LastTimestamp = last,
    };

    private static FlinkDeployment App() => new()
    {
        Metadata = new() { Name = "a", Namespace = "n", Generation = 1, CreationTimestamp = Now.AddDays(-2) },
        Spec = new() { Job = new() { Parallelism = 1, UpgradeMode = UpgradeMode.LastState } },
        Status = new()
        {
            LifecycleState = LifecycleState.Stable,
            JobManagerDeploymentStatus = JobManagerStatus.Ready,
            JobStatus = new() { State = JobState.Running, JobId = "j", StartTime = Now.AddDays(-1), UpdateTime = Now.AddDays(-1) },
            ReconciliationStatus = new() { State = ReconciliationState.Deployed, ReconciliationTimestamp = Now.AddDays(-1), LastReconciledSpec = """{"spec":{"job":{"parallelism":1}}}""" },
            ObservedGeneration = 1,
            TaskManager = new() { Replicas = 1 },
        },
    };

    private static readonly IReadOnlyList<Pod> Pods = [.. new[] { "jobmanager", "taskmanager" }.Select(component => new Pod
    {
        Metadata = new() { Name = $"a-{component}", Namespace = "n", CreationTimestamp = Now.AddDays(-1), Labels = StringMap.From([new("app", "a"), new("component", component), new("type", "flink-native-kubernetes")]) },
        Spec = new() { Containers = [new() { Name = "main" }] },
        Status = new() { Phase = "Running", Conditions = [new() { Type = "Ready", Status = "True" }], ContainerStatuses = [new() { Name = "main", Ready = true, State = new ContainerRunning(Now.AddDays(-1)) }] },
    })];
}
