using FlinkDashboard.Access;
using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.State.Flink;

namespace FlinkDashboard.Ui.Flink;

/// <summary>
/// The door from a page to a JobManager. JobManagers are asked once for all viewers, with the dashboard's own account; so each viewer's own right
/// to ask the same (<c>get services/proxy</c> of the JobManager's Service) is asked of the API server first.
/// </summary>
public sealed class JobManagerView(JobManagerFeeds feeds, Visibility visibility)
{
    /// <summary>The feed, or why this viewer may not see it. Ask again now and then: the answer is believed for 30 s.</summary>
    public async Task<JobManagerDoor> OpenAsync(JobManagerAddress address, CancellationToken stop)
    {
        if (!address.IsValid)
            return new(Decision.No($"\"{address}\" names no JobManager."), null);
        var may = await visibility.MayAsync("get", Service.Info, "proxy", address.Namespace, $"{address.Service}:{JobManagerAddress.Port}", stop);
        return new(may, may.Allowed ? feeds.Of(address) : null);
    }
}

/// <summary>A JobManager, or why not.</summary>
/// <param name="May">The decision and its reason.</param>
/// <param name="Feed">The feed; null when it may not be seen.</param>
public sealed record JobManagerDoor(Decision May, JobManagerFeed? Feed);
