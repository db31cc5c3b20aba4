using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.Prometheus;

namespace FlinkDashboard.State.Metrics;

/// <summary>Registers the way to Prometheus and what reads from it.</summary>
public static class MetricsRegistration
{
    /// <summary>Connects when it is first asked: a dashboard without a Prometheus starts as any other.</summary>
    public static IServiceCollection AddPrometheus(this IServiceCollection services, PrometheusOptions options) => services
        .AddSingleton(s => new PrometheusApi(options, s.GetRequiredService<AwsAccess>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<GatewayMeter>()))
        .AddSingleton<SeriesNames>()
        .AddSingleton<RestCharts>()
        .AddSingleton<ChartSource>()
        .AddSingleton<ExploreSource>()
        .AddSingleton<FleetNumbers>();
}
