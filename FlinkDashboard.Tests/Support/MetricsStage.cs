using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Sandbox;
using FlinkDashboard.State.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FlinkDashboard.Tests.Support;

/// <summary>
/// A sandbox and the app's own reading of its Prometheus, over HTTP. The sandbox's clock stands still until <see cref="Live"/>; the app's clock follows it, so that
/// what is shared for seconds is shared for the seconds of the test.
/// </summary>
public sealed class MetricsStage : IAsyncDisposable
{
    private MetricsStage(SandboxStage sandbox, Action<PrometheusOptions>? change)
    {
        Sandbox = sandbox;
        var options = new PrometheusOptions { Url = sandbox.Cluster.PrometheusAddress.ToString(), Timeout = 20 };
        change?.Invoke(options);
        Time.SetUtcNow(sandbox.Cluster.World.Now);
        Api = new(options, new AwsAccess(new AwsOptions()), TimeProvider.System);
        Names = new(Api, Time);
        Charts = new(Api, Names, Time, NullLogger<ChartSource>.Instance);
    }

    public SandboxStage Sandbox { get; }

    public SandboxCluster Cluster => Sandbox.Cluster;

    public FakeTimeProvider Time { get; } = new(SandboxStage.Start);

    public PrometheusApi Api { get; }

    public SeriesNames Names { get; }

    public ChartSource Charts { get; }

    public static ChartSubject Orders { get; } = ChartSubject.Application("default", "orders");

    public static async Task<MetricsStage> StartAsync(string world = "busy", Action<PrometheusOptions>? change = null) => new(await SandboxStage.StartAsync(world), change);

    /// <summary>The last so many minutes, for a drawing 600 pixels wide.</summary>
    public ChartRange Last(double minutes) => ChartRange.Of(Time.GetUtcNow().AddMinutes(-minutes), Time.GetUtcNow(), 600, Api.ScrapeInterval);

    /// <summary>Cluster and app live on.</summary>
    public void Live(double seconds)
    {
        Cluster.World.Timeline.Advance(TimeSpan.FromSeconds(seconds));
        Time.SetUtcNow(Cluster.World.Now);
    }

    public async ValueTask DisposeAsync()
    {
        Charts.Dispose();
        Names.Dispose();
        Api.Dispose();
        await Sandbox.DisposeAsync();
    }
}
