using System.Diagnostics.Metrics;

namespace FlinkDashboard.Gateways.Prometheus;

/// <summary>What this gateway counts about itself.</summary>
internal static class PrometheusInstruments
{
    private static readonly Meter Meter = new("FlinkDashboard.Gateways");

    /// <summary>Requests sent, by endpoint.</summary>
    public static readonly Counter<long> Requests = Meter.CreateCounter<long>("dashboard.prometheus.requests", "{request}", "Requests sent to Prometheus");

    /// <summary>Requests that failed, by reason.</summary>
    public static readonly Counter<long> Errors = Meter.CreateCounter<long>("dashboard.prometheus.errors", "{error}", "Requests to Prometheus that failed");

    /// <summary>Seconds until the whole answer was there, by endpoint.</summary>
    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("dashboard.prometheus.duration", "s", "Time until Prometheus had answered");
}
