using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.OperatorRules;
using FlinkDashboard.Model.Previews;
using FlinkDashboard.Tests.Model.OperatorRules;
using static FlinkDashboard.Tests.Model.Previews.PreviewCases;

namespace FlinkDashboard.Tests.Model.Previews;

public class EffectPreviewTests
{
    private const string Adaptive = """{"flinkConfiguration":{"jobmanager.scheduler":"adaptive","pipeline.jobvertex-parallelism-overrides":"VERTEX:2"}}""";

    private static readonly string Overrides = Adaptive.Replace("VERTEX", Vertex, StringComparison.Ordinal);

    public static TheoryData<string, FlinkDeployment?, string, EffectKind, StopWay, RestoreFrom> Edits => new()
    {
        { "the same", Running(), "{}", EffectKind.NoChange, StopWay.Nothing, RestoreFrom.Undecided },
        { "the same, another mode used last", Running(recorded: """{"job":{"upgradeMode":"stateless"}}"""), "{}", EffectKind.NoChange, StopWay.Nothing, RestoreFrom.Undecided },
        { "upgrade mode", Running(), """{"job":{"upgradeMode":"last-state"}}""", EffectKind.NoEffect, StopWay.Nothing, RestoreFrom.Undecided },
        { "an operator key", Running(), """{"flinkConfiguration":{"kubernetes.operator.savepoint.history.max.count":"3"}}""", EffectKind.NoEffect, StopWay.Nothing, RestoreFrom.Undecided },
        { "a savepoint by nonce", Running(), """{"job":{"savepointTriggerNonce":1}}""", EffectKind.NoEffect, StopWay.Nothing, RestoreFrom.Undecided },
        { "parallelism", Running(), """{"job":{"parallelism":6}}""", EffectKind.StopAndRestart, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint },
        { "image, last-state", Running("""{"job":{"upgradeMode":"last-state"}}"""), """{"image":"flink:1.20.2","job":{"upgradeMode":"last-state"}}""", EffectKind.StopAndRestart, StopWay.DeleteKeepHaData, RestoreFrom.HaMetadata },
        { "image, stateless", Running("""{"job":{"upgradeMode":"stateless"}}"""), """{"image":"flink:1.20.2","job":{"upgradeMode":"stateless"}}""", EffectKind.StopAndRestart, StopWay.DeleteWithHaData, RestoreFrom.EmptyState },
        { "suspend", Running(), """{"job":{"state":"suspended"}}""", EffectKind.Suspend, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint },
        { "redeploy", Running(), """{"job":{"initialSavepointPath":"s3://b/savepoint-1","savepointRedeployNonce":1}}""", EffectKind.RedeployFromSavepoint, StopWay.DeleteWithHaData, RestoreFrom.KnownSavepoint },
        { "redeploy without a path", Running(), """{"job":{"savepointRedeployNonce":1}}""", EffectKind.Rejected, StopWay.Nothing, RestoreFrom.Undecided },
        { "refused", Running(), """{"job":{"parallelism":0}}""", EffectKind.Rejected, StopWay.Nothing, RestoreFrom.Undecided },
        { "job taken away", Running(), """{"job":null}""", EffectKind.Rejected, StopWay.Nothing, RestoreFrom.Undecided },
        { "override changed", Running(Overrides), Overrides.Replace(":2", ":4", StringComparison.Ordinal), EffectKind.RescaleInPlace, StopWay.Nothing, RestoreFrom.Undecided },
        { "override taken away", Running(Overrides), """{"flinkConfiguration":{"jobmanager.scheduler":"adaptive"}}""", EffectKind.StopAndRestart, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint },
        { "override changed, default scheduler", Running($$$"""{"flinkConfiguration":{"pipeline.jobvertex-parallelism-overrides":"{{{Vertex}}}:2"}}"""), $$$"""{"flinkConfiguration":{"pipeline.jobvertex-parallelism-overrides":"{{{Vertex}}}:4"}}""", EffectKind.StopAndRestart, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint },
        { "standalone, reactive", Running("""{"mode":"standalone","flinkConfiguration":{"scheduler-mode":"REACTIVE"}}"""), """{"mode":"standalone","flinkConfiguration":{"scheduler-mode":"REACTIVE"},"job":{"parallelism":6}}""", EffectKind.RescaleInPlace, StopWay.Nothing, RestoreFrom.Undecided },
        { "standalone", Running("""{"mode":"standalone"}"""), """{"mode":"standalone","job":{"parallelism":6}}""", EffectKind.StopAndRestart, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint },
        { "autoscaler's decision stays", Running("""{"flinkConfiguration":{"job.autoscaler.enabled":"true"}}""", recorded: Overrides), """{"flinkConfiguration":{"job.autoscaler.enabled":"true"}}""", EffectKind.StopAndRestart, StopWay.StopWithSavepoint, RestoreFrom.NewSavepoint },
        { "a savepoint is being taken", Running(status: """{"jobStatus":{"savepointInfo":{"triggerId":"abc"}}}"""), """{"image":"flink:1.20.2"}""", EffectKind.Waits, StopWay.Wait, RestoreFrom.Undecided },
        { "job restarts, no falling back", Running("""{"flinkConfiguration":{"kubernetes.operator.job.upgrade.last-state-fallback.enabled":"false"}}""", """{"jobStatus":{"state":"RESTARTING"}}"""), """{"image":"flink:1.20.2","flinkConfiguration":{"kubernetes.operator.job.upgrade.last-state-fallback.enabled":"false"}}""", EffectKind.Waits, StopWay.Wait, RestoreFrom.Undecided },
        { "job restarts", Running(status: """{"jobStatus":{"state":"RESTARTING"}}"""), """{"image":"flink:1.20.2"}""", EffectKind.StopAndRestart, StopWay.DeleteKeepHaData, RestoreFrom.HaMetadata },
        { "resume from a savepoint", Running("""{"job":{"state":"suspended"}}""", """{"jobStatus":{"state":"FINISHED","upgradeSavepointPath":"s3://b/savepoint-1"}}"""), "{}", EffectKind.Resume, StopWay.Nothing, RestoreFrom.KnownSavepoint },
        { "resume, stateless", Running("""{"job":{"state":"suspended"}}""", """{"jobStatus":{"state":"FINISHED","upgradeSavepointPath":"s3://b/savepoint-1"}}"""), """{"job":{"upgradeMode":"stateless"}}""", EffectKind.Resume, StopWay.Nothing, RestoreFrom.EmptyState },
        { "suspended stays so", Running("""{"job":{"state":"suspended"}}"""), """{"image":"flink:1.20.2","job":{"state":"suspended"}}""", EffectKind.NoEffect, StopWay.Nothing, RestoreFrom.Undecided },
        { "during an upgrade", Running(status: """{"lifecycleState":"UPGRADING","jobStatus":{"state":"FINISHED","upgradeSavepointPath":"s3://b/savepoint-1"},"reconciliationStatus":{"state":"UPGRADING"}}""", recorded: """{"job":{"state":"suspended"}}"""), """{"image":"flink:1.20.2"}""", EffectKind.StopAndRestart, StopWay.Nothing, RestoreFrom.KnownSavepoint },
        { "new", null, "{}", EffectKind.FirstDeployment, StopWay.Nothing, RestoreFrom.EmptyState },
        { "new, from a savepoint", null, """{"job":{"initialSavepointPath":"s3://b/savepoint-1"}}""", EffectKind.FirstDeployment, StopWay.Nothing, RestoreFrom.KnownSavepoint },
        { "new, suspended", null, """{"job":{"state":"suspended"}}""", EffectKind.NoEffect, StopWay.Nothing, RestoreFrom.Undecided },
        { "JobManager gone, nothing kept", Running("""{"flinkConfiguration":{"high-availability.type":"NONE"}}""", """{"jobManagerDeploymentStatus":"MISSING","jobStatus":{"state":"RECONCILING"}}""", """{"job":{"upgradeMode":"last-state"}}"""), """{"image":"flink:1.20.2","flinkConfiguration":{"high-availability.type":"NONE"}}""", EffectKind.Waits, StopWay.Fail, RestoreFrom.Undecided },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void Edit_IsForetold(string name, object? current, string patch, EffectKind kind, StopWay stop, RestoreFrom restore)
    {
        var told = EffectPreview.Of(Edit((FlinkDeployment?)current, patch));
        Assert.True((kind, stop, restore) == (told.Kind, told.Stop, told.Restore), $"{name}: {told.Kind} {told.Stop} {told.Restore} {told.Sentence}");
        Assert.EndsWith(".", told.Sentence.TrimEnd());
        Assert.All(told.Fields, f => Assert.NotEmpty(f.Words));
        Assert.Equal(kind == EffectKind.Rejected, told.Problems.Count > 0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("latest")]
    [InlineData("1.4.0")]
    [InlineData("1.17.0")]
    [InlineData("2.0.0")]
    public void UnknownOperator_IsNoGuess(string? version)
    {
        var told = EffectPreview.Of(Edit(Running(), """{"image":"flink:1.20.2"}""") with { OperatorVersion = version });
        Assert.Equal((EffectKind.CannotTell, StopWay.Nothing), (told.Kind, told.Stop));
    }

    [Theory]
    [InlineData("1.8.0", "RUNNING", "kubernetes", StopWay.StopWithSavepoint)]
    [InlineData("1.6.1", "RUNNING", "kubernetes", StopWay.StopWithSavepoint)]
    [InlineData("1.6.1", "RESTARTING", "kubernetes", null)]
    public void OlderOperator_IsToldAsFarAsItsRulesAreKnown(string version, string job, string availability, StopWay? stop)
    {
        var told = EffectPreview.Of(Edit(Running($$$"""{"flinkConfiguration":{"high-availability.type":"{{{availability}}}"}}""", $$$"""{"jobStatus":{"state":"{{{job}}}"}}"""), """{"image":"flink:1.20.2"}""") with { OperatorVersion = version });
        Assert.Equal(stop is null ? EffectKind.CannotTell : EffectKind.StopAndRestart, told.Kind);
        if (stop is { } way)
            Assert.Equal(way, told.Stop);
    }

    [Theory]
    [InlineData(10, "last-state", "NONE", EffectKind.StopAndRestart)]
    [InlineData(8, "last-state", "NONE", EffectKind.CannotTell)]
    [InlineData(5, "savepoint", "kubernetes", EffectKind.StopAndRestart)]
    [InlineData(5, "stateless", "kubernetes", EffectKind.StopAndRestart)]
    public void OperatorKnownByItsDefinitionsOnly_IsToldWhereAllReleasesAgree(int atLeast, string mode, string availability, EffectKind kind)
    {
        var input = Edit(Running($$$"""{"job":{"upgradeMode":"{{{mode}}}"},"flinkConfiguration":{"high-availability.type":"{{{availability}}}"}}"""), $$$"""{"image":"flink:1.20.2","job":{"upgradeMode":"{{{mode}}}"},"flinkConfiguration":{"high-availability.type":"{{{availability}}}"}}""");
        var told = EffectPreview.Of(input with { OperatorVersion = null, OperatorAtLeast = new(atLeast), HasHaMetadata = availability != "NONE" });
        Assert.Equal(kind, told.Kind);
        Assert.Contains($"1.{atLeast} or later", told.Sentence + string.Join(' ', told.Notes), StringComparison.Ordinal);
        if (kind == EffectKind.CannotTell)
            Assert.Equal((StopWay.Nothing, RestoreFrom.Undecided, true), (told.Stop, told.Restore, told.Notes.Count > 1));
    }

    [Fact]
    public void NamedOperatorThatIsNotKnown_IsNotTakenForWhatItsDefinitionsSay() =>
        Assert.Equal(EffectKind.CannotTell, EffectPreview.Of(Edit(Running(), """{"image":"flink:1.20.2"}""") with { OperatorVersion = "1.17.0", OperatorAtLeast = new(16) }).Kind);

    [Fact]
    public void RolledBack_GoingBackToTheStableSpec_ChangesNothing()
    {
        var stable = Text(Spec());
        var rolledBack = Running("""{"image":"flink:9.99"}""", $$$"""{"lifecycleState":"ROLLED_BACK","reconciliationStatus":{"state":"ROLLED_BACK","lastStableSpec":{{{stable}}}}}""");
        Assert.Equal(EffectKind.NoChange, EffectPreview.Of(Edit(rolledBack, "{}")).Kind);
        var other = EffectPreview.Of(Edit(rolledBack, """{"image":"flink:1.20.3"}"""));
        Assert.Equal(EffectKind.StopAndRestart, other.Kind);
        Assert.Contains(other.Notes, n => n.Contains("rolled back", StringComparison.Ordinal));
    }

    [Fact]
    public void Rollback_IsToldWithItsTime()
    {
        const string on = """{"flinkConfiguration":{"kubernetes.operator.deployment.rollback.enabled":"true","kubernetes.operator.deployment.readiness.timeout":"2 min"}}""";
        var told = EffectPreview.Of(Edit(Running(on), on.Replace("{\"flink", "{\"image\":\"flink:9.99\",\"flink", StringComparison.Ordinal)));
        Assert.Contains("If it is not stable within 2 min, the operator rolls back to the last stable spec.", told.Notes);
    }

    [Fact]
    public void CheckpointAgeThatDecides_MustBeKnown()
    {
        const string limit = """{"job":{"upgradeMode":"last-state"},"flinkConfiguration":{"kubernetes.operator.job.upgrade.last-state.max.allowed.checkpoint.age":"5 min"}}""";
        var edit = Edit(Running(limit), limit.Replace("{\"job", "{\"image\":\"flink:1.20.2\",\"job", StringComparison.Ordinal));
        Assert.Equal(EffectKind.CannotTell, EffectPreview.Of(edit).Kind);
        Assert.Equal(StopWay.DeleteKeepHaData, EffectPreview.Of(edit with { NewestCheckpoint = Now.AddMinutes(-1) }).Stop);
        Assert.Equal(StopWay.StopWithSavepoint, EffectPreview.Of(edit with { NewestCheckpoint = Now.AddMinutes(-9) }).Stop);
        Assert.Equal(StopWay.Wait, EffectPreview.Of(edit with { NewestCheckpoint = Now.AddMinutes(-9), PendingCheckpoint = Now.AddSeconds(-5) }).Stop);
    }

    [Fact]
    public void AutoscalerSwitchedOffOrReset_TakesItsDecisionBack()
    {
        const string on = """{"flinkConfiguration":{"job.autoscaler.enabled":"true","jobmanager.scheduler":"adaptive"}}""";
        var scaled = Running(on, recorded: Overrides);
        Assert.Equal(EffectKind.NoChange, EffectPreview.Of(Edit(scaled, on)).Kind);
        Assert.Equal(EffectKind.StopAndRestart, EffectPreview.Of(Edit(scaled, on.Replace("true", "false", StringComparison.Ordinal))).Kind);
        Assert.Equal(EffectKind.StopAndRestart, EffectPreview.Of(Edit(scaled, on.Replace("{\"flink", "{\"job\":{\"autoscalerResetNonce\":1},\"flink", StringComparison.Ordinal))).Kind);
    }

    [Fact]
    public void HalfWrittenManifests_NeverThrow()
    {
        foreach (var (path, yaml) in from p in (string[])["spec", "spec.job", "spec.job.state", "spec.job.upgradeMode", "spec.flinkConfiguration", "spec.jobManager", "spec.taskManager.resource", "spec.job.parallelism", "spec.mode", "spec.flinkVersion", "spec.serviceAccount", "spec.ingress", "spec.logConfiguration"]
                                     from y in (string[])["5", "x", "[]", "[1, {a: b}]", "{}", "{a: {b: c}}", "true", "null", "\"\""]
                                     select (p, y))
        {
            var input = new PreviewInput(Running(), BadInputs.With("application", path, yaml), Now) { OperatorVersion = "1.15.0" };
            Assert.NotNull(EffectPreview.Of(input).Sentence);
            Assert.NotEmpty(Preflight.Of(input));
            _ = ManifestCheck.Of(input.Wanted, new() { Nodes = [], NodePools = [new()], Deployments = [], SessionJobs = [] });
        }
    }
}
