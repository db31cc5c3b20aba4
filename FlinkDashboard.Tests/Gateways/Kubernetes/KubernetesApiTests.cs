using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Gateways.Kubernetes;

public sealed class KubernetesApiTests : IAsyncLifetime
{
    private SandboxStage stage = null!;

    private KubernetesApi Api => stage.Api;

    public async Task InitializeAsync() => stage = await SandboxStage.StartAsync();

    public async Task DisposeAsync() => await stage.DisposeAsync();

    [Fact]
    public async Task List_OfMoreThanOnePage_IsComplete()
    {
        for (var i = 0; i < 1201; i++)
            stage.Put(ResourceTypes.ConfigMaps, $$$"""{"metadata":{"name":"cm-{{{i}}}","namespace":"default"} }""");
        var page = await Api.ListPageAsync(ConfigMap.Info, "default", null, default);
        Assert.Equal(KubernetesApi.PageSize, page.Items.Count);
        Assert.NotNull(page.Continue);
        var list = await Api.ListAsync(ConfigMap.Info, "default", default);
        Assert.True(list.Items.Count >= 1201);
        Assert.NotEmpty(list.ResourceVersion);
    }

    [Fact]
    public async Task List_WithAnUnreadableObject_KeepsTheOthers_AndTellsIt()
    {
        stage.Put(ResourceTypes.Ingresses, """{"metadata":{"name":"good","namespace":"default"}}""");
        stage.Put(ResourceTypes.Ingresses, """{"metadata":{"name":"bad","namespace":"default"},"spec":"text"}""");
        stage.Put(ResourceTypes.Ingresses, """{"metadata":{"name":"also-good","namespace":"default"}}""");
        var list = await Api.ListAsync(Ingress.Info, "default", default);
        Assert.Equal(["also-good", "good"], list.Items.Select(i => i.Metadata.Name).Order());
        Assert.Single(list.Skipped);
    }

    [Fact]
    public async Task MissingObject_IsNotFound_InTheServersWords()
    {
        var error = await Assert.ThrowsAsync<KubernetesApiException>(() => Api.GetAsync(Pod.Info, "default", "nope", null, default));
        Assert.Equal((404, "NotFound", "pods \"nope\" not found"), (error.Code, error.Reason, error.Message));
    }

    [Fact]
    public async Task Patch_AsDryRun_ChangesNothing()
    {
        Deployment("a");
        var would = await Api.PatchAsync(FlinkDeployment.Info, "default", "a", MergePatch.Set("spec.job.state", "suspended"), true, null, default);
        Assert.True(would.Spec.Job!.IsSuspended);
        Assert.False((await Api.GetAsync(FlinkDeployment.Info, "default", "a", null, default)).Spec.Job!.IsSuspended);
    }

    [Fact]
    public async Task Patch_OfAnOldVersion_IsAConflict()
    {
        var old = Deployment("a").ResourceVersion;
        stage.Change(ResourceTypes.FlinkDeployments, "default", "a", o => o["metadata"]!["labels"] = new System.Text.Json.Nodes.JsonObject { ["x"] = "y" });
        var error = await Assert.ThrowsAsync<KubernetesApiException>(() => Api.PatchAsync(
            FlinkDeployment.Info, "default", "a", MergePatch.Set("spec.job.state", "suspended").OnlyIf($"{old}"), false, null, default));
        Assert.True(error.IsConflict);
    }

    [Fact]
    public async Task Patch_OfAWrongValue_CarriesTheCauses()
    {
        Deployment("a");
        var error = await Assert.ThrowsAsync<KubernetesApiException>(() => Api.PatchAsync(
            FlinkDeployment.Info, "default", "a", MergePatch.Set("spec.job.state", "sleeping"), false, null, default));
        Assert.Equal((422, "Invalid"), (error.Code, error.Reason));
        Assert.Contains(error.Causes, c => c.Field == "spec.job.state");
    }

