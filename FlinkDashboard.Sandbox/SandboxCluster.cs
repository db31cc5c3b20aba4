using System.Net;
using System.Security.Cryptography.X509Certificates;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.Protocols.CloudWatchLogs;
using FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Insights;
using FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.LiveTail;
using FlinkDashboard.Sandbox.Protocols.FlinkRest;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi;
using FlinkDashboard.Sandbox.Protocols.PrometheusApi;
using FlinkDashboard.Sandbox.Protocols.S3;
using FlinkDashboard.Sandbox.Scenarios;
using FlinkDashboard.Sandbox.World;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FlinkDashboard.Sandbox;

/// <summary>A running sandbox cluster: a world, its clock running, shown on loopback over the real wire protocols.</summary>
public sealed class SandboxCluster : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop = new();
    private Task _pump = Task.CompletedTask;

    private readonly RealJobManager? _real;
    private LoopbackHost _s3 = null!;
    private LoopbackHost _prometheus = null!;
    private LoopbackHost _logs = null!;

    private SandboxCluster(WebApplication app, SandboxWorld world, Faults faults, X509Certificate2? certificate, RealJobManager? real) =>
        (_app, World, Faults, Certificate, _real) = (app, world, faults, certificate, real);

    /// <summary>Where the API server answers plain HTTP, without a trailing slash.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Where it answers HTTPS; null when that is off.</summary>
    public Uri? SecureAddress { get; private set; }

    /// <summary>Where S3 answers, plain HTTP, path style; its access keys are those of <see cref="AwsKey"/>.</summary>
    public Uri S3Address => _s3.Address;

    /// <summary>Troubles one can make at S3.</summary>
    public AwsFaults S3Faults { get; } = new();

    /// <summary>Where CloudWatch Logs answers, plain HTTP, for the same access keys.</summary>
    public Uri LogsAddress => _logs.Address;

    /// <summary>How many calls CloudWatch Logs lets through in a second.</summary>
    public LogsQuotas LogsQuotas { get; private set; } = null!;

    /// <summary>Troubles one can make at CloudWatch Logs.</summary>
    public AwsFaults LogsFaults { get; } = new();

    /// <summary>Troubles one can make at CloudWatch Logs Live Tail, and the count of its sessions.</summary>
    public LiveTailFaults LiveTailFaults { get; } = new();

    /// <summary>Troubles one can make at CloudWatch Logs Insights, and the pace of its queries.</summary>
    public InsightsFaults InsightsFaults { get; } = new();

    /// <summary>Self-signed certificate of <see cref="SecureAddress"/>, made at start.</summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>What the cluster shows.</summary>
    public SandboxWorld World { get; }

    /// <summary>Troubles one can make at the API server.</summary>
    public Faults Faults { get; }

    /// <summary>Where the Prometheus API answers (before <c>/api/v1</c>), without a trailing slash; also <c>/sd</c> and <c>/targets/NAMESPACE/POD/metrics</c>.</summary>
    public Uri PrometheusAddress => _prometheus.Address;

    /// <summary>
    /// Where a workspace of Amazon Managed Service for Prometheus answers (before <c>/api/v1</c>), without a trailing slash: the same series, for
    /// requests signed with an <see cref="AwsKey"/> for the service <c>aps</c>.
    /// </summary>
    public Uri ManagedPrometheusAddress => new(PrometheusAddress, "/workspaces/" + ManagedWorkspace.Id);

    /// <summary>Troubles one can make at the Prometheus API.</summary>
    public PrometheusFaults PrometheusFaults { get; } = new();

    /// <summary>Builds the world and starts serving it.</summary>
    /// <exception cref="ArgumentException">There is no world of that name, or <see cref="SandboxOptions.RealFlink"/> cannot be read.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SandboxCluster> StartAsync(SandboxOptions options, CancellationToken cancel = default)
    {
        var world = Worlds.Build(options);
        var real = options.RealFlink is { Length: > 0 } setting ? RealJobManager.Register(world, setting) : null;
        var faults = new Faults();
        var certificate = options.HttpsPort >= 0 ? LoopbackCertificate.Create(options.Time) : null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A watch that has nothing to say, or a client that reads slowly, is no attack here.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port, l => l.Protocols = HttpProtocols.Http1);
            if (certificate is not null)
                kestrel.Listen(IPAddress.Loopback, options.HttpsPort, l => l.UseHttps(certificate));
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        app.Run(new ApiServer(world, options.Time, faults).HandleAsync);
        var cluster = new SandboxCluster(app, world, faults, certificate, real);
        await app.StartAsync(cancel).ConfigureAwait(false);
        cluster.ReadAddresses();
        cluster._s3 = await LoopbackHost.StartAsync(options.S3Port, new S3Server(world, options.Time, cluster.S3Faults).HandleAsync, cancel).ConfigureAwait(false);
        cluster._prometheus = await LoopbackHost.StartAsync(options.PrometheusPort,
            new PrometheusServer(new(world, options.ScrapeInterval, cluster.PrometheusFaults, options.Time)).HandleAsync, cancel).ConfigureAwait(false);
        cluster.LogsQuotas = new LogsQuotas(options.Time);
        cluster._logs = await LoopbackHost.StartAsync(options.LogsPort,
            new LogsServer(world, options.Time, cluster.LogsQuotas, cluster.LogsFaults, cluster.LiveTailFaults, cluster.InsightsFaults).HandleAsync, cancel).ConfigureAwait(false);
        if (options.Speed > 0)
            cluster._pump = Task.Run(() => world.Timeline.RunAsync(cluster._stop.Token), CancellationToken.None);
        return cluster;
    }

    /// <summary>Stops serving and stops time.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Faults.CutWatches();
        LiveTailFaults.BreakSessions();
        await _s3.DisposeAsync().ConfigureAwait(false);
        await _prometheus.DisposeAsync().ConfigureAwait(false);
        await _logs.DisposeAsync().ConfigureAwait(false);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(patience.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Certificate?.Dispose();
        _real?.Dispose();
        _stop.Dispose();
    }

    private void ReadAddresses()
    {
        foreach (var address in _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses)
        {
            if (address.StartsWith("https:", StringComparison.Ordinal))
                SecureAddress = new Uri(address);
            else
                Address = new Uri(address);
        }
    }
}
