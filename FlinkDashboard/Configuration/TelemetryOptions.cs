namespace FlinkDashboard.Configuration;

/// <summary>Settings below <c>Telemetry</c>: what the dashboard tells about itself.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Address of an OpenTelemetry collector, <c>http://collector:4317</c>. Not set: the variable OTEL_EXPORTER_OTLP_ENDPOINT, else nothing is sent.</summary>
    public string? Otlp { get; set; }

    /// <summary>Whether <c>/metrics</c> answers. It holds no data of users or of the cluster's objects.</summary>
    public bool Metrics { get; set; } = true;
}