    [Fact]
    public async Task Patch_DeniedByAWebhook_IsNoLackOfRights()
    {
        Sandbox.InstalledOperator.AddTo(stage.Cluster.World);
        Sandbox.InstalledOperator.AwaitReady(stage.Cluster.World);
        Deployment("a");
        var error = await Assert.ThrowsAsync<KubernetesApiException>(() => Api.PatchAsync(
            FlinkDeployment.Info, "default", "a", MergePatch.Set("spec.job.state", "suspended"), true, null, default));
        Assert.Equal((403, true, false), (error.Code, error.IsDenied, error.IsForbidden));
    }

    [Fact]
    public async Task Delete_OfAnotherUid_IsAConflict_AndOfTheRightOneWorks()
    {
        stage.Put(ResourceTypes.ConfigMaps, """{"metadata":{"name":"a","namespace":"default"}}""");
        var target = new ObjectName(ConfigMap.Info, "default", "a");
        var uid = (await Api.GetAsync(ConfigMap.Info, "default", "a", null, default)).Metadata.Uid;
        Assert.True((await Assert.ThrowsAsync<KubernetesApiException>(() => Api.DeleteAsync(target, "another", false, null, default))).IsConflict);
        await Api.DeleteAsync(target, uid, true, null, default);
        Assert.NotNull(await Api.GetAsync(ConfigMap.Info, "default", "a", null, default));
        await Api.DeleteAsync(target, uid, false, null, default);
        Assert.True((await Assert.ThrowsAsync<KubernetesApiException>(() => Api.GetAsync(ConfigMap.Info, "default", "a", null, default))).IsNotFound);
    }

    [Fact]
    public async Task Event_StandsOnTheObject()
    {
        Deployment("a");
        await Api.CreateEventAsync(new(FlinkDeployment.Info, "default", "a"), "u-1", "DashboardSuspend", "Suspend by jane", false, default);
        var written = Assert.Single((await Api.ListAsync(CoreEvent.Info, "default", default)).Items, e => e.Reason == "DashboardSuspend");
        Assert.Equal(("FlinkDeployment", "a", "u-1", "Normal", "flink-dashboard"), (written.InvolvedObject.Kind, written.InvolvedObject.Name, written.InvolvedObject.Uid, written.Type, written.Source!.Component));
    }

    [Fact]
    public async Task ServerAway_IsUnreachable_AndComesBack()
    {
        stage.Cluster.Faults.Unreachable = true;
        Assert.Equal(KubernetesApiException.Unreachable, (await Assert.ThrowsAsync<KubernetesApiException>(() => Api.ListAsync(Pod.Info, null, default))).Reason);
        stage.Cluster.Faults.Unreachable = false;
        await Api.ListAsync(Pod.Info, null, default);
    }

    [Fact]
    public async Task TooManyRequests_SayWhenToComeBack()
    {
        stage.Cluster.Faults.RefuseNext(1);
        var error = await Assert.ThrowsAsync<KubernetesApiException>(() => Api.ListAsync(Pod.Info, null, default));
        Assert.Equal((429, "TooManyRequests", TimeSpan.FromSeconds(1)), (error.Code, error.Reason, error.RetryAfter));
    }

    [Fact]
    public async Task NamespaceFromAnAddress_CannotLeaveItsPlace()
    {
        var error = await Assert.ThrowsAsync<KubernetesApiException>(() => Api.GetAsync(ConfigMap.Info, "default/secrets/../..", "x", null, default));
        Assert.InRange(error.Code, 400, 404);
    }

    private WorldObject Deployment(string name) => stage.Put(ResourceTypes.FlinkDeployments, $$$"""
        {"apiVersion":"flink.apache.org/v1beta1","kind":"FlinkDeployment","metadata":{"name":"{{{name}}}","namespace":"default"},
         "spec":{"image":"flink:1.20","flinkVersion":"v1_20","job":{"jarURI":"local:///job.jar","parallelism":2,"state":"running"} } }
        """);
}
