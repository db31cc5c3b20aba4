using System.Text.Json.Nodes;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Previews;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Model.OperatorRules;
using FlinkDashboard.Tests.Sandbox;
using FlinkDashboard.Tests.Sandbox.Operator;

namespace FlinkDashboard.Tests.Model.Previews;

/// <summary>For each kind of decision the sandbox's operator does what the preview said before.</summary>
public class SandboxAgreementTests
{
    private const string Image = """{"image":"flink:1.20.1"}""";
    private const string NoHa = """{"flinkConfiguration":{"high-availability.type":"NONE"}""";
    private const string Huge = """{"taskManager":{"resource":{"memory":"900g","cpu":100}}""";
    private const string Savepoint = "\"job\":{\"upgradeMode\":\"savepoint\"}";
    private const string LastState = "\"job\":{\"upgradeMode\":\"last-state\"}";

    private readonly SandboxEdit _sandbox = new();

    /// <summary>Name, spec of the application, edit, row of the decision table.</summary>
    public static TheoryData<string, string, string, int, StopWay, RestoreFrom> Rows => new()
    {
        { "stateless", """{"job":{"upgradeMode":"stateless"}}""", Image, 1, StopWay.DeleteWithHaData, RestoreFrom.EmptyState },
        { "savepoint", $"{{{Savepoint}}}", Image, 4, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint },
        { "suspend with a savepoint", $"{{{Savepoint}}}", """{"job":{"state":"suspended"}}""", 4, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint },
        { "last-state, new version", $"{{{LastState},\"flinkVersion\":\"v1_19\"}}", """{"flinkVersion":"v1_20"}""", 7, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint },
        { "last-state", $"{{{LastState}}}", Image, 8, StopWay.DeleteKeepHaData, RestoreFrom.HaMetadata },
        { "last-state without high availability", $"{NoHa},{LastState}}}", Image, 8, StopWay.Cancel, RestoreFrom.LastCheckpoint },
        { "last-state, cancel asked for", $$"""{"flinkConfiguration":{"kubernetes.operator.job.upgrade.last-state.job-cancel.enabled":"true"},{{LastState}}}""", Image, 8, StopWay.Cancel, RestoreFrom.LastCheckpoint },
        { "suspend with last-state", $"{{{LastState}}}", """{"job":{"state":"suspended"}}""", 8, StopWay.DeleteKeepHaData, RestoreFrom.HaMetadata },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void RunningApplication_IsStoppedAsForetold(string name, string spec, string edit, int row, StopWay stop, RestoreFrom restore)
    {
        _sandbox.Stage.Run("orders", SpecOf(spec));
        _sandbox.Stage.Advance(30);
        var told = Agreed(name, _sandbox.Send("orders", edit, 60));
        Assert.Equal((row, stop, restore), (told.Row, told.Stop, told.Restore));
    }

    [Theory]
    [InlineData("waits", """{"kubernetes.operator.job.upgrade.last-state-fallback.enabled":"false"}""", 6, StopWay.Wait)]
    [InlineData("cancelled", """{"high-availability.type":"NONE"}""", 9, StopWay.Cancel)]
    [InlineData("keeps its metadata", "{}", 10, StopWay.DeleteKeepHaData)]
    public void JobThatWaitsForTaskManagers_IsStoppedAsForetold(string name, string configuration, int row, StopWay stop)
    {
        Create($"{Huge},{Savepoint},\"flinkConfiguration\":{configuration}}}");
        _sandbox.Stage.Advance(60);
        var edit = _sandbox.Send("orders", """{"taskManager":{"resource":{"memory":"1024m","cpu":0.25}}}""", 60);
        var told = EffectPreview.Of(edit.Input);
        Assert.True((row, stop) == (told.Row, told.Stop), $"{name}: {told.Row} {told.Stop} {told.Sentence}");
        Assert.Equal(stop, RecordedOutcome.Of(edit)!.Stop);
    }

    [Fact]
    public void JobThatHasEnded_IsStartedAnewAsForetold()
    {
        _sandbox.Stage.Run("orders", SpecOf("""{"job":{"upgradeMode":"savepoint","jarURI":"local:///opt/flink/jobs/bounded.jar","args":["--seconds","20"]}}"""));
        _sandbox.Stage.Advance(120);
        var told = Agreed("ended", _sandbox.Send("orders", """{"restartNonce":1}""", 60));
        Assert.Equal((2, StopWay.Nothing, RestoreFrom.KnownSavepoint), (told.Row, told.Stop, told.Restore));
    }

    [Theory]
    [InlineData("stateless", 1, StopWay.Cancel, RestoreFrom.EmptyState)]
    [InlineData("savepoint", 4, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint)]
    [InlineData("last-state", 8, StopWay.Cancel, RestoreFrom.LastCheckpoint)]
    public void SessionJob_IsStoppedAsForetold(string mode, int row, StopWay stop, RestoreFrom restore)
    {
        var cluster = Resource("{}");
        cluster["metadata"]!["name"] = "cluster";
        cluster["spec"]!.AsObject().Remove("job");
        _sandbox.Stage.World.Objects.Create(ResourceTypes.FlinkDeployments, cluster);
        _sandbox.Stage.World.Objects.Create(ResourceTypes.FlinkSessionJobs, JsonNode.Parse($$$"""
            {"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkSessionJob","metadata":{"name":"clicks","namespace":"{{{LiveStage.Namespace}}}"},
             "spec":{"deploymentName":"cluster","job":{"jarURI":"file:///opt/flink/usrlib/steady.jar","parallelism":1,"upgradeMode":"{{{mode}}}","state":"running"} } }
            """)!.AsObject());
        _sandbox.Stage.Advance(150);
        var told = Agreed(mode, _sandbox.Send("clicks", """{"job":{"args":["--rate","7"]}}""", 90, ResourceTypes.FlinkSessionJobs));
        Assert.Equal((row, stop, restore), (told.Row, told.Stop, told.Restore));
        Assert.Equal(EffectKind.StopAndRestart, Agreed("cluster", _sandbox.Send("cluster", Image, 90)).Kind);
    }

    [Fact]
    public void BlueGreenParent_SwitchesAsForetold()
    {
        var parent = BlueGreenStage.Resource("savepoint", []);
        parent["metadata"]!["namespace"] = LiveStage.Namespace;
        _sandbox.Stage.World.Objects.Create(ResourceTypes.FlinkBlueGreenDeployments, parent);
        _sandbox.Stage.Advance(120);
        Assert.Equal(EffectKind.NoEffect, Agreed("ignored", Send("""{"flinkConfiguration":{"kubernetes.operator.savepoint.history.max.count":"3"}}""", 40)).Kind);
        Assert.Equal(RestoreFrom.NewSavepoint, Agreed("switch", Send(Image, 180)).Restore);
        Assert.Equal(EffectKind.Suspend, Agreed("suspend", Send("""{"job":{"state":"suspended"}}""", 90), check: false).Kind);
        Assert.Equal(EffectKind.Resume, Agreed("resume", Send("""{"job":{"state":"running"}}""", 90), check: false).Kind);

        RecordedEdit Send(string template, double seconds) => _sandbox.Send((string)parent["metadata"]!["name"]!, $$$"""{"template":{"spec":{{{template}}}} }""", seconds, ResourceTypes.FlinkBlueGreenDeployments);
    }

    [Fact]
    public void BlueGreenParent_ChangedDuringASwitch_IsPatchedAtOnce_AndOnlySuspendedLater()
    {
        var parent = BlueGreenStage.Resource("stateless", []);
        parent["metadata"]!["namespace"] = LiveStage.Namespace;
        _sandbox.Stage.World.Objects.Create(ResourceTypes.FlinkBlueGreenDeployments, parent);
        _sandbox.Stage.Advance(120);
        Assert.Equal(EffectKind.StopAndRestart, EffectPreview.Of(Send(Image, 3).Input).Kind);
        Assert.Equal("TRANSITIONING_TO_GREEN", State);
        var told = EffectPreview.Of(Send("""{"image":"flink:1.20.2"}""", 20).Input);
        Assert.Equal((EffectKind.StopAndRestart, StopWay.Nothing, RestoreFrom.Undecided), (told.Kind, told.Stop, told.Restore));
        Assert.Equal(("flink:1.20.2", "TRANSITIONING_TO_GREEN"), (Green("image"), State));
        Assert.Equal(EffectKind.Waits, EffectPreview.Of(Send("""{"job":{"state":"suspended"}}""", 3).Input).Kind);
        Assert.Equal("TRANSITIONING_TO_GREEN", State);
        Assert.NotEqual("suspended", (string?)GreenSpec["job"]!["state"]);

        RecordedEdit Send(string template, double seconds) => _sandbox.Send("orders", $$$"""{"template":{"spec":{{{template}}}} }""", seconds, ResourceTypes.FlinkBlueGreenDeployments);
    }

    [Fact]
    public void JobManagerThatNeverStarted_IsDeletedAsForetold()
    {
        Create($"{{\"image\":\"flink:does-not-exist\",{Savepoint}}}");
        _sandbox.Stage.Advance(60);
        Assert.Equal(11, Agreed("never started", _sandbox.Send("orders", Image, 60)).Row);
    }

    [Fact]
    public void JobManagerThatIsGone_WithoutMetadata_FailsAsForetold()
    {
        var spec = $"{{\"flinkConfiguration\":{{\"high-availability.type\":\"NONE\",\"kubernetes.operator.jm-deployment-recovery.enabled\":\"false\"}},{LastState}}}";
        _sandbox.Stage.Run("orders", SpecOf(spec));
        _sandbox.Stage.World.Objects.Delete(ResourceTypes.Deployments, LiveStage.Namespace, "orders", new DeleteRequest());
        _sandbox.Stage.Advance(90);
        var edit = _sandbox.Send("orders", Image, 30);
        var told = EffectPreview.Of(edit.Input);
        Assert.Equal((12, StopWay.Fail), (told.Row, told.Stop));
        Assert.Equal(StopWay.Fail, RecordedOutcome.Of(edit)!.Stop);
    }

    [Fact]
    public void ResumedApplication_ContinuesAsForetold()
    {
        _sandbox.Stage.Run("orders", SpecOf($"{{{Savepoint}}}"));
        Agreed("suspend", _sandbox.Send("orders", """{"job":{"state":"suspended"}}""", 30));
        Assert.Equal(EffectKind.NoEffect, Agreed("edit while suspended", _sandbox.Send("orders", Image.Replace("1.20.1", "1.20.2", StringComparison.Ordinal).Replace("}", ",\"job\":{\"state\":\"suspended\"}}", StringComparison.Ordinal), 30), check: false).Kind);
        Assert.Equal((EffectKind.Resume, RestoreFrom.KnownSavepoint), Agreed("resume", _sandbox.Send("orders", """{"job":{"state":"running"}}""", 60)) is var told ? (told.Kind, told.Restore) : default);
    }

    [Fact]
    public void Redeploy_StartsFromTheSavepointAsForetold()
    {
        _sandbox.Stage.Run("orders", SpecOf($"{{{Savepoint}}}"));
        Assert.Equal(EffectKind.NoEffect, Agreed("savepoint", _sandbox.Send("orders", """{"job":{"savepointTriggerNonce":1}}""", 30)).Kind);
        var path = (string)_sandbox.Stage.World.Objects.List(ResourceTypes.FlinkStateSnapshots, LiveStage.Namespace).Items.Single().Read()["status"]!["path"]!;
        Assert.Equal(EffectKind.RedeployFromSavepoint, Agreed("redeploy", _sandbox.Send("orders", $$$"""{"job":{"initialSavepointPath":"{{{path}}}","savepointRedeployNonce":1}}""", 60)).Kind);
    }

    [Fact]
    public void Overrides_RescaleInPlaceAsForetold()
    {
        _sandbox.Stage.Run("orders", SpecOf($"{{{Savepoint}}}"), ("jobmanager.scheduler", "adaptive"));
        var overrides = string.Join(',', _sandbox.Stage.Job("orders").Vertices.Select(v => v.Id + ":2"));
        Assert.Equal(EffectKind.RescaleInPlace, Agreed("rescale", _sandbox.Send("orders", $$$"""{"flinkConfiguration":{"pipeline.jobvertex-parallelism-overrides":"{{{overrides}}}"}}""", 40)).Kind);
        Assert.Equal(EffectKind.StopAndRestart, Agreed("taken away", _sandbox.Send("orders", """{"flinkConfiguration":{"pipeline.jobvertex-parallelism-overrides":null}}""", 60)).Kind);
    }

    [Fact]
    public void RefusedAndIgnoredEdits_DoNothingAsForetold()
    {
        _sandbox.Stage.Run("orders", SpecOf($"{{{Savepoint}}}"));
        Assert.Equal(EffectKind.Rejected, Agreed("refused", _sandbox.Send("orders", """{"job":{"parallelism":0}}""", 30)).Kind);
        Assert.Equal(EffectKind.NoChange, Agreed("repaired", _sandbox.Send("orders", """{"job":{"parallelism":1}}""", 30), check: false).Kind);
        Assert.Equal(EffectKind.NoEffect, Agreed("ignored", _sandbox.Send("orders", """{"flinkConfiguration":{"kubernetes.operator.savepoint.history.max.count":"3"}}""", 30)).Kind);
    }

    private string? State => (string?)_sandbox.Stage.World.Objects.Get(ResourceTypes.FlinkBlueGreenDeployments, LiveStage.Namespace, "orders").Read()["status"]!["blueGreenState"];

    private JsonNode GreenSpec => _sandbox.Stage.World.Objects.Get(ResourceTypes.FlinkDeployments, LiveStage.Namespace, "orders-green").Read()["spec"]!;

    private string? Green(string field) => (string?)GreenSpec[field];

    private static JsonObject SpecOf(string patch) => RecordedSpecDiffTests.MergePatched(new JsonObject { ["flinkConfiguration"] = HandMadeScenario.Application("savepoint")["flinkConfiguration"]!.DeepClone() }, JsonNode.Parse(patch)!.AsObject());

    private void Create(string spec) => _sandbox.Stage.World.Objects.Create(ResourceTypes.FlinkDeployments, Resource(spec));

    private static JsonObject Resource(string spec)
    {
        var resource = InstalledOperator.Application("orders");
        resource["metadata"]!["namespace"] = LiveStage.Namespace;
        resource["spec"] = FlinkDashboard.Tests.Sandbox.Operator.MergePatch.Apply(resource["spec"]!, SpecOf(spec));
        return resource;
    }

    private static EffectPreview Agreed(string name, RecordedEdit edit, bool check = true)
    {
        var (told, shown) = (EffectPreview.Of(edit.Input), RecordedOutcome.Of(edit));
        if (check)
        {
            Assert.True(shown is not null && shown.Kinds.Contains(told.Kind) && (shown.Stop is null || shown.Stop == told.Stop) && (shown.Restore is null || shown.Restore == told.Restore),
                $"{name}: shown {string.Join('/', shown?.Kinds ?? [])} {shown?.Stop} {shown?.Restore}; told {told.Kind} {told.Stop} {told.Restore} row {told.Row}: {told.Sentence} {string.Join(' ', told.Problems.Select(p => p.Message))}");
        }
        return told;
    }
}
