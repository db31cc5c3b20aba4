using System.Globalization;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.State.Flink;

/// <summary>
/// Through the API server's proxy (<c>services/NAME-rest:8081/proxy</c>), with the dashboard's own account: one question serves all viewers, and each
/// viewer's own right to it is asked before the answer is shown.
/// </summary>
public sealed class ServiceProxyRoute(KubernetesApi api) : IFlinkRoute
{
    private static readonly string Port = JobManagerAddress.Port.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public string Words => "through the API server";

    /// <inheritdoc/>
    public async Task<FlinkResponse> GetAsync(JobManagerAddress to, string path, DateTimeOffset at, CancellationToken stop)
    {
        try
        {
            var answer = await api.ServiceOpenAsync(to.Namespace, to.Service, Port, path[1..], user: null, stop);
            return new(answer.Status, answer.Body, answer.Owner);
        }
        catch (KubernetesApiException e)
        {
            throw new FlinkRestException(to, path, e.IsForbidden ? FlinkRestFault.Forbidden : FlinkRestFault.Unreachable, e.Code, Sentence(e, to), at, inner: e);
        }
    }

    private static string Sentence(KubernetesApiException e, JobManagerAddress to) => e switch
    {
        { IsNotFound: true } => $"There is no service {to.Service}: the JobManager is not deployed.",
        { Code: 503 } => $"No JobManager answers: {e.Message}",
        _ => e.Message
    };
}
