using System.Globalization;
using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Metrics;
using FlinkDashboard.State.Flink;

namespace FlinkDashboard.State.Metrics;

/// <summary>
/// Stands in for a Prometheus: what JobManagers tell by REST, sampled every 10 s while somebody looks and kept for an hour. It knows nothing of the time
/// before somebody looked, and says so. One for the whole server.
/// </summary>
public sealed partial class RestCharts(JobManagerFeeds feeds, TimeProvider time, ILogger<RestCharts> logger) : IDisposable
{
    /// <summary>Most clusters whose samples are kept; those nobody looked at for longest are forgotten first.</summary>
    public const int MostClusters = 50;

    // A page asks every 15 s; two that were missed mean that nobody looks.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Lock gate = new();
    private readonly Dictionary<JobManagerAddress, Sampled> clusters = [];
    private readonly CancellationTokenSource end = new();
    private Task loop = Task.CompletedTask;

    /// <summary>What is known of a chart now; looking at it keeps it sampled for a minute.</summary>
    /// <param name="chart">Of the catalogue.</param>
    /// <param name="subject">Whom it is asked for.</param>
    /// <param name="range">The moments.</param>
    /// <param name="problem">Why the Prometheus does not answer; null when there is none.</param>
    public ChartAnswer Read(MetricChart chart, ChartSubject subject, ChartRange range, string? problem)
    {
        var isJob = subject.Kind == ChartSubjectKind.SessionJob;
        if (chart.RestId is not { } id || !(isJob || subject.Kind == ChartSubjectKind.Application) || new JobManagerAddress(subject.Namespace ?? "", (isJob ? subject.Cluster : subject.Name) ?? "") is not { IsValid: true } address)
            return new(null, null, problem, problem is null ? "There is no Prometheus (Prometheus:Url), and Flink's REST API does not tell this." : null, "Flink's REST API");
        lock (gate)
        {
            var cluster = Look(address);
            if (isJob)
                cluster.Sampler.Wanted = subject.JobId;
            var (ring, said) = (cluster.Sampler.Ring, cluster.Sampler.Problem);
            var source = ring.Since is { } since ? string.Create(CultureInfo.InvariantCulture, $"Flink's REST API, since {since.UtcDateTime:HH:mm} UTC") : "Flink's REST API";
            var frame = ring.Frame(id, range, isJob ? subject.JobId ?? "none" : null);
            var missing = frame.Lines.Count > 0 ? null
                : ring.Since is null ? "Sampled from now on: the first values are there within half a minute." : "Flink's REST API had no such values in this range. It is sampled only while somebody looks; for the time before, set Prometheus:Url.";
            return new(frame, ring.Last, problem ?? said, missing, source) { IsStandIn = said is null };
        }
    }

    /// <summary>Clusters that are sampled now.</summary>
    public int Sampling { get { lock (gate) return clusters.Values.Count(IsLooked); } }

    /// <summary>Takes a sample of each cluster that somebody looks at; the loop does it every 10 s.</summary>
    internal void Sample()
    {
        lock (gate)
        {
            foreach (var cluster in clusters.Values)
            {
                if (IsLooked(cluster))
                    cluster.Sampler.Sample();
                else
                    cluster.Sampler.Rest();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        end.Cancel();
        lock (gate)
        {
            foreach (var cluster in clusters.Values)
                cluster.Sampler.Dispose();
            clusters.Clear();
        }
        end.Dispose();
    }

    private Sampled Look(JobManagerAddress address)
    {
        if (!clusters.TryGetValue(address, out var cluster))
        {
            if (clusters.Count >= MostClusters && clusters.MinBy(c => c.Value.LastLook) is var old)
            {
                old.Value.Sampler.Dispose();
                clusters.Remove(old.Key);
            }
            clusters[address] = cluster = new(new(feeds.Of(address), time));
        }
        cluster.LastLook = time.GetTimestamp();
        if (loop.IsCompleted && !end.IsCancellationRequested)
            loop = Task.Run(RunAsync, CancellationToken.None);
        return cluster;
    }

    private bool IsLooked(Sampled cluster) => time.GetElapsedTime(cluster.LastLook) < Patience;

    private async Task RunAsync()
    {
        var stop = end.Token;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Sample();
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                LogSample(e);
            }
            lock (gate)
            {
                if (!clusters.Values.Any(IsLooked))
                {
                    loop = Task.CompletedTask;
                    return;
                }
            }
            await Task.Delay(RestSampler.Pace, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Error, "JobManagers could not be sampled")]
    private partial void LogSample(Exception e);

    private sealed class Sampled(RestSampler sampler)
    {
        public RestSampler Sampler => sampler;

        public long LastLook { get; set; }
    }
}
