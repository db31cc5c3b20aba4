using System.Net;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.State;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.App;

/// <summary>The app on other clusters and behind a proxy.</summary>
public sealed class OtherStartsTests
{
    [Fact]
    public async Task KubeConfigOfADeadCluster_StartsAllTheSame_AndSaysWhatIsWrong()
    {
        using var app = DashboardApp.Start(("Cluster:Source", "KubeConfig"), ("Cluster:KubeConfig", "/no/such/config"));
        using var http = app.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/")).StatusCode);
        var cache = app.Cache<Pod>();
        await cache.UntilAsync(() => cache.Status.State == WatchState.Stale);
        Assert.Contains("/no/such/config does not exist", app.State.Freshness.LastError, StringComparison.Ordinal);
        Assert.Equal(Contact.Lost, app.State.Freshness.Contact);
    }

    [Fact]
    public async Task KubeConfig_OfAnAccountThatSeesOneNamespace_ShowsThatOne_AndForbidsTheRest()
    {
        await using var cluster = await SandboxCluster.StartAsync(new() { World = "busy", HttpsPort = 0 });
        foreach (var ns in (string[])["flink-team-a-ns", "flink-team-b-ns"])
            cluster.World.Objects.Create(ResourceTypes.FlinkDeployments, SandboxStage.StableApplication(ns, "under-test"), part: WritePart.All);
        var folder = Directory.CreateTempSubdirectory("kubeconfig-");
        var path = Path.Combine(folder.FullName, "config");
        KubeConfigFile.Write(cluster, path);
        using var app = DashboardApp.Start(("Cluster:Source", "KubeConfig"), ("Cluster:KubeConfig", path), ("Cluster:Context", "team-a"), ("Cluster:Namespaces:0", "flink-team-a-ns"), ("Cluster:Namespaces:1", "flink-team-b-ns"));
        var (deployments, nodes) = (app.Cache<FlinkDeployment>(), app.Cache<Node>());
        await deployments.UntilAsync(() => deployments.Status.State == WatchState.Live && deployments.Count > 0 && deployments.Status.ForbiddenNamespaces.Count > 0);
        Assert.All(deployments.Current.All, d => Assert.Equal("flink-team-a-ns", d.Metadata.Namespace));
        Assert.Equal(["flink-team-b-ns"], deployments.Status.ForbiddenNamespaces);
        await nodes.UntilAsync(() => nodes.Status.State == WatchState.Forbidden);
        Assert.Contains("cannot list resource \"nodes\"", nodes.Status.LastError, StringComparison.Ordinal);
        folder.Delete(true);
    }

    [Fact]
    public async Task BehindAProxy_OnlyWhoIsNamedByItComesIn()
    {
        using var app = DashboardApp.Start(("Sandbox:World", "quiet"), ("Access:Mode", "Header"), ("Access:SharedSecret", "0123456789abcdef"));
        using var http = app.CreateClient();
        using var stranger = await http.GetAsync("/");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Contains("X-Forwarded-User", await stranger.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("ok", await http.GetStringAsync("/healthz"));
        http.DefaultRequestHeaders.Add("X-Forwarded-User", "jane");
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/")).StatusCode);
        http.DefaultRequestHeaders.Add("X-Dashboard-Secret", "0123456789abcdef");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/")).StatusCode);
    }
}
