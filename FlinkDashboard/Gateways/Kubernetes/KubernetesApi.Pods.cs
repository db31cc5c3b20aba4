using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using FlinkDashboard.Model;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>Which lines of a container's log.</summary>
/// <param name="Container">Container name.</param>
/// <param name="Follow">Stay and send new lines.</param>
/// <param name="TailLines">Only the last lines, or null for all.</param>
/// <param name="Previous">Of the run before the last restart.</param>
/// <param name="SinceTime">Only later lines.</param>
public sealed record LogQuery(string Container, bool Follow = false, int? TailLines = null, bool Previous = false, DateTimeOffset? SinceTime = null);

public sealed partial class KubernetesApi
{
    /// <summary>Lines of a container's log, each with the kubelet's time stamp in front.</summary>
    public async IAsyncEnumerable<string> LogLinesAsync(string ns, string pod, LogQuery query, UserIdentity? user, [EnumeratorCancellation] CancellationToken stop)
    {
        var path = new StringBuilder($"/api/v1/namespaces/{Uri.EscapeDataString(ns)}/pods/{Uri.EscapeDataString(pod)}/log?timestamps=true&container={Uri.EscapeDataString(query.Container)}");
        if (query.Follow)
            path.Append("&follow=true");
        if (query.Previous)
            path.Append("&previous=true");
        if (query.TailLines is { } tail)
            path.Append(CultureInfo.InvariantCulture, $"&tailLines={tail}");
        if (query.SinceTime is { } since)
            path.Append(CultureInfo.InvariantCulture, $"&sinceTime={Uri.EscapeDataString(since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture))}");
        var request = new ApiRequest("GET", path.ToString()) { As = user, Accept = "*/*" };
        using var response = await SendAsync(request, stop);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(stop), Encoding.UTF8);
        while (await LineAsync(reader, request, stop) is { } line)
            yield return line;
    }

    /// <summary>GET of an HTTP server behind a Service, through the API server. The caller needs <c>get services/proxy</c>.</summary>
    /// <param name="ns">Namespace.</param>
    /// <param name="service">Service name.</param>
    /// <param name="port">Port number or name.</param>
    /// <param name="path">Path and query below the server's root, without the leading slash.</param>
    /// <param name="user">Sent as this user.</param>
    /// <param name="stop">Ends the wait.</param>
    public Task<byte[]> ServiceGetAsync(string ns, string service, string port, string path, UserIdentity? user, CancellationToken stop) =>
        ReadAsync(new("GET", $"/api/v1/namespaces/{Uri.EscapeDataString(ns)}/services/{Uri.EscapeDataString(service)}:{Uri.EscapeDataString(port)}/proxy/{path}") { As = user, Accept = "*/*" }, stop);

    private async Task<string?> LineAsync(StreamReader reader, ApiRequest request, CancellationToken stop)
    {
        try
        {
            return await reader.ReadLineAsync(stop);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Lost(request, e);
        }
    }
}
