using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using static FlinkDashboard.Tests.Support.FlinkObjects;

namespace FlinkDashboard.Tests.Operations;

public class ConsequenceTests
{
    private static readonly FlinkStateSnapshot Known = Savepoint("s3://b/sp-1", TimeSpan.FromMinutes(6));

    [Fact]
    public void SuspendWithSavepoint_KeepsState_AndCountsThePods()
    {
        var told = ConsequenceOf.Suspend(Application("savepoint"), Around(Pods("orders", 1, 4)));
        Assert.Equal("Takes a savepoint first, then deletes 4 TaskManager pods. Resume continues from that savepoint.", told.Summary);
        Assert.Contains(told.Details, d => d.StartsWith("The JobManager stays", StringComparison.Ordinal));
        Assert.False(told.LosesState);
        Assert.Equal("""kubectl -n team patch flinkdeployment orders --type=merge -p '{"spec":{"job":{"state":"suspended"}}}'""", told.Command);
    }

    [Fact]
    public void SuspendStandalone_DeletesTheJobManagerToo()
    {
        var app = Application("savepoint");
        app = app with { Spec = app.Spec with { Mode = DeploymentMode.Standalone } };
        Assert.StartsWith("Takes a savepoint first, then deletes 1 JobManager and 4 TaskManager pods.", ConsequenceOf.Suspend(app, Around(Pods("orders", 1, 4))).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void SuspendStateless_SaysThatStateIsDropped()
    {
        var told = ConsequenceOf.Suspend(Application("stateless"), Around(Pods("orders", 1, 1), Known));
        Assert.Equal("Deletes 1 JobManager and 1 TaskManager pods. upgradeMode is stateless: the state is dropped, and resume starts with empty state.", told.Summary);
        Assert.True(told.LosesState);
        Assert.Contains("savepoint s3://b/sp-1, 6 min old", Assert.Single(told.Details), StringComparison.Ordinal);
    }

    [Fact]
    public void UpgradeModeNotSet_IsStateless() => Assert.True(ConsequenceOf.Suspend(Application(""), Around([])).LosesState);

    [Fact]
    public void SuspendLastState_KeepsMetadata_WithHighAvailability_AndCancelsWithout()
    {
        var app = Application("last-state");
        Assert.StartsWith("Cancels the job and notes its last completed checkpoint, then", ConsequenceOf.Suspend(app, Around([])).Summary, StringComparison.Ordinal);
        app = app with { Spec = app.Spec with { FlinkConfiguration = FlinkDashboard.Model.StringMap.From([new("high-availability.type", "kubernetes")]) } };
        Assert.StartsWith("Takes no savepoint but keeps the high-availability metadata, then", ConsequenceOf.Suspend(app, Around([])).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void SuspendWithSavepoint_OfAJobThatRestarts_FallsBackOnACheckpoint()
    {
        var told = ConsequenceOf.Suspend(Application("savepoint", job: "RESTARTING"), Around([]));
        Assert.Contains(told.Details, d => d.Contains("No savepoint can be taken while the job is RESTARTING", StringComparison.Ordinal));
        Assert.DoesNotContain("Takes a savepoint first", told.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_NamesThePoint_ItStartsFrom()
    {
        var app = Application("savepoint", "SUSPENDED", "FINISHED", "suspended", lastState: "suspended");
        app = app with { Status = app.Status with { JobStatus = app.Status.JobStatus with { UpgradeSavepointPath = "s3://b/sp-1" } } };
        Assert.Equal("Starts the job from the savepoint s3://b/sp-1, 6 min old.", ConsequenceOf.Resume(app, Around([], Known)).Summary);
        var emptied = app with { Spec = app.Spec with { Job = app.Spec.Job! with { UpgradeMode = UpgradeMode.Stateless } } };
        var told = ConsequenceOf.Resume(emptied, Around([], Known));
        Assert.Contains("empty state", told.Summary, StringComparison.Ordinal);
        Assert.True(told.LosesState);
    }

    [Fact]
    public void Resume_AfterLastState_StartsFromTheMetadata()
    {
        var app = Application("last-state", "SUSPENDED", "FINISHED", "suspended", lastState: "suspended");
        Assert.Contains("last completed checkpoint", ConsequenceOf.Resume(app, Around([])).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_BeforeTheOperatorActed_TakesTheSuspensionBack() =>
        Assert.Contains("Takes the suspension back", ConsequenceOf.Resume(Application(desired: "suspended"), Around([])).Summary, StringComparison.Ordinal);

    [Fact]
    public void Resume_OfWhatNeverRan_IsAFirstStart() =>
        Assert.Equal("Starts the job for the first time, with empty state.", ConsequenceOf.Resume(Application(desired: "suspended", reconciled: false), Around([])).Summary);

    [Fact]
    public void DeleteRunning_NamesTheObjects_AndTheStateLost()
    {
        var told = ConsequenceOf.Delete(Application(), Around(Pods("orders", 1, 4), Known));
        Assert.Equal("Deletes the application orders, its 1 JobManager and 4 TaskManager pods, its services and config maps. No savepoint is taken: the state since the savepoint s3://b/sp-1, 6 min old is lost.", told.Summary);
        Assert.True(told.LosesState);
        Assert.Contains(told.Details, d => d.Contains("suspend with upgradeMode savepoint first", StringComparison.Ordinal));
        Assert.Equal("kubectl -n team delete flinkdeployment orders", told.Command);
        Assert.Contains("all state of the job is lost", ConsequenceOf.Delete(Application(), Around([])).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void DeleteWithSavepointOnDeletion_KeepsState_OrWaits()
    {
        var app = Application();
        app = app with { Spec = app.Spec with { FlinkConfiguration = FlinkDashboard.Model.StringMap.From([new("kubernetes.operator.job.savepoint-on-deletion", "true")]) } };
        var told = ConsequenceOf.Delete(app, Around([]));
        Assert.Contains("A savepoint is taken first", told.Summary, StringComparison.Ordinal);
        Assert.False(told.LosesState);
        var stuck = app with { Status = app.Status with { JobStatus = new() { State = JobState.Restarting } } };
        Assert.Contains("will wait", ConsequenceOf.Delete(stuck, Around([])).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void DeleteSuspended_LosesNothingThatRuns() =>
        Assert.False(ConsequenceOf.Delete(Application(lifecycle: "SUSPENDED", job: "FINISHED", desired: "suspended", lastState: "suspended"), Around([])).LosesState);

    [Fact]
    public void DeleteSessionCluster_ListsItsJobs()
    {
        var told = ConsequenceOf.Delete(Session(), Around([]) with { SessionJobs = [SessionJob()] });
        Assert.Contains("Every job that runs on it ends.", told.Summary, StringComparison.Ordinal);
        Assert.Equal("Session jobs on it: clicks.", Assert.Single(told.Details));
    }

    [Fact]
    public void SessionJob_IsToldWithItsCluster()
    {
        Assert.Contains("cancels its job on session; the session cluster stays", ConsequenceOf.Delete(SessionJob(), Around([])).Summary, StringComparison.Ordinal);
        Assert.Equal("Takes a savepoint first, then stops the job. Resume continues from that savepoint.", ConsequenceOf.Suspend(SessionJob(), Around([])).Summary);
    }

    private static Surroundings Around(IReadOnlyCollection<Pod> pods, params FlinkStateSnapshot[] snapshots) => new(pods, snapshots, [], null, Now);
}
