using FlinkDashboard.Configuration;
using FlinkDashboard.Gateways.CloudWatchLogs;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Model.Readings;

namespace FlinkDashboard.State.Logs;

/// <summary>A pod whose log can be read.</summary>
/// <param name="Name">Pod name.</param>
/// <param name="IsJobManager">JobManager; else TaskManager.</param>
/// <param name="Containers">Its containers, the one that runs Flink first.</param>
/// <param name="HasPrevious">The Flink container has run before: its previous log can be asked for.</param>
/// <param name="HasStarted">It has a log.</param>
/// <param name="StartedAt">When the pod was accepted by its node.</param>
public sealed record PodLog(string Name, bool IsJobManager, IReadOnlyList<string> Containers, bool HasPrevious, bool HasStarted, DateTimeOffset? StartedAt);

/// <summary>A pod that is gone and whose lines CloudWatch still has.</summary>
/// <param name="Name">Pod name.</param>
/// <param name="FirstLine">Time of its first line; null when it is not told.</param>
/// <param name="LastLine">Time of its last line, as far as CloudWatch knows: it learns it late.</param>
public sealed record GonePod(string Name, DateTimeOffset? FirstLine, DateTimeOffset? LastLine);

/// <summary>The streams that CloudWatch has of a place.</summary>
/// <param name="Gone">Pods of the application that the cluster no longer has, the latest first; empty for a group chosen freely.</param>
/// <param name="Outputs">Outputs that its streams are named after, <c>STDOUT</c> and <c>STDERR</c>; empty when they are not.</param>
public sealed record PlaceStreams(IReadOnlyList<GonePod> Gone, IReadOnlyList<string> Outputs)
{
    /// <summary>Nothing is known of them.</summary>
    public static PlaceStreams None { get; } = new([], []);
}

/// <summary>What logs there are of an application, as far as the cluster says.</summary>
/// <param name="Pods">Pods that are there, JobManagers first.</param>
/// <param name="CloudWatch">Its lines in CloudWatch: pass it to <see cref="LogHub.Open"/>. Null when its monitoringConfiguration names no group.</param>
/// <param name="Group">The log group, for words.</param>
/// <param name="StreamPrefix">What its streams begin with, for words.</param>
/// <param name="ArchiveUri">Folder in S3, <c>s3://bucket/prefix</c>, with one folder for each pod; null when its monitoringConfiguration names none.</param>
public sealed record LogOffer(IReadOnlyList<PodLog> Pods, LogPlace? CloudWatch, string? Group, string? StreamPrefix, string? ArchiveUri)
{
    /// <summary>Address of a pod's archive; null when there are none.</summary>
    public string? ArchiveOf(string pod, string output = "STDOUT") => ArchiveUri is null ? null : $"{ArchiveUri}/{pod}/{output}.gz";
}

/// <summary>Says what logs there are.</summary>
public sealed class LogSources(ClusterState state, CloudWatchLogsApi api, LogGroups groups, DashboardOptions options)
{
    private readonly LogReach reach = new(state, options);
    private const int MostPages = 20;

    /// <summary>Log groups of the account.</summary>
    public LogGroups Groups => groups;

    /// <summary>Of a FlinkDeployment.</summary>
    public LogOffer Of(string ns, string name)
    {
        var monitoring = state.Now<FlinkDeployment>().Find(ns, name)?.Spec.MonitoringConfiguration;
        var pods = state.Now<Pod>().In(ns).Where(p => ClusterPods.ClusterOf(p) == name).Select(Read).OrderByDescending(p => p.IsJobManager).ThenBy(p => p.Name, StringComparer.Ordinal);
        var group = monitoring?.CloudWatchMonitoringConfiguration?.LogGroupName is { Length: > 0 } named ? named : null;
        return new([.. pods],
            group is null ? null : new(LogWay.CloudWatch, ns, name), group, monitoring?.CloudWatchMonitoringConfiguration?.LogStreamNamePrefix,
            monitoring?.S3MonitoringConfiguration?.LogUri is { Length: > 0 } uri ? Absolute(uri) : null);
    }

