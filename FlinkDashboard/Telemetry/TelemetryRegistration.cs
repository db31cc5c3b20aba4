using FlinkDashboard.Configuration;
using Prometheus;

namespace FlinkDashboard.Telemetry;

/// <summary>How the dashboard's own numbers leave it: <c>/metrics</c> for Prometheus, OTLP for a collector.</summary>
public static class TelemetryRegistration
{
    /// <summary>Adds what is switched on.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options, IConfiguration configuration)
    {
        if (options.Metrics)
            services.AddSingleton<MetricsRegistry>();
        return services.AddOtlp(options, configuration);
    }

    /// <summary><c>/metrics</c>: answers without a user, as probes do. It holds numbers and kinds, no names of users or objects.</summary>
    public static void MapTelemetry(this WebApplication app)
    {
        if (app.Services.GetService<MetricsRegistry>() is { } metrics)
            app.MapMetrics("/metrics", metrics.Registry).AllowAnonymous();
    }
}
