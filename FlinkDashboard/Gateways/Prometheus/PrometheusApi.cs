using System.Globalization;
using System.Text.Json;
using FlinkDashboard.Configuration;
using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Gateways.Prometheus;

/// <summary>
/// Prometheus' HTTP API for reading: Prometheus, Thanos, Mimir, VictoriaMetrics and Amazon Managed Service for Prometheus. Every failure is a
/// <see cref="PrometheusException"/>.
/// </summary>
public sealed partial class PrometheusApi : IDisposable
{
    /// <summary>Largest answer that is read.</summary>
    public const int LargestAnswer = 32 << 20;

    /// <summary>Most points of one series in one answer (<c>web/api/v1</c> refuses more).</summary>
    public const int MostPoints = 11_000;

    private const string ManagedService = "Amazon Managed Service for Prometheus";
    private const string HistogramInfo = "Native histograms are not drawn: take histogram_quantile() or histogram_avg() of them.";
    private readonly PrometheusConnection? connection;
    private readonly GatewayCalls calls;
    private readonly PrometheusOptions options;
    private readonly TimeProvider time;

    /// <summary>Made once; connects when it is first asked.</summary>
    public PrometheusApi(PrometheusOptions options, AwsAccess aws, TimeProvider time, GatewayMeter? meter = null)
    {
        (this.options, this.time) = (options, time);
        Target = PrometheusTarget.Of(options);
        calls = meter?.Of("prometheus") ?? new("prometheus", time);
        Kind = Target is { IsManaged: true } ? ManagedService : "";
        connection = Target is null ? null : new(options, Target, aws, time);
    }

    /// <summary>Whom it asks; null when no address is set.</summary>
    public PrometheusTarget? Target { get; }

    /// <summary>Time between two scrapes, by the settings.</summary>
    public TimeSpan ScrapeInterval => TimeSpan.FromSeconds(options.ScrapeInterval);

    /// <summary>What answers there: "Prometheus 3.5.0", or empty before it was asked.</summary>
    public string Kind { get; private set; }

    /// <summary>How requests went so far. Asks nothing.</summary>
    public MetricSourceStatus Describe()
    {
        var tally = calls.Now;
        return new(Target?.Root, Kind, tally.LastSuccess, tally.LastError?.Message, tally.LastError?.At, tally.Requests, tally.Errors, tally.Latency);
    }

    /// <summary>The value of a query at a moment.</summary>
    /// <param name="query">PromQL.</param>
    /// <param name="at">The moment; null for the server's now.</param>
    /// <param name="stop">Ends the request.</param>
    /// <param name="limit">Most series wanted; 0 for all. A server that knows no limit gives all.</param>
    public Task<QueryAnswer> QueryAsync(string query, DateTimeOffset? at, CancellationToken stop, int limit = 0) =>
        ValueAsync("query", [("query", query), ("time", at is { } moment ? Moment(moment) : null), ("timeout", Patience), ("limit", Limit(limit))], stop);

    /// <summary>The values of a query over time.</summary>
    /// <param name="query">PromQL.</param>
    /// <param name="range">The moments; at most <see cref="MostPoints"/>.</param>
    /// <param name="stop">Ends the request.</param>
    /// <param name="limit">Most series wanted; 0 for all.</param>
    public Task<QueryAnswer> RangeAsync(string query, ChartRange range, CancellationToken stop, int limit = 0) =>
        range.Points > MostPoints
            ? throw new PrometheusException(PrometheusFault.BadQuery, 0, $"A range has at most {MostPoints:N0} moments, this one {range.Points:N0}. Take a longer step or a shorter range.")
            : ValueAsync("query_range",
                [("query", query), ("start", Moment(range.From)), ("end", Moment(range.To)), ("step", range.Step.TotalSeconds.ToString("R", CultureInfo.InvariantCulture)), ("timeout", Patience), ("limit", Limit(limit))], stop);

    private async Task<QueryAnswer> ValueAsync(string endpoint, IReadOnlyList<(string, string?)> parameters, CancellationToken stop)
    {
        var (value, warnings, infos) = await AskAsync(endpoint, posts: true, parameters, PrometheusReading.Value, stop);
        return new(value.Kind, value.Series, value.Text, warnings, value.HasHistograms ? [.. infos, HistogramInfo] : infos);
    }

    private async Task<(T Content, IReadOnlyList<string> Warnings, IReadOnlyList<string> Infos)> AskAsync<T>(
        string endpoint, bool posts, IReadOnlyList<(string, string?)> parameters, PrometheusReading.DataReader<T> read, CancellationToken stop)
    {
        var (body, type) = await SendAsync(endpoint, posts, parameters, stop);
        try
        {
            var envelope = PrometheusReading.Read(body.Span, read);
            return envelope is { IsSuccess: true, Content: { } content }
                ? (content, envelope.Warnings, envelope.Infos)
                : throw new JsonException("no data");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            var fault = new PrometheusException(PrometheusFault.NotUnderstood, 200,
                $"{Target!.Name} answered what is not Prometheus' JSON ({type}; {e.Message}). The answer was cut on its way, or another program answers there. Check Prometheus:Url and proxies before it.", inner: e);
            calls.Failed(fault.Fault.ToString(), fault.Message);
            throw fault;
        }
    }

    private string Patience => string.Create(CultureInfo.InvariantCulture, $"{options.Timeout}s");

    private static string? Limit(int limit) => limit > 0 ? limit.ToString(CultureInfo.InvariantCulture) : null;

    private static string Moment(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose()
    {
        connection?.Dispose();
        places.Dispose();
    }
}
