using System.Reflection;
using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Operations;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Operations;

/// <summary>Every action there is: refused for a viewer, allowed for a team in its namespace only, each with exactly one pair in the trail.</summary>
public sealed class AccessTests(AccessStage stage) : IClassFixture<AccessStage>
{
    private const string Own = "flink-team-a-ns", Other = "flink-team-b-ns", Path = "s3://b/savepoint-1";
    private static readonly Dictionary<string, string?> Keys = new() { ["a.b"] = "c" };
    private static int number;

    private static readonly Dictionary<string, Func<AccessStage, AccessTarget, CurrentUser, Task<OperationResult>>> Actions = new()
    {
        ["ApplicationOperations.SuspendAsync(FlinkDeployment)"] = (s, t, u) => s.Applications.SuspendAsync(t.App, u, null, default),
        ["ApplicationOperations.SuspendAsync(FlinkSessionJob)"] = (s, t, u) => s.Applications.SuspendAsync(t.Job, u, null, default),
        ["ApplicationOperations.ResumeAsync(FlinkDeployment)"] = async (s, t, u) => await s.Applications.ResumeAsync((await s.SuspendedAsync(t)).App, u, null, default),
        ["ApplicationOperations.ResumeAsync(FlinkSessionJob)"] = async (s, t, u) => await s.Applications.ResumeAsync((await s.SuspendedAsync(t)).Job, u, null, default),
        ["ApplicationOperations.DeleteAsync(FlinkDeployment)"] = (s, t, u) => s.Applications.DeleteAsync(t.App, u, null, default),
        ["ApplicationOperations.DeleteAsync(FlinkSessionJob)"] = (s, t, u) => s.Applications.DeleteAsync(t.Job, u, null, default),
        ["UpgradeOperations.RestartAsync(FlinkDeployment)"] = (s, t, u) => s.Upgrades.RestartAsync(t.App, u, null, default),
        ["UpgradeOperations.RestartAsync(FlinkSessionJob)"] = (s, t, u) => s.Upgrades.RestartAsync(t.Job, u, null, default),
        ["UpgradeOperations.ScaleAsync(FlinkDeployment)"] = (s, t, u) => s.Upgrades.ScaleAsync(t.App, 7, u, null, default),
        ["UpgradeOperations.ScaleAsync(FlinkSessionJob)"] = (s, t, u) => s.Upgrades.ScaleAsync(t.Job, 7, u, null, default),
        ["UpgradeOperations.ScaleTaskManagersAsync(FlinkDeployment)"] = (s, t, u) => s.Upgrades.ScaleTaskManagersAsync(t.App, 7, u, null, default),
        ["UpgradeOperations.SetImageAsync(FlinkDeployment)"] = (s, t, u) => s.Upgrades.SetImageAsync(t.App, "flink:next", u, null, default),
        ["UpgradeOperations.SetUpgradeModeAsync(FlinkDeployment)"] = (s, t, u) => s.Upgrades.SetUpgradeModeAsync(t.App, UpgradeMode.Stateless, u, null, default),
        ["UpgradeOperations.SetUpgradeModeAsync(FlinkSessionJob)"] = (s, t, u) => s.Upgrades.SetUpgradeModeAsync(t.Job, UpgradeMode.Stateless, u, null, default),
        ["UpgradeOperations.SetConfigurationAsync(FlinkDeployment)"] = (s, t, u) => s.Upgrades.SetConfigurationAsync(t.App, Keys, u, null, default),
        ["UpgradeOperations.SetConfigurationAsync(FlinkSessionJob)"] = (s, t, u) => s.Upgrades.SetConfigurationAsync(t.Job, Keys, u, null, default),
        ["UpgradeOperations.SetAutoscalerAsync(FlinkDeployment,Boolean)"] = (s, t, u) => s.Upgrades.SetAutoscalerAsync(t.App, true, u, null, default),
        ["UpgradeOperations.SetAutoscalerAsync(FlinkSessionJob,Boolean)"] = (s, t, u) => s.Upgrades.SetAutoscalerAsync(t.Job, true, u, null, default),
        ["UpgradeOperations.SetAutoscalerAsync(FlinkDeployment,IReadOnlyDictionary`2)"] = (s, t, u) => s.Upgrades.SetAutoscalerAsync(t.App, Keys, u, null, default),
        ["UpgradeOperations.SetAutoscalerAsync(FlinkSessionJob,IReadOnlyDictionary`2)"] = (s, t, u) => s.Upgrades.SetAutoscalerAsync(t.Job, Keys, u, null, default),
        ["UpgradeOperations.ResetAutoscalerAsync(FlinkDeployment)"] = (s, t, u) => s.Upgrades.ResetAutoscalerAsync(Autoscaled(s, t).App, u, null, default),
        ["UpgradeOperations.ResetAutoscalerAsync(FlinkSessionJob)"] = (s, t, u) => s.Upgrades.ResetAutoscalerAsync(Autoscaled(s, t).Job, u, null, default),
        ["UpgradeOperations.SetScheduleAsync(FlinkDeployment)"] = (s, t, u) => s.Upgrades.SetScheduleAsync(t.App, new("1 h"), u, null, default),
        ["UpgradeOperations.SetScheduleAsync(FlinkSessionJob)"] = (s, t, u) => s.Upgrades.SetScheduleAsync(t.Job, new("1 h"), u, null, default),
        ["SnapshotOperations.TriggerAsync(FlinkDeployment)"] = (s, t, u) => s.Snapshots.TriggerAsync(t.App, new(SnapshotKind.Savepoint), u, null, default),
        ["SnapshotOperations.TriggerAsync(FlinkSessionJob)"] = (s, t, u) => s.Snapshots.TriggerAsync(t.Job, new(SnapshotKind.Checkpoint), u, null, default),
        ["SnapshotOperations.RestoreFromAsync(FlinkDeployment)"] = (s, t, u) => s.Snapshots.RestoreFromAsync(t.App, Path, u, null, default),
        ["SnapshotOperations.RestoreFromAsync(FlinkSessionJob)"] = (s, t, u) => s.Snapshots.RestoreFromAsync(t.Job, Path, u, null, default),
        ["SnapshotOperations.DisposeAsync(FlinkStateSnapshot)"] = (s, t, u) => s.Snapshots.DisposeAsync(t.Snapshot, false, u, null, default),
        ["SnapshotOperations.KeepFilesAsync(FlinkStateSnapshot)"] = (s, t, u) => s.Snapshots.KeepFilesAsync(t.Snapshot, u, null, default),
        ["StorageOperations.BeginUploadAsync(JarUpload)"] = (s, t, u) => s.Storage.BeginUploadAsync(Jar(t), u, null, default),
        ["StorageOperations.CompleteUploadAsync(JarUpload)"] = async (s, t, u) => await s.Storage.CompleteUploadAsync(Jar(t), await s.BegunAsync(Jar(t)), u, null, default),
        ["StorageOperations.AbandonUploadAsync(JarUpload)"] = async (s, t, u) => await s.Storage.AbandonUploadAsync(Jar(t), await s.BegunAsync(Jar(t)), u, null, default),
        ["ManifestOperations.CreateAsync(Manifest)"] = async (s, t, u) => await s.Manifests.CreateAsync(Fresh(t), u, null, default),
        ["ManifestOperations.ReplaceAsync(Manifest)"] = async (s, t, u) => await s.Manifests.ReplaceAsync(t.Text, t.Text.With("spec.job.parallelism", "5"), u, null, default),
        ["RevisionOperations.RollBackAsync(RollBack)"] = async (s, t, u) => await s.Revisions.RollBackAsync(new(t.Text, t.Text.With("spec.job.parallelism", "5"), new("r", 1, null, null, null, false)), u, null, default),
    };

