using System.Reflection;
using FlinkDashboard.Configuration;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FlinkDashboard.Telemetry;

/// <summary>Sends metrics and traces to an OpenTelemetry collector.</summary>
public static class OtlpRegistration
{
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <summary>
    /// Sends where <c>Telemetry:Otlp</c> or OTEL_EXPORTER_OTLP_ENDPOINT names a collector. The protocol is OTEL_EXPORTER_OTLP_PROTOCOL, else http/protobuf for the port
    /// 4318 and gRPC for any other. Headers, interval, sampling and resource attributes are OpenTelemetry's own variables.
    /// </summary>
    public static IServiceCollection AddOtlp(this IServiceCollection services, TelemetryOptions options, IConfiguration configuration)
    {
        if ((options.Otlp ?? configuration[EndpointVariable]) is not { Length: > 0 } address || !Uri.TryCreate(address, UriKind.Absolute, out var collector))
            return services;
        var protocol = ProtocolOf(configuration[ProtocolVariable], collector);
        services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(configuration["OTEL_SERVICE_NAME"] ?? "flink-dashboard", serviceVersion: typeof(OtlpRegistration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion))
            .WithMetrics(m => m
                .AddMeter("FlinkDashboard.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components.Server.Circuits")
                .AddOtlpExporter(o => Point(o, collector, protocol, "v1/metrics")))
            .WithTracing(t => t
                .AddSource("Microsoft.AspNetCore", "System.Net.Http")
                .AddOtlpExporter(o => Point(o, collector, protocol, "v1/traces")));
        return services;
    }

    private static OtlpExportProtocol ProtocolOf(string? named, Uri collector) => named switch
    {
        "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
        "grpc" => OtlpExportProtocol.Grpc,
        _ => collector.Port == 4318 ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc
    };

    // A signal's own path belongs to the address only where HTTP is spoken.
    private static void Point(OtlpExporterOptions exporter, Uri collector, OtlpExportProtocol protocol, string path)
    {
        exporter.Protocol = protocol;
        exporter.Endpoint = protocol == OtlpExportProtocol.Grpc ? collector : new Uri(collector.ToString().TrimEnd('/') + "/" + path);
    }
}
