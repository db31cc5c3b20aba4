using FlinkDashboard.Access;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Sandbox;
using FlinkDashboard.State;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace FlinkDashboard.Tests.App;

/// <summary>The whole app as it is deployed, on a free loopback port, with the sandbox or a cluster given by settings.</summary>
public sealed class DashboardApp : WebApplicationFactory<Program>
{
    private readonly (string Key, string Value)[] settings;

    private DashboardApp((string, string)[] settings) => this.settings = settings;

    /// <summary>Lines that the audit trail wrote.</summary>
    public StringWriter Audit { get; } = new();

    /// <summary>Where it answers.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The sandbox that it started; fails when there is none.</summary>
    public SandboxCluster Sandbox => Services.GetRequiredService<SandboxCluster>();

    /// <summary>What it knows of the cluster.</summary>
    public ClusterState State => Services.GetRequiredService<ClusterState>();

    /// <summary>Starts it; without settings on a busy sandbox at real speed.</summary>
    public static DashboardApp Start(params (string Key, string Value)[] settings)
    {
        var app = new DashboardApp(settings.Any(s => s.Key == "Cluster:Source") ? settings : [("Cluster:Source", "Sandbox"), .. settings]);
        app.UseKestrel(0);
        app.StartServer();
        app.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return app;
    }

    /// <summary>The cache of a kind.</summary>
    public ResourceCache<T> Cache<T>() where T : class, IKubernetesObject => State.Of<T>();

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        builder.UseSetting("Urls", "http://127.0.0.1:0");
        builder.ConfigureTestServices(services => services.AddSingleton(s => new AuditTrail(
            Audit, s.GetRequiredService<FlinkDashboard.Gateways.Kubernetes.KubernetesApi>(), s.GetRequiredService<Microsoft.Extensions.Logging.ILogger<AuditTrail>>(), s.GetRequiredService<AccessMeter>())));
    }
}
