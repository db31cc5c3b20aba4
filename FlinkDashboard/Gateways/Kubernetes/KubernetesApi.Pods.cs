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
/// <param name="Opened">Called when the log is open, be it empty.</param>
public sealed record LogQuery(string Container, bool Follow = false, int? TailLines = null, bool Previous = false, DateTimeOffset? SinceTime = null, Action? Opened = null);

/// <summary>An answer of a server behind a Service.</summary>
/// <param name="Status">HTTP code.</param>
/// <param name="Body">The body; of refusals the first 256 KiB.</param>
/// <param name="Owner">Ends the connection.</param>
public sealed record ServiceAnswer(int Status, Stream Body, IDisposable Owner);

public sealed partial class KubernetesApi
{
    /// <summary>Most characters of a line of a log; the kubelet joins what the container runtime had split.</summary>
    public const int LongestLogLine = 1 << 20;

    private const int ErrorRoom = 1 << 18; // a Java stack trace with all its causes

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
        query.Opened?.Invoke();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(stop), Encoding.UTF8);
        var lines = new BoundedLines(reader, LongestLogLine);
        while (await LineAsync(lines, request, stop) is { } line)
            yield return line;
    }

    /// <summary>
    /// GET of an HTTP server behind a Service, through the API server; the caller needs <c>get services/proxy</c>. Answers whatever that server
    /// answered, its body unread. Throws <see cref="KubernetesApiException"/> when it was the API server that refused (its answers are Status objects).
    /// </summary>
    /// <param name="ns">Namespace.</param>
    /// <param name="service">Service name.</param>
    /// <param name="port">Port number or name.</param>
    /// <param name="path">Path and query below the server's root, without the leading slash.</param>
    /// <param name="user">Sent as this user.</param>
    /// <param name="stop">Ends the request.</param>
    public async Task<ServiceAnswer> ServiceOpenAsync(string ns, string service, string port, string path, UserIdentity? user, CancellationToken stop)
    {
        var request = new ApiRequest("GET", $"/api/v1/namespaces/{Uri.EscapeDataString(ns)}/services/{Uri.EscapeDataString(service)}:{Uri.EscapeDataString(port)}/proxy/{path}") { As = user, Accept = "*/*" };
        var response = await SendForAnyAsync(request, proxied: true, stop);
        var code = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
            return new(code, await response.Content.ReadAsStreamAsync(stop), response);
        var body = new byte[ErrorRoom];
        var stream = await response.Content.ReadAsStreamAsync(stop);
        Array.Resize(ref body, await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, stop));
        if (StatusIn(body) is not { } status)
            return new(code, new MemoryStream(body), response);
        Calls.Failed(StatusReading.ReasonOf(code), "");
        using (response)
            throw status.ToException(code, response.Headers.RetryAfter?.Delta);
    }

    private async Task<string?> LineAsync(BoundedLines lines, ApiRequest request, CancellationToken stop)
    {
        try
        {
            return await lines.NextAsync(stop);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Broken(request, e);
        }
    }
}
