using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Scenarios;

/// <summary>Everything in the failing world has come to the failure it is named after.</summary>
public class FailingWorldTests
{
    private static readonly List<Exception> Failures = [];
    private static readonly Lazy<SandboxWorld> World = new(() => Worlds.Build(new SandboxOptions
    {
        World = "failing",
        Speed = 0,
        Start = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero),
        Failed = Failures.Add,
    }));

    [Fact]
    public void Past_IsLived_WithoutFailuresOfTheSandbox()
    {
        Assert.NotEmpty(World.Value.Objects.List(ResourceTypes.FlinkDeployments).Items);
        Assert.Empty(Failures);
    }

    [Theory]
    [InlineData("orders-savepoint-times-out", "STABLE READY RUNNING", null, "SavepointError", "please configure a larger timeout via 'execution.checkpointing.timeout'")]
    [InlineData("clicks-savepoint-fails", "STABLE READY RUNNING", null, "SavepointError", "Savepoint Error")]
    [InlineData("returns-savepoint-directory-read-only", "STABLE READY RUNNING", "IO-problem detected", "SavepointError", "Savepoint Error")]
    [InlineData("payments-image-never-starts", "DEPLOYED ERROR RECONCILING", "failed to pull and unpack image", "ErrImagePull", "does-not-exist")]
    [InlineData("payments-upgrade-stuck", "DEPLOYED ERROR RECONCILING", "failed to pull and unpack image", "ErrImagePull", "does-not-exist")]
    [InlineData("payments-upgrade-rolled-back", "ROLLED_BACK READY RUNNING", null, "Rollback", "Rolling back failed deployment.")]
    [InlineData("fraud-metadata-lost", "FAILED MISSING RECONCILING", "Manual restore required.", "UpgradeFailed", "Manual restore required.")]
    [InlineData("recommend-jar-missing", "DEPLOYED ERROR RECONCILING", "restarting failed container", "CrashLoopBackOff", "restarting failed container")]
    [InlineData("search-savepoint-missing", "DEPLOYED READY RECONCILING", "Job Not Found", "Missing", "Job Not Found")]
    [InlineData("pricing-job-fails", "FAILED READY FAILED", "Recovery is suppressed", "Error", "Recovery is suppressed")]
    [InlineData("enrich-unschedulable", "DEPLOYED READY CREATED", null, "JobException", "Could not acquire the minimum required resources.")]
    [InlineData("inventory-suspended", "SUSPENDED READY FINISHED", null, "Suspended", "Suspending existing deployment.")]
    [InlineData("clicks-quota-full", "DEPLOYED ERROR RECONCILING", "exceeded quota", "FailedCreate", "exceeded quota: two-pods")]
    [InlineData("clicks-within-quota", "STABLE READY RUNNING", null, "Submit", "Starting deployment")]
    public void Application_IsInTheStateItIsNamedAfter(string name, string state, string? error, string reason, string message)
    {
        var item = Find(ResourceTypes.FlinkDeployments, name);
        var status = item.Read()["status"]!;
        Assert.Equal(state, $"{status["lifecycleState"]} {status["jobManagerDeploymentStatus"]} {status["jobStatus"]!["state"]}");
        if (error is not null)
            Assert.Contains(error, (string?)status["error"], StringComparison.Ordinal);
        Assert.Contains(Events(item), e => (string?)e["reason"] == reason && ((string?)e["message"])!.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("orders-savepoint-times-out")]
    [InlineData("clicks-savepoint-fails")]
    [InlineData("returns-savepoint-directory-read-only")]
    [InlineData("fraud-metadata-lost")]
    public void UpgradeThatCannotBeDone_IsStillWanted(string name)
    {
        var item = Find(ResourceTypes.FlinkDeployments, name);
        Assert.Equal(item.Generation - 1, (long)item.Read()["status"]!["observedGeneration"]!);
    }

    [Theory]
    [InlineData("returns-savepoint-failed", "FAILED", "SavepointError")]
    [InlineData("payments-savepoint-abandoned", "ABANDONED", "SnapshotAbandoned")]
    [InlineData("inventory-deletion-blocked", "COMPLETED", "CleanupFailed")]
    public void Snapshot_IsInTheStateItIsNamedAfter(string name, string state, string reason)
    {
        var item = Find(ResourceTypes.FlinkStateSnapshots, name);
        Assert.Equal(state, (string?)item.Read()["status"]!["state"]);
        Assert.Equal(name.EndsWith("blocked", StringComparison.Ordinal), item.IsDeleting);
        Assert.Contains(Events(item), e => (string?)e["reason"] == reason);
    }

    [Fact]
    public void AbortedTransition_LeavesTheFirstColourServing()
    {
        var status = Find(ResourceTypes.FlinkBlueGreenDeployments, "catalog-transition-aborted").Read()["status"]!;
        Assert.Equal("ACTIVE_BLUE FAILING", $"{status["blueGreenState"]} {status["jobStatus"]!["state"]}");
        Assert.Equal("RUNNING", (string?)Find(ResourceTypes.FlinkDeployments, "catalog-transition-aborted-blue").Read()["status"]!["jobStatus"]!["state"]);
        Assert.Equal("SUSPENDED", (string?)Find(ResourceTypes.FlinkDeployments, "catalog-transition-aborted-green").Read()["status"]!["lifecycleState"]);
    }

    [Fact]
    public void EveryApplication_HasARow()
    {
        var rows = typeof(FailingWorldTests).GetMethod(nameof(Application_IsInTheStateItIsNamedAfter))!.GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(InlineDataAttribute)).Select(a => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)[0].Value!);
        var names = World.Value.Objects.List(ResourceTypes.FlinkDeployments).Items.Where(i => i.OwnerUids.Count == 0).Select(i => i.Name);
        Assert.Equal(names.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    private static WorldObject Find(ResourceType type, string name) => World.Value.Objects.List(type).Items.Single(i => i.Name == name);

    private static IEnumerable<JsonObject> Events(WorldObject item) => World.Value.Objects.List(ResourceTypes.Events, item.Namespace).Items
        .Select(e => e.Read()).Where(e => (string?)e["involvedObject"]?["uid"] == item.Uid);
}