    /// <summary>What is read for a place, and whether it may be somebody else's. Whoever decides on it must pass this on: the spec may name something else a moment later.</summary>
    public LogTarget TargetOf(LogPlace place)
    {
        var scope = place.Way == LogWay.CloudWatch ? ScopeOf(place) : null;
        var offer = place is { Group: null, Namespace: { } ns, Name: { } name } ? Of(ns, name) : null;
        var beyond = scope is not null && offer is not null ? reach.BeyondOf(place.Namespace!, place.Name!, scope)
            : place is { Way: LogWay.Archive, Address: { } address } ? reach.BeyondOf(place.Namespace, place.Name, offer?.ArchiveUri, address)
            : null;
        return new(place, beyond) { Scope = scope };
    }

    /// <summary>Streams of an application, and so its pods that the cluster no longer has; of a group chosen freely only the first page, which tells how they are named.</summary>
    /// <param name="target">A place in CloudWatch.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="CloudWatchLogsException">The streams cannot be listed.</exception>
    public async Task<PlaceStreams> StreamsAsync(LogTarget target, CancellationToken stop)
    {
        if (target.Scope is not { } scope)
            return PlaceStreams.None;
        List<LogStream> streams = [];
        foreach (var prefix in scope.Searches)
        {
            string? token = null;
            for (var page = 0; page < (scope.Application is null ? 1 : MostPages); page++)
            {
                var answer = await api.DescribeLogStreamsAsync(new(scope.Group, prefix, Limit: 50, NextToken: token), stop);
                streams.AddRange(answer.LogStreams ?? []);
                if ((token = answer.NextToken) is null)
                    break;
            }
        }
        IReadOnlyList<string> outputs = [.. streams.Where(s => scope.SourceOf(s.LogStreamName) is not null).Select(s => StreamName.OutputOf(s.LogStreamName)).OfType<string>().Distinct().OrderDescending(StringComparer.Ordinal)];
        if (scope.Application is null)
            return new([], outputs);
        var there = state.Now<Pod>().In(target.Place.Namespace!).Select(p => p.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        return new([.. streams.Where(s => scope.SourceOf(s.LogStreamName) is { } pod && !there.Contains(pod)).GroupBy(s => scope.SourceOf(s.LogStreamName)!)
            .Select(g => new GonePod(g.Key, Moment(g.Min(s => s.FirstEventTimestamp)), Moment(g.Max(s => s.LastEventTimestamp)))).OrderByDescending(p => p.LastLine).ThenBy(p => p.Name, StringComparer.Ordinal)], outputs);
    }

    /// <summary>Which streams of which group a place means; null when it names no group and its application none either.</summary>
    private CloudScope? ScopeOf(LogPlace place)
    {
        var pods = place.Pods ?? [];
        if (place.Group is { } chosen)
            return new(chosen, place.StreamPrefix is { Length: > 0 } prefix ? [prefix] : [], null, pods, place.Output);
        if (place.Namespace is not { } ns || place.Name is not { } name || Of(ns, name) is not { Group: { } group } offer)
            return null;
        return new(group, StreamName.PrefixesOf(offer.StreamPrefix, name), name, pods, place.Output);
    }

    private static PodLog Read(Pod pod)
    {
        var main = PodChoice.ContainerOf(pod, null);
        return new(pod.Metadata.Name, pod.Metadata.Labels["component"] == "jobmanager",
            [main, .. pod.Spec.Containers.Concat(pod.Spec.InitContainers).Select(c => c.Name).Where(n => n != main)],
            PodChoice.StatusOf(pod, main)?.LastState is ContainerTerminated, PodChoice.HasStarted(pod, main), pod.Status.StartTime);
    }

    private static DateTimeOffset? Moment(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private static string Absolute(string uri) => (uri.Contains("://", StringComparison.Ordinal) ? uri : "s3://" + uri).TrimEnd('/');
}
