using System.Net;
using System.Net.Http.Headers;
using FlinkDashboard.Configuration;

namespace FlinkDashboard.Gateways.Prometheus;

/// <summary>Sends requests with the headers of the settings, and with a bearer token or a signature.</summary>
internal sealed class PrometheusConnection : IDisposable
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromSeconds(10);
    private readonly PrometheusOptions options;
    private readonly PrometheusTarget target;
    private readonly TimeProvider time;
    private readonly HttpMessageInvoker invoker;
    private readonly Lock gate = new();
    private string? token;
    private long? tokenRead;

    public PrometheusConnection(PrometheusOptions options, PrometheusTarget target, AwsAccess aws, TimeProvider time)
    {
        (this.options, this.target, this.time) = (options, target, time);
        invoker = new(Handler(target, aws));
    }

    /// <summary>The handler that sends: it follows no redirect, because these credentials are for one host, and signs last.</summary>
    internal static HttpMessageHandler Handler(PrometheusTarget target, AwsAccess aws)
    {
        var sending = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        return target.SigningRegion is { } region ? aws.Signing("aps", region, sending) : sending;
    }

    /// <summary>Sends and reads the headers.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.TryAddWithoutValidation("User-Agent", "flink-dashboard");
        foreach (var header in options.Headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon].Trim(), header[(colon + 1)..].Trim());
        }
        if (!target.IsManaged && options.TokenFile is { } file)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(file, stop));
        return await invoker.SendAsync(request, stop);
    }

    /// <summary>The token was refused: the file is read again for the next request.</summary>
    public void ForgetToken()
    {
        lock (gate)
            tokenRead = null;
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    // A mounted token is rewritten while the process runs.
    private async Task<string> TokenAsync(string file, CancellationToken stop)
    {
        lock (gate)
        {
            if (token is not null && tokenRead is { } at && time.GetElapsedTime(at) < TokenLife)
                return token;
        }
        var read = (await File.ReadAllTextAsync(file, stop)).Trim();
        lock (gate)
        {
            (token, tokenRead) = (read, time.GetTimestamp());
            return read;
        }
    }
}
