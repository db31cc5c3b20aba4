using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace FlinkDashboard.Gateways;

/// <summary>The instruments of all gateways and what each has to tell. One for the whole process.</summary>
public sealed class GatewayMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "FlinkDashboard.Gateways";

    private readonly ConcurrentDictionary<string, GatewayCalls> calls = new(StringComparer.Ordinal);
    private readonly TimeProvider time;

    /// <summary>Makes the instruments.</summary>
    public GatewayMeter(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        var meter = meters.Create(Name);
        Requests = meter.CreateCounter<long>("flinkdashboard.gateway.requests", "{request}", "Requests sent, by gateway");
        Errors = meter.CreateCounter<long>("flinkdashboard.gateway.errors", "{request}", "Requests that brought no good answer, by gateway and reason");
        Duration = meter.CreateHistogram<double>("flinkdashboard.gateway.request.duration", "s", "Time until the answer began, by gateway");
    }

    internal Counter<long> Requests { get; }

    internal Counter<long> Errors { get; }

    internal Histogram<double> Duration { get; }

    /// <summary>What a gateway counts with.</summary>
    /// <param name="gateway">Short name, the label: <c>kubernetes</c>, <c>flink</c>, <c>prometheus</c>, <c>logs</c>, <c>livetail</c>, <c>s3</c>.</param>
    public GatewayCalls Of(string gateway) => calls.GetOrAdd(gateway, static (name, own) => new(name, own.time, own), this);
}
