using System.Globalization;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Readings;
using FlinkDashboard.Model.Verdicts;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Model.Readings;

public class UpgradeProgressTests
{
    private static readonly DateTimeOffset Changed = FlinkObjects.Now - TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(2, 1, "DEPLOYED", "running", "READY", "RUNNING", "", "UnderWay accepted")]
    [InlineData(2, 1, "DEPLOYED", "running", "READY", "RUNNING", "SpecChanged", "UnderWay saved")]
    [InlineData(2, 2, "UPGRADING", "suspended", "READY", "FINISHED", "SpecChanged Suspended", "UnderWay submitted")]
    [InlineData(2, 2, "DEPLOYED", "running", "DEPLOYING", "RECONCILING", "SpecChanged Suspended Submit", "UnderWay jobmanager")]
    [InlineData(2, 2, "DEPLOYED", "running", "ERROR", "RECONCILING", "SpecChanged Suspended Submit", "Failed jobmanager")]
    [InlineData(2, 2, "DEPLOYED", "running", "READY", "CREATED", "SpecChanged Suspended Submit", "UnderWay running")]
    [InlineData(2, 2, "DEPLOYED", "running", "READY", "FAILED", "SpecChanged Suspended Submit", "Failed running")]
    [InlineData(2, 2, "DEPLOYED", "running", "READY", "RUNNING", "SpecChanged Suspended Submit", "UnderWay stable")]
    [InlineData(2, 2, "ROLLING_BACK", "running", "READY", "RECONCILING", "SpecChanged Suspended Submit Rollback", "UnderWay rollback")]
    [InlineData(2, 2, "ROLLED_BACK", "running", "READY", "RUNNING", "SpecChanged Suspended Submit Rollback", "RolledBack running")]
    [InlineData(2, 1, "DEPLOYED", "running", "READY", "RUNNING", "SpecChanged Suspended !SavepointError", "Failed saved")]
    public void Upgrade_InEachState_IsAtItsStep(long generation, long seen, string reconciliation, string last, string jobManager, string job, string events, string expected)
    {
        var progress = Of(generation, seen, reconciliation, last, jobManager, job, events)!;
        Assert.Equal(expected, $"{progress.Outcome} {progress.Current.Id}");
    }

    [Fact]
    public void RolledBack_KeepsTheStepThatFailed_AndSaysTheWayOut()
    {
        var progress = Of(2, 2, "ROLLED_BACK", "running", "READY", "RUNNING", "SpecChanged Suspended Submit !ErrImagePull Rollback")!;
        var failed = Assert.Single(progress.Steps, step => step.State == StepState.Failed);
        Assert.Equal(("notready", "text of ErrImagePull"), (failed.Id, failed.Detail));
        Assert.Contains("image : a -> b", progress.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("upgradeMode", progress.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void UnderWay_WithRollbackOn_SaysWhenTheOperatorGoesBack()
    {
        var app = App(2, 2, "DEPLOYED", "running", "DEPLOYING", "RECONCILING");
        app = app with
        {
            Spec = app.Spec with { FlinkConfiguration = FlinkDashboard.Model.StringMap.From([new("kubernetes.operator.deployment.rollback.enabled", "true"), new("kubernetes.operator.deployment.readiness.timeout", "10 min"), new("high-availability.type", "kubernetes")]) },
            Status = app.Status with { ReconciliationStatus = app.Status.ReconciliationStatus with { LastStableSpec = "{}", ReconciliationTimestamp = Changed } },
        };
        Assert.Contains("16:08:00", UpgradeProgress.Of(app, Evidence("SpecChanged Suspended Submit"))!.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Refused_SaysThatWhatRanGoesOn()
    {
        var app = App(2, 1, "DEPLOYED", "running", "READY", "RUNNING");
        app = app with { Status = app.Status with { Error = """{"type":"org.apache.flink.kubernetes.operator.exception.ValidationException","message":"Job parallelism must be larger than 0"}""" } };
        var progress = UpgradeProgress.Of(app, Evidence("!ValidationError"))!;
        Assert.Equal(ProgressOutcome.Refused, progress.Outcome);
        Assert.Equal("Job parallelism must be larger than 0", progress.Error!.Plain);
    }

    [Fact]
    public void Done_StaysNewsForAWhileOnly()
    {
        var app = App(2, 2, "DEPLOYED", "running", "READY", "RUNNING");
        app = app with { Status = app.Status with { ReconciliationStatus = app.Status.ReconciliationStatus with { LastStableSpec = app.Status.ReconciliationStatus.LastReconciledSpec } } };
        var progress = UpgradeProgress.Of(app, Evidence("SpecChanged Suspended Submit"))!;
        Assert.Equal(ProgressOutcome.Done, progress.Outcome);
        Assert.True(progress.IsNews(FlinkObjects.Now));
        Assert.False(progress.IsNews(FlinkObjects.Now + TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData("RECONCILING 30 30", 30)]
    [InlineData("RECONCILING 30 30,RESTARTING 40 90", 30)]
    [InlineData("RECONCILING -600 30", 30)]
    [InlineData("RECONCILING 30 100", 30)]
    [InlineData("RESTARTING 40 90", null)]
    [InlineData("RECONCILING -600 -600,RESTARTING 40 90", null)]
    public void JobThatRestarts_RanFirst_WhenItFirstRan_OrAtATimeThatNoFactTells(string changes, int? expected)
    {
        var app = App(2, 2, "DEPLOYED", "running", "READY", "RUNNING");
        app = app with { Status = app.Status with { JobStatus = app.Status.JobStatus with { UpdateTime = Changed.AddSeconds(95) }, ReconciliationStatus = app.Status.ReconciliationStatus with { LastStableSpec = app.Status.ReconciliationStatus.LastReconciledSpec } } };
        var evidence = Evidence("SpecChanged Suspended Submit");
        var running = changes.Split(',').Select(change => change.Split(' ')).Select(change => new CoreEvent
        {
            InvolvedObject = new() { Kind = "FlinkDeployment", Namespace = "team", Name = "orders" },
            Reason = "JobStatusChanged",
            Message = $"Job status changed from {change[0]} to RUNNING",
            FirstTimestamp = Changed.AddSeconds(int.Parse(change[1], CultureInfo.InvariantCulture)),
            LastTimestamp = Changed.AddSeconds(int.Parse(change[2], CultureInfo.InvariantCulture)),
        });
        var progress = UpgradeProgress.Of(app, evidence with { Events = [.. evidence.Events!, .. running] })!;
        Assert.Equal(ProgressOutcome.Done, progress.Outcome);
        Assert.Equal(expected is { } seconds ? Changed.AddSeconds(seconds) : null, progress.Steps.Single(s => s.Id == "running").At);
        Assert.Equal(progress.Steps[^1].At, progress.Ended);
    }

    [Fact]
    public void NothingToCarryOut_HasNoProgress()
    {
        Assert.Null(UpgradeProgress.Of(FlinkObjects.Application(desired: "suspended", reconciled: false), new Evidence(FlinkObjects.Now)));
        Assert.Null(UpgradeProgress.Of(new FlinkDeployment { Spec = new() { Job = new() } }, new Evidence(FlinkObjects.Now)));
    }

    private static UpgradeProgress? Of(long generation, long seen, string reconciliation, string last, string jobManager, string job, string events) =>
        UpgradeProgress.Of(App(generation, seen, reconciliation, last, jobManager, job), Evidence(events));

    private static FlinkDeployment App(long generation, long seen, string reconciliation, string last, string jobManager, string job)
    {
        var app = FlinkObjects.Application(job: job, lastState: last);
        return app with
        {
            Metadata = app.Metadata with { Generation = generation },
            Status = app.Status with
            {
                ObservedGeneration = seen,
                JobManagerDeploymentStatus = JobManagerStatus.Of(jobManager),
                ReconciliationStatus = app.Status.ReconciliationStatus with
                {
                    State = ReconciliationState.Of(reconciliation),
                    LastReconciledSpec = $$$"""{"spec":{"job":{"state":"{{{last}}}","upgradeMode":"savepoint"} },"resource_metadata":{"firstDeployment":false} }""",
                    ReconciliationTimestamp = seen < generation ? Changed - TimeSpan.FromHours(1) : Changed + TimeSpan.FromSeconds(20),
                },
            },
        };
    }

    // Events in the order written, ten seconds apart; an exclamation mark makes a warning.
    private static Evidence Evidence(string events) => new(FlinkObjects.Now)
    {
        Pods = [],
        Snapshots = [],
        Events = [.. events.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((reason, i) => new CoreEvent
        {
            InvolvedObject = new() { Kind = "FlinkDeployment", Namespace = "team", Name = "orders" },
            Reason = reason.TrimStart('!'),
            Type = reason[0] == '!' ? "Warning" : "Normal",
            Message = reason == "SpecChanged" ? "UPGRADE change(s) detected (Diff: FlinkDeploymentSpec[image : a -> b, job.upgradeMode : stateless -> savepoint]), starting reconciliation." : $"text of {reason.TrimStart('!')}",
            LastTimestamp = Changed + TimeSpan.FromSeconds(10 * i),
        })],
    };
}
