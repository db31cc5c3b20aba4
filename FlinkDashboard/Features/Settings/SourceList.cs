using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.State.Metrics;

namespace FlinkDashboard.Features.Settings;

/// <summary>Every system the dashboard reads from, as the settings name it and as it fares now.</summary>
public sealed class SourceList(DashboardOptions options, KubernetesApi kubernetes, FlinkRestApi flink, AwsAccess aws, ChartSource charts, GatewayMeter meter)
{
    private readonly Lazy<string?> region = new(() => aws.RegionOf(null));

    /// <summary>In the order one asks.</summary>
    public IReadOnlyList<SourceRow> Now =>
    [
        Row("kubernetes", "Kubernetes API", "", kubernetes.Connector.Address.Server?.ToString() ?? kubernetes.Connector.Name, ""),
        Row("flink", "Flink REST", flink.Way, "NAME-rest.NAMESPACE:8081", ""),
        Row("prometheus", "Prometheus", charts.Describe().Kind, options.Prometheus.Url, "Set Prometheus:Url; until then charts are drawn from Flink's own numbers."),
        Row("logs", "CloudWatch Logs", "", options.Logs.Endpoint ?? OnAws("logs", options.Logs.Region), "Set Logs:Region or Aws:Region; logs of pods need no setting."),
        Row("livetail", "CloudWatch Live Tail", "", options.Logs.TailEndpoint ?? options.Logs.Endpoint ?? OnAws("streaming-logs", options.Logs.Region), "Set Logs:Region or Aws:Region."),
        Row("s3", "S3", options.Storage.Locations.Count switch { 0 => "", 1 => "1 location", var n => $"{n} locations" }, options.Storage.Locations.Count == 0 ? null : options.Storage.Endpoint ?? OnAws("s3", options.Storage.Region), "Set Storage:Locations to what may be looked at."),
    ];

    private SourceRow Row(string key, string name, string kind, string? address, string missing) => new(key, name, kind, address, missing, meter.Of(key).Now);

    private string? OnAws(string service, string? own) => (own ?? region.Value) is { } at ? $"https://{service}.{at}.amazonaws.com" : null;
}
