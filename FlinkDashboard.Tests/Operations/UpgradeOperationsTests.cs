using System.Text.Json.Nodes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Operations;

public sealed class UpgradeOperationsTests : IAsyncLifetime
{
    private OperationsStage stage = null!;
    private UpgradeOperations operations = null!;

    public async Task InitializeAsync()
    {
        stage = await OperationsStage.StartAsync();
        operations = new(stage.Api, stage.Runner);
    }

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task Restart_CountsTheNonceOn_EvenAfterSomebodyTookItOut()
    {
        Assert.Equal(Outcome.Accepted, (await operations.RestartAsync(await stage.OrdersAsync(), stage.User, "leak", default)).Outcome);
        Assert.Equal(1, (await stage.OrdersAsync()).Spec.RestartNonce);
        stage.Sandbox.Change(ResourceTypes.FlinkDeployments, "default", "orders", o =>
        {
            o["spec"]!.AsObject().Remove("restartNonce");
            o["status"]!["reconciliationStatus"]!["lastReconciledSpec"] = """{"spec":{"restartNonce":7,"job":{"state":"running"}}}""";
        });
        await operations.RestartAsync(await stage.OrdersAsync(), stage.User, null, default);
        Assert.Equal(8, (await stage.OrdersAsync()).Spec.RestartNonce);
        Assert.Equal(["Restart Issued", "Restart Executed", "Restart Issued", "Restart Executed"], stage.Trail);
        Assert.Contains("patch flinkdeployment orders --type=merge -p '{\"spec\":{\"restartNonce\":1}}'", (string)stage.Audit[0]["command"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scale_WritesANumber_AndTheAuthor_AndNothingElse()
    {
        var before = stage.Stored(ResourceTypes.FlinkDeployments, "orders");
        Assert.Equal(Outcome.Accepted, (await operations.ScaleAsync(await stage.OrdersAsync(), 4, stage.User, null, default)).Outcome);
        var after = stage.Stored(ResourceTypes.FlinkDeployments, "orders");
        Assert.Equal(4, (int)after["spec"]!["job"]!["parallelism"]!);
        Assert.Equal("admin", (string?)after["metadata"]!["annotations"]![Author.Annotation]);
        before["spec"]!["job"]!["parallelism"] = 4;
        before["metadata"] = after["metadata"]!.DeepClone();
        Assert.True(JsonNode.DeepEquals(before, after));
        Assert.Equal(Outcome.AlreadySo, (await operations.ScaleAsync(await stage.OrdersAsync(), 4, stage.User, null, default)).Outcome);
        Assert.Equal(2, (await stage.OrdersAsync()).Metadata.Generation);
    }

    [Theory]
    [InlineData(0, "at least 1")]
    [InlineData(300, "pipeline.max-parallelism is 128")]
    public async Task Scale_BeyondWhatCanRun_IsRefused(int parallelism, string why)
    {
        stage.Sandbox.Change(ResourceTypes.FlinkDeployments, "default", "orders", o => o["spec"]!["flinkConfiguration"] = new JsonObject { ["pipeline"] = new JsonObject { ["max-parallelism"] = 128 } });
        var result = await operations.ScaleAsync(await stage.OrdersAsync(), parallelism, stage.User, null, default);
        Assert.Equal(Outcome.Refused, result.Outcome);
        Assert.Contains(why, result.Message, StringComparison.Ordinal);
        Assert.Equal(["Scale Issued", "Scale Failed"], stage.Trail);
    }

    [Fact]
    public async Task Configuration_ChangesTheKeyWhereItStands_HoweverItIsNested()
    {
        stage.Sandbox.Change(ResourceTypes.FlinkDeployments, "default", "orders", o => o["spec"]!["flinkConfiguration"] =
            new JsonObject { ["taskmanager"] = new JsonObject { ["numberOfTaskSlots"] = 2, ["host"] = "x" }, ["a.b"] = "1", ["gone"] = "1" });
        var result = await operations.SetConfigurationAsync(await stage.OrdersAsync(), new Dictionary<string, string?> { ["taskmanager.numberOfTaskSlots"] = "4", ["new.key"] = "true", ["gone"] = null }, stage.User, null, default);
        Assert.Equal(Outcome.Accepted, result.Outcome);
        var configuration = stage.Stored(ResourceTypes.FlinkDeployments, "orders")["spec"]!["flinkConfiguration"]!.AsObject();
        Assert.Equal(("4", "x", "true", false), (configuration["taskmanager"]!["numberOfTaskSlots"]!.ToString(), (string?)configuration["taskmanager"]!["host"], (string?)configuration["new.key"], configuration.ContainsKey("gone")));
        Assert.False(configuration.ContainsKey("taskmanager.numberOfTaskSlots"));
    }

    [Fact]
    public async Task WhatTheOperatorWouldRefuse_IsNotSent()
    {
        var result = await operations.SetConfigurationAsync(await stage.OrdersAsync(), new Dictionary<string, string?> { ["kubernetes.cluster-id"] = "x" }, stage.User, null, default);
        Assert.Equal(Outcome.Refused, result.Outcome);
        Assert.Contains("kubernetes.cluster-id", result.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await stage.OrdersAsync()).Metadata.Generation);
    }

    [Fact]
    public async Task TaskManagers_OfAStandaloneCluster_GoThroughTheScaleSubresource()
    {
        stage.Sandbox.Change(ResourceTypes.FlinkDeployments, "default", "orders", o => o["spec"]!["mode"] = "standalone");
        Assert.Equal(Outcome.Accepted, (await operations.ScaleTaskManagersAsync(await stage.OrdersAsync(), 3, stage.User, null, default)).Outcome);
        var after = await stage.OrdersAsync();
        Assert.Equal((3, "admin"), (after.Spec.TaskManager.Replicas, after.Metadata.Annotations[Author.Annotation]));
        Assert.Contains("scale flinkdeployment orders --replicas=3", (string)stage.Audit[0]["command"]!, StringComparison.Ordinal);
        Assert.Equal(Outcome.Refused, (await operations.ScaleAsync(after, 8, stage.User, null, default)).Outcome);
    }

    [Fact]
    public async Task ModeImageAutoscalerAndSchedule_SetTheirFields()
    {
        await operations.SetUpgradeModeAsync(await stage.OrdersAsync(), UpgradeMode.Of("stateless"), stage.User, null, default);
        await operations.SetImageAsync(await stage.OrdersAsync(), "flink:1.20.1", stage.User, null, default);
        Assert.Equal(Outcome.Refused, (await operations.ResetAutoscalerAsync(await stage.OrdersAsync(), stage.User, null, default)).Outcome);
        await operations.SetAutoscalerAsync(await stage.OrdersAsync(), true, stage.User, null, default);
        await operations.SetAutoscalerAsync(await stage.OrdersAsync(), new Dictionary<string, string?> { ["utilization.target"] = "0.8" }, stage.User, null, default);
        await operations.ResetAutoscalerAsync(await stage.OrdersAsync(), stage.User, null, default);
        await operations.SetConfigurationAsync(await stage.OrdersAsync(), new Dictionary<string, string?> { ["execution.checkpointing.savepoint-dir"] = null }, stage.User, null, default);
        var refused = await operations.SetScheduleAsync(await stage.OrdersAsync(), new("1 h"), stage.User, null, default);
        Assert.Contains("savepoint", refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Outcome.Refused, refused.Outcome);
        await operations.SetConfigurationAsync(await stage.OrdersAsync(), new Dictionary<string, string?> { ["state.savepoints.dir"] = "s3://b/savepoints" }, stage.User, null, default);
        await operations.SetScheduleAsync(await stage.OrdersAsync(), new("1 h", HistoryCount: 5), stage.User, null, default);
        var (spec, keys) = ((await stage.OrdersAsync()).Spec, (await stage.OrdersAsync()).Spec.FlinkConfiguration);
        Assert.Equal(("stateless", "flink:1.20.1", 1L), (spec.Job!.UpgradeMode.Text, spec.Image, spec.Job.AutoscalerResetNonce));
        Assert.Equal(("true", "0.8", "1 h", "5"), (keys["job.autoscaler.enabled"], keys["job.autoscaler.utilization.target"], keys["kubernetes.operator.periodic.savepoint.interval"], keys["kubernetes.operator.savepoint.history.max.count"]));
    }

    [Fact]
    public async Task SessionJob_IsRestartedAndScaled()
    {
        stage.Sandbox.Put(ResourceTypes.FlinkSessionJobs, """
            {"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkSessionJob","metadata":{"name":"clicks","namespace":"default"},"spec":{"deploymentName":"session","job":{"parallelism":1,"state":"running"}},
             "status":{"reconciliationStatus":{"lastReconciledSpec":"{\"spec\":{\"job\":{\"state\":\"running\"}}}"}}}
            """);
        Assert.Equal(Outcome.Accepted, (await operations.RestartAsync(await JobAsync(), stage.User, null, default)).Outcome);
        Assert.Equal(Outcome.Accepted, (await operations.ScaleAsync(await JobAsync(), 3, stage.User, null, default)).Outcome);
        var job = await JobAsync();
        Assert.Equal((1L, 3), (job.Spec.RestartNonce, job.Spec.Job.Parallelism));

        Task<FlinkSessionJob> JobAsync() => stage.Api.GetAsync(FlinkSessionJob.Info, "default", "clicks", null, default);
    }
}