    public static TheoryData<string> Names => [.. Actions.Keys];

    [Fact]
    public void EveryAction_StandsInTheTable()
    {
        var all = typeof(ApplicationOperations).Assembly.GetTypes()
            .Where(t => t.Namespace?.StartsWith("FlinkDashboard.Operations", StringComparison.Ordinal) == true && t.Name.EndsWith("Operations", StringComparison.Ordinal))
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.ReturnType == typeof(Task<OperationResult>) || m.ReturnType == typeof(Task<ManifestResult>))
            .Where(m => m.Name != nameof(ManifestOperations.CheckAsync)) // asks, changes nothing
            .ToList();
        Assert.NotEmpty(all);
        var keys = all.Select(m => (Short: $"{m.DeclaringType!.Name}.{m.Name}({m.GetParameters()[0].ParameterType.Name})", Long: $"{m.DeclaringType!.Name}.{m.Name}({m.GetParameters()[0].ParameterType.Name},{m.GetParameters()[1].ParameterType.Name})")).ToList();
        Assert.Empty(keys.Where(k => !Actions.ContainsKey(k.Short) && !Actions.ContainsKey(k.Long)).Select(k => k.Long));
        Assert.Equal(all.Count, Actions.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public Task Viewer_IsRefused(string name) => RunAsync(name, "viewer", Own, Outcome.Forbidden);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Team_IsRefused_InAnothersNamespace(string name) => RunAsync(name, "team-a", Other, Outcome.Forbidden);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Team_MayActInItsOwnNamespace(string name) => RunAsync(name, "team-a", Own, Outcome.Accepted);

    private async Task RunAsync(string name, string who, string ns, Outcome expected)
    {
        var target = await stage.TargetAsync(ns, $"t{Interlocked.Increment(ref number)}");
        stage.Stage.Be(who);
        var lines = stage.Stage.Audit.Count;
        var result = await Actions[name](stage, target, stage.Stage.User);
        Assert.True(expected == result.Outcome, $"{result.Outcome}: {result.Message}");
        var pair = stage.Stage.Audit.Skip(lines).ToList();
        Assert.Equal(["Issued", expected == Outcome.Accepted ? "Executed" : "Failed"], pair.Select(a => (string?)a["stage"]));
        Assert.Single(pair.Select(a => (string?)a["id"]).Distinct());
        Assert.All(pair, a => Assert.Equal((who, ns), ((string?)a["user"], (string?)a["namespace"])));
        if (expected == Outcome.Forbidden)
            Unchanged(target);
    }

    // A refusal leaves an event on the object, and the object as it was.
    private void Unchanged(AccessTarget target)
    {
        var objects = stage.Stage.Sandbox.Cluster.World.Objects;
        var (ns, name) = (target.App.Metadata.Namespace, target.App.Metadata.Name);
        Assert.Null(objects.Find(ResourceTypes.FlinkDeployments, ns, name + "-new"));
        Assert.All([ResourceTypes.FlinkDeployments, ResourceTypes.FlinkSessionJobs, ResourceTypes.FlinkStateSnapshots], type => Assert.Null(Writer(type)));
        Assert.DoesNotContain(objects.List(ResourceTypes.FlinkStateSnapshots, ns).Items, s => s.Name.StartsWith(name + "-", StringComparison.Ordinal));

        string? Writer(ResourceType type) => (string?)objects.Get(type, ns, name).Read()["metadata"]!["annotations"]?[Author.Annotation];
    }

    private static AccessTarget Autoscaled(AccessStage stage, AccessTarget target)
    {
        stage.Autoscale(target);
        return target;
    }

    private static JarUpload Jar(AccessTarget target) => new(target.App.Metadata.Namespace, $"{target.App.Metadata.Name}.jar", 40);

    private static Manifest Fresh(AccessTarget target) => target.Text.With("metadata.name", target.App.Metadata.Name + "-new").With("metadata.uid", null).With("metadata.resourceVersion", null).With("metadata.creationTimestamp", null).With("metadata.generation", null).With("status", null);
}
