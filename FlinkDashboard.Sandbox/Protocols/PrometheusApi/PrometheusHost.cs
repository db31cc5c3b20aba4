using System.Net;
using FlinkDashboard.Sandbox.World;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FlinkDashboard.Sandbox.Protocols.PrometheusApi;

/// <summary>The loopback port of the Prometheus API and of the metrics of all pods.</summary>
internal sealed class PrometheusHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PrometheusHost(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PrometheusHost> StartAsync(SandboxWorld world, SandboxOptions options, PrometheusFaults faults, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.PrometheusPort, l => l.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.Run(new PrometheusServer(world, options.ScrapeInterval, faults, options.Time).HandleAsync);
        await app.StartAsync(cancel).ConfigureAwait(false);
        return new(app);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(patience.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
