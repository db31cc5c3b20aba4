using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Operations;
using static FlinkDashboard.Tests.Support.FlinkObjects;

namespace FlinkDashboard.Tests.Operations;

public class EditConsequenceTests
{
    private static Surroundings Around(params FlinkStateSnapshot[] snapshots) => new(Pods("orders", 1, 2), snapshots, [], null, Now);

    [Theory]
    [InlineData("savepoint", "Restart. Takes a savepoint first, then stops the job, deletes 1 JobManager and 2 TaskManager pods and starts it again. The new job continues from that savepoint.", false)]
    [InlineData("stateless", "Restart. Stops the job, deletes 1 JobManager and 2 TaskManager pods and starts it again. upgradeMode is stateless: the state is dropped, and the new job starts with empty state.", true)]
    public void Restart_SaysHowItStopsAndWhatItStartsFrom(string mode, string summary, bool loses)
    {
        var app = Application(mode);
        var told = ConsequenceOf.Edit(app, SpecEdits.Restart(FlinkTarget.Of(app)), Around());
        Assert.Equal((summary, loses), (told.Summary, told.LosesState));
        Assert.EndsWith("""-p '{"spec":{"restartNonce":1}}'""", told.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void KeysOfTheOperator_DoNotTouchTheJob_OthersRestartIt()
    {
        var app = Application();
        Assert.Contains("without touching the running job", ConsequenceOf.Edit(app, SpecEdits.Autoscaler(true), Around()).Summary, StringComparison.Ordinal);
        Assert.Contains("without touching the running job", ConsequenceOf.Edit(app, SpecEdits.Schedule(new("1 h")), Around()).Summary, StringComparison.Ordinal);
        Assert.Contains("without touching the running job", ConsequenceOf.Edit(app, SpecEdits.Mode(UpgradeMode.LastState), Around()).Summary, StringComparison.Ordinal);
        Assert.Contains("starts it again", ConsequenceOf.Edit(app, SpecEdits.Configuration(new Dictionary<string, string?> { ["a.b"] = "c", ["job.autoscaler.enabled"] = "true" }), Around()).Summary, StringComparison.Ordinal);
        Assert.Contains("when it is resumed", ConsequenceOf.Edit(Application(lifecycle: "SUSPENDED", desired: "suspended"), SpecEdits.Parallelism(4), Around()).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void StandaloneScale_IsInPlace_OnlyWithTheReactiveScheduler()
    {
        var app = Application() with { Spec = Application().Spec with { Mode = DeploymentMode.Standalone } };
        Assert.Contains("starts it again", ConsequenceOf.Edit(app, SpecEdits.TaskManagers(3), Around()).Summary, StringComparison.Ordinal);
        var reactive = app with { Spec = app.Spec with { FlinkConfiguration = StringMap.From([new("scheduler-mode", "REACTIVE")]) } };
        Assert.Contains("rescaled in place", ConsequenceOf.Edit(reactive, SpecEdits.TaskManagers(3), Around()).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_SaysWhatIsLost_AndHowOldTheSavepointIs()
    {
        var app = Application();
        var told = ConsequenceOf.Edit(app, SpecEdits.RestoreFrom(FlinkTarget.Of(app), "s3://b/1"), Around(Savepoint("s3://b/1", TimeSpan.FromMinutes(5))));
        Assert.StartsWith("Cancels the job, deletes 1 JobManager and 2 TaskManager pods and starts it from s3://b/1, 5 min old.", told.Summary, StringComparison.Ordinal);
        Assert.True(told.LosesState);
        var suspended = Application(lifecycle: "SUSPENDED", job: "FINISHED", desired: "suspended", lastState: "suspended");
        var edit = SpecEdits.RestoreFrom(FlinkTarget.Of(suspended), "s3://b/1");
        Assert.Equal("spec:\n  job:\n    initialSavepointPath: s3://b/1\n    savepointRedeployNonce: 1\n    state: running\n", edit.Yaml);
        Assert.False(ConsequenceOf.Edit(suspended, edit, Around()).LosesState);
    }

    [Fact]
    public void Dispose_SaysWhetherFilesGo_AndWhoNamesThem()
    {
        var savepoint = Savepoint("s3://b/1", TimeSpan.FromMinutes(5));
        var app = Application() with { Spec = Application().Spec with { Job = Application().Spec.Job! with { InitialSavepointPath = "s3://b/1" } } };
        var gone = ConsequenceOf.Dispose(savepoint, [FlinkTarget.Of(app)], keepFiles: false, Now);
        Assert.Contains("and its files s3://b/1, 5 min old", gone.Summary, StringComparison.Ordinal);
        Assert.Contains(gone.Details, d => d.Contains("orders names it", StringComparison.Ordinal));
        Assert.True(gone.LosesState);
        Assert.False(ConsequenceOf.Dispose(savepoint, [], keepFiles: true, Now).LosesState);
    }

    [Fact]
    public void Trigger_SaysWhereItIsWritten()
    {
        var target = FlinkTarget.Of(Application() with { Spec = Application().Spec with { FlinkConfiguration = StringMap.From([new("state.savepoints.dir", "s3://b/savepoints")]) } });
        Assert.Contains(ConsequenceOf.Trigger(target, new(SnapshotKind.Savepoint), hasResource: true).Details, d => d.Contains("s3://b/savepoints", StringComparison.Ordinal));
        Assert.Contains(ConsequenceOf.Trigger(FlinkTarget.Of(Application()), new(SnapshotKind.Savepoint), hasResource: true).Details, d => d.Contains("No directory", StringComparison.Ordinal));
        Assert.Contains("savepointTriggerNonce", ConsequenceOf.Trigger(target, new(SnapshotKind.Savepoint), hasResource: false).Command, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("admission webhook \"flinkoperator.flink.apache.org\" denied the request: Flink Version must be defined.", "spec.flinkVersion", "operator")]
    [InlineData("admission webhook \"vflinkdeployments.flink.apache.org\" denied the request: Forbidden Flink config key: kubernetes.cluster-id", "spec.flinkConfiguration[kubernetes.cluster-id]", "operator")]
    [InlineData("FlinkDeployment in version \"v1beta1\" cannot be handled as a FlinkDeployment: strict decoding error: unknown field \"spec.jub\"", "spec.jub", "api server")]
    public void Refusals_NameTheField(string message, string field, string source)
    {
        var manifest = Manifest.Parse("kind: FlinkDeployment\nmetadata: { name: a }\nspec:\n  jub: {}\n  flinkConfiguration:\n    kubernetes.cluster-id: x\n");
        var problem = Assert.Single(Refusals.Problems(new KubernetesApiException(400, "BadRequest", message), manifest));
        Assert.Equal((field, source), (problem.Field, problem.Source));
        Assert.NotNull(problem.Line);
    }
}
