using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Gateways.Prometheus;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.Sandbox;
using FlinkDashboard.State.Flink;
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
    private readonly JobManagerFeeds feeds;
    private readonly bool owns;

    private MetricsStage(SandboxStage sandbox, bool owns, Action<PrometheusOptions>? change)
    {
        (Sandbox, this.owns) = (sandbox, owns);
        var options = new PrometheusOptions { Url = sandbox.Cluster.PrometheusAddress.ToString(), Timeout = 20 };
        change?.Invoke(options);
        Time.SetUtcNow(sandbox.Cluster.World.Now);
        Api = new(options, new AwsAccess(new AwsOptions()), TimeProvider.System);
        Names = new(Api, Time);
        feeds = new(new FlinkRestApi(new ServiceProxyRoute(sandbox.Api), Time), Time, NullLogger<JobManagerFeeds>.Instance);
        Rest = new(feeds, Time, NullLogger<RestCharts>.Instance);
        Charts = new(Api, Names, Rest, Time, NullLogger<ChartSource>.Instance);
        Fleet = new(Api, Names, Time, NullLogger<FleetNumbers>.Instance);
        Explore = new(Api, Names, Time);
    }

    public SandboxStage Sandbox { get; }

    public SandboxCluster Cluster => Sandbox.Cluster;

    public FakeTimeProvider Time { get; } = new(SandboxStage.Start);

    public PrometheusApi Api { get; }

    public SeriesNames Names { get; }

    public RestCharts Rest { get; }

    public ChartSource Charts { get; }

    public FleetNumbers Fleet { get; }

    public ExploreSource Explore { get; }

    public static async Task<MetricsStage> StartAsync(string world, Action<PrometheusOptions>? change = null) => new(await SandboxStage.StartAsync(world), owns: true, change);

    /// <summary>Readers of their own at a world that others use too.</summary>
    public static MetricsStage At(MetricsWorld world) => new(world.Sandbox, owns: false, null);

    /// <summary>The last so many minutes, for a drawing 600 pixels wide.</summary>
    public ChartRange Last(double minutes) => ChartRange.Of(Time.GetUtcNow().AddMinutes(-minutes), Time.GetUtcNow(), 600, Api.ScrapeInterval);

    /// <summary>An application with running tasks.</summary>
    public async Task<ChartSubject> SomebodyAsync()
    {
        var answer = await Api.QueryAsync("count by (namespace, app) (flink_taskmanager_job_task_busyTimeMsPerSecond) > 1", Time.GetUtcNow(), default);
        var labels = answer.Series.OrderBy(s => s.Points[0].Value).First().Labels;
        return ChartSubject.Application(labels["namespace"], labels["app"]);
    }

    /// <summary>Cluster and app live on.</summary>
    public void Live(double seconds)
    {
        Cluster.World.Timeline.Advance(TimeSpan.FromSeconds(seconds));
        Time.SetUtcNow(Cluster.World.Now);
    }

    public async ValueTask DisposeAsync()
    {
        Fleet.Dispose();
        Charts.Dispose();
        Rest.Dispose();
        await feeds.DisposeAsync();
        Names.Dispose();
        Api.Dispose();
        (Cluster.PrometheusFaults.Fault, Cluster.PrometheusFaults.Delay) = (FlinkDashboard.Sandbox.Protocols.PrometheusApi.PrometheusFault.None, TimeSpan.Zero);
        if (owns)
            await Sandbox.DisposeAsync();
    }
}
