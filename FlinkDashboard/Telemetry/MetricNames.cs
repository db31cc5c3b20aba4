using System.Diagnostics.Metrics;

namespace FlinkDashboard.Telemetry;

/// <summary>
/// An instrument's name as Prometheus writes it: dots become underscores, the unit follows, and a counter ends in <c>_total</c>, as OpenTelemetry's compatibility
/// rules have it: <c>flinkdashboard.gateway.request.duration</c> in <c>s</c> is <c>flinkdashboard_gateway_request_duration_seconds</c>.
/// </summary>
public sealed class MetricNames
{
    private const string Prefix = "flinkdashboard_";

    /// <summary>Reads the name.</summary>
    public MetricNames(Instrument instrument)
    {
        var name = Label(instrument.Name);
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            name = Prefix + name;
        if (Unit(instrument.Unit) is { } unit && !name.EndsWith(unit, StringComparison.Ordinal))
            name += unit;
        var isCounter = instrument.GetType().Name is var type && (type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal));
        Name = isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
        Help = instrument.Description is { Length: > 0 } description ? description : instrument.Name;
    }

    /// <summary>The metric's name.</summary>
    public string Name { get; }

    /// <summary>What it tells.</summary>
    public string Help { get; }

    /// <summary>A label's name: letters, digits and underscores.</summary>
    public static string Label(string name)
    {
        foreach (var c in name)
            if (!char.IsAsciiLetterLower(c) && c != '_')
                return string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));
        return name;
    }

    private static string? Unit(string? unit) => unit switch
    {
        "s" => "_seconds",
        "By" => "_bytes",
        "ms" => "_milliseconds",
        _ => null
    };
}
