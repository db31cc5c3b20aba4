using System.Text.Json.Nodes;
using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlinkDashboard.Tests.Operations;

public sealed class ApplicationOperationsTests : IAsyncLifetime
{
    private static readonly UserChoices Users = new([new("admin", null), new("viewer", new UserIdentity("viewer", ["flink-viewers"])), new("team-a", new UserIdentity("team-a", ["flink-team-a"]))]);
    private readonly StringWriter trail = new();
    private readonly CurrentUser user = CurrentUser.Of(null, new AccessOptions(), Users);
    private SandboxStage stage = null!;
    private ApplicationOperations operations = null!;

    private IReadOnlyList<JsonNode> Audit => [.. trail.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];

    public async Task InitializeAsync()
    {
        stage = await SandboxStage.StartAsync();
        operations = new(stage.Api, new(stage.Api, new(stage.Api, TimeProvider.System), new(trail, stage.Api, NullLogger<AuditTrail>.Instance), TimeProvider.System));
        stage.Cluster.World.Objects.Create(ResourceTypes.FlinkDeployments, SandboxStage.StableApplication("default", "orders"), part: WritePart.All);
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Suspend_SetsTheOneField_AndLeavesATrail()
    {
        var result = await operations.SuspendAsync(await OrdersAsync(), user, "maintenance", default);
        Assert.Equal(Outcome.Accepted, result.Outcome);
        var now = await OrdersAsync();
        Assert.Equal((true, 2L, "savepoint"), (now.Spec.Job!.IsSuspended, now.Metadata.Generation, now.Spec.Job.UpgradeMode.Text));
        Assert.Equal(["Issued", "Executed"], Audit.Select(a => (string?)a["stage"]));
        Assert.All(Audit, a => Assert.Equal(("audit", "admin", "Suspend", "FlinkDeployment", "default", "orders", "maintenance"),
            ((string)a["log"]!, (string)a["user"]!, (string)a["action"]!, (string)a["kind"]!, (string)a["namespace"]!, (string)a["name"]!, (string)a["reason"]!)));
        var written = Assert.Single((await stage.Api.ListAsync(CoreEvent.Info, "default", default)).Items, e => e.Reason == "DashboardSuspend");
        Assert.Equal(("orders", now.Metadata.Uid), (written.InvolvedObject.Name, written.InvolvedObject.Uid));
    }

    [Fact]
    public async Task DoubleClick_SendsOnce()
    {
        var seen = await OrdersAsync();
        var results = await Task.WhenAll(operations.SuspendAsync(seen, user, null, default), operations.SuspendAsync(seen, user, null, default));
        Assert.All(results, r => Assert.True(r.IsGood));
        Assert.Equal(2, (await OrdersAsync()).Metadata.Generation);
        Assert.Equal(Outcome.AlreadySo, (await operations.SuspendAsync(seen, user, null, default)).Outcome);
        Assert.Equal(2, (await OrdersAsync()).Metadata.Generation);
    }

    [Fact]
    public async Task RuleOnTheFreshObject_Refuses_WhatThePageStillAllowed()
    {
        var seen = await OrdersAsync();
        stage.Change(ResourceTypes.FlinkDeployments, "default", "orders", o => o["status"]!["lifecycleState"] = "ROLLING_BACK");
        var result = await operations.SuspendAsync(seen, user, null, default);
        Assert.Equal((Outcome.Refused, "The operator is rolling it back; wait until that is done."), (result.Outcome, result.Message));
        Assert.Equal("Failed", (string?)Audit[^1]["stage"]);
        Assert.False((await OrdersAsync()).Spec.Job!.IsSuspended);
    }

    [Fact]
    public async Task Resume_AfterSuspend_RunsAgain()
    {
        await operations.SuspendAsync(await OrdersAsync(), user, null, default);
        stage.Change(ResourceTypes.FlinkDeployments, "default", "orders", o => o["status"]!["lifecycleState"] = "SUSPENDED");
        Assert.Equal(Outcome.Accepted, (await operations.ResumeAsync(await OrdersAsync(), user, null, default)).Outcome);
        Assert.False((await OrdersAsync()).Spec.Job!.IsSuspended);
        Assert.Equal(Outcome.AlreadySo, (await operations.ResumeAsync(await OrdersAsync(), user, null, default)).Outcome);
    }

    [Fact]
    public async Task Delete_DeletesExactlyTheObjectSeen()
    {
        var seen = await OrdersAsync();
        stage.Cluster.World.Objects.Delete(ResourceTypes.FlinkDeployments, "default", "orders");
        Assert.Contains("no longer exists", (await operations.DeleteAsync(seen, user, null, default)).Message, StringComparison.Ordinal);
        stage.Put(ResourceTypes.FlinkDeployments, """{"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkDeployment","metadata":{"name":"orders","namespace":"default"},"spec":{"job":{"state":"running"}}}""");
        var other = await operations.DeleteAsync(seen, user, null, default);
        Assert.Equal(Outcome.Refused, other.Outcome);
        Assert.Contains("created anew", other.Message, StringComparison.Ordinal);
        Assert.Equal(Outcome.Accepted, (await operations.DeleteAsync(await OrdersAsync(), user, null, default)).Outcome);
        Assert.Null(stage.Cluster.World.Objects.Find(ResourceTypes.FlinkDeployments, "default", "orders"));
    }

    [Fact]
    public async Task UserWithoutTheRight_GetsTheReason_AndNothingIsSent()
    {
        var viewer = CurrentUser.Of(LookAs.Of("viewer"), new AccessOptions(), Users);
        var result = await operations.SuspendAsync(await OrdersAsync(), viewer, null, default);
        Assert.Equal(Outcome.Forbidden, result.Outcome);
        Assert.Contains("User viewer may not patch flinkdeployments in namespace default", result.Message, StringComparison.Ordinal);
        Assert.False((await OrdersAsync()).Spec.Job!.IsSuspended);
        Assert.Equal(("viewer", "Failed"), ((string)Audit[^1]["user"]!, (string)Audit[^1]["stage"]!));
    }

    [Fact]
    public async Task ServerAway_IsToldAsSuch()
    {
        var seen = await OrdersAsync();
        stage.Cluster.Faults.Unreachable = true;
        var result = await operations.SuspendAsync(seen, user, null, default);
        Assert.False(result.IsGood);
        Assert.Contains("cannot be", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SessionClusterWithJobs_IsNotDeleted()
    {
        stage.Put(ResourceTypes.FlinkDeployments, """{"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkDeployment","metadata":{"name":"session","namespace":"default"},"spec":{"flinkVersion":"v1_20"}}""");
        stage.Put(ResourceTypes.FlinkSessionJobs, """{"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkSessionJob","metadata":{"name":"clicks","namespace":"default"},"spec":{"deploymentName":"session","job":{"state":"running"}}}""");
        var session = await stage.Api.GetAsync(FlinkDeployment.Info, "default", "session", null, default);
        var result = await operations.DeleteAsync(session, user, null, default);
        Assert.Equal(Outcome.Refused, result.Outcome);
        Assert.Contains("clicks", result.Message, StringComparison.Ordinal);
    }

    private Task<FlinkDeployment> OrdersAsync() => stage.Api.GetAsync(FlinkDeployment.Info, "default", "orders", null, default);
}
