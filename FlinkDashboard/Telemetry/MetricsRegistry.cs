using System.Diagnostics.Metrics;
using Prometheus;

namespace FlinkDashboard.Telemetry;

/// <summary>
/// The dashboard's instruments as Prometheus metrics. The package's own adapter shows every counter as a gauge and forgets what has not moved for minutes; here
/// a counter is a counter and stays. Only the instruments of this app: several may live in one process.
/// </summary>
public sealed class MetricsRegistry : IDisposable
{
    private static readonly HistogramConfiguration Seconds = new() { Buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };
    private readonly MeterListener listener = new();
    private readonly IMetricFactory metrics;
    private readonly IMeterFactory meters;

    /// <summary>Listens to every instrument of the app, those that are there and those to come.</summary>
    public MetricsRegistry(IMeterFactory meters)
    {
        this.meters = meters;
        metrics = Metrics.WithCustomRegistry(Registry);
        DotNetStats.Register(Registry);
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (IsOurs(instrument))
                to.EnableMeasurementEvents(instrument, new MetricNames(instrument));
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, state) => Take(instrument, value, tags, (MetricNames)state!));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, state) => Take(instrument, value, tags, (MetricNames)state!));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, state) => Take(instrument, value, tags, (MetricNames)state!));
        listener.Start();
        Registry.AddBeforeCollectCallback(listener.RecordObservableInstruments);
    }

    /// <summary>What <c>/metrics</c> writes out.</summary>
    public CollectorRegistry Registry { get; } = Metrics.NewCustomRegistry();

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private bool IsOurs(Instrument instrument) =>
        instrument.Meter.Name.StartsWith("FlinkDashboard.", StringComparison.Ordinal) && (instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, meters));

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, MetricNames names)
    {
        var (labels, values) = (new string[tags.Length], new string[tags.Length]);
        for (var i = 0; i < tags.Length; i++)
            (labels[i], values[i]) = (MetricNames.Label(tags[i].Key), tags[i].Value?.ToString() ?? "");
        var kind = instrument.GetType().Name.AsSpan();
        if (kind.StartsWith("Counter"))
            metrics.CreateCounter(names.Name, names.Help, labels).WithLabels(values).Inc(value);
        else if (kind.StartsWith("ObservableCounter"))
            metrics.CreateCounter(names.Name, names.Help, labels).WithLabels(values).IncTo(value);
        else if (kind.StartsWith("UpDownCounter"))
            metrics.CreateGauge(names.Name, names.Help, labels).WithLabels(values).Inc(value);
        else if (kind.StartsWith("Histogram"))
            metrics.CreateHistogram(names.Name, names.Help, labels, Seconds).WithLabels(values).Observe(value);
        else
            metrics.CreateGauge(names.Name, names.Help, labels).WithLabels(values).Set(value);
    }
}
