using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Model.Metrics;

namespace FlinkDashboard.Access;

/// <summary>
/// Who may read what the dashboard's own account reads from Prometheus, CloudWatch and S3, which know nothing of the cluster's users: the right to the
/// Kubernetes object that the series, lines or files belong to, asked of the API server.
/// </summary>
public sealed class SourceRights(AccessReviews reviews)
{
    /// <summary>
    /// An application's own logs take <c>get pods/log</c> in its namespace. A log group or stream named by the reader may hold anybody's lines, and so may one that a spec names and
    /// that is not the application's own: they take that right in all namespaces. An archive named by its address is a file: see <see cref="MayBrowseAsync"/>.
    /// </summary>
    /// <param name="user">The viewer; null is the dashboard's own account.</param>
    /// <param name="place">Which log.</param>
    /// <param name="beyond">Why what the spec names may be somebody else's; null: it is the application's own.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<Decision> MayReadLogsAsync(UserIdentity? user, LogPlace place, string? beyond, CancellationToken stop)
    {
        var wide = beyond is not null || place.Group is not null || place.StreamPrefix is not null || place.Namespace is null;
        var may = await reviews.MayAsync(user, "get", Pod.Info, "log", wide ? null : place.Namespace, null, stop);
        if (may.Allowed || beyond is null || place.Namespace is not { } ns)
            return may;
        // What a spec names is not told to those who may not read the application's own logs.
        var own = await reviews.MayAsync(user, "get", Pod.Info, "log", ns, null, stop);
        return own.Allowed ? Decision.No($"{beyond} So it takes the right to the logs of all namespaces. {may.Reason}") : own;
    }

    /// <summary>A PromQL text of one's own reads the series of all namespaces: it takes <c>list pods</c> in all of them.</summary>
    public Task<Decision> MayAskAnythingAsync(UserIdentity? user, CancellationToken stop) => reviews.MayAsync(user, "list", Pod.Info, null, null, null, stop);

    /// <summary>
    /// The charts of an application or session job take <c>get</c> of it; those of nodes and Karpenter <c>list nodes</c>; those of operator and YuniKorn, which tell of
    /// all namespaces, <c>list pods</c> in all of them. Those of a fleet are asked for the namespaces that the viewer may see: nothing more to ask.
    /// </summary>
    public Task<Decision> MaySeeAsync(UserIdentity? user, ChartSubject subject, CancellationToken stop) => subject.Kind switch
    {
        ChartSubjectKind.Application => reviews.MayAsync(user, "get", FlinkDeployment.Info, null, subject.Namespace, subject.Name, stop),
        ChartSubjectKind.SessionJob => reviews.MayAsync(user, "get", FlinkSessionJob.Info, null, subject.Namespace, subject.Name, stop),
        ChartSubjectKind.Fleet => Task.FromResult(Decision.Yes),
        ChartSubjectKind.Nodes or ChartSubjectKind.Karpenter => reviews.MayAsync(user, "list", Node.Info, null, null, null, stop),
        _ => MayAskAnythingAsync(user, stop),
    };

    /// <summary>A place in S3 takes <c>list flinkdeployments</c> in the namespace it is given to, or in all of them when it is given to none.</summary>
    public Task<Decision> MayBrowseAsync(UserIdentity? user, string? ns, CancellationToken stop) => reviews.MayAsync(user, "list", FlinkDeployment.Info, null, ns, null, stop);
}
