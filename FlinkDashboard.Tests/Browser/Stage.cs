using Amazon.Runtime;
using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FlinkDashboard.Tests.Browser;

/// <summary>
/// A cluster, the app pointed at it by a kubeconfig as at any other, and pages of a real browser. The app knows nothing of the sandbox here.
/// </summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flink-dashboard-test-");
    private readonly bool _ownsCluster;
    private WebApplicationFactory<global::Program> _app = null!;

    private Stage(SandboxCluster cluster, bool ownsCluster) => (Cluster, _ownsCluster) = (cluster, ownsCluster);

    /// <summary>The cluster behind the API server.</summary>
    public SandboxCluster Cluster { get; }

    /// <summary>Where the app listens, without a trailing slash.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Starts both.</summary>
    /// <param name="world">Starting world of the cluster.</param>
    /// <param name="speed">Simulated seconds per real second.</param>
    /// <param name="user">Whose credentials the kubeconfig holds.</param>
    /// <param name="realFlink">An application whose JobManager is a real one: <c>namespace/name=http://127.0.0.1:port</c>.</param>
    public static async Task<Stage> StartAsync(string world, double speed = 1, string user = "admin", string? realFlink = null)
    {
        var stage = new Stage(await SandboxCluster.StartAsync(new() { World = world, Speed = speed, HttpsPort = 0, RealFlink = realFlink }), ownsCluster: true);
        stage.StartApp(user);
        return stage;
    }

    /// <summary>Another app at the same cluster, for who may do less: a cluster of its own would have to live through its past first.</summary>
    /// <param name="user">Whose credentials its kubeconfig holds.</param>
    public Stage As(string user)
    {
        var stage = new Stage(Cluster, ownsCluster: false);
        stage.StartApp(user);
        return stage;
    }

    /// <summary>Opens a page and waits until it is interactive.</summary>
    /// <param name="path">Path with a leading slash.</param>
    /// <param name="dark">Colour scheme the browser asks for.</param>
    /// <param name="width">Viewport width in CSS pixels.</param>
    /// <param name="height">Viewport height in CSS pixels.</param>
    /// <param name="watch">Told the page before it goes anywhere.</param>
    public async Task<IPage> OpenAsync(string path, bool dark = false, int width = 1440, int height = 900, Action<IPage>? watch = null)
    {
        var context = await (await Chromium.BrowserAsync()).NewContextAsync(new()
        {
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        var page = await context.NewPageAsync();
        watch?.Invoke(page);
        await page.GotoAsync(Address + path);
        await page.Locator("[data-interactive=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator("html[data-keys=on]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return page;
    }

    private void StartApp(string user)
    {
        var path = Path.Combine(_folder.FullName, "kubeconfig");
        KubeConfigFile.Write(Cluster, path);
        _app = new WebApplicationFactory<global::Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("urls", "http://127.0.0.1:0");
            host.UseSetting("Cluster:Source", "KubeConfig");
            host.UseSetting("Cluster:KubeConfig", path);
            host.UseSetting("Cluster:Context", user);
            ReadFrom(Cluster, host);
        });
        _app.UseKestrel(0);
        _app.StartServer();
        Address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().TrimEnd('/');
    }

    // Beside the API server: Prometheus, CloudWatch Logs and S3 by their settings, and the credentials that a chain would find.
    private static void ReadFrom(SandboxCluster cluster, IWebHostBuilder host)
    {
        host.UseSetting("Prometheus:Url", cluster.PrometheusAddress.ToString());
        host.UseSetting("Logs:Endpoint", cluster.LogsAddress.ToString());
        host.UseSetting("Storage:Endpoint", cluster.S3Address.ToString());
        host.UseSetting("Storage:PathStyle", "true");
        host.UseSetting("Storage:Locations:0", $"s3://{AwsAccount.Bucket}");
        host.UseSetting("Aws:Region", AwsAccount.Region);
        host.ConfigureTestServices(services => services.AddSingleton(s =>
            new AwsAccess(s.GetRequiredService<DashboardOptions>().Aws, new BasicAWSCredentials(AwsKey.Admin.Id, AwsKey.Admin.Secret))));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_ownsCluster)
            await Cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>The busy world, one for all tests that only look or that change an application of their own.</summary>
public sealed class BusyStage : IAsyncLifetime
{
    /// <summary>The stage.</summary>
    public Stage Stage { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (BrowserSkip.Reason is null)
            Stage = await Stage.StartAsync("busy", speed: 4);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (Stage is not null)
            await Stage.DisposeAsync();
    }
}

/// <summary>Browser tests share the two cores: one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrowserTests : ICollectionFixture<BusyStage>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Browser";
}
