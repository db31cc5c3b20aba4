using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.State;

/// <summary>Keeps the cache of a kind that cannot be watched (metrics.k8s.io): lists it every 15 s, its own resolution.</summary>
public sealed partial class ResourcePoll<T>(KubernetesApi api, ResourceCache<T> cache, Configuration.ClusterOptions options, TimeProvider time, ILogger<ResourcePoll<T>> logger)
    : BackgroundService where T : class, IKubernetesObject
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scopes = cache.Kind.Namespaced && options.Namespaces.Count > 0 ? options.Namespaces.Distinct().ToList() : [""];
        return Task.WhenAll(scopes.Select(scope => KeepAsync(scope, stoppingToken)));
    }

    private async Task KeepAsync(string scope, CancellationToken stop)
    {
        await Task.Yield();
        var ns = scope.Length == 0 ? null : scope;
        var backoff = new Backoff(new Random(HashCode.Combine(cache.Kind.Plural, Environment.ProcessId)));
        while (!stop.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                cache.Replace(ns, (await api.ListAsync(cache.Kind, ns, stop)).Items);
                cache.Report(scope, WatchState.Live, time.GetUtcNow(), contact: true, error: null);
                backoff.Reset();
                wait = Interval;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                Failed(scope, ns, e);
                wait = e is KubernetesApiException { IsTransient: true } lost ? backoff.Next(lost.RetryAfter) : Interval * 4;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Failed(string scope, string? ns, Exception e)
    {
        var state = e switch
        {
            KubernetesApiException { IsForbidden: true } => WatchState.Forbidden,
            KubernetesApiException { IsNotFound: true } => WatchState.Absent,
            _ => WatchState.Stale
        };
        if (state == WatchState.Stale && cache.StatusIn(scope).LastError != e.Message)
            LogLost(e, cache.Kind.Plural, scope);
        if (state != WatchState.Stale)
            cache.Replace(ns, []);
        cache.Report(scope, state, time.GetUtcNow(), contact: state != WatchState.Stale, e.Message);
    }

    [LoggerMessage(LogLevel.Warning, "{Kind} in \"{Scope}\" could not be read")]
    private partial void LogLost(Exception e, string kind, string scope);
}
