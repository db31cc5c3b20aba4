using FlinkDashboard.Gateways.CloudWatchLogs;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Gateways.S3;
using FlinkDashboard.State.Metrics;
using FlinkDashboard.State.Storage;

namespace FlinkDashboard.Features.Settings;

/// <summary>Asks the sources something small, so that one sees whether they answer without opening the pages that use them. Not JobManagers: which one? Nor Live Tail, which costs by the minute.</summary>
public sealed class SourceCheck(KubernetesApi kubernetes, ChartSource charts, CloudWatchLogsApi logs, S3Api files, StorageFiles storage)
{
    /// <summary>Asks all at once. What goes wrong is counted by the gateways, where the panel reads it.</summary>
    public Task AskAsync(CancellationToken stop) => Task.WhenAll(
        TryAsync(() => kubernetes.VersionAsync(stop)),
        charts.ProbeAsync(stop),
        TryAsync(() => logs.DescribeLogGroupsAsync(new(Limit: 1), stop)),
        TryAsync(() => storage.Locations.All is [var first, ..] ? files.ListAsync(first.Root, null, 1, stop) : Task.CompletedTask));

    private static async Task TryAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception e) when (e is KubernetesApiException or CloudWatchLogsException or S3Exception)
        {
            // Counted, with its reason, by the gateway.
        }
    }
}
