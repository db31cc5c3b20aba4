using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.State;

/// <summary>
/// Keeps one <see cref="ResourceCache{T}"/> true: one loop for the whole server (one per namespace with <c>Cluster:Namespaces</c>), however many
/// users look. Lists, then watches; whatever fails becomes a status, a log line and a wait, never the end of the process.
/// </summary>
public sealed partial class ResourceWatch<T>(KubernetesApi api, ResourceCache<T> cache, ClusterOptions options, TimeProvider time, ILogger<ResourceWatch<T>> logger, StateMeter? meter = null)
    : BackgroundService where T : class, IKubernetesObject
{
    private static readonly TimeSpan ForbiddenWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AbsentWait = TimeSpan.FromSeconds(20);
    private readonly Random random = new(HashCode.Combine(cache.Kind.Plural, Environment.ProcessId));

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scopes = cache.Kind.Namespaced && options.Namespaces.Count > 0 ? options.Namespaces.Distinct().ToList() : [""];
        foreach (var scope in scopes)
            cache.Report(scope, WatchState.Connecting, time.GetUtcNow(), contact: false, error: null);
        return Task.WhenAll(scopes.Select(scope => KeepAsync(scope, stoppingToken)));
    }

    private async Task KeepAsync(string scope, CancellationToken stop)
    {
        await Task.Yield(); // the host's start must not wait for the first answer
        var backoff = new Backoff(random);
        string? version = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                version ??= await ListAsync(scope, stop);
                version = await WatchAsync(scope, version, backoff, stop);
                meter?.Reconnects(cache.Kind, "closed");
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                meter?.Reconnects(cache.Kind, ReasonOf(e));
                (var wait, version) = Failed(scope, version, e, backoff);
                await WaitAsync(wait, stop);
            }
        }
    }

    private async Task<string> ListAsync(string scope, CancellationToken stop)
    {
        var ns = scope.Length == 0 ? null : scope;
        var list = await api.ListAsync(cache.Kind, ns, stop);
        foreach (var problem in list.Skipped)
            LogSkipped(cache.Kind.Plural, problem);
        cache.Replace(ns, list.Items);
        cache.Report(scope, WatchState.Live, time.GetUtcNow(), contact: true, error: list.Skipped.Count == 0 ? null : list.Skipped[0]);
        return list.ResourceVersion;
    }

    /// <summary>Watches until the server closes; returns the resourceVersion to go on from. The version survives failures in <c>reached</c>.</summary>
    private async Task<string> WatchAsync(string scope, string version, Backoff backoff, CancellationToken stop)
    {
        var life = TimeSpan.FromSeconds(300 + random.Next(300));
        var opened = time.GetTimestamp();
        reached[scope] = version;
        await foreach (var e in api.WatchAsync(cache.Kind, scope.Length == 0 ? null : scope, version, life, () => Live(scope, null), stop))
        {
            Apply(e);
            backoff.Reset();
            reached[scope] = version = e.ResourceVersion ?? version;
            Live(scope, e.Problem);
        }
        if (time.GetElapsedTime(opened) < TimeSpan.FromSeconds(1))
            await WaitAsync(backoff.Next(), stop); // a server that closes at once must not be asked in a tight loop
        return version;
    }

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> reached = new(StringComparer.Ordinal);

    private void Apply(WatchEvent<T> e)
    {
        meter?.Arrived(cache.Kind, e.Type.ToString().ToLowerInvariant());
        switch (e.Type)
        {
            case WatchEventType.Added or WatchEventType.Modified:
                cache.Put(e.Object!);
                break;
            case WatchEventType.Deleted:
                cache.Remove(e.Object!);
                break;
            case WatchEventType.Unreadable:
                LogSkipped(cache.Kind.Plural, e.Problem!);
                break;
        }
    }

    private void Live(string scope, string? problem) => cache.Report(scope, WatchState.Live, time.GetUtcNow(), contact: true, problem);

    /// <summary>Turns a failure into a status; returns how long to wait and where to go on (null: list again).</summary>
    private (TimeSpan, string?) Failed(string scope, string? version, Exception e, Backoff backoff)
    {
        var now = time.GetUtcNow();
        version = version is null ? null : reached.GetValueOrDefault(scope, version);
        switch (e)
        {
            case KubernetesApiException { IsExpired: true }:
                LogExpired(cache.Kind.Plural, scope);
                return (backoff.Next(), null);
            case KubernetesApiException { IsForbidden: true }:
                cache.Replace(scope.Length == 0 ? null : scope, []);
                cache.Report(scope, WatchState.Forbidden, now, contact: true, e.Message);
                return (ForbiddenWait, null);
            case KubernetesApiException { IsNotFound: true }:
                cache.Replace(scope.Length == 0 ? null : scope, []);
                cache.Report(scope, WatchState.Absent, now, contact: true, e.Message);
                return (AbsentWait, null);
            case KubernetesApiException api:
                LogLost(cache.Kind.Plural, scope, api.Reason, api.Message);
                cache.Report(scope, WatchState.Stale, now, contact: false, api.Message);
                return (backoff.Next(api.RetryAfter), version);
            default:
                LogBroken(e, cache.Kind.Plural, scope);
                cache.Report(scope, WatchState.Stale, now, contact: false, e.Message);
                return (backoff.Next(), null);
        }
    }

    private static string ReasonOf(Exception e) => e switch
    {
        KubernetesApiException { IsExpired: true } => "expired",
        KubernetesApiException { IsForbidden: true } => "forbidden",
        KubernetesApiException { IsNotFound: true } => "absent",
        KubernetesApiException => "lost",
        _ => "broken"
    };

    private async Task WaitAsync(TimeSpan wait, CancellationToken stop)
    {
        try
        {
            await Task.Delay(wait, time, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping: the loop sees it
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Kind}: {Problem}")]
    private partial void LogSkipped(string kind, string problem);

    [LoggerMessage(LogLevel.Information, "Watch of {Kind} in \"{Scope}\" expired; listing again")]
    private partial void LogExpired(string kind, string scope);

    [LoggerMessage(LogLevel.Warning, "Watch of {Kind} in \"{Scope}\" lost ({Reason}): {Problem}")]
    private partial void LogLost(string kind, string scope, string reason, string problem);

    [LoggerMessage(LogLevel.Error, "Watch of {Kind} in \"{Scope}\" broke")]
    private partial void LogBroken(Exception e, string kind, string scope);
}
