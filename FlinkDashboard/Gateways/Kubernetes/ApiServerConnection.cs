using k8s.Authentication;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>A usable way to the API server: an HTTP client that trusts its certificate, and the credentials to put on each request.</summary>
public sealed class ApiServerConnection(k8s.Kubernetes client, string name) : IDisposable
{
    private readonly ServiceClientCredentials? credentials = client.Credentials;

    /// <summary>For people: context, cluster or address.</summary>
    public string Name { get; } = name;

    /// <summary>Root of the API.</summary>
    public Uri Address { get; } = client.BaseUri;

    /// <summary>Puts the credentials on and sends; returns when the headers are there.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        request.Version = System.Net.HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        if (credentials is not null)
            await credentials.ProcessHttpRequestAsync(request, stop);
        return await client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
