using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Gateways.Prometheus;

/// <summary>Remembers how requests went.</summary>
internal sealed class PrometheusStanding(PrometheusTarget? target, TimeProvider time)
{
    private const int Remembered = 100;
    private readonly Lock gate = new();
    private readonly Queue<TimeSpan> latencies = new();
    private DateTimeOffset? lastSuccess, lastErrorAt;
    private string? lastError;
    private long requests, errors;
    private string kind = target is { IsManaged: true } ? "Amazon Managed Service for Prometheus" : "unknown";

    public void Sent(string endpoint)
    {
        PrometheusInstruments.Requests.Add(1, Tag("endpoint", endpoint));
        lock (gate)
            requests++;
    }

    public void Answered(string endpoint, TimeSpan took)
    {
        PrometheusInstruments.Duration.Record(took.TotalSeconds, Tag("endpoint", endpoint));
        lock (gate)
        {
            lastSuccess = time.GetUtcNow();
            latencies.Enqueue(took);
            if (latencies.Count > Remembered)
                latencies.Dequeue();
        }
    }

    public void Failed(PrometheusException e)
    {
        PrometheusInstruments.Errors.Add(1, Tag("reason", e.Fault.ToString()));
        lock (gate)
        {
            errors++;
            // A query that somebody mistyped says nothing about the source.
            if (e.IsOfTheQuery)
                lastSuccess = time.GetUtcNow();
            else
                (lastError, lastErrorAt) = (e.Message, time.GetUtcNow());
        }
    }

    public void Is(string what)
    {
        lock (gate)
            kind = what;
    }

    public MetricSourceStatus Describe()
    {
        lock (gate)
            return new(target?.Root, kind, lastSuccess, lastError, lastErrorAt, requests, errors, latencies.Count == 0 ? null : latencies.Order().ElementAt(latencies.Count / 2));
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
