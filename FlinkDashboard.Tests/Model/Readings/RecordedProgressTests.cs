using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Tests.Support;
using Xunit.Abstractions;

namespace FlinkDashboard.Tests.Model.Readings;

/// <summary>The progress of every recorded change: its steps only go forward, and it ends where the real operator ended.</summary>
public class RecordedProgressTests(ITestOutputHelper output)
{
    public static TheoryData<string> Scenarios => Recording.Names;

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void EveryMoment_HasAtMostOneStepUnderWay_AndEndsAreThoseOfTheStatus(string scenario)
    {
        var world = new ReplayedNamespace(Recording.StartOf(scenario));
        var said = new Dictionary<string, string>();
        foreach (var e in Recording.Events(scenario))
        {
            world.Apply(e);
            foreach (var (o, status, progress) in Progress(world))
            {
                if (progress is null)
                    continue;
                var line = $"{progress.Kind} {progress.Outcome} at {progress.Current.Id} ({progress.Current.Detail})";
                if (said.GetValueOrDefault(o.Metadata.Name) != line)
                    output.WriteLine($"{e.At.TotalSeconds,7:0.0} {o.Metadata.Name}: {line} {progress.Advice}");
                said[o.Metadata.Name] = line;
                Sound(progress, status);
            }
        }
    }

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void BeforeEachStep_AndAtTheEnd_TheLastStepIsTheRightOne(string scenario)
    {
        var steps = Recording.Scenario(scenario).GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("do").GetString() is "create" or "patch" or "delete").Select(s => s.GetProperty("t").GetDouble()).ToList();
        var world = new ReplayedNamespace(Recording.StartOf(scenario));
        foreach (var e in Recording.Events(scenario))
        {
            // The script writes its time down when the answer is there: the watch event of the same step may be some milliseconds older.
            while (steps.Count > 0 && e.At.TotalMilliseconds > steps[0] - 30)
            {
                Check(world);
                steps.RemoveAt(0);
            }
            world.Apply(e);
        }
        Check(world);
    }

    private static void Check(ReplayedNamespace world)
    {
        foreach (var (o, status, progress) in Progress(world))
        {
            if (o.Metadata.IsDeleting || Expected(o, status) is not { } expected)
                continue;
            Assert.NotNull(progress);
            Assert.Equal((expected, o.Metadata.Name), ($"{progress.Outcome} {progress.Current.Id}", o.Metadata.Name));
        }
    }

    // What the raw status says, where it says it plainly.
    private static string? Expected(IKubernetesObject o, FlinkDeploymentStatus status)
    {
        var job = o is FlinkDeployment app ? app.Spec.Job : ((FlinkSessionJob)o).Spec.Job;
        var pending = status.ObservedGeneration is { } seen && o.Metadata.Generation > seen;
        var (jobState, jobManager) = (status.JobStatus.State, status.JobManagerDeploymentStatus);
        var error = OperatorError.Of(status.Error);
        if (pending)
            return error?.ShortType == "ValidationException" ? "Refused accepted" : null;
        if (status.LifecycleState == LifecycleState.Suspended)
            return "Done stopped";
        if (status.LifecycleState == LifecycleState.RolledBack && jobState == JobState.Running)
            return "RolledBack running";
        if (status.LifecycleState == LifecycleState.Deployed && jobManager == JobManagerStatus.Error)
            return "Failed jobmanager";
        if (status.LifecycleState == LifecycleState.Failed && jobState == JobState.Failed && !status.ReconciliationStatus.IsStable)
            return "Failed running";
        if (status.LifecycleState == LifecycleState.Deployed && jobManager == JobManagerStatus.Ready && jobState == JobState.Created)
            return "UnderWay running";
        if (status.LifecycleState == LifecycleState.Stable && (job is null || jobState == JobState.Running))
            return job?.SavepointRedeployNonce is null ? "Done stable" : "Done running";
        return null;
    }

    private static void Sound(UpgradeProgress progress, FlinkDeploymentStatus status)
    {
        var walked = progress.Steps.Where(s => s.Id != "notready").Select(s => s.State).ToList();
        Assert.True(walked.SequenceEqual(walked.OrderBy(s => s switch { StepState.Done => 0, StepState.Now or StepState.Failed => 1, _ => 2 })), string.Join(' ', walked));
        Assert.True(walked.Count(s => s is StepState.Now or StepState.Failed) <= 1);
        Assert.True(progress.Steps.All(s => s.Name.Length > 0 && !(s.Took < TimeSpan.Zero)));
        if (status.LifecycleState == LifecycleState.Upgrading || status.LifecycleState == LifecycleState.RollingBack)
            Assert.NotEqual(ProgressOutcome.Done, progress.Outcome);
        Assert.Equal(progress.Outcome == ProgressOutcome.Done || progress.Outcome == ProgressOutcome.RolledBack, walked.All(s => s == StepState.Done));
    }

    private static IEnumerable<(IKubernetesObject Object, FlinkDeploymentStatus Status, UpgradeProgress? Progress)> Progress(ReplayedNamespace world)
    {
        var evidence = world.Evidence;
        foreach (var app in world.Deployments)
            yield return (app, app.Status, UpgradeProgress.Of(app, evidence));
        foreach (var job in world.SessionJobs)
            yield return (job, job.Status, UpgradeProgress.Of(job, evidence));
    }
}
