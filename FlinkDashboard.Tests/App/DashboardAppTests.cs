using System.Net;
using FlinkDashboard.Access;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.State;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FlinkDashboard.Tests.App;

public sealed class DashboardAppTests : IDisposable
{
    private readonly DashboardApp app = DashboardApp.Start();

    public void Dispose() => app.Dispose();

    [Fact]
    public async Task Start_AnswersPagesAndProbes_AndWatchesEveryKind()
    {
        using var http = app.CreateClient();
        using var page = await http.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("frame-ancestors 'none'", string.Join(";", page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("ok", await http.GetStringAsync("/healthz"));
        await RunningAsync();
        foreach (var cache in app.State.All.Where(c => c.KindInfo.Watched))
            await cache.UntilAsync(() => cache.Status.State == WatchState.Live);
        Assert.Equal(Contact.Live, app.State.Freshness.Contact);
        Assert.Equal("ok", await http.GetStringAsync("/readyz"));
    }

    [Fact]
    public async Task Suspend_ComesBackAsAnEvent_WithTrail()
    {
        var seen = await RunningAsync();
        var result = await Operations.SuspendAsync(seen, User("admin"), "test", default);
        Assert.True(result.IsGood, result.Message);
        var cache = app.Cache<FlinkDeployment>();
        await cache.UntilAsync(() => cache.Current.Find(seen.Metadata.Namespace, seen.Metadata.Name)!.Spec.Job!.IsSuspended);
        var events = app.Cache<CoreEvent>();
        await events.UntilAsync(() => events.Current.All.Any(e => e.Reason == "DashboardSuspend" && e.InvolvedObject.Name == seen.Metadata.Name));
        Assert.Contains("\"stage\":\"Executed\"", app.Audit.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForbiddenUser_GetsTheReason()
    {
        var result = await Operations.SuspendAsync(await RunningAsync(), User("viewer"), null, default);
        Assert.Equal(Outcome.Forbidden, result.Outcome);
        Assert.Contains("User viewer may not patch flinkdeployments", result.Message, StringComparison.Ordinal);
        Assert.Contains("\"stage\":\"Failed\"", app.Audit.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApiServerAway_IsTold_WhileWhatIsKnownStays_AndRecovers()
    {
        var seen = await RunningAsync();
        var cache = app.Cache<FlinkDeployment>();
        app.Sandbox.Faults.Unreachable = true;
        await cache.UntilAsync(() => cache.Status.State == WatchState.Stale);
        Assert.NotNull(cache.Current.Find(seen.Metadata.Namespace, seen.Metadata.Name));
        using var http = app.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/")).StatusCode);
        app.Sandbox.Faults.Unreachable = false;
        await cache.UntilAsync(() => cache.Status.State == WatchState.Live, 60);
    }

    [Fact]
    public async Task RemovedCrd_IsAbsent()
    {
        var cache = app.Cache<FlinkBlueGreenDeployment>();
        await cache.UntilAsync(() => cache.Status.State == WatchState.Live);
        app.Sandbox.World.Objects.Delete(ResourceTypes.CustomResourceDefinitions, "", "flinkbluegreendeployments.flink.apache.org");
        app.Sandbox.Faults.CutWatches();
        await cache.UntilAsync(() => cache.Status.State == WatchState.Absent, 60);
        Assert.Contains(app.State.Freshness.Absent, k => k.Kind == "FlinkBlueGreenDeployment");
    }

    private ApplicationOperations Operations => app.Services.GetRequiredService<ApplicationOperations>();

    private CurrentUser User(string name) => CurrentUser.Of(LookAs.Of(name), new AccessOptions(), app.Services.GetRequiredService<UserChoices>());

    /// <summary>An application that the operator calls stable, put there past the operator.</summary>
    private async Task<FlinkDeployment> RunningAsync()
    {
        app.Sandbox.World.Objects.Create(ResourceTypes.FlinkDeployments, SandboxStage.StableApplication("flink-team-a-ns", "under-test"), part: WritePart.All);
        var cache = app.Cache<FlinkDeployment>();
        await cache.UntilAsync(() => cache.Current.Find("flink-team-a-ns", "under-test") is not null);
        return cache.Current.Find("flink-team-a-ns", "under-test")!;
    }
}
