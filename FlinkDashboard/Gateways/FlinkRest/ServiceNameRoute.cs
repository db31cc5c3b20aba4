using FlinkDashboard.Model.Flink;

namespace FlinkDashboard.Gateways.FlinkRest;

/// <summary>
/// By service name, for a dashboard that runs in the cluster: <c>http://NAME-rest.NAMESPACE:8081</c>. Follows no redirect and uses no proxy, so a
/// JobManager cannot send it elsewhere.
/// </summary>
public sealed class ServiceNameRoute : IFlinkRoute, IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxConnectionsPerServer = 4
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <inheritdoc/>
    public string Words => "by service name";

    /// <inheritdoc/>
    public async Task<FlinkResponse> GetAsync(JobManagerAddress to, string path, DateTimeOffset at, CancellationToken stop)
    {
        var address = new Uri($"http://{to.Service}.{to.Namespace}:{JobManagerAddress.Port}{path}");
        try
        {
            var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stop);
            return new((int)response.StatusCode, await response.Content.ReadAsStreamAsync(stop), response);
        }
        catch (HttpRequestException e)
        {
            throw new FlinkRestException(to, path, FlinkRestFault.Unreachable, 0, $"{address.Authority} cannot be reached: {e.GetBaseException().Message}", at, inner: e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
