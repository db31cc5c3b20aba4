using System.Net;
using FlinkDashboard.Access;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Operations;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.State;
using FlinkDashboard.Tests.App;
using FlinkDashboard.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FlinkDashboard.Tests.Telemetry;

public sealed class MetricsEndpointTests
{
    private static readonly string[] KnownLabels = ["kind", "type", "reason", "state", "gateway", "outcome", "action", "stage", "generation", "le"];

    [Fact]
    public async Task Metrics_TellObjectsAndStates_AsTheCachesHoldThem()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "busy"), ("Sandbox:Speed", "0"));
        foreach (var one in app.State.All.Where(c => c.KindInfo.Watched))
            await one.UntilAsync(() => one.Status.State == WatchState.Live);
        var scrape = await Scrape.OfAsync(app);
        Assert.All(app.State.All, c => Assert.Equal(c.Count, scrape.Sum("flinkdashboard_cache_objects", ("kind", c.KindInfo.QualifiedName))));
        Assert.Equal(app.State.All.Count, scrape.Sum("flinkdashboard_watch_kinds"));
        Assert.Equal(1, scrape.Sum("flinkdashboard_watch_live", ("kind", "pods")));
        Assert.True(scrape.Sum("flinkdashboard_gateway_requests_total", ("gateway", "kubernetes")) >= app.State.All.Count);
        Assert.True(scrape.Sum("flinkdashboard_gateway_request_duration_seconds_count", ("gateway", "kubernetes")) > 0);
        Assert.True(scrape.Sum("process_working_set_bytes") > 1e7);
    }

    [Fact]
    public async Task CutWatches_RaiseReconnects_AndEventsGoOn()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"), ("Sandbox:Speed", "0"));
        var cache = app.Cache<FlinkDeployment>();
        await cache.UntilAsync(() => cache.Status.State == WatchState.Live);
        var before = await Scrape.OfAsync(app);
        app.Sandbox.Faults.CutWatches();
        app.Sandbox.World.Objects.Create(ResourceTypes.FlinkDeployments, SandboxStage.StableApplication("flink-team-a-ns", "after-the-cut"), part: WritePart.All);
        await cache.UntilAsync(() => cache.Current.All.Any(a => a.Metadata.Name == "after-the-cut"), 60);
        var after = await Scrape.OfAsync(app);
        (string, string) kind = ("kind", FlinkDeployment.Info.QualifiedName);
        Assert.True(after.Sum("flinkdashboard_watch_reconnects_total", kind) > before.Sum("flinkdashboard_watch_reconnects_total", kind));
        Assert.True(after.Sum("flinkdashboard_watch_events_total", kind, ("type", "added")) > before.Sum("flinkdashboard_watch_events_total", kind, ("type", "added")));
    }

    [Fact]
    public async Task Refusal_RaisesErrors_ByReason_AndTheTally()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"), ("Sandbox:Speed", "0"));
        var api = app.Services.GetRequiredService<KubernetesApi>();
        (string, string)[] refused = [("gateway", "kubernetes"), ("reason", "Forbidden")];
        Assert.Equal(0, (await Scrape.OfAsync(app)).Sum("flinkdashboard_gateway_errors_total", refused));
        await Assert.ThrowsAsync<KubernetesApiException>(() => api.GetAsync(Node.Info, null, "any", new UserIdentity("stranger", []), default));
        Assert.Equal(1, (await Scrape.OfAsync(app)).Sum("flinkdashboard_gateway_errors_total", refused));
        Assert.Equal("Forbidden", api.Calls.Now.LastError?.Reason);
        Assert.DoesNotContain("stranger", api.Calls.Now.LastError!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Action_IsCounted_WithItsReviewsAndAuditEntries()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"), ("Sandbox:Speed", "0"));
        app.Sandbox.World.Objects.Create(ResourceTypes.FlinkDeployments, SandboxStage.StableApplication("flink-team-a-ns", "under-test"), part: WritePart.All);
        var cache = app.Cache<FlinkDeployment>();
        await cache.UntilAsync(() => cache.Current.Find("flink-team-a-ns", "under-test") is not null);
        var user = CurrentUser.Of(LookAs.Of("viewer"), new(), app.Services.GetRequiredService<UserChoices>());
        await app.Services.GetRequiredService<ApplicationOperations>().SuspendAsync(cache.Current.Find("flink-team-a-ns", "under-test")!, user, null, default);
        var scrape = await Scrape.OfAsync(app);
        Assert.Equal(1, scrape.Sum("flinkdashboard_access_reviews_total", ("outcome", "denied")));
        Assert.Equal(1, scrape.Sum("flinkdashboard_audit_entries_total", ("action", "Suspend"), ("stage", "issued")));
        Assert.Equal(1, scrape.Sum("flinkdashboard_audit_entries_total", ("action", "Suspend"), ("stage", "failed")));
        Assert.Empty(scrape.Labels.Except(KnownLabels));
        Assert.DoesNotContain("under-test", scrape.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("flink-team-a", scrape.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("viewer", scrape.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_SwitchedOff_AreNotThere()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"), ("Telemetry:Metrics", "false"));
        using var http = app.CreateClient();
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task Metrics_BehindAProxy_AnswerWithoutAUser()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"), ("Access:Mode", "Header"), ("Access:SharedSecret", "0123456789abcdef"));
        using var http = app.CreateClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/settings")).StatusCode);
        Assert.Contains("flinkdashboard_cache_objects{", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OnLoopbackOnly_RefuseAnotherHostName()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"));
        using var http = app.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Host = "dashboard.example.org" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(request)).StatusCode);
    }
}
